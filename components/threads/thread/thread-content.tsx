'use client'

import { useRef, useState, type ReactNode } from 'react'
import { AlertDialog } from '@/components/ui/overlays/dialog'
import { RichText } from '@/components/editor/rich-text-field'
import { LocalTime } from '@/components/ui/text/local-time'
import { callApi } from '@/lib/client/api/call'
import type { Nameable } from '@/lib/domain/threads/mentions'
import type { CommentView, Passage, ThreadView } from '@/lib/domain/threads/schema'
import { Composer, type Written } from '../writing/composer'
import { Link } from '@/components/ui/controls/link'
import { QuotedWords } from '@/components/text/quoted-words'
import { capitalised } from '@/components/ui/text/wording'
import { useController } from '@/components/annotations/review-context'
import { useDiscussion } from '../discussion/discussion-context'

const quoteClasses = 'line-clamp-2 font-serif text-ink-2 italic'
const placeClasses = 'text-sm font-medium text-accent underline underline-offset-2'
const linkClasses = 'rounded-sm text-xs font-medium text-ink-3 hover:text-ink hover:underline'

/** The subject and readers of a thread, such as “Sentence 4” or “A question to the lead. An annotation”. */
export function subjectInWords({ about, audience }: ThreadView): string {
  const subjects = { document: 'The document', passage: 'A passage', annotation: 'An annotation', claim: 'A claim' }
  const place =
    about.kind === 'passage' && about.passage !== null ? capitalised(about.passage.place) : subjects[about.kind]
  return audience === 'leads' ? `A question to the lead. ${place}` : place
}

/** The subject of a thread, above its comments: with its words, or a link to it. */
export function ThreadSubject({ thread, isInPlace }: { thread: ThreadView; isInPlace: boolean }) {
  const { about, audience, resolved, sessionId } = thread
  const words = about.kind === 'annotation' ? about.exact : null
  const passage = about.kind === 'passage' ? about.passage : null
  // A passage shows its place together with its words.
  const isNamed = !isInPlace && (passage === null || audience === 'leads')
  const claimPath =
    about.kind === 'claim' && sessionId !== null && !isInPlace
      ? `/review-sessions/${sessionId}/adjudication?claim=${about.claimId}`
      : null
  return (
    <header className="grid gap-1 empty:hidden">
      {(isNamed || resolved !== null) && (
        <p className="flex flex-wrap items-center justify-between gap-2 text-sm text-ink-3">
          {isNamed && <span>{subjectInWords(thread)}</span>}
          {resolved !== null && <span className="font-medium text-ink-2">Resolved by {resolved.by}</span>}
        </p>
      )}
      {claimPath !== null && (
        <Link href={claimPath} className="w-fit text-sm font-medium text-accent underline underline-offset-2">
          To the claim
        </Link>
      )}
      {words !== null && (
        <p dir="auto" className="line-clamp-2 font-serif text-ink-2 italic">
          <QuotedWords words={words} script={about.kind === 'annotation' ? about.script : undefined} />
        </p>
      )}
      {passage !== null && <ThreadPassage thread={thread} passage={passage} />}
      {audience === 'leads' && <p className="text-sm text-ink-2">Only the leads and the person who asked see this.</p>}
    </header>
  )
}

/** The words of a thread, with their place. They are a link; into another revision where they belong to one. */
function ThreadPassage({
  thread: { id, document },
  passage,
}: {
  thread: { id: string; document: { id: string } }
  passage: Passage
}) {
  const discussion = useDiscussion()
  const { revisionId } = useController().text
  const { place, exact, script } = passage
  if (passage.revisionId !== revisionId)
    return (
      <div className="grid justify-items-start gap-1">
        <Link
          href={`/documents/${document.id}?revision=${passage.revisionId}#thread-${id}`}
          prefetch={false}
          className={placeClasses}
        >
          {capitalised(place)} of another revision
        </Link>
        <p dir="auto" className={quoteClasses}>
          <QuotedWords words={exact} script={script} />
        </p>
      </div>
    )
  return (
    <button
      type="button"
      title="Show these words in the text"
      className="grid justify-items-start gap-1 rounded-md text-start hover:bg-hover"
      onClick={() => {
        discussion?.showPassage(passage)
      }}
    >
      <span className={placeClasses}>{capitalised(place)}</span>{' '}
      <span dir="auto" className={quoteClasses}>
        <QuotedWords words={exact} script={script} />
      </span>
    </button>
  )
}

/** The text of a comment, with mentioned names in bold. */
function withNames(body: string, names: readonly string[]): ReactNode[] {
  const known = names.filter((name) => name !== '')
  if (known.length === 0) return [body]
  const pattern = known
    .sort((one, other) => other.length - one.length)
    .map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|')
  return body.split(new RegExp(`(@(?:${pattern}))`, 'giu')).map((part, place) =>
    place % 2 === 1 ? (
      <b key={String(place)} className="font-semibold text-accent">
        {part}
      </b>
    ) : (
      part
    ),
  )
}

type Stage = 'shown' | 'editing' | 'deleting'

/** One comment; its author can change and delete it here. */
export function ThreadComment({
  comment,
  isMine,
  memberId,
  members,
  onChanged,
}: {
  comment: CommentView
  isMine: boolean
  memberId: string
  members: readonly Nameable[] | null
  onChanged: () => Promise<void>
}) {
  const [stage, setStage] = useState<Stage>('shown')
  const [problem, setProblem] = useState<string | null>(null)
  const place = useRef<HTMLLIElement>(null)
  const { id, body, mentions, deleted, version, may } = comment
  const change = async ({ body: words, mentions: named }: Written) => {
    const answer = await callApi({
      method: 'PATCH',
      path: `/api/v1/comments/${id}`,
      ifMatch: version,
      asMember: memberId,
      body: { body: words, ...(named === undefined ? {} : { mentions: named }) },
    })
    if (!answer.ok) return answer.message
    setStage('shown')
    place.current?.focus()
    await onChanged()
    return null
  }
  const remove = async () => {
    setStage('shown')
    const answer = await callApi({
      method: 'DELETE',
      path: `/api/v1/comments/${id}`,
      ifMatch: version,
      asMember: memberId,
    })
    setProblem(answer.ok ? null : answer.message)
    // The focused button disappears with the next reading, here or by the live feed.
    place.current?.focus()
    await onChanged()
  }
  return (
    <li ref={place} tabIndex={-1} className="grid gap-1">
      <CommentHead comment={comment} isMine={isMine} />
      {deleted ? (
        <p className="text-sm text-ink-3 italic">This comment was deleted.</p>
      ) : stage === 'editing' ? (
        <Composer
          draftKey={`edit:${id}`}
          label="Change your comment"
          start={{ body, chosen: mentions }}
          members={members}
          sendLabel="Save"
          onSend={change}
          onCancel={() => {
            setStage('shown')
            place.current?.focus()
          }}
        />
      ) : (
        <RichText
          source={body}
          showText={(text) =>
            withNames(
              text,
              mentions.map(({ name }) => name),
            )
          }
        />
      )}
      {stage !== 'editing' && may.update && <ChangeLinks onStage={setStage} />}
      {problem !== null && (
        <p role="alert" className="text-sm text-danger">
          {problem}
        </p>
      )}
      {stage === 'deleting' && (
        <AlertDialog
          open
          title="Delete this comment?"
          confirmLabel="Delete"
          description="Its place stays, without its words."
          onConfirm={() => void remove()}
          onCancel={() => {
            setStage('shown')
          }}
        />
      )}
    </li>
  )
}

/** The author and time of a comment. */
function CommentHead({ comment, isMine }: { comment: CommentView; isMine: boolean }) {
  const { author, createdAt, edited } = comment
  return (
    <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
      <span dir="auto" className="font-semibold">
        {isMine ? 'You' : author.name}
      </span>
      <span className="text-xs text-ink-3">
        <LocalTime instant={createdAt} shows="day-and-time" />
        {edited && ', edited'}
      </span>
    </p>
  )
}

/** The buttons to change and to delete one's own comment. */
function ChangeLinks({ onStage }: { onStage: (stage: Stage) => void }) {
  return (
    <p className="flex gap-3">
      <button
        type="button"
        className={linkClasses}
        onClick={() => {
          onStage('editing')
        }}
      >
        Change
      </button>
      <button
        type="button"
        className={linkClasses}
        onClick={() => {
          onStage('deleting')
        }}
      >
        Delete
      </button>
    </p>
  )
}

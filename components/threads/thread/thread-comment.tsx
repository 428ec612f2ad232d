'use client'

import { useRef, useState, type ReactNode } from 'react'
import { AlertDialog } from '@/components/ui/overlays/dialog'
import { RichText } from '@/components/editor/rich-text-field'
import { LocalTime } from '@/components/ui/text/local-time'
import { callApi } from '@/lib/client/api/call'
import type { Nameable } from '@/lib/domain/threads/mentions'
import type { CommentView } from '@/lib/domain/threads/schema'
import { Composer, type Written } from '../writing/composer'

const linkClasses = 'rounded-sm text-xs font-medium text-ink-3 hover:text-ink hover:underline'

/** The words of a comment with the names of those it names in bold. */
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
    // The button that has the focus goes away with what is read next, here or by the live feed.
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

/** Who said it and when. */
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

/** The ways to change and to delete one's comment. */
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

'use client'

import { Link } from '@/components/ui/controls/link'
import { QuotedWords } from '@/components/text/quoted-words'
import { capitalised } from '@/components/ui/text/wording'
import type { Passage, ThreadView } from '@/lib/domain/threads/schema'
import { useController } from '@/components/annotations/review-context'
import { useDiscussion } from '../discussion/discussion-context'

/** What a thread is about and for whom, such as “Sentence 4” or “A question to the lead. An annotation”. */
export function subjectInWords({ about, audience }: ThreadView): string {
  const subjects = { document: 'The document', passage: 'A passage', annotation: 'An annotation', claim: 'A claim' }
  const place =
    about.kind === 'passage' && about.passage !== null ? capitalised(about.passage.place) : subjects[about.kind]
  return audience === 'leads' ? `A question to the lead. ${place}` : place
}

/** What a thread is about, above what was said: with its words, or a way to it. */
export function ThreadSubject({ thread, isInPlace }: { thread: ThreadView; isInPlace: boolean }) {
  const { about, audience, resolved, sessionId } = thread
  const words = about.kind === 'annotation' ? about.exact : null
  const passage = about.kind === 'passage' ? about.passage : null
  // A passage says where it stands with its words.
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
      {audience === 'leads' && <p className="text-sm text-ink-2">Only the leads and who asked see this.</p>}
    </header>
  )
}

const quoteClasses = 'line-clamp-2 font-serif text-ink-2 italic'
const placeClasses = 'text-sm font-medium text-accent underline underline-offset-2'

/** The words that a thread is about, with where they stand. They lead there, into another revision by a link. */
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

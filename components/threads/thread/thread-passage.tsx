'use client'

import Link from 'next/link'
import { QuotedWords } from '@/components/text/quoted-words'
import { useController } from '@/components/annotations/review-context'
import type { Passage } from '@/lib/domain/threads/schema'
import { capitalised } from '@/components/ui/text/wording'
import { useDiscussion } from '../discussion/discussion-context'

const quoteClasses = 'line-clamp-2 font-serif text-ink-2 italic'
const placeClasses = 'text-sm font-medium text-accent underline underline-offset-2'

/** The words that a thread is about, with where they stand. They lead there, into another revision by a link. */
export function ThreadPassage({
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

'use client'

import Link from 'next/link'
import { QuotedWords } from '@/components/text/quoted-words'
import { capitalised } from '@/components/ui/text/wording'
import type { ThreadView } from '@/lib/domain/threads/schema'
import { ThreadPassage } from './thread-passage'

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

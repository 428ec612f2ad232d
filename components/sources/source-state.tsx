import { TickLinks } from '@/components/claims/tick-links'
import { claimPath, describeReviewStates, type DocumentReviewState } from '@/lib/domain/documents/review-state'

/** How far review sessions are with the documents of a source, and what was settled as ticks, document by document. */
export function SourceState({
  documents,
}: {
  documents: readonly { id: string; title: string; state: DocumentReviewState | null }[]
}) {
  const read = documents.flatMap(({ state }) => (state === null ? [] : [state]))
  const words = describeReviewStates(read, documents.length)
  if (words === null) return null
  const ticks = documents.flatMap(({ id, state }) =>
    (state?.settled?.claims ?? []).map((claim) => ({ ...claim, href: claimPath(id, claim.id) })),
  )
  return (
    <div className="grid justify-items-start gap-1.5 text-sm text-ink-2" data-review-state>
      <p>{words}</p>
      <TickLinks label="Settled claims" ticks={ticks} />
    </div>
  )
}

import { claimPath, describeReviewState, type DocumentReviewState } from '@/lib/domain/documents/review-state'
import { TickLinks } from './tick-links'
import { WholeCounts } from './whole-counts'

/** The review state of a document: the session it is in, the verdicts, and the settled claims as ticks that lead to them. */
export function ReviewStateLine({
  document,
  state,
}: {
  document: { id: string; title: string }
  state: DocumentReviewState | undefined
}) {
  if (state === undefined) return null
  return (
    <div className="mt-1 grid min-w-0 justify-items-start gap-1 text-sm text-ink-2" data-review-state>
      {describeReviewState(state).map((line) => (
        <p key={line} dir="auto" className="[overflow-wrap:anywhere]">
          <WholeCounts>{line}</WholeCounts>
        </p>
      ))}
      {state.settled !== null && (
        <TickLinks
          label={`Claims of “${document.title}”`}
          ticks={state.settled.claims.map((claim) => ({ ...claim, href: claimPath(document.id, claim.id) }))}
        />
      )}
    </div>
  )
}

import { Link } from '@/components/ui/controls/link'
import { Suspense } from 'react'
import type { Rating } from '@/lib/domain/annotations/rating'
import type { VerdictView } from '@/lib/domain/claims/schema'
import { Tag } from '@/components/ui/text/tag'
import { countInWords } from '@/components/ui/text/wording'
import { lazyPart } from '@/lib/client/lazy-part'
import { verdictName } from '../verdict-words'

// Few documents have verdicts, and few of their cards are opened, so the page loads without this part.
const VerdictCard = lazyPart(() => import('./verdict-card').then(({ VerdictCard }) => VerdictCard))

/** The decision of a closed session about a person's own annotation. */
export interface Outcome {
  annotationId: string
  sessionName: string
  verdict: VerdictView
  claim: { id: string; sessionId: string; comments: number }
}

function comparison(own: Rating, verdict: Rating | null): string {
  return own === verdict ? 'as you rated it' : 'not as you rated it'
}

/** One's own rating beside the verdict: in a line while the card is closed, with reason and evidence when it is open. */
export function OutcomeLine({ outcome, own, isOpen }: { outcome: Outcome; own: Rating; isOpen: boolean }) {
  const { verdict, sessionName, claim } = outcome
  const line = (
    <p className="flex flex-wrap items-center gap-2 border-t border-line pt-2.5 text-sm text-ink-2">
      <span className="font-medium">Decided:</span>
      <Tag rating={verdict.rating ?? undefined}>{verdictName(verdict.rating)}</Tag>
      <span>{comparison(own, verdict.rating)}</span>
    </p>
  )
  if (!isOpen) return line
  return (
    <Suspense fallback={line}>
      <VerdictCard
        verdict={verdict}
        title={`Decided in “${sessionName}”, ${comparison(own, verdict.rating)}`}
        actions={
          <Link
            href={`/review-sessions/${claim.sessionId}/adjudication?claim=${claim.id}`}
            className="relative z-10 text-sm font-medium text-accent underline underline-offset-2"
          >
            All ratings and the discussion{claim.comments > 0 && ` (${countInWords(claim.comments, 'comment')})`}
          </Link>
        }
      />
    </Suspense>
  )
}

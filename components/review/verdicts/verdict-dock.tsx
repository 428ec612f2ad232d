'use client'

import { describeEnds } from '@/lib/domain/documents/review-state'
import { TickLinks } from '@/components/claims/tick-links'
import { Kbd } from '@/components/ui/text/kbd'
import { endOf } from './layer'
import type { VerdictLayer } from './layer-context'

/** The bottom of the screen while verdicts are shown: what the keys do, and what was settled. */
export function VerdictDock({ layer }: { layer: VerdictLayer }) {
  const ends = layer.outcome.claims.map(endOf)
  return (
    <div className="border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] print:hidden">
      <div className="flex min-h-11 items-center gap-x-4 gap-y-1 px-3 min-[60rem]:px-6">
        <p
          aria-hidden="true"
          className="flex min-w-0 flex-1 items-center gap-x-3 overflow-hidden text-sm whitespace-nowrap text-ink-2 max-[60rem]:hidden"
        >
          <span>
            <Kbd>↑</Kbd> <Kbd>↓</Kbd> sentence
          </span>
          <span>
            <Kbd>J</Kbd> <Kbd>K</Kbd> claim
          </span>
          <span>
            <Kbd>Enter</Kbd> verdict
          </span>
          <span>
            <Kbd>V</Kbd> marks
          </span>
        </p>
        <button
          type="button"
          className="ms-auto rounded-md px-2 py-1 font-medium whitespace-nowrap text-accent hover:bg-accent-soft"
          title="Next claim (J)"
          onClick={() => {
            layer.step(1)
          }}
        >
          Next claim
        </button>
        <span className="flex items-center gap-3 max-sm:hidden" title={describeEnds(ends)}>
          <TickLinks
            label="Claims"
            ticks={layer.outcome.claims
              .slice(0, 40)
              .map((claim) => ({ id: claim.id, end: endOf(claim), href: `#claim-${claim.id}` }))}
          />
        </span>
      </div>
    </div>
  )
}

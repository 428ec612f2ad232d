'use client'

import { Link } from '@/components/ui/controls/link'
import { describeEnds } from '@/lib/domain/documents/review-state'
import { endOf, type Outcome } from './layer'
import { TickLinks } from '@/components/claims/tick-links'
import { Kbd } from '@/components/ui/text/kbd'
import { type VerdictLayer, useVerdictLayer } from './layer-context'
import { Segmented } from '@/components/ui/controls/choices'
import { WholeCounts } from '@/components/claims/whole-counts'

const layers = [
  { value: 'verdicts', label: 'Verdicts' },
  { value: 'marks', label: 'Marks' },
] as const

/** The bar above the text: the session that settled it, the result, and links to the session and to the source's report. */
export function OutcomeBar({ outcome, sourceId }: { outcome: Outcome; sourceId: string }) {
  const { session, claims } = outcome
  const link = 'font-medium text-accent underline-offset-2 hover:underline'
  return (
    <section
      aria-label="Outcome"
      className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-surface px-3 py-1.5 text-sm min-[60rem]:px-6 print:hidden"
    >
      <p className="min-w-0 flex-1 basis-64 text-ink-2 [overflow-wrap:anywhere]">
        {session.state === 'closed' ? 'Settled in' : 'Being settled in'}{' '}
        <Link href={`/review-sessions/${session.id}`} dir="auto" className="font-semibold text-ink hover:underline">
          {session.name}
        </Link>
        : <WholeCounts>{describeEnds(claims.map(endOf))}</WholeCounts>
      </p>
      <div className="min-[60rem]:hidden">
        <LayerSwitch name="layer-above" />
      </div>
      {session.state === 'closed' ? (
        <Link href={`/sources/${sourceId}/report`} className={link}>
          Report
        </Link>
      ) : (
        <Link href={`/review-sessions/${session.id}/adjudication`} className={link}>
          Adjudication
        </Link>
      )}
    </section>
  )
}

/** The bar at the bottom of the screen while verdicts are shown: the keys, and what was settled. */
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

/** The choice between the verdicts and the reviewers' marks; nothing where there are no verdicts. */
export function LayerSwitch({ name = 'layer' }: { name?: string }) {
  const layer = useVerdictLayer()
  if (layer === null) return null
  return (
    <Segmented
      legend="What to show in the text"
      name={name}
      options={layers}
      value={layer.layer}
      onChange={layer.show}
    />
  )
}

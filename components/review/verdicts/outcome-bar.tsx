import { Link } from '@/components/ui/controls/link'
import { describeEnds } from '@/lib/domain/documents/review-state'
import { endOf, type Outcome } from './layer'
import { LayerSwitch } from './layer-switch'

/** Above the text: which session settled it and to what, with the ways to the session and to the report of the source. */
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
        : {describeEnds(claims.map(endOf))}
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

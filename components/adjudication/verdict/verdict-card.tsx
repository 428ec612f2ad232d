import type { ReactNode } from 'react'
import type { VerdictView } from '@/lib/domain/claims/schema'
import { Tag } from '@/components/ui/text/tag'
import { EvidenceList } from '../claim/evidence-line'
import { dissentWords, verdictName } from '../verdict-words'

/** A verdict: the rating, its author, the reason, the evidence and the dissent. */
export function VerdictCard({
  verdict,
  title = 'Verdict',
  actions,
}: {
  verdict: VerdictView
  title?: string
  actions?: ReactNode
}) {
  const { rating, disputed, partial, reasonSays, words, citations, decider, inBulk, ownAnnotation } = verdict
  const notes = [
    ...(disputed ? ['disputed'] : []),
    ...(partial ? ['partial'] : []),
    ...(inBulk ? ['confirmed in bulk'] : []),
    ...(ownAnnotation ? ['decided by one of its reviewers'] : []),
  ]
  const dissent = dissentWords(verdict)
  return (
    <section
      aria-label={title}
      data-rating={rating ?? undefined}
      className="grid gap-2.5 rounded-lg border border-line-strong bg-surface p-4 shadow-card"
    >
      <h2 className="flex flex-wrap items-center gap-2 text-sm font-semibold text-ink-2">
        {title}
        <Tag rating={rating ?? undefined}>{verdictName(rating)}</Tag>
        {notes.length > 0 && <span className="text-xs font-medium">{notes.join(', ')}</span>}
      </h2>
      <p className="text-sm text-ink-2">
        {reasonSays}
        <span className="text-ink-3"> · {decider.name}</span>
      </p>
      {words !== '' && (
        <p dir="auto" className="[overflow-wrap:anywhere] whitespace-pre-wrap">
          {words}
        </p>
      )}
      <EvidenceList items={citations} />
      <p className="text-sm text-ink-2">{dissent === '' ? 'Nobody dissents.' : `${dissent}.`}</p>
      {verdict.votesChanged && (
        <p className="text-sm font-medium text-unsourced">The ratings changed after this was decided.</p>
      )}
      {actions !== undefined && <div className="flex flex-wrap gap-2 pt-1">{actions}</div>}
    </section>
  )
}

'use client'

import { sentenceOutcomes, type Coverage, type SentenceOutcome } from '@/lib/domain/annotations/coverage'

/** What a sentence came to, in words. */
export const outcomeNames: Record<SentenceOutcome, string> = {
  sourced: 'sourced',
  unsourced: 'unsourced',
  contradicted: 'contradicted',
  not_checkable: 'not checkable',
  no_claim: 'no claim',
}

/** What was decided, in words: "7 sourced, 2 unsourced". Empty while nothing is. */
export function outcomeWords({ counts }: Pick<Coverage, 'counts'>): string {
  return sentenceOutcomes
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${String(counts[outcome])} ${outcomeNames[outcome]}`)
    .join(', ')
}

/** How many sentences are decided, with a bar of the outcomes. */
export function CoverageBar({ coverage }: { coverage: Coverage }) {
  const { total, decided, counts } = coverage
  const words = outcomeWords(coverage)
  return (
    <div className="flex min-w-0 items-center gap-3" title={words === '' ? 'Nothing decided yet' : words}>
      <span className="tabular whitespace-nowrap text-ink-2" data-testid="coverage">
        {decided} of {total} <span className="max-sm:sr-only">sentences decided</span>
      </span>
      <span
        role="img"
        aria-label={words === '' ? 'Nothing decided yet' : words}
        className="flex h-1.5 w-16 shrink-0 overflow-hidden rounded-full bg-sunken ring-1 ring-line sm:w-28"
      >
        {sentenceOutcomes.map((outcome) => (
          <span
            key={outcome}
            data-rating={outcome}
            className={outcome === 'no_claim' ? 'bg-line-strong' : 'bg-rating'}
            style={{ width: `${String((counts[outcome] / Math.max(1, total)) * 100)}%` }}
          />
        ))}
      </span>
    </div>
  )
}

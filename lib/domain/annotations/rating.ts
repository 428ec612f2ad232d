/** A reviewer's judgement of a span. `not_checkable` marks opinion and forecast: counted, never in a denominator. */
export const ratings = ['sourced', 'unsourced', 'contradicted', 'not_checkable'] as const
export type Rating = (typeof ratings)[number]

/** Which way a citation points. */
export const stances = ['supports', 'contradicts', 'mentions'] as const
export type Stance = (typeof stances)[number]

/** The evidence a rating lacks. */
export type MissingEvidence = 'supporting-citation' | 'contradicting-citation'

/**
 * Law 5: `sourced` needs a supporting citation and `contradicted` a contradicting one. Null when nothing is missing.
 */
export function missingEvidence(rating: Rating, citedStances: readonly Stance[]): MissingEvidence | null {
  if (rating === 'sourced' && !citedStances.includes('supports')) return 'supporting-citation'
  if (rating === 'contradicted' && !citedStances.includes('contradicts')) return 'contradicting-citation'
  return null
}

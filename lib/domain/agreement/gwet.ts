/** What AC1 adds up over units, so that documents can be summed before the figure is formed. */
export interface Ac1Sums {
  /** Units with two ratings or more, and the sum of their shares of agreeing pairs. */
  units: number
  agreement: number
  /** Units with a rating, and for each category the sum of its share among the unit's ratings. */
  rated: number
  shares: readonly number[]
}

/** The share of agreeing pairs among a unit's ratings, `counts[c]` being how many raters chose category c; 0 with fewer than two ratings. */
export function unitAgreement(counts: readonly number[]): number {
  const raters = counts.reduce((sum, count) => sum + count, 0)
  if (raters < 2) return 0
  return counts.reduce((sum, count) => sum + count * (count - 1), 0) / (raters * (raters - 1))
}

/** Sums units, each as counts by category (all of the same length). Units without a rating are passed over. */
export function sumAc1(units: readonly (readonly number[])[], categories: number): Ac1Sums {
  const shares = new Array<number>(categories).fill(0)
  let pairedUnits = 0
  let rated = 0
  let agreement = 0
  for (const counts of units) {
    const raters = counts.reduce((sum, count) => sum + count, 0)
    if (raters === 0) continue
    rated += 1
    counts.forEach((count, category) => {
      shares[category] = (shares[category] ?? 0) + count / raters
    })
    if (raters < 2) continue
    pairedUnits += 1
    agreement += unitAgreement(counts)
  }
  return { units: pairedUnits, agreement, rated, shares }
}

/** AC1 with its parts. `value` is null without a unit that has two ratings. */
export interface Ac1Result {
  value: number | null
  observed: number | null
  expected: number | null
}

/**
 * Gwet's AC1 (Gwet 2008): chance agreement is taken from how undecided the categories are, so that a rare category does not pull the figure down as it
 * does kappa and alpha. The number of categories is that of the scale, used or not. Always defined once two ratings meet.
 */
export function computeAc1({ units, agreement, rated, shares }: Ac1Sums): Ac1Result {
  if (units === 0 || rated === 0 || shares.length < 2) return { value: null, observed: null, expected: null }
  const observed = agreement / units
  const undecided = shares.reduce((sum, share) => sum + (share / rated) * (1 - share / rated), 0)
  const expected = undecided / (shares.length - 1)
  return { value: (observed - expected) / (1 - expected), observed, expected }
}

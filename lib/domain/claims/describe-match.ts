import type { MatchRecord } from './match-record'

function percent(overlap: number): string {
  return `${Math.round(overlap * 100)} %`
}

const whyPassed = {
  closer: 'a rating of the same reviewer overlaps more, and a claim has at most one of each',
  'same-rating': 'a rating of the same reviewer overlaps equally and says the same as the others here',
  tie: 'a rating of the same reviewer overlaps equally and stands earlier in the text',
  'kept-apart': 'an adjudicator put them in different claims',
} as const

/**
 * How a claim was matched, in sentences. Ratings of this claim go by their letters; those of other claims are only "another rating", so that the
 * sentences do not join what is masked.
 * @param masks the letters of the claim's annotations, by id
 */
export function describeMatch(record: MatchRecord, masks: ReadonlyMap<string, string>): string[] {
  const joined = record.pairs.flatMap(({ a, b, overlap }) => {
    const letters = [masks.get(a), masks.get(b)].filter((letter) => letter !== undefined).sort()
    return letters.length < 2 ? [] : [`${letters.join(' and ')} share ${percent(overlap)} of their words.`]
  })
  const passed = record.passed.flatMap(({ a, b, overlap, because }) => {
    const letter = masks.get(a) ?? masks.get(b)
    if (letter === undefined) return []
    return [
      `Another rating shares ${percent(overlap)} of its words with ${letter} and is in another claim: ${whyPassed[because]}.`,
    ]
  })
  return [...joined.sort(), ...passed]
}

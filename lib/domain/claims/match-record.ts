import { z } from 'zod'
import { minimumOverlap, type MatchedClaim } from './match-claims'

const pairSchema = z.object({ a: z.string(), b: z.string(), overlap: z.number() })

/** The stored record of how a claim was matched: ids of annotations, overlaps rounded to four places. */
export const matchRecordSchema = z.object({
  minimumOverlap: z.number(),
  pairs: z.array(pairSchema),
  passed: z.array(
    pairSchema.extend({ because: z.enum(['closer', 'same-rating', 'tie', 'too-little', 'in-all', 'kept-apart']) }),
  ),
})
export type MatchRecord = z.infer<typeof matchRecordSchema>

function rounded<P extends { overlap: number }>(pairs: readonly P[]): P[] {
  return pairs.map((pair) => ({ ...pair, overlap: Math.round(pair.overlap * 10_000) / 10_000 }))
}

/** Makes the record of a claim's matching. */
export function matchRecordOf({ pairs, passed }: MatchedClaim<unknown>): MatchRecord {
  return { minimumOverlap, pairs: rounded(pairs), passed: rounded(passed) }
}

function percent(overlap: number): string {
  return `${Math.round(overlap * 100)} %`
}

const whyPassed = {
  closer: 'a rating of the same reviewer overlaps more, and a claim has at most one of each',
  'same-rating': 'a rating of the same reviewer overlaps equally and says the same as the others here',
  tie: 'a rating of the same reviewer overlaps equally and stands earlier in the text',
  'too-little':
    'its claim has a rating that shares less than half of its words with this claim’s, or the other way round',
  'in-all': 'all ratings together share more of their words so',
  'kept-apart': 'an adjudicator put them in different claims',
} as const

/**
 * Explains how a claim was matched, in sentences. Ratings of this claim are named by their letters and those of other claims only as "another
 * rating", so that no sentence links masked ratings.
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

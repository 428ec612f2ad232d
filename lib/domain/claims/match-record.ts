import { z } from 'zod'
import { minimumOverlap, type MatchedClaim } from './match-claims'

const pairSchema = z.object({ a: z.string(), b: z.string(), overlap: z.number() })

/** How a claim was matched, as it is stored: ids of annotations, overlaps rounded to four places. */
export const matchRecordSchema = z.object({
  minimumOverlap: z.number(),
  pairs: z.array(pairSchema),
  passed: z.array(pairSchema.extend({ because: z.enum(['closer', 'same-rating', 'tie', 'kept-apart']) })),
})
export type MatchRecord = z.infer<typeof matchRecordSchema>

function rounded<P extends { overlap: number }>(pairs: readonly P[]): P[] {
  return pairs.map((pair) => ({ ...pair, overlap: Math.round(pair.overlap * 10_000) / 10_000 }))
}

/** What is stored of a claim's matching. */
export function matchRecordOf({ pairs, passed }: MatchedClaim<unknown>): MatchRecord {
  return { minimumOverlap, pairs: rounded(pairs), passed: rounded(passed) }
}

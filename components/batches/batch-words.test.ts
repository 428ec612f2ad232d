import { describe, expect, it } from 'vitest'
import type { JobCounts } from '@/lib/domain/jobs/schema'
import { batchStateInWords, likenessInWords, outcomesInWords, shareWorked } from './batch-words'

const none: JobCounts = { waiting: 0, working: 0, done: 0, skipped: 0, undecided: 0, failed: 0, cancelled: 0 }

describe('a batch in words', () => {
  it.each<[string, Partial<JobCounts>, string, string, number]>([
    ['nothing done', { waiting: 3 }, '0 of 3 done', 'Nothing yet', 0],
    [
      'some of everything',
      { waiting: 1, working: 1, done: 1200, failed: 1, undecided: 1 },
      '1,202 of 1,204 done',
      '1,200 imported, 1 to decide, 1 failed',
      1202 / 1204,
    ],
    ['nothing at all', {}, '0 of 0 done', 'Nothing yet', 0],
  ])('%s', (_name, given, state, outcomes, share) => {
    const counts = { ...none, ...given }
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
    expect(batchStateInWords({ state: 'active', counts, total })).toBe(state)
    expect(outcomesInWords({ counts })).toBe(outcomes)
    expect(shareWorked({ counts, total })).toBeCloseTo(share)
  })

  it('never rounds a text up to the same one', () => {
    const found = { id: '', title: '', likeness: 'near', share: 0.999 } as const
    expect(likenessInWords(found)).toBe('About 99 % of its words stand in')
  })
})

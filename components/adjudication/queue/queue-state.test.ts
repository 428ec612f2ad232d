import { describe, expect, it } from 'vitest'
import type { ClaimCounts, ClaimView } from '@/lib/domain/claims/schema'
import { contentOfText } from '@/lib/domain/text/plain-content'
import { dropClaim, extendQueue, neighbourOf, nextOpen, putClaim, refreshQueue, startQueue } from './queue-state'

const counts: ClaimCounts = { claims: 4, decided: 1, unanimous: 1, disagreement: 2, unmarked: 0, single: 0 }
const verdict = {} as NonNullable<ClaimView['verdict']>

function claim(id: string, change: Partial<ClaimView> = {}): ClaimView {
  return {
    id,
    sessionId: 's',
    document: { id: 'd', title: 'D' },
    revisionId: 'r',
    start: 0,
    end: 1,
    exact: id,
    place: 'sentence 1',
    context: { start: 0, text: id, content: contentOfText(id) },
    origin: 'matched',
    match: [],
    votes: [],
    reviewers: 2,
    agreement: 'disagreement',
    plurality: null,
    verdict: null,
    version: 1,
    may: { decide: true, reason: null },
    ...change,
  }
}

const page = (ids: string[], next: string | null = null) => ({ items: ids.map((id) => claim(id)), next, counts })

describe('the queue of claims', () => {
  it('keeps what is newer, puts new claims where the page has them, and takes nothing away', () => {
    const queue = putClaim(startQueue('all', page(['a', 'c', 'd'])), claim('c', { version: 3, verdict }))
    const again = refreshQueue(queue, 'all', page(['a', 'b', 'c']))
    expect(again.order).toEqual(['a', 'b', 'c', 'd'])
    expect(again.claims.get('c')?.version).toBe(3)
    expect(refreshQueue(again, 'open', page(['b'])).order).toEqual(['b'])
  })

  it('does not take back what is gone from a page that was read before', () => {
    const merged = dropClaim(startQueue('all', page(['a', 'b', 'c'])), 'b')
    for (const stale of [
      refreshQueue(merged, 'all', page(['a', 'b', 'c'])),
      refreshQueue(merged, 'open', page(['a', 'b', 'c'])),
      extendQueue(merged, page(['b', 'c'])),
    ])
      expect([stale.order, stale.counts.claims]).toEqual([['a', 'c'], 3])
  })

  it('goes on from where the loaded pages ended', () => {
    const queue = extendQueue(startQueue('all', page(['a', 'b'], 'after b')), page(['b', 'c'], 'after c'))
    expect(queue.order).toEqual(['a', 'b', 'c'])
    expect(refreshQueue(queue, 'all', page(['a', 'b'], 'after b')).next).toBe('after c')
  })

  it('counts what is decided, opened again, split off and gone', () => {
    const queue = startQueue('all', page(['a', 'b']))
    const decided = putClaim(queue, claim('a', { version: 2, verdict }))
    expect(decided.counts).toMatchObject({ decided: 2, disagreement: 1 })
    expect(putClaim(decided, claim('a', { version: 3, verdict })).counts).toEqual(decided.counts)
    expect(putClaim(decided, claim('a', { version: 3 })).counts).toEqual(counts)
    const split = putClaim(queue, claim('apart'), 'a')
    expect([split.order, split.counts.claims]).toEqual([['a', 'apart', 'b'], 5])
    expect(dropClaim(split, 'apart')).toEqual({ ...queue, gone: new Set(['apart']) })
    expect(dropClaim(queue, 'unknown')).toBe(queue)
  })

  it.each<[string, string | null, 1 | -1, string | null]>([
    ['on', 'a', 1, 'b'],
    ['back', 'b', -1, 'a'],
    ['not before the first', 'a', -1, 'a'],
    ['not behind the last', 'c', 1, 'c'],
    ['to the first from nowhere', null, 1, 'a'],
  ])('moves %s', (_name, from, step, to) => {
    expect(neighbourOf(startQueue('all', page(['a', 'b', 'c'])), from, step)).toBe(to)
  })

  it('finds the next open claim, going round, past those that are not the person’s to settle', () => {
    const start = startQueue('all', page(['a', 'b', 'c', 'd']))
    const may = { decide: false, reason: 'Yours.' }
    const queue = putClaim(putClaim(start, claim('c', { version: 2, verdict })), claim('d', { version: 2, may }))
    expect(nextOpen(queue, 'a')).toBe('b')
    expect(nextOpen(queue, 'b')).toBe('a')
    expect(nextOpen(queue, null)).toBe('a')
    expect(nextOpen(startQueue('all', page([])), null)).toBeNull()
    expect(nextOpen(putClaim(startQueue('all', page(['a'])), claim('a', { version: 2, verdict })), 'a')).toBeNull()
  })
})

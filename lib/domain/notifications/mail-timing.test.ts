import { describe, expect, test } from 'vitest'
import { dueForMail, lastDigest, retryPause } from './mail-timing'
import { notificationTypes, type MailTiming } from './schema'
import { notificationInWords, notificationPath } from './words'

const at = (time: string) => new Date(time)

test.each([
  ['2026-03-02T05:59:59.999Z', 6, '2026-03-01T06:00:00.000Z'],
  ['2026-03-02T06:00:00.000Z', 6, '2026-03-02T06:00:00.000Z'],
  ['2026-01-01T00:00:00.000Z', 23, '2025-12-31T23:00:00.000Z'],
])('at %s with the hour %i the last digest was at %s', (now, hour, expected) => {
  expect(lastDigest(at(now), hour).toISOString()).toBe(expected)
})

describe('what is due', () => {
  const now = at('2026-03-02T12:00:00Z')
  const old = { createdAt: at('2026-02-26T12:00:00Z') }
  const early = { createdAt: at('2026-03-02T05:00:00Z') }
  const minute = { createdAt: at('2026-03-02T11:59:30Z') }
  const fresh = { createdAt: at('2026-03-02T11:59:55Z') }
  test.each<[string, MailTiming, { createdAt: Date }[], { createdAt: Date }[]]>([
    ['waits a little for more', 'immediately', [fresh], []],
    ['then takes all', 'immediately', [minute, fresh], [minute, fresh]],
    ['leaves out what is past the horizon', 'immediately', [old, minute], [minute]],
    ['daily: from before the last digest', 'daily', [early, minute], [early]],
    ['never', 'never', [early, minute], []],
  ])('%s', (_name, timing, waiting, due) => {
    expect(dueForMail(waiting, { timing, now, digestHour: 6 })).toEqual(due)
  })
})

test('tries again after half a minute, then later and later, at least hourly', () => {
  expect([1, 2, 3, 8, 50].map(retryPause)).toEqual([30_000, 60_000, 120_000, 3_600_000, 3_600_000])
})

test('every type says who, what and where, and none the words of a comment', () => {
  for (const type of notificationTypes) {
    const words = notificationInWords(type, { actorName: 'Ana', title: 'The pier', words: 'secret' }, 'UTC')
    expect(words).toMatch(/“The pier”/)
    expect(words).not.toContain('secret')
    expect(notificationInWords(type, {}, 'UTC')).not.toMatch(/undefined|""/)
    expect(notificationPath(type, {})).toBe('/inbox')
    const place = { threadId: 't', documentId: 'd', sessionId: 's' }
    expect(notificationPath(type, place)).toBe('/documents/d#thread-t')
    expect(notificationPath(type, { ...place, claimId: 'c' })).toBe('/review-sessions/s/adjudication?claim=c')
  }
})

test.each([
  ['mention', 'Ana mentioned you in a discussion of sentence 4 of “The pier”'],
  ['reply', 'Ana wrote in your discussion of sentence 4 of “The pier”'],
  ['question', 'Ana has a question about sentence 4 of “The pier”'],
] as const)('a %s says on which passage it is', (type, words) => {
  expect(notificationInWords(type, { actorName: 'Ana', title: 'The pier', place: 'sentence 4' }, 'UTC')).toBe(words)
})

test.each([
  ['assignment-given', 'Ana gave you “The pier” to review, due 28 March 2026 (Honolulu)'],
  ['assignment-reminder', 'Ana reminds you of “The pier”, due 28 March 2026 (Honolulu)'],
  ['assignment-extended', 'Ana changed the due date of “The pier” to 28 March 2026 (Honolulu)'],
  ['assignment-accepted', 'Ana accepted your review of “The pier”'],
] as const)('%s tells the due day where the workspace is, when it matters', (type, words) => {
  const data = { actorName: 'Ana', title: 'The pier', dueAt: '2026-03-29T09:59:59.000Z' }
  expect(notificationInWords(type, data, 'Pacific/Honolulu')).toBe(words)
})

import { describe, expect, it } from 'vitest'
import { distanceInWords, dueDayInWords, latenessInWords } from './due-day'

// The end of 28 March in Honolulu.
const dueAt = '2026-03-29T09:59:59.000Z'
const timeZone = 'Pacific/Honolulu'

describe('a due day', () => {
  it('is the day in the workspace’s zone, with the zone', () => {
    expect(dueDayInWords(dueAt, timeZone)).toBe('28 March 2026 (Honolulu)')
    expect(dueDayInWords('2026-03-28T23:59:59.000Z', 'UTC')).toBe('28 March 2026 (UTC)')
  })

  it.each([
    ['on the first day', '2026-03-29T10:00:00Z', 'late since today'],
    ['to its last minute', '2026-03-30T09:59:00Z', 'late since today'],
    ['the day after', '2026-03-30T10:00:00Z', '1 day late'],
    ['later', '2026-04-02T20:00:00Z', '4 days late'],
  ])('is late %s', (_name, now, words) => {
    expect(latenessInWords(dueAt, { now: Date.parse(now), timeZone })).toBe(words)
  })

  it('is late since today when a time of that day has passed', () => {
    const now = Date.parse('2026-03-28T23:00:00Z')
    expect(latenessInWords('2026-03-28T12:00:00Z', { now, timeZone: 'UTC' })).toBe('late since today')
  })

  it('counts days across the change of the clocks', () => {
    // Lisbon goes forward on 29 March: the 30th begins 23 hours later.
    const now = Date.parse('2026-03-29T23:10:00Z')
    expect(latenessInWords('2026-03-28T23:59:59Z', { now, timeZone: 'Europe/Lisbon' })).toBe('1 day late')
  })

  it.each([
    ['2026-03-28T10:01:00Z', 'today'],
    ['2026-03-28T09:59:00Z', 'in 1 day'],
    ['2026-03-21T20:00:00Z', 'in 7 days'],
    ['2026-03-30T20:00:00Z', '2 days ago'],
  ])('seen at %s it is %s', (now, words) => {
    expect(distanceInWords(dueAt, { now: Date.parse(now), timeZone })).toBe(words)
  })
})

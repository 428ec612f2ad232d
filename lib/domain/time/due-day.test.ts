import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { dayIn, daysBetween, endOfDayIn, moveDueDay } from './due-day'
import { timeZoneSchema } from './schema'
import { isTimeZone, timeZoneNames, zoneInWords } from './time-zone'

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())

describe('the end of a day', () => {
  it.each([
    ['in UTC', '2026-03-28', 'UTC', '2026-03-28T23:59:59.000Z'],
    ['behind UTC', '2026-03-28', 'Pacific/Honolulu', '2026-03-29T09:59:59.000Z'],
    ['ahead of UTC', '2026-03-28', 'Asia/Tokyo', '2026-03-28T14:59:59.000Z'],
    ['farthest behind', '2026-03-28', 'Etc/GMT+12', '2026-03-29T11:59:59.000Z'],
    ['farthest ahead', '2026-03-28', 'Pacific/Kiritimati', '2026-03-28T09:59:59.000Z'],
    ['at three quarters of an hour', '2026-03-28', 'Pacific/Chatham', '2026-03-28T10:14:59.000Z'],
    ['on the day the clocks go forward', '2026-03-29', 'Europe/Lisbon', '2026-03-29T22:59:59.000Z'],
    ['on the day the clocks go back', '2026-10-25', 'Europe/Lisbon', '2026-10-25T23:59:59.000Z'],
    ['where the next day begins at one', '2018-11-03', 'America/Sao_Paulo', '2018-11-04T02:59:59.000Z'],
    ['where its last hour comes twice', '2018-02-17', 'America/Sao_Paulo', '2018-02-18T02:59:59.000Z'],
    ['before the day that Samoa left out', '2011-12-29', 'Pacific/Apia', '2011-12-30T09:59:59.000Z'],
  ])('%s', (_name, day, zone, expected) => {
    expect(iso(endOfDayIn(day, zone))).toBe(expected)
  })

  it.each(['', '2026', '2026-02-30', '2026-13-01', 'soon', '2026-03-28T10:00:00Z'])('is null for “%s”', (day) => {
    expect(endOfDayIn(day, 'UTC')).toBeNull()
  })

  it('is the last second that belongs to the day, in every zone', () => {
    const zones = [
      'UTC',
      'Pacific/Honolulu',
      'Asia/Kathmandu',
      'Europe/Lisbon',
      'Australia/Lord_Howe',
      'America/Havana',
    ]
    const days = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2040, 0, 1) })
    fc.assert(
      fc.property(fc.constantFrom(...zones), days, (zone, at) => {
        const day = new Date(at).toISOString().slice(0, 10)
        const end = endOfDayIn(day, zone) ?? expect.fail('a day')
        expect(dayIn(end, zone)).toBe(day)
        expect(dayIn(end + 1000, zone) > day).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})

test.each([
  ['the same day', '2026-03-28T10:00:00Z', '2026-03-28T23:00:00Z', 'UTC', 0],
  ['a minute over midnight', '2026-03-29T09:59:59Z', '2026-03-29T10:01:00Z', 'Pacific/Honolulu', 1],
  ['still the same day in Honolulu', '2026-03-28T23:59:59Z', '2026-03-29T09:00:00Z', 'Pacific/Honolulu', 0],
  ['over a short day', '2026-03-28T23:59:59Z', '2026-03-29T23:00:00Z', 'Europe/Lisbon', 2],
  ['back', '2026-03-28T12:00:00Z', '2026-03-25T12:00:00Z', 'UTC', -3],
])('days between: %s', (_name, from, to, timeZone, days) => {
  expect(daysBetween({ from: Date.parse(from), to: Date.parse(to), timeZone })).toBe(days)
})

test.each([
  ['a due day keeps its day', '2026-03-28T23:59:59.000Z', '2026-03-29T09:59:59.000Z'],
  ['with milliseconds, too', '2026-03-28T23:59:59.999Z', '2026-03-29T09:59:59.000Z'],
  ['a time of day stays', '2026-03-28T12:00:00.000Z', '2026-03-28T12:00:00.000Z'],
])('another zone: %s', (_name, at, expected) => {
  expect(iso(moveDueDay(Date.parse(at), { from: 'UTC', to: 'Pacific/Honolulu' }))).toBe(expected)
})

describe('time zones', () => {
  it.each([
    ['UTC', true],
    ['Pacific/Honolulu', true],
    ['America/Argentina/Buenos_Aires', true],
    ['Etc/GMT+5', true],
    ['Asia/Kolkata', true],
    ['+05:00', false],
    ['Mars/Olympus', false],
    ['', false],
    ['Europe/Lisbon; DROP', false],
    ['../etc/passwd', false],
  ])('%s', (name, known) => {
    expect(isTimeZone(name)).toBe(known)
    expect(timeZoneSchema.safeParse(name).success).toBe(known)
  })

  it('has words for a zone, and lists it even when it is an alias', () => {
    expect(zoneInWords('America/Argentina/Buenos_Aires')).toBe('Buenos Aires')
    expect(zoneInWords('UTC')).toBe('UTC')
    expect(timeZoneNames('Asia/Katmandu')).toContain('Asia/Katmandu')
    expect(timeZoneNames('UTC')).toContain('Pacific/Honolulu')
  })
})

import { renderToString } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { LocalTime, localInWords, utcInWords, type TimeShown } from './local-time'

const instant = '2025-03-14T23:59:59.999Z'

describe('a moment in words', () => {
  it.each<[TimeShown, string, string]>([
    ['day', '14 March 2025', '15 March 2025'],
    ['day-and-time', '14 March 2025, 23:59 UTC', '15 March 2025, 13:44'],
    ['time', '23:59 UTC', '13:44'],
  ])('%s: in UTC, and where the tests run (Chatham, in summer)', (shows, utc, local) => {
    expect(utcInWords(instant, shows)).toBe(utc)
    expect(localInWords(instant, shows)).toBe(local)
  })

  it('follows the change of the clocks', () => {
    expect(localInWords('2025-06-14T23:59:59.999Z', 'day-and-time')).toBe('15 June 2025, 12:44')
  })

  it('is written in UTC by the server, whose own zone is nobody’s', () => {
    expect(renderToString(<LocalTime instant={instant} />)).toBe(
      '<time dateTime="2025-03-14T23:59:59.999Z" title="14 March 2025, 23:59 UTC">14 March 2025</time>',
    )
  })
})

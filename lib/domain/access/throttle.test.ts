import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accountRule, addressRule, pairRule, throttleDelay } from './throttle'

describe('throttleDelay', () => {
  it.each([
    [0, 0],
    [4, 0],
    [5, 1],
    [6, 2],
    [7, 4],
    [14, 512],
    [15, 900],
    [10_000, 900],
  ])('after %i attempts at one account from one address the wait is %i s', (attempts, seconds) => {
    expect(throttleDelay(attempts, pairRule)).toBe(seconds)
  })

  it('never falls with more attempts and never passes the longest wait', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.constantFrom(accountRule, addressRule, pairRule), (attempts, rule) => {
        const wait = throttleDelay(attempts, rule)
        expect(wait).toBeLessThanOrEqual(rule.longest)
        expect(throttleDelay(attempts + 1, rule)).toBeGreaterThanOrEqual(wait)
      }),
    )
  })
})

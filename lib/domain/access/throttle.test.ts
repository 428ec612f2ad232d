import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accountRule, addressRule, pairRule, throttleDelay, AttemptCounter, attemptMemory } from './throttle'

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

const rule = { free: 3, longest: 8 }

describe('AttemptCounter', () => {
  it('lets free attempts through, then makes the key wait, twice as long each time, up to the longest wait', () => {
    const counter = new AttemptCounter(rule, 10)
    let now = 1000
    const waits = Array.from({ length: 8 }, () => {
      counter.count('a', now)
      const wait = counter.waitOf('a', now)
      now += wait
      return wait
    })
    expect(waits).toEqual([0, 0, 1000, 2000, 4000, 8000, 8000, 8000])
    expect(counter.waitOf('b', now)).toBe(0)
  })

  it('takes back what turned out right, and forgets on demand', () => {
    const counter = new AttemptCounter(rule, 10)
    for (let attempt = 0; attempt < 3; attempt += 1) counter.count('a', 0)
    counter.uncount('a')
    expect(counter.waitOf('a', 0)).toBe(0)
    counter.count('a', 0)
    expect(counter.waitOf('a', 0)).toBe(1000)
    counter.forget('a')
    expect(counter.waitOf('a', 0)).toBe(0)
    counter.uncount('nobody')
    expect(counter.size).toBe(0)
  })

  it('forgets what lies long back', () => {
    const counter = new AttemptCounter(rule, 10)
    for (let attempt = 0; attempt < 3; attempt += 1) counter.count('a', 0)
    counter.count('a', attemptMemory + 1)
    expect(counter.waitOf('a', attemptMemory + 1)).toBe(0)
  })

  it('remembers no more keys than it may, and drops the one counted longest ago', () => {
    const counter = new AttemptCounter(rule, 3)
    for (let attempt = 0; attempt < 3; attempt += 1) counter.count('kept', 0)
    for (let place = 0; place < 100; place += 1) {
      counter.count(`key ${String(place)}`, 0)
      counter.count('kept', 0)
    }
    expect(counter.size).toBe(3)
    expect(counter.waitOf('kept', 0)).toBeGreaterThan(0)
  })

  it('tells of each wait once', () => {
    const counter = new AttemptCounter(rule, 3)
    counter.count('a', 0)
    expect([counter.tellOnce('a'), counter.tellOnce('a'), counter.tellOnce('b')]).toEqual([true, false, false])
    counter.count('a', 0)
    expect(counter.tellOnce('a')).toBe(true)
  })
})

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { untilLoaded } from './lazy-part'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('a part that cannot be had is asked for again until it comes', async () => {
  const load = vi
    .fn<() => Promise<string>>()
    .mockRejectedValueOnce(new Error('no connection'))
    .mockResolvedValue('part')
  const loaded = untilLoaded(load)
  await vi.advanceTimersByTimeAsync(2_999)
  expect(load).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(await loaded).toBe('part')
  expect(load).toHaveBeenCalledTimes(2)
})

test('after five minutes it is gone for good', async () => {
  const gone = new Error('gone')
  const ended = expect(untilLoaded(() => Promise.reject(gone))).rejects.toBe(gone)
  await vi.advanceTimersByTimeAsync(5 * 60_000)
  await ended
})

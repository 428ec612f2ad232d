import { expect, test } from 'vitest'
import { besideOthers, inOneGo, type Steps } from './steps'

function* countTo(last: number, done: number[] = []): Steps<number> {
  for (let n = 1; n <= last; n += 1) {
    done.push(n)
    yield
  }
  return last
}

test('steps give one result, in one go and beside others', async () => {
  const turns = { pause: () => Promise.resolve(), now: () => 0 }
  expect(inOneGo(countTo(5))).toBe(5)
  expect(await besideOthers(countTo(5), turns)).toBe(5)
  expect(inOneGo(countTo(0))).toBe(0)
})

test('others have their turn after eight milliseconds of work, and not before', async () => {
  const done: number[] = []
  const pausedAfter: number[] = []
  // Each step takes three milliseconds.
  const turns = {
    now: () => done.length * 3,
    pause: () => {
      pausedAfter.push(done.length)
      return Promise.resolve()
    },
  }
  await besideOthers(countTo(10, done), turns)
  expect(pausedAfter).toEqual([3, 6, 9])
})

test('what a step throws is thrown', async () => {
  function* fail(): Steps<never> {
    yield
    throw new Error('cannot go on')
  }
  expect(() => inOneGo(fail())).toThrow('cannot go on')
  await expect(besideOthers(fail(), { pause: () => Promise.resolve(), now: () => 0 })).rejects.toThrow('cannot go on')
})

import { expect, test } from 'vitest'
import { landingPath } from './schema'

test.each([
  [{ total: 0, toAccept: 0, toAdjudicate: 0 }, '/documents'],
  [{ total: 1, toAccept: 0, toAdjudicate: 0 }, '/inbox'],
  [{ total: 0, toAccept: 1, toAdjudicate: 0 }, '/inbox'],
  [{ total: 0, toAccept: 0, toAdjudicate: 1 }, '/inbox'],
])('%j leads to %s', (waiting, path) => {
  expect(landingPath(waiting)).toBe(path)
})

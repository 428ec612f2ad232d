import { afterEach, expect, test } from 'vitest'
import { currentToasts, dismissToast, showToast } from './toast-store'

afterEach(() => {
  for (const { id } of currentToasts()) dismissToast(id)
})

const shown = () => currentToasts().map(({ message }) => message)
const undo = { label: 'Undo', run: () => undefined }

test('four messages are shown at most, the newest last', () => {
  for (const message of ['one', 'two', 'three', 'four', 'five']) showToast(message)
  expect(shown()).toEqual(['two', 'three', 'four', 'five'])
})

test('a message that is shown already is shown anew, once', () => {
  const first = showToast('Saved.')
  showToast('Copied.')
  const second = showToast('Saved.')
  expect(shown()).toEqual(['Copied.', 'Saved.'])
  expect(currentToasts().map(({ id }) => id)).not.toContain(first)
  expect(currentToasts().at(-1)?.id).toBe(second)
})

test.each([
  ['offer a way back each', { action: undo }, { action: undo }],
  ['differ in tone', {}, { tone: 'problem' as const }],
  ['differ in what they offer', { action: undo }, {}],
])('like messages that %s all stay', (_name, first, second) => {
  showToast('Deleted.', first)
  showToast('Deleted.', second)
  expect(shown()).toEqual(['Deleted.', 'Deleted.'])
})

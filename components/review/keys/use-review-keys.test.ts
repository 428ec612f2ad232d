import { describe, expect, test } from 'vitest'
import type { KeyPress } from '@/components/shell/keys/shortcuts'
import { readReviewKey, type ReviewKey } from './use-review-keys'

const press = (part: Partial<KeyPress>): KeyPress => ({
  key: '',
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...part,
})

describe('keys of the review by layout', () => {
  const cases: { layout: string; name: string; press: Partial<KeyPress>; means: ReviewKey | null }[] = [
    { layout: 'English', name: 'Ctrl Z', press: { key: 'z', code: 'KeyZ', ctrlKey: true }, means: 'undo' },
    { layout: 'English', name: 'Ctrl Y', press: { key: 'y', code: 'KeyY', ctrlKey: true }, means: 'redo' },
    {
      layout: 'English',
      name: '⌘ Shift Z',
      press: { key: 'Z', code: 'KeyZ', metaKey: true, shiftKey: true },
      means: 'redo',
    },
    {
      layout: 'English',
      name: 'Ctrl Alt Z',
      press: { key: 'z', code: 'KeyZ', ctrlKey: true, altKey: true },
      means: null,
    },
    { layout: 'English', name: 'J', press: { key: 'j', code: 'KeyJ' }, means: 'next-undecided' },
    { layout: 'English', name: 'Shift J', press: { key: 'J', code: 'KeyJ', shiftKey: true }, means: null },
    { layout: 'German', name: 'Ctrl Z', press: { key: 'z', code: 'KeyY', ctrlKey: true }, means: 'undo' },
    { layout: 'German', name: 'Ctrl Y', press: { key: 'y', code: 'KeyZ', ctrlKey: true }, means: 'redo' },
    { layout: 'French', name: 'Ctrl Z', press: { key: 'z', code: 'KeyW', ctrlKey: true }, means: 'undo' },
    { layout: 'French', name: 'Ctrl W', press: { key: 'w', code: 'KeyZ', ctrlKey: true }, means: null },
    { layout: 'Colemak', name: 'N', press: { key: 'n', code: 'KeyJ' }, means: null },
    { layout: 'Colemak', name: 'J', press: { key: 'j', code: 'KeyY' }, means: 'next-undecided' },
    { layout: 'Dvorak', name: 'Ctrl Z', press: { key: 'z', code: 'Slash', ctrlKey: true }, means: 'undo' },
    { layout: 'Dvorak', name: 'Ctrl ;', press: { key: ';', code: 'KeyZ', ctrlKey: true }, means: null },
    { layout: 'Russian', name: 'Ctrl Z', press: { key: 'я', code: 'KeyZ', ctrlKey: true }, means: 'undo' },
    { layout: 'Russian', name: 'J', press: { key: 'о', code: 'KeyJ' }, means: 'next-undecided' },
    { layout: 'Korean', name: 'J', press: { key: 'ㅓ', code: 'KeyJ' }, means: 'next-undecided' },
  ]
  test.each(cases)('$layout: $name', ({ press: given, means }) => {
    expect(readReviewKey(press(given))).toBe(means)
  })
})

import { describe, expect, test } from 'vitest'
import type { KeyPress } from '@/components/shell/keys/shortcuts'
import { dockHints, readReviewKey, type ReviewKey } from './use-review-keys'

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

const may = { update: true, delete: true }
const none = { active: null, editing: null, hasSelection: false }

describe('dockHints', () => {
  const cases: { name: string; given: Parameters<typeof dockHints>[0]; begins: string[]; lacks?: string[] }[] = [
    { name: 'a sentence without a mark', given: none, begins: ['sentence', 'sourced'], lacks: ['evidence', 'note'] },
    { name: 'selected words', given: { ...none, hasSelection: true }, begins: ['sourced'], lacks: ['sentence'] },
    {
      name: 'a mark that needs evidence',
      given: { ...none, active: { missing: 'contradicting-citation', may } },
      begins: ['evidence', 'note', 'tags'],
    },
    {
      name: 'a mark that needs nothing',
      given: { ...none, active: { missing: null, may } },
      begins: ['sentence', 'evidence', 'note'],
    },
    {
      name: 'another’s mark',
      given: { ...none, active: { missing: null, may: { update: false, delete: false } } },
      begins: ['sentence', 'sourced'],
      lacks: ['delete', 'note'],
    },
    {
      name: 'while a passage is chosen',
      given: { active: { missing: null, may }, editing: 'span', hasSelection: true },
      begins: ['longer', 'shorter', 'keep the passage'],
      lacks: ['sourced'],
    },
    {
      name: 'while a note is written',
      given: { active: { missing: null, may }, editing: 'note', hasSelection: false },
      begins: ['back to the card'],
      lacks: ['sourced'],
    },
  ]
  test.each(cases)('$name', ({ given, begins, lacks = [] }) => {
    const labels = dockHints(given).map(({ label }) => label)
    expect(labels.slice(0, begins.length)).toEqual(begins)
    expect(labels.filter((label) => lacks.includes(label))).toEqual([])
  })

  test.each([
    ['a sentence', none],
    ['selected words', { ...none, hasSelection: true }],
    ['an open mark', { ...none, active: { missing: null, may } }],
  ])('%s can be commented on and linked to', (_name, given) => {
    const keys = dockHints(given).map(({ keys: [key] }) => key)
    expect(keys.filter((key) => key === 'C' || key === 'Y')).toEqual(['C', 'Y'])
  })

  test('evidence comes first, and is marked so, only while it is missing', () => {
    const first = (missing: 'supporting-citation' | null) =>
      dockHints({ ...none, active: { missing, may } })
        .filter((hint) => hint.first)
        .map(({ label }) => label)
    expect(first('supporting-citation')).toEqual(['evidence'])
    expect(first(null)).toEqual([])
  })
})

import { describe, expect, test } from 'vitest'
import { dockHints } from './dock-keys'

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

import { describe, expect, test } from 'vitest'
import type { AssignmentReason } from './distribution/reason'
import { explainAssignment, explainShortage, type NamesToShow } from './explain-assignment'

const why: AssignmentReason = {
  step: 'share',
  words: 1240,
  weight: 1,
  reviewersPerDocument: 2,
  loadBefore: 3200,
  target: 5000,
  candidates: 4,
  equallyPlaced: 1,
  tie: 'none',
  excluded: [],
  seed: 42,
}
const nobody: NamesToShow = { reviewer: null, people: new Map<string, string>() }
const everyone: NamesToShow = {
  reviewer: 'Ida Voss',
  people: new Map([
    ['a', 'Amir Said'],
    ['b', 'Bea Lund'],
  ]),
}

describe('explainAssignment', () => {
  test('says how long the document is, what the load was and what the share', () => {
    expect(explainAssignment(why, nobody)).toEqual([
      'Each document needs 2 reviewers; this one has 1,240 words.',
      'You had 3,200 words then, and a fair share is 5,000 words.',
      'Of 4 people who could take it, you had fallen furthest behind a fair share.',
    ])
  })

  test.each<[string, Partial<AssignmentReason>, NamesToShow, string[]]>([
    ['the only one', { candidates: 1 }, nobody, ['Nobody else could take this document.']],
    [
      'a draw',
      { equallyPlaced: 3, tie: 'draw' },
      nobody,
      [
        'Of 4 people who could take it, 3 had fallen about equally far behind a fair share.',
        'Among these the draw with seed 42 decided.',
      ],
    ],
    [
      'a mixing of pairs',
      { equallyPlaced: 2, tie: 'fewest-shared' },
      everyone,
      [
        'Of 4 people who could take it, 2 had fallen about equally far behind a fair share.',
        'Among these Ida Voss had shared the fewest documents with the others on this one.',
      ],
    ],
    [
      'an exchange',
      { step: 'room' },
      nobody,
      [
        'Quotas and conflicts of interest left no direct way to fill every place; this document came by an exchange between reviewers that made room.',
      ],
    ],
    [
      'a handover, named',
      { step: 'balance', takenFrom: 'a' },
      everyone,
      ['Documents changed hands to even out the work, and this one came from Amir Said.'],
    ],
    [
      'a handover, not named',
      { step: 'balance', takenFrom: 'a' },
      nobody,
      ['Documents changed hands to even out the work, and this one came from someone.'],
    ],
  ])('explains %s', (_name, change, names, expected) => {
    expect(explainAssignment({ ...why, ...change }, names).slice(2)).toEqual(expected)
  })

  test('names the weight when there is one', () => {
    expect(explainAssignment({ ...why, weight: 0.5, loadBefore: 1, target: 2500 }, everyone)[1]).toBe(
      'Ida Voss had 1 word then, and a fair share (weight 0.5) is 2,500 words.',
    )
  })

  const excluded: AssignmentReason['excluded'] = [
    { reviewerId: 'c', obstacle: 'quota-words' },
    { reviewerId: 'a', obstacle: 'conflict' },
    { reviewerId: 'd', obstacle: 'conflict' },
    { reviewerId: 'b', obstacle: 'withdrawn' },
    { reviewerId: 'e', obstacle: 'conflict' },
  ]

  test('lists who was not available, by reason', () => {
    expect(explainAssignment({ ...why, excluded }, everyone).at(-1)).toBe(
      'Not available: Amir Said and 2 others (a conflict of interest); Bea Lund (had it before and gave it up); 1 person (quota of words too small for it).',
    )
  })

  test('names nobody when no names are given', () => {
    const text = explainAssignment({ ...why, step: 'balance', takenFrom: 'a', excluded }, nobody).join(' ')
    expect(text).toContain(
      'Not available: 3 people (a conflict of interest); 1 person (had it before and gave it up); 1 person (quota of words too small for it).',
    )
    expect(text).not.toMatch(/Amir|Bea/)
  })
})

describe('explainShortage', () => {
  test('counts what is missing and says why nobody fits', () => {
    const reasons = [
      { reviewerId: 'a', obstacle: 'already-assigned' },
      { reviewerId: 'b', obstacle: 'quota-documents' },
    ] as const
    expect(explainShortage({ missing: 1, reasons }, everyone.people)).toEqual([
      '1 reviewer is missing.',
      'Not available: Amir Said (already on this document); Bea Lund (quota of documents reached).',
    ])
  })

  test('says so when there is nobody at all', () => {
    expect(explainShortage({ missing: 2, reasons: [] }, new Map())).toEqual([
      '2 reviewers are missing.',
      'There is nobody to assign.',
    ])
  })
})

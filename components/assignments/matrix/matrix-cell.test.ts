import { describe, expect, it } from 'vitest'
import { cellInWords } from './matrix-cell'

const at = '2025-03-21T10:00:00.000Z'
const cell = { decided: 13, dueAt: null, overdue: false }

describe('cellInWords', () => {
  it.each([
    [{ ...cell, state: 'assigned' as const, decided: 0 }, 'not started', 'plain', 0],
    [{ ...cell, state: 'started' as const }, '13 of 42 sentences', 'plain', 13 / 42],
    [{ ...cell, state: 'started' as const, decided: null }, 'started', 'plain', null],
    [
      { ...cell, state: 'assigned' as const, decided: 0, dueAt: '2025-03-20T09:00:00.000Z', overdue: true },
      'not started, 1 day late',
      'late',
      0,
    ],
    [
      { ...cell, state: 'started' as const, dueAt: '2025-03-21T09:00:00.000Z', overdue: true },
      '13 of 42 sentences, late',
      'late',
      13 / 42,
    ],
    [
      { ...cell, state: 'started' as const, dueAt: '2025-03-23T12:00:00.000Z' },
      '13 of 42 sentences, 2 days left',
      'plain',
      13 / 42,
    ],
    [
      { ...cell, state: 'started' as const, dueAt: '2025-03-21T20:00:00.000Z' },
      '13 of 42 sentences, due today',
      'plain',
      13 / 42,
    ],
    [
      { ...cell, state: 'returned' as const, dueAt: '2025-05-01T00:00:00.000Z' },
      'returned, 13 of 42 sentences',
      'plain',
      13 / 42,
    ],
    [{ ...cell, state: 'submitted' as const }, 'submitted', 'plain', 1],
    [{ ...cell, state: 'withdrawn' as const }, 'taken back, kept', 'quiet', null],
  ])('%o', (shown, text, tone, share) => {
    expect(cellInWords(shown, { total: 42, at })).toEqual({ text, tone, share })
  })

  it('says of a plan only that someone is to have it', () => {
    const planned = { ...cell, state: 'assigned' as const, decided: 0 }
    expect(cellInWords(planned, { total: 42, at, planned: true }).text).toBe('assigned')
  })
})

import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Icon } from '@/components/ui/icon'
import { cellInWords, CellContent } from './matrix-cell'

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
    [{ ...cell, state: 'submitted' as const }, 'submitted', 'done', null],
    [{ ...cell, state: 'accepted' as const }, 'accepted', 'done', null],
    [{ ...cell, state: 'withdrawn' as const }, 'taken back, kept', 'quiet', null],
  ])('%o', (shown, text, tone, share) => {
    expect(cellInWords(shown, { total: 42, at })).toEqual({ text, tone, share })
  })

  it.each([
    ['submitted', true],
    ['accepted', true],
    ['started', false],
    ['withdrawn', false],
  ] as const)('shows a tick beside the words of done work alone: %s', (state, isTicked) => {
    const shown = { ...cell, state, assignmentId: 'a', memberId: 'm', version: 1 }
    const props = { total: 42, at, planned: false, conflicted: false }
    const html = renderToString(createElement(CellContent, { cell: shown, ...props }))
    const tick = /<path[^>]*>/.exec(renderToString(createElement(Icon, { name: 'check' })))?.[0] ?? 'no tick'
    expect(html.includes(tick)).toBe(isTicked)
    expect(html).toContain(cellInWords(shown, { total: 42, at }).text)
  })

  it('says of a plan only that someone is to have it', () => {
    const planned = { ...cell, state: 'assigned' as const, decided: 0 }
    expect(cellInWords(planned, { total: 42, at, planned: true }).text).toBe('assigned')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stepByWord, type WordStep } from './span-handles'

const grow: WordStep = { edge: 'end', forward: true }
const shrink: WordStep = { edge: 'end', forward: false }
const startLater: WordStep = { edge: 'start', forward: true }
const startEarlier: WordStep = { edge: 'start', forward: false }

describe('stepByWord', () => {
  const cases = [
    {
      name: 'grows by a word',
      text: 'The bridge is old. It sinks.',
      from: 'The bridge is',
      step: grow,
      to: 'The bridge is old',
    },
    {
      name: 'takes the full stop in',
      text: 'The bridge is old. It sinks.',
      from: 'The bridge is old',
      step: grow,
      to: 'The bridge is old.',
    },
    {
      name: 'goes on into the next sentence',
      text: 'The bridge is old. It sinks.',
      from: 'The bridge is old.',
      step: grow,
      to: 'The bridge is old. It',
    },
    {
      name: 'shrinks off the full stop',
      text: 'The bridge is old. It sinks.',
      from: 'The bridge is old.',
      step: shrink,
      to: 'The bridge is old',
    },
    {
      name: 'shrinks by a word',
      text: 'The bridge is old. It sinks.',
      from: 'The bridge is old',
      step: shrink,
      to: 'The bridge is',
    },
    {
      name: 'starts later',
      text: 'The bridge is old. It sinks.',
      from: 'The bridge is old.',
      step: startLater,
      to: 'bridge is old.',
    },
    {
      name: 'starts earlier',
      text: 'The bridge is old. It sinks.',
      from: 'is old.',
      step: startEarlier,
      to: 'bridge is old.',
    },
    { name: 'steps into the next paragraph', text: 'One.\n\nTwo three', from: 'One.', step: grow, to: 'One.\n\nTwo' },
    { name: 'steps by Persian words', text: 'پل قدیمی بسته است.', from: 'پل قدیمی', step: grow, to: 'پل قدیمی بسته' },
    {
      name: 'steps by Korean words',
      text: '다리는 오래되었다. 닫혔다.',
      from: '다리는',
      step: grow,
      to: '다리는 오래되었다',
    },
    {
      name: 'steps by Japanese words, which have no spaces',
      text: '橋は古いです。',
      from: '橋',
      step: grow,
      to: '橋は',
    },
    { name: 'never becomes empty', text: 'One two', from: 'One', step: shrink, to: null },
    { name: 'stops at the end', text: 'One two', from: 'One two', step: grow, to: null },
  ]
  it.each(cases)('$name', ({ text, from, step, to }) => {
    const start = text.indexOf(from)
    const stops = [...text.matchAll(/[.。](?=\s|$)/g)].map((found) => found.index + 1)
    const moved = stepByWord({ text, span: { start, end: start + from.length }, step, language: 'und', stops })
    expect(moved === null ? null : text.slice(moved.start, moved.end)).toBe(to)
  })

  it('never cuts a surrogate pair, and growing undoes shrinking', () => {
    const word = fc.constantFrom('bridge', '橋', 'پل', '다리', '🚢', 'don’t', '3.1', 'été')
    fc.assert(
      fc.property(fc.array(word, { minLength: 3, maxLength: 30 }), fc.nat(20), (words, skip) => {
        const text = words.join(' ')
        const first = words.slice(0, Math.min(skip, words.length - 2)).join(' ').length
        const span = { start: 0, end: Math.max(first, words[0]?.length ?? 1) }
        const grown = stepByWord({ text, span, step: grow, language: 'und', stops: [] })
        if (grown === null) return
        expect(grown.end).toBeGreaterThan(span.end)
        expect(text.slice(0, grown.end).isWellFormed()).toBe(true)
        const back = stepByWord({ text, span: grown, step: shrink, language: 'und', stops: [] })
        if (back !== null) expect(back.end).toBeLessThanOrEqual(span.end)
      }),
    )
  })
})

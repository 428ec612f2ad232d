import { describe, expect, it } from 'vitest'
import { readKey, type KeyCommand, type KeyPress } from './sentence-keys'

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})
const word = (edge: 'start' | 'end', forward: boolean): KeyCommand => ({ do: 'word', step: { edge, forward } })

describe('readKey', () => {
  const cases: { name: string; press: KeyPress; rightToLeft?: boolean; command: KeyCommand | null }[] = [
    { name: 'down', press: press('ArrowDown'), command: { do: 'sentence', by: 1 } },
    { name: 'k', press: press('k'), command: { do: 'sentence', by: -1 } },
    { name: 'shift right', press: press('ArrowRight', { shiftKey: true }), command: word('end', true) },
    { name: 'shift left', press: press('ArrowLeft', { shiftKey: true }), command: word('end', false) },
    {
      name: 'shift left from right to left',
      press: press('ArrowLeft', { shiftKey: true }),
      rightToLeft: true,
      command: word('end', true),
    },
    {
      name: 'alt shift right',
      press: press('ArrowRight', { shiftKey: true, altKey: true }),
      command: word('start', true),
    },
    { name: 'enter', press: press('Enter'), command: { do: 'open' } },
    { name: 'escape', press: press('Escape'), command: { do: 'back' } },
    { name: 'plain right scrolls tables', press: press('ArrowRight'), command: null },
    { name: 'alt left is the browser', press: press('ArrowLeft', { altKey: true }), command: null },
    { name: 'ctrl j is the browser', press: press('j', { ctrlKey: true }), command: null },
    { name: 'command down is the browser', press: press('ArrowDown', { metaKey: true }), command: null },
    { name: 'shift down selects in the browser', press: press('ArrowDown', { shiftKey: true }), command: null },
    { name: 'a letter', press: press('x'), command: null },
  ]
  it.each(cases)('$name', ({ press: given, rightToLeft, command }) => {
    expect(readKey(given, rightToLeft ?? false)).toEqual(command)
  })
})

import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  currentShortcuts,
  matchShortcut,
  nameOfPress,
  registerShortcuts,
  subscribeToShortcuts,
  type KeyPress,
} from './shortcuts'

const press = (part: Partial<KeyPress>): KeyPress => ({
  key: '',
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...part,
})

describe('the name of a key press', () => {
  it.each<[string, Partial<KeyPress>, string | null]>([
    ['a letter', { key: 'g', code: 'KeyG' }, 'g'],
    ['a capital', { key: 'G', code: 'KeyG', shiftKey: true }, 'Shift+g'],
    ['Ctrl and a letter', { key: 'k', code: 'KeyK', ctrlKey: true }, 'Mod+k'],
    ['Command and a letter', { key: 'k', code: 'KeyK', metaKey: true }, 'Mod+k'],
    ['a sign that needs Shift on some layouts', { key: '?', code: 'Slash', shiftKey: true }, '?'],
    ['a digit', { key: '1', code: 'Digit1' }, '1'],
    ['the same key of a French keyboard', { key: '&', code: 'Digit1' }, '1'],
    ['a French digit, which takes Shift', { key: '1', code: 'Digit1', shiftKey: true }, '1'],
    ['a Persian digit', { key: '۱', code: 'Digit1' }, '1'],
    ['a sign on the row of digits', { key: '!', code: 'Digit1', shiftKey: true }, '!'],
    ['a digit of the number pad', { key: '0', code: 'Numpad0' }, '0'],
    ['an arrow with Shift', { key: 'ArrowDown', code: 'ArrowDown', shiftKey: true }, 'Shift+ArrowDown'],
    ['the space bar', { key: ' ', code: 'Space' }, 'Space'],
    ['a Korean letter', { key: 'ㅎ', code: 'KeyG' }, 'g'],
    ['a Persian letter', { key: 'ل', code: 'KeyG' }, 'g'],
    ['a Dvorak letter, which is Latin and stays', { key: 'i', code: 'KeyG' }, 'i'],
    ['German Y, where English has Z', { key: 'y', code: 'KeyZ', ctrlKey: true }, 'Mod+y'],
    ['German Z, where English has Y', { key: 'z', code: 'KeyY', ctrlKey: true }, 'Mod+z'],
    ['Colemak N, where English has J', { key: 'n', code: 'KeyJ' }, 'n'],
    ['French Z, where English has W', { key: 'z', code: 'KeyW', ctrlKey: true }, 'Mod+z'],
    ['a letter on the row of figures', { key: 'e', code: 'Digit3' }, 'e'],
    ['a figure on the key of another', { key: '7', code: 'Digit1', shiftKey: true }, '7'],
    ['a letter with the capitals locked', { key: 'J', code: 'KeyJ' }, 'j'],
    ['Shift alone', { key: 'Shift', code: 'ShiftLeft', shiftKey: true }, null],
  ])('%s', (_name, part, expected) => {
    expect(nameOfPress(press(part))).toBe(expected)
  })
})

describe('matching', () => {
  const run = () => undefined
  const groups = [
    {
      title: 'Everywhere',
      shortcuts: [
        { keys: 'g d', label: 'Documents', run },
        { keys: '?', label: 'Shortcuts', run },
        { keys: 'e', label: 'Only listed' },
      ],
    },
    { title: 'Page', shortcuts: [{ keys: '?', label: 'The page’s own', run }] },
  ]

  it.each<[string, string[], string | null]>([
    ['the beginning of a sequence waits', ['g'], 'waiting'],
    ['a whole sequence', ['g', 'd'], 'Documents'],
    ['a wrong second key', ['g', 'x'], null],
    ['the newest group wins', ['?'], 'The page’s own'],
    ['what is only listed is not run', ['e'], null],
  ])('%s', (_name, keys, expected) => {
    const found = matchShortcut(groups, keys)
    expect(found === null || found === 'waiting' ? found : found.label).toBe(expected)
  })
})

describe('the registry', () => {
  const undo: (() => void)[] = []
  afterEach(() => {
    for (const each of undo.splice(0)) each()
  })

  it('lists groups while they are registered and says when that changes', () => {
    const listener = vi.fn()
    undo.push(subscribeToShortcuts(listener))
    const remove = registerShortcuts({ title: 'Reader', shortcuts: [{ keys: '1', label: 'Sourced' }] })
    expect(currentShortcuts().map((group) => group.title)).toEqual(['Reader'])
    remove()
    expect(currentShortcuts()).toEqual([])
    expect(listener).toHaveBeenCalledTimes(2)
  })
})

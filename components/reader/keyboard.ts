/** The keys of the reader, as commands. Keys with Ctrl or ⌘ belong to the browser and the shell and are never taken. */
import type { WordStep } from './word-steps'

export type KeyCommand =
  { do: 'sentence'; by: 1 | -1 } | { do: 'word'; step: WordStep } | { do: 'open' } | { do: 'back' }

/** The parts of a keyboard event that decide. */
export interface KeyPress {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

/** What a key asks for, or null when it is not the reader's. Where text runs from right to left, "forward" is to the left. */
export function readKey(press: KeyPress, rightToLeft: boolean): KeyCommand | null {
  if (press.ctrlKey || press.metaKey) return null
  if (press.key === 'ArrowLeft' || press.key === 'ArrowRight') {
    if (!press.shiftKey) return null
    return {
      do: 'word',
      step: { edge: press.altKey ? 'start' : 'end', forward: (press.key === 'ArrowRight') !== rightToLeft },
    }
  }
  if (press.altKey || press.shiftKey) return null
  switch (press.key) {
    case 'ArrowDown':
    case 'j':
      return { do: 'sentence', by: 1 }
    case 'ArrowUp':
    case 'k':
      return { do: 'sentence', by: -1 }
    case 'Enter':
      return { do: 'open' }
    case 'Escape':
      return { do: 'back' }
    default:
      return null
  }
}

const fields =
  'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"], [role="listbox"], [role="combobox"], [role="textbox"]'

/** Whether a key pressed there is meant for the element itself: any key in a field, an open menu or a dialog; Enter on a button or link. */
export function ownsItsKeys(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false
  return target.closest(fields) !== null || (key === 'Enter' && target.closest('button, a[href], summary') !== null)
}

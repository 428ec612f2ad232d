import { nameOfPress, type KeyPress } from '@/components/shell/keys/shortcuts'

/** What the review itself does at a key, beside the shortcuts that it registers. */
export type ReviewKey = 'undo' | 'redo' | 'confirm' | 'out' | 'delete' | 'next-undecided'

const keys: Readonly<Record<string, ReviewKey>> = {
  'Mod+z': 'undo',
  'Mod+Shift+z': 'redo',
  'Mod+y': 'redo',
  Enter: 'confirm',
  Escape: 'out',
  Delete: 'delete',
  Backspace: 'delete',
  j: 'next-undecided',
}

/** What a key press asks of the review, by what the layout writes and not by where the key lies; null when it is nothing of the review's. */
export function readReviewKey(press: KeyPress): ReviewKey | null {
  const name = nameOfPress(press)
  return name === null ? null : (keys[name] ?? null)
}

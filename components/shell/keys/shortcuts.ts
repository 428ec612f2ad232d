/** The keyboard shortcuts of the present page. Pages register theirs, the shell listens once, and the shortcut sheet lists them. */
export interface Shortcut {
  /** Keys as `KeyboardEvent.key` names them: `?`, `g d` (one after the other), `Mod+k` (Ctrl, or ⌘ on a Mac), `Shift+ArrowDown`. */
  keys: string
  label: string
  /** Runs the shortcut. Left out when the page listens itself and the shortcut is only listed. */
  run?: () => void
}

export interface ShortcutGroup {
  title: string
  shortcuts: readonly Shortcut[]
}

let groups: readonly ShortcutGroup[] = []
const nothing: readonly ShortcutGroup[] = []
const listeners = new Set<() => void>()

function publish(next: readonly ShortcutGroup[]): void {
  groups = next
  for (const listener of listeners) listener()
}

/** Adds a group of shortcuts and returns a function that removes it. Of equal keys, the later group's win. */
export function registerShortcuts(group: ShortcutGroup): () => void {
  publish([...groups, group])
  return () => {
    publish(groups.filter((each) => each !== group))
  }
}

/** The groups of the present page, in the order they were added. The same array until a group changes. */
export function currentShortcuts(): readonly ShortcutGroup[] {
  return groups
}

/** The groups during server rendering: none. */
export function noShortcuts(): readonly ShortcutGroup[] {
  return nothing
}

/** Subscribes to changes; returns a function that unsubscribes. */
export function subscribeToShortcuts(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

const storageKey = 'sourcemark-single-keys'

/** Whether shortcuts without Ctrl or ⌘ are on. People who dictate switch them off, because spoken words would trigger them. */
export function singleKeysEnabled(): boolean {
  return typeof localStorage === 'undefined' || localStorage.getItem(storageKey) !== 'off'
}

/** Switches shortcuts without Ctrl or ⌘ on or off in this browser. */
export function setSingleKeys(enabled: boolean): void {
  if (enabled) localStorage.removeItem(storageKey)
  else localStorage.setItem(storageKey, 'off')
}

const movesOnKey = 'sourcemark-decisions-move-on'

/** Whether this device moves to the next sentence after a decision that needs nothing more. Off by default. */
export function decisionsMoveOn(): boolean {
  return typeof localStorage !== 'undefined' && localStorage.getItem(movesOnKey) === 'on'
}

/** Switches moving to the next sentence after a decision on or off, on this device. */
export function setDecisionsMoveOn(enabled: boolean): void {
  if (enabled) localStorage.setItem(movesOnKey, 'on')
  else localStorage.removeItem(movesOnKey)
}

/** The properties of a keyboard event that identify a key. */
export interface KeyPress {
  key: string
  code: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

/** The Latin letter or digit at a key's position, in any layout; null when the typed character itself counts. */
function keyOfAnyLayout({ key, code, shiftKey }: KeyPress): string | null {
  // The layout decides where Latin letters and digits are: German, Colemak and Dvorak move letters.
  if (/^[a-z\d]$/i.test(key)) return null
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter !== undefined && key.length === 1 && key.charCodeAt(0) > 127) return letter.toLowerCase()
  const figure = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1]
  return figure !== undefined && key.length === 1 && !shiftKey ? figure : null
}

/**
 * The name of a key press as `Shortcut.keys` writes it; null for a modifier alone. A letter of another script counts as the Latin letter of the same
 * key, and a key of the number row as its digit, so that shortcuts work on Korean, Persian, Russian and French keyboards.
 */
export function nameOfPress(press: KeyPress): string | null {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = press
  if (['Control', 'Meta', 'Alt', 'Shift', 'AltGraph', 'Dead', 'Process'].includes(key)) return null
  const written = key === ' ' ? 'Space' : key.length === 1 ? key.toLowerCase() : key
  const base = keyOfAnyLayout(press) ?? written
  const isWritten = base.length === 1 && !/^[a-z]$/.test(base)
  return `${ctrlKey || metaKey ? 'Mod+' : ''}${altKey ? 'Alt+' : ''}${shiftKey && !isWritten ? 'Shift+' : ''}${base}`
}

/** The shortcut that a run of presses matches, `waiting` when the run begins one, or null. The newest group wins. */
export function matchShortcut(all: readonly ShortcutGroup[], run: readonly string[]): Shortcut | 'waiting' | null {
  const typed = run.join(' ')
  const runnable = all
    .toReversed()
    .flatMap((group) => group.shortcuts)
    .filter((shortcut) => shortcut.run !== undefined)
  const exact = runnable.find((shortcut) => shortcut.keys === typed)
  if (exact !== undefined) return exact
  return runnable.some((shortcut) => shortcut.keys.startsWith(`${typed} `)) ? 'waiting' : null
}

/** Whether a key press belongs to the element itself and is no shortcut: in a text field, and inside an element with `data-own-keys`. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('input:not([type=checkbox], [type=radio], [type=button]), textarea, select') ||
      target.closest('[data-own-keys]') !== null)
  )
}

/** Whether a modal dialog is open. The page's shortcuts are off while it is. */
export function isDialogOpen(): boolean {
  return document.querySelector('dialog:modal') !== null
}

/**
 * Whether a menu is open: letters move in it and Escape closes it. The focus does not matter: a press on the menu's header moves the focus out, and
 * Escape still closes the menu.
 */
export function isMenuOpen(): boolean {
  return document.querySelector(':popover-open') !== null
}

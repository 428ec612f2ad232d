/**
 * The keyboard shortcuts of the present page. Pages register theirs; the shell listens once, and the shortcut sheet lists them.
 */
export interface Shortcut {
  /** Keys as `KeyboardEvent.key` names them: `?`, `g d` (one after the other), `Mod+k` (Ctrl, or ⌘ on a Mac), `Shift+ArrowDown`. */
  keys: string
  label: string
  /** What it does. Leave it out when the page listens by itself and the shortcut is only to be listed. */
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

/** Adds a group of shortcuts; returns the way to take it off again. Later groups win where keys are the same. */
export function registerShortcuts(group: ShortcutGroup): () => void {
  publish([...groups, group])
  return () => {
    publish(groups.filter((each) => each !== group))
  }
}

/** The groups of the present page, in the order they were added. The same array until something changes. */
export function currentShortcuts(): readonly ShortcutGroup[] {
  return groups
}

/** What the server renders: none. */
export function noShortcuts(): readonly ShortcutGroup[] {
  return nothing
}

/** Calls back at each change; returns the way to stop. */
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

/** Whether a decision that needs nothing more goes on to the next sentence by itself, on this device. Off until it is switched on. */
export function decisionsMoveOn(): boolean {
  return typeof localStorage !== 'undefined' && localStorage.getItem(movesOnKey) === 'on'
}

/** Lets decisions go on to the next sentence by themselves on this device, or not. */
export function setDecisionsMoveOn(enabled: boolean): void {
  if (enabled) localStorage.setItem(movesOnKey, 'on')
  else localStorage.removeItem(movesOnKey)
}

/** The parts of a keyboard event that name a key. */
export interface KeyPress {
  key: string
  code: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

/** The Latin letter or the figure that a key stands for, regardless of its layout; null where the written sign is meant. */
function keyOfAnyLayout({ key, code, shiftKey }: KeyPress): string | null {
  // A Latin letter or a figure is what the layout says it is, wherever its key lies: German, Colemak and Dvorak move letters about.
  if (/^[a-z\d]$/i.test(key)) return null
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter !== undefined && key.length === 1 && key.charCodeAt(0) > 127) return letter.toLowerCase()
  const figure = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1]
  return figure !== undefined && key.length === 1 && !shiftKey ? figure : null
}

/**
 * The name of a key press as `Shortcut.keys` writes it; null for a modifier alone. A letter typed on a layout of another script
 * counts as the Latin letter of the same key, and a key of the row of figures as its figure, so that shortcuts work on Korean, Persian,
 * Russian and French keyboards.
 */
export function nameOfPress(press: KeyPress): string | null {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = press
  if (['Control', 'Meta', 'Alt', 'Shift', 'AltGraph', 'Dead', 'Process'].includes(key)) return null
  const written = key === ' ' ? 'Space' : key.length === 1 ? key.toLowerCase() : key
  const base = keyOfAnyLayout(press) ?? written
  const isWritten = base.length === 1 && !/^[a-z]$/.test(base)
  return `${ctrlKey || metaKey ? 'Mod+' : ''}${altKey ? 'Alt+' : ''}${shiftKey && !isWritten ? 'Shift+' : ''}${base}`
}

/**
 * Which shortcut a run of presses means: the shortcut, `waiting` when the run is the beginning of one, or null. The newest group wins.
 */
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

/** Whether a key pressed there is meant for the element itself and is no shortcut: in a field that is typed into, and in what carries `data-own-keys`. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('input:not([type=checkbox], [type=radio], [type=button]), textarea, select') ||
      target.closest('[data-own-keys]') !== null)
  )
}

/** Whether a modal dialog lies over the page, whose keys rest until it is closed. */
export function isDialogOpen(): boolean {
  return document.querySelector('dialog:modal') !== null
}

/**
 * Whether a menu is open, which letters walk and Escape closes. Where the focus is does not matter: a press on the menu's header takes it out of the menu, and
 * Escape closes it all the same.
 */
export function isMenuOpen(): boolean {
  return document.querySelector(':popover-open') !== null
}

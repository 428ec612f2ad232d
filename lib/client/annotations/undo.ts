import { applyChange, inverseOf, type ReviewData, type Change } from '@/lib/client/outbox/change'

/** One action of a person: its undo, its redo, and its name. */
export interface UndoEntry<W> {
  label: string
  /** Consecutive entries of one group are one step, such as the pauses while typing a note. */
  group?: string | undefined
  undo: readonly W[]
  redo: readonly W[]
}

/** Actions done and actions undone, newest last. Immutable. */
export interface History<W> {
  done: readonly UndoEntry<W>[]
  undone: readonly UndoEntry<W>[]
}

/** The most steps that can be undone. */
export const historyLimit = 200

/** An empty history. */
export function emptyHistory<W>(): History<W> {
  return { done: [], undone: [] }
}

/**
 * Adds an entry to the history. Undone actions can no longer be redone, and the oldest step beyond the limit is dropped. An entry of the same group
 * as the last one joins it.
 */
export function recordEntry<W>(history: History<W>, entry: UndoEntry<W>): History<W> {
  const last = history.done.at(-1)
  if (last?.group !== undefined && last.group === entry.group && history.undone.length === 0) {
    const joined = { ...entry, undo: [...entry.undo, ...last.undo], redo: [...last.redo, ...entry.redo] }
    return { done: [...history.done.slice(0, -1), joined], undone: [] }
  }
  return { done: [...history.done, entry].slice(-historyLimit), undone: [] }
}

/** Steps back: the last entry, whose `undo` the caller carries out, and the history after it; null without one. */
export function stepBack<W>(history: History<W>): { entry: UndoEntry<W>; history: History<W> } | null {
  const entry = history.done.at(-1)
  if (entry === undefined) return null
  return { entry, history: { done: history.done.slice(0, -1), undone: [...history.undone, entry] } }
}

/** Steps forward: the last undone entry, whose `redo` the caller carries out, and the history after it; null without one. */
export function stepForward<W>(history: History<W>): { entry: UndoEntry<W>; history: History<W> } | null {
  const entry = history.undone.at(-1)
  if (entry === undefined) return null
  return { entry, history: { done: [...history.done, entry], undone: history.undone.slice(0, -1) } }
}

/** Makes ids and times; passed in so that the rules stay pure. */
export interface Stamps {
  newId: () => string
  now: () => string
}

/**
 * Makes the entry of writes done together on `before`: their inverses in reverse order, and the inverses of those. A deleted row is restored, not
 * created again, because its id is taken. Null when no write can be undone.
 */
export function undoEntryOf(given: {
  label: string
  group?: string | undefined
  writes: readonly Change[]
  before: ReviewData
  stamps: Stamps
}): UndoEntry<Change> | null {
  const undo = invertAll(given.writes, given.before, given.stamps)
  if (undo.length === 0) return null
  const after = given.writes.reduce(applyChange, given.before)
  return { label: given.label, group: given.group, undo, redo: invertAll(undo, after, given.stamps) }
}

function invertAll(writes: readonly Change[], before: ReviewData, stamps: Stamps): Change[] {
  const inverses: Change[] = []
  let data = before
  for (const write of writes) {
    const inverse = inverseOf(write, data, { newId: stamps.newId(), now: stamps.now() })
    if (inverse !== null) inverses.unshift(inverse)
    data = applyChange(data, write)
  }
  return inverses
}

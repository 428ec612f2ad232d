import { applyChange, inverseOf, type ReviewData, type Change } from '@/lib/client/outbox/change'

/** One thing a person did: what takes it back and what does it again, and what to call it. */
export interface UndoEntry<W> {
  label: string
  /** Entries of one group in a row are one step, such as the pauses while typing one note. */
  group?: string | undefined
  undo: readonly W[]
  redo: readonly W[]
}

/** What has been done and what has been taken back, newest last. Immutable. */
export interface History<W> {
  done: readonly UndoEntry<W>[]
  undone: readonly UndoEntry<W>[]
}

/** The most steps that can be taken back. */
export const historyLimit = 200

/** A history in which nothing has happened. */
export function emptyHistory<W>(): History<W> {
  return { done: [], undone: [] }
}

/**
 * The history after a new entry: what had been taken back can no longer be done again, and the oldest step is forgotten beyond the limit.
 * An entry of the same group as the last one joins it.
 */
export function recordEntry<W>(history: History<W>, entry: UndoEntry<W>): History<W> {
  const last = history.done.at(-1)
  if (last?.group !== undefined && last.group === entry.group && history.undone.length === 0) {
    const joined = { ...entry, undo: [...entry.undo, ...last.undo], redo: [...last.redo, ...entry.redo] }
    return { done: [...history.done.slice(0, -1), joined], undone: [] }
  }
  return { done: [...history.done, entry].slice(-historyLimit), undone: [] }
}

/** Steps back: the last entry, whose `undo` is to be carried out, and the history after it; null when there is none. */
export function stepBack<W>(history: History<W>): { entry: UndoEntry<W>; history: History<W> } | null {
  const entry = history.done.at(-1)
  if (entry === undefined) return null
  return { entry, history: { done: history.done.slice(0, -1), undone: [...history.undone, entry] } }
}

/** Steps forward: the last entry taken back, whose `redo` is to be carried out, and the history after it; null when there is none. */
export function stepForward<W>(history: History<W>): { entry: UndoEntry<W>; history: History<W> } | null {
  const entry = history.undone.at(-1)
  if (entry === undefined) return null
  return { entry, history: { done: [...history.done, entry], undone: history.undone.slice(0, -1) } }
}

/** Makes ids and tells the time; passed in so that the rules stay pure. */
export interface Stamps {
  newId: () => string
  now: () => string
}

/**
 * The entry of some writes done together on `before`: their inverses in reverse order, and the inverses of those. Making again is
 * restoring, not creating, because the id is already taken. Null when the writes change nothing that can be taken back.
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

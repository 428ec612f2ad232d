import { applyWrite, inverseOf, type ReviewData, type Write } from '@/lib/client/outbox/change'
import type { HistoryEntry } from './history'

/** Makes ids and tells the time; passed in so that the rules stay pure. */
export interface Stamps {
  newId: () => string
  now: () => string
}

/**
 * The history entry of some writes done together on `before`: their inverses in reverse order, and the inverses of those. Making again is
 * restoring, not creating, because the id is already taken. Null when the writes change nothing that can be taken back.
 */
export function deedOf(given: {
  label: string
  group?: string | undefined
  writes: readonly Write[]
  before: ReviewData
  stamps: Stamps
}): HistoryEntry<Write> | null {
  const undo = invertAll(given.writes, given.before, given.stamps)
  if (undo.length === 0) return null
  const after = given.writes.reduce(applyWrite, given.before)
  return { label: given.label, group: given.group, undo, redo: invertAll(undo, after, given.stamps) }
}

function invertAll(writes: readonly Write[], before: ReviewData, stamps: Stamps): Write[] {
  const inverses: Write[] = []
  let data = before
  for (const write of writes) {
    const inverse = inverseOf(write, data, { newId: stamps.newId(), now: stamps.now() })
    if (inverse !== null) inverses.unshift(inverse)
    data = applyWrite(data, write)
  }
  return inverses
}

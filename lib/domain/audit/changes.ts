import { keysOf } from '../keys'

/** The fields that an edit changes: the same keys before and after. */
export interface Changes<T> {
  before: Partial<T>
  after: Partial<T>
}

/** Whether two JSON values are equal; the order of an object's keys does not matter (PostgreSQL keeps its own). */
export function isSameJson(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const entries = Object.entries(one)
  const others = new Map(Object.entries(other))
  return (
    entries.length === others.size &&
    entries.every(([key, value]) => others.has(key) && isSameJson(value, others.get(key)))
  )
}

/** The fields of a patch that differ from the row; null when none does. Keys that are left out or undefined are not changed. */
export function changesOf<T extends object>(row: T, patch: { [K in keyof T]?: T[K] | undefined }): Changes<T> | null {
  const before: Partial<T> = {}
  const after: Partial<T> = {}
  let changed = false
  for (const key of keysOf(patch)) {
    const value = patch[key]
    if (value === undefined || isSameJson(row[key], value)) continue
    before[key] = row[key]
    after[key] = value
    changed = true
  }
  return changed ? { before, after } : null
}

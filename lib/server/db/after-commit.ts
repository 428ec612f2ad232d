import type { Database } from './client'

// One list a database and process, also when Next loads this module once a bundle.
const shared = globalThis as typeof globalThis & { sourcemarkCommitListeners?: WeakMap<Database, Set<() => void>> }

/** Has `listener` called after each commit of this process that stored events. The answer takes it off again. */
export function onEventsCommitted(opened: Database, listener: () => void): () => void {
  shared.sourcemarkCommitListeners ??= new WeakMap()
  const known = shared.sourcemarkCommitListeners.get(opened) ?? new Set()
  shared.sourcemarkCommitListeners.set(opened, known)
  known.add(listener)
  return () => {
    known.delete(listener)
  }
}

/** Tells the listeners that events were stored. */
export function eventsCommitted(opened: Database): void {
  for (const listener of shared.sourcemarkCommitListeners?.get(opened) ?? []) listener()
}

/** PostgreSQL's channel on which an instance tells the others that it stored events; the payload is the instance's id. */
export const eventChannel = 'sourcemark_events'

const named = globalThis as typeof globalThis & { sourcemarkInstance?: string }

/** The id of this process among those that share a database. */
export function instanceId(): string {
  return (named.sourcemarkInstance ??= crypto.randomUUID())
}

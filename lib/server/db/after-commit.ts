import type { Database } from './client'
import { perProcess } from '../per-process'

const listeners = perProcess('commit listeners', () => new WeakMap<Database, Set<() => void>>())

/** Has `listener` called after each commit of this process that stored events. The answer takes it off again. */
export function onEventsCommitted(opened: Database, listener: () => void): () => void {
  const known = listeners.get(opened) ?? new Set()
  listeners.set(opened, known)
  known.add(listener)
  return () => {
    known.delete(listener)
  }
}

/** Tells the listeners that events were stored. */
export function eventsCommitted(opened: Database): void {
  for (const listener of listeners.get(opened) ?? []) listener()
}

/** PostgreSQL's channel on which an instance tells the others that it stored events; the payload is the instance's id. */
export const eventChannel = 'sourcemark_events'

const instance = perProcess('instance', () => ({ id: crypto.randomUUID() }))

/** The id of this process among those that share a database. */
export function instanceId(): string {
  return instance.id
}

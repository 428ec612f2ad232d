import type { AnnotationView } from '@/lib/domain/annotations/schema'
import { recordSchema, type OutboxRecord } from './record'
import { applyTo } from './send-record'
import { changeAnnotation, type AnnotationChanges, differingParts, takeParts } from './change'

/** The annotation as stored; `gone` when it was deleted; null when nothing new is known. */
export type StoredAnnotation = AnnotationView | 'gone' | null

/** A person's decision about a blocked lane. */
export type Resolution =
  /** Sends my change again. If the row has changed, mine replaces theirs, which the person has seen. */
  | { kind: 'send-mine' }
  | { kind: 'discard' }
  /** Sends the chosen values in place of theirs. */
  | { kind: 'choose'; changes: AnnotationChanges }
  /** The row was deleted: restores it with my changes. */
  | { kind: 'bring-back' }

/** The records of a lane after a decision, in order; a new record has no order yet. Empty when nothing is left to send. */
export function resolveRecords(given: {
  records: readonly OutboxRecord[]
  /** The stored state, if it differs from what the writer saw. */
  theirs: AnnotationView | null
  how: Resolution
  newId: () => string
}): OutboxRecord[] {
  const { records, theirs, how, newId } = given
  const [head, ...rest] = records
  if (head === undefined || how.kind === 'discard') return []
  const first = { ...head, problem: null }
  if (how.kind === 'send-mine') {
    if (theirs === null) return [first, ...rest]
    return [{ ...first, base: { version: theirs.version, after: null }, seen: theirs }, ...rest]
  }
  if (how.kind === 'choose')
    return theirs === null ? [first, ...rest] : chosen({ first, theirs, changes: how.changes, newId })
  return broughtBack({ first, rest, newId })
}

function chosen(given: {
  first: OutboxRecord
  theirs: AnnotationView
  changes: AnnotationChanges
  newId: () => string
}): OutboxRecord[] {
  const { first, theirs, newId } = given
  const wanted = changeAnnotation(theirs, given.changes)
  const parts = differingParts(wanted, theirs)
  if (parts.length === 0) return []
  return [
    {
      ...first,
      id: newId(),
      write: { kind: 'update-annotation', id: theirs.id, changes: takeParts(wanted, parts) },
      base: { version: theirs.version, after: null },
      seen: theirs,
    },
  ]
}

/**
 * Restores the row and then sends my changes, with the version their writer saw. If another member changed the row before deleting it, the usual
 * comparison detects that.
 */
function broughtBack(given: {
  first: OutboxRecord
  rest: readonly OutboxRecord[]
  newId: () => string
}): OutboxRecord[] {
  const { first, rest, newId } = given
  const seen = first.seen ?? (first.write.kind === 'create-annotation' ? first.write.view : null)
  const mine = [first, ...rest].reduce<AnnotationView | null>(applyTo, seen)
  if (seen === null || mine === null) return [first, ...rest]
  const restore: OutboxRecord = {
    ...first,
    id: newId(),
    write: { kind: 'restore-annotation', view: seen },
    base: { version: null, after: null },
    seen: null,
  }
  const parts = differingParts(mine, seen)
  if (parts.length === 0) return [restore]
  return [
    restore,
    {
      ...restore,
      id: newId(),
      schema: recordSchema,
      order: null,
      write: { kind: 'update-annotation', id: seen.id, changes: takeParts(mine, parts) },
      base: { version: seen.version, after: null },
      seen,
    },
  ]
}

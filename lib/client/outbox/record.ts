import type { AnnotationView } from '@/lib/domain/annotations/schema'
import type { Problem } from './send-record'
import { applyChange, laneOf, mergeChanges, pickChanges, type ReviewData, type Change, differingParts } from './change'

/** The schema version of stored records. A record of another version is kept and never sent. */
export const recordSchema = 1

/** The member and place of a change. The names are for messages; the ids decide. */
export interface OutboxPlace {
  workspaceId: string
  memberId: string
  memberName: string
  documentId: string
  revisionId: string
  title: string
}

/**
 * What the writer had seen of the row: the last acknowledged version (null without one), and the waiting change of the same lane before this one.
 * When that one is acknowledged, its version replaces both.
 */
export interface WriteBase {
  version: number | null
  after: string | null
}

/** A waiting change, as a plain JSON value. */
export interface OutboxRecord {
  /** Its own id, new whenever its content changes, so that the two are not confused. */
  id: string
  schema: typeof recordSchema
  /** Its position among all changes of this device; null until the database has assigned one. */
  order: number | null
  place: OutboxPlace
  lane: string
  write: Change
  base: WriteBase
  /** The annotation as the writer saw it: the base of a merge, shown when the row is gone. Null for other changes. */
  seen: AnnotationView | null
  /** ISO time. */
  madeAt: string
  /** Why it waits for the person's decision. Only the first record of a lane has one. */
  problem: Problem | null
}

/** The id of the annotation that an edit or deletion needs to exist; null for other changes. */
function presumes(write: Change): string | null {
  return write.kind === 'update-annotation' || write.kind === 'delete-annotation' ? write.id : null
}

/** Whether a part changed by an edit now differs from when the edit began. */
function changesUnseen(given: {
  write: Extract<Change, { kind: 'update-annotation' }>
  began: AnnotationView
  present: AnnotationView
}): boolean {
  const { write, began, present } = given
  const before = { ...present, ...pickChanges(began, write.changes) }
  return differingParts(before, present).length > 0
}

/** Makes the record of a change. `data` is what the writer sees; `last` is the lane's last waiting record. */
export function makeRecord(given: {
  write: Change
  place: OutboxPlace
  data: ReviewData
  version: number | null
  last: OutboxRecord | null
  /** The annotation as it looked when the change began, if some time has passed since. */
  began?: AnnotationView | null
  id: string
  madeAt: string
}): OutboxRecord {
  const { write, place, data, version, last, began = null, id, madeAt } = given
  const present = data.annotations.get(presumes(write) ?? '') ?? null
  const isLate =
    began !== null && present !== null && write.kind === 'update-annotation' && changesUnseen({ write, began, present })
  const seen = isLate ? began : present
  const base = isLate ? { version: began.version, after: null } : { version, after: last?.id ?? null }
  return { id, schema: recordSchema, order: null, place, lane: laneOf(write), write, base, seen, madeAt, problem: null }
}

/** Merges two records of one lane, at the position of the earlier; null when both must be sent. */
export function mergeRecords(earlier: OutboxRecord, later: OutboxRecord): OutboxRecord | null {
  const write = mergeChanges(earlier.write, later.write)
  return write === null ? null : { ...earlier, id: later.id, write }
}

/** The data with a record's change applied. An edit of a missing annotation shows it as its writer saw it, because its words are kept. */
export function applyRecord(data: ReviewData, { write, seen }: OutboxRecord): ReviewData {
  const isGone = write.kind === 'update-annotation' && seen !== null && !data.annotations.has(write.id)
  return applyChange(isGone ? applyChange(data, { kind: 'restore-annotation', view: seen }) : data, write)
}

/**
 * Updates a record after the acknowledgement of the one it follows, with `version` (null when the answer had none). A decision that the server knows
 * under another id is withdrawn under that one.
 */
export function followRecord(
  record: OutboxRecord,
  done: { id: string; write: Change; version: number | null; storedId: string | null },
): OutboxRecord {
  if (record.base.after !== done.id) return record
  const base = { version: done.version ?? record.base.version, after: null }
  return { ...record, base, write: renameDecision(record.write, done) }
}

function renameDecision(write: Change, done: { write: Change; storedId: string | null }): Change {
  if (write.kind !== 'delete-decision' || done.write.kind !== 'create-decision' || done.storedId === null) return write
  return write.view.id === done.write.view.id ? { ...write, view: { ...write.view, id: done.storedId } } : write
}

/** Parses a stored value as a record that can be sent, and adds annotation fields introduced since; null when it is not a record. */
export function readRecord(value: unknown): OutboxRecord | null {
  if (!isRecord(value)) return null
  const { write, seen } = value
  const whole = (view: AnnotationView): AnnotationView => ({ ...newParts, ...view })
  const completed =
    write.kind === 'create-annotation' || write.kind === 'restore-annotation'
      ? { ...write, view: whole(write.view) }
      : write
  return { ...value, write: completed, seen: seen === null ? null : whole(seen), problem: value.problem ?? null }
}

/** Annotation fields introduced after the first records of this schema version. */
const newParts: Pick<AnnotationView, 'tags'> = { tags: [] }

/** Records of the first database version have no problem field. */
type StoredRecord = Omit<OutboxRecord, 'problem'> & Partial<Pick<OutboxRecord, 'problem'>>

function isRecord(value: unknown): value is StoredRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    'schema' in value &&
    value.schema === recordSchema &&
    'write' in value &&
    'place' in value
  )
}

import type { AnnotationView, CitationView, SentenceDecisionView } from '@/lib/domain/annotations/schema'
import type { ScopeChangeView } from '@/lib/domain/documents/schema'
import type { Transport, ApiAnswer, ApiRequest } from '../api/transport'
import type { OutboxRecord } from './record'
import {
  applyChange,
  changeAnnotation,
  type AnnotationChanges,
  type ReviewData,
  type Change,
  differingParts,
  mergeByParts,
  type AnnotationPart,
} from './change'

/** The meaning of an answer for the list. */
export type Verdict =
  | { kind: 'done'; body: unknown }
  /** No answer, or a temporary failure. `afterMs` is the shortest wait that the server asked for. */
  | { kind: 'retry'; reason: 'offline' | 'server'; message: string; afterMs: number }
  /** Nobody is signed in, or the signed-in member is not the one who made the change. */
  | { kind: 'signed-out'; as: 'nobody' | 'other-member' }
  /** Another member changed the row first; `current` is the stored state (null when the server gave none). */
  | { kind: 'conflict'; current: unknown }
  | { kind: 'refused'; status: number; message: string }

/** Why a lane is blocked until the person decides. */
export type Problem = Extract<Verdict, { kind: 'conflict' | 'refused' }>

/** The result of sending a record. `merged`: another member changed other parts first, and `changes` remain to be sent over theirs. */
export type Sent =
  Verdict | { kind: 'merged'; theirs: AnnotationView; changes: AnnotationChanges; fromThere: AnnotationPart[] }

/**
 * Sends one record, only as its member, with the version its writer saw. If the row has changed, an edit is done when the row holds what the lane
 * wants, merged when the merge cannot mislead, and otherwise a conflict. Never rejects.
 */
export async function sendRecord(given: {
  record: OutboxRecord
  /** The later records of its lane, read after the answer: more may have been added in the meantime. */
  later: () => readonly OutboxRecord[]
  acknowledged: () => ReviewData
  transport: Transport
}): Promise<Sent> {
  const { record, later, acknowledged, transport } = given
  const write = asStored(record.write, acknowledged())
  let verdict: Verdict
  try {
    const request = requestOf(write, record.base.version ?? undefined)
    const { memberId } = record.place
    verdict = readAnswer(await transport({ ...request, ...(memberId === '' ? {} : { asMember: memberId }) }))
  } catch (error) {
    const message = error instanceof Error ? error.message : 'no answer'
    return { kind: 'retry', reason: 'offline', message, afterMs: 0 }
  }
  if (verdict.kind === 'refused') return wasDeleted(write, verdict) ? { kind: 'done', body: null } : verdict
  if (verdict.kind !== 'conflict') return verdict
  const theirs = verdict.current
  if (!isAnnotation(theirs))
    return { kind: 'refused', status: 412, message: 'This was changed elsewhere. Reload to see what is stored.' }
  if (write.kind !== 'update-annotation') return verdict
  const lane = [record, ...later()]
  const wanted = lane.reduce<AnnotationView | null>(applyTo, theirs)
  if (wanted !== null && differingParts(wanted, theirs).length === 0) return { kind: 'done', body: theirs }
  // The whole lane is compared, because its later records will be sent over the merged state without another comparison.
  const mine = lane.reduce<AnnotationView | null>(applyTo, record.seen)
  if (record.seen === null || mine === null) return verdict
  const merged = mergeByParts({ seen: record.seen, mine, theirs })
  return merged === null ? verdict : { kind: 'merged', theirs, changes: write.changes, fromThere: merged.fromThere }
}

/** An annotation after a record of its lane; null for a deletion. */
export function applyTo(annotation: AnnotationView | null, { write }: OutboxRecord): AnnotationView | null {
  switch (write.kind) {
    case 'create-annotation':
    case 'restore-annotation':
      return write.view
    case 'update-annotation':
      return annotation === null ? null : changeAnnotation(annotation, write.changes)
    case 'delete-annotation':
      return null
    case 'create-decision':
    case 'delete-decision':
    case 'change-scope':
      return annotation
  }
}

/** The acknowledged data after a change and the server's answer, which takes precedence. */
export function acknowledge(data: ReviewData, write: Change, body: unknown): ReviewData {
  let after = applyChange(data, asStored(write, data))
  const storedId = storedDecisionId(write, body)
  if (write.kind === 'create-decision' && storedId !== null) {
    // The sentence was decided before, from elsewhere: that decision counts, under its own id.
    after = applyChange(after, { kind: 'delete-decision', view: write.view })
    after = applyChange(after, { ...write, view: { ...write.view, id: storedId } })
  }
  if (write.kind === 'delete-annotation' || !isAnnotation(body)) return after
  return applyChange(after, { kind: 'restore-annotation', view: body })
}

/** Whether an answer to a record is newer than the data. */
export function isNews({ write, base }: OutboxRecord, body: unknown, { annotations }: ReviewData): boolean {
  if (isAnnotation(body)) return body.version > (annotations.get(body.id)?.version ?? 0)
  if (write.kind !== 'delete-annotation') return true
  const shown = annotations.get(write.id)
  return shown !== undefined && shown.version <= (base.version ?? 0)
}

/**
 * The base version of the lane's next change after this answer. An answer can include more than this change: a change that is stored already is
 * answered with the present row, regardless of who changed it last. When the row has changes that the writer had not seen, the old version is kept,
 * so that the next change becomes a conflict instead of overwriting them.
 */
export function versionAfter({ write, base, seen }: OutboxRecord, body: unknown): number | null {
  if (!isAnnotation(body)) return null
  switch (write.kind) {
    case 'create-annotation':
      return 1
    case 'restore-annotation':
      return differingParts(write.view, body).length === 0 ? body.version : write.view.version
    case 'update-annotation': {
      const mine = { ...body, ...write.changes }
      const isAsSeen = seen !== null && differingParts({ ...seen, ...write.changes }, mine).length === 0
      return isAsSeen ? body.version : base.version
    }
    case 'delete-annotation':
    case 'create-decision':
    case 'delete-decision':
    case 'change-scope':
      return null
  }
}

/** The server's id of a decision if it differs from ours, else null. */
export function storedDecisionId(write: Change, body: unknown): string | null {
  return write.kind === 'create-decision' && hasId(body) && body.id !== write.view.id ? body.id : null
}

/** Whether an untrusted value is an annotation as the API presents it. */
export function isAnnotation(value: unknown): value is AnnotationView {
  return typeof value === 'object' && value !== null && 'id' in value && 'rating' in value && 'version' in value
}

/** The change with the server's id of its row: a decision is identified by sentence and author, because its id may differ there. */
function asStored(write: Change, acknowledged: ReviewData): Change {
  if (write.kind !== 'delete-decision') return write
  const { start, author } = write.view
  const stored = [...acknowledged.decisions.values()].find(
    (decision) => decision.start === start && decision.author.id === author.id,
  )
  return stored === undefined ? write : { ...write, view: stored }
}

/** A deletion whose answer was lost finds nothing left to delete. */
function wasDeleted(write: Change, { status }: { status: number }): boolean {
  const deletes = write.kind === 'delete-annotation' || write.kind === 'delete-decision'
  return deletes && (status === 404 || status === 410)
}

function hasId(value: unknown): value is { id: string } {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
}

const root = '/api/v1'

/** The API call of a change. `version` is the last acknowledged version of its annotation; undefined only for changes that need none. */
function requestOf(write: Change, version: number | undefined): ApiRequest {
  const seen = version === undefined ? {} : { ifMatch: version }
  switch (write.kind) {
    case 'create-annotation':
      return {
        method: 'POST',
        path: `${root}/revisions/${write.view.revisionId}/annotations`,
        body: annotationInput(write.view),
      }
    case 'update-annotation':
      return { method: 'PATCH', path: `${root}/annotations/${write.id}`, body: changesInput(write.changes), ...seen }
    case 'delete-annotation':
      return { method: 'DELETE', path: `${root}/annotations/${write.id}`, ...seen }
    case 'restore-annotation':
      return { method: 'POST', path: `${root}/annotations/${write.view.id}/restore` }
    case 'create-decision':
      return {
        method: 'POST',
        path: `${root}/revisions/${write.view.revisionId}/sentence-decisions`,
        body: spanInput(write.view),
      }
    case 'delete-decision':
      return { method: 'DELETE', path: `${root}/sentence-decisions/${write.view.id}` }
    case 'change-scope':
      return {
        method: 'POST',
        path: `${root}/revisions/${write.revisionId}/scope-changes`,
        body: scopeInput(write.view),
      }
  }
}

function annotationInput(view: AnnotationView) {
  const { id, start, end, exact, rating, disputed, partial, note, tags } = view
  const citations = view.citations.map(citationInput)
  return { id, start, end, exact, rating, disputed, partial, note, tags, citations }
}

function changesInput({ citations, ...changes }: AnnotationChanges) {
  return citations === undefined ? changes : { ...changes, citations: citations.map(citationInput) }
}

function citationInput({ id, reference, stance, quote, locator, quoteStart }: CitationView) {
  return { id, referenceId: reference.id, stance, quote, locator, ...(quoteStart === null ? {} : { quoteStart }) }
}

function spanInput({ id, start, end }: SentenceDecisionView) {
  return { id, start, end }
}

function scopeInput({ id, start, end, inScope, reason }: ScopeChangeView) {
  return { id, start, end, inScope, reason }
}

const signals: readonly number[] = [408, 425, 429, 500, 502, 503, 504, 507]

/** Why a server cannot store anything for now, if the status says so. */
const causes: Readonly<Record<number, string>> = { 507: 'the server’s disk is full' }

/**
 * Interprets an answer: 2xx is done; 401 means that the session ended or belongs to another member; 412 is a conflict; time-outs, throttling and
 * server errors are retried; everything else is refused in the server's own words (`detail` of the problem and of its fields).
 */
function readAnswer(answer: ApiAnswer): Verdict {
  const { status } = answer
  if (status >= 200 && status < 300) return { kind: 'done', body: answer.body }
  if (status === 401) {
    const other = field(field(answer.body, 'current'), 'memberId')
    return { kind: 'signed-out', as: typeof other === 'string' ? 'other-member' : 'nobody' }
  }
  if (status === 412) return { kind: 'conflict', current: field(answer.body, 'current') ?? null }
  if (signals.includes(status)) {
    const message = causes[status] ?? `the server answered ${String(status)}`
    return { kind: 'retry', reason: 'server', message, afterMs: (answer.retryAfter ?? 0) * 1000 }
  }
  return { kind: 'refused', status, message: problemMessage(answer) }
}

/** The words of a problem answer; without any, a plain sentence with the status. */
function problemMessage({ status, body }: ApiAnswer): string {
  const detail = field(body, 'detail')
  const fields = field(body, 'fields')
  const reasons = Array.isArray(fields)
    ? fields.map((entry) => field(entry, 'message')).filter((text) => typeof text === 'string')
    : []
  const words = [typeof detail === 'string' ? detail : '', ...reasons].filter((text) => text !== '')
  return words.length > 0 ? words.join(' ') : `The server refused this (${String(status)}).`
}

function field(value: unknown, key: string): unknown {
  const fields: Record<string, unknown> = typeof value === 'object' ? { ...value } : {}
  return fields[key]
}

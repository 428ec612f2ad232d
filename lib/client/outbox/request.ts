import type { AnnotationView, CitationView, SentenceDecisionView } from '@/lib/domain/annotations/schema'
import type { ScopeChangeView } from '@/lib/domain/documents/schema'
import type { ApiAnswer, ApiRequest } from '../api/transport'
import type { AnnotationChanges, Change } from './change'

const root = '/api/v1'

/**
 * The API call of a change. `version` is the last acknowledged version of the annotation it touches; it may be undefined only for changes
 * that need none.
 */
export function requestOf(write: Change, version: number | undefined): ApiRequest {
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

/** What an answer to a change means for the list. */
export type Verdict =
  | { kind: 'done'; body: unknown }
  /** No answer, or one that may be different later. `afterMs` is the least wait the server asked for. */
  | { kind: 'retry'; reason: 'offline' | 'server'; message: string; afterMs: number }
  /** Nobody is signed in, or another member than the one whose change it is. */
  | { kind: 'signed-out'; as: 'nobody' | 'other-member' }
  /** Someone else changed the row first; `current` is what is stored now (null when the server did not say). */
  | { kind: 'conflict'; current: unknown }
  | { kind: 'refused'; status: number; message: string }

/** Why a lane stands still until the person decides. */
export type Problem = Extract<Verdict, { kind: 'conflict' | 'refused' }>

const signals: readonly number[] = [408, 425, 429, 500, 502, 503, 504, 507]

/** Why a server cannot store anything for now, where the status says it. */
const causes: Readonly<Record<number, string>> = { 507: 'the server’s disk is full' }

/**
 * Reads an answer: 2xx is done; 401 means the session ended or is another member's; 412 is a conflict; time-outs, throttling and server errors are tried
 * again; everything else is refused with the server's own words (`detail` of the problem and of its fields).
 */
export function readAnswer(answer: ApiAnswer): Verdict {
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

/** The words of a problem answer; a plain sentence with the status when it has none. */
export function problemMessage({ status, body }: ApiAnswer): string {
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

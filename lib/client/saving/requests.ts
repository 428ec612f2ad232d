import type { AnnotationView, CitationView, SentenceDecisionView } from '@/lib/domain/annotations/schema'
import type { ScopeChangeView } from '@/lib/domain/documents/schema'
import type { ApiRequest } from '../api/transport'
import type { AnnotationChanges, Write } from './writes'

const root = '/api/v1'

/**
 * The API call of a write. `version` is the last acknowledged version of the annotation it touches; it may be undefined only for writes
 * that need none.
 */
export function requestOf(write: Write, version: number | undefined): ApiRequest {
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

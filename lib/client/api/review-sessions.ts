import type {
  AssignmentView,
  BulkAssignments,
  DistributionRequest,
  DistributionView,
} from '@/lib/domain/assignments/schema'
import type { ConflictInput, ConflictView } from '@/lib/domain/conflicts-of-interest/schema'
import type { DocumentView } from '@/lib/domain/documents/schema'
import type {
  SessionCopy,
  SecondReadingDraw,
  SessionDocumentsAdded,
  SessionDocumentsInput,
  SessionMemberView,
  SessionMove,
  SessionPart,
  SessionPatch,
  SessionView,
} from '@/lib/domain/review-sessions/schema'
import type { SourceView } from '@/lib/domain/sources/schema'
import { callApi, type CallResult } from './call'

const sessions = '/api/v1/review-sessions'

/** A row with the version that the caller has seen. */
export interface Seen {
  id: string
  version: number
}

/** Changes the settings of a session. Never rejects, like all functions here. */
export function patchSession({ id, version }: Seen, patch: SessionPatch): Promise<CallResult<SessionView>> {
  return callApi({ method: 'PATCH', path: `${sessions}/${id}`, body: patch, ifMatch: version })
}

/** Moves a session to another state. */
export function moveSession({ id, version }: Seen, move: SessionMove): Promise<CallResult<SessionView>> {
  return callApi({ method: 'POST', path: `${sessions}/${id}/transitions`, body: move, ifMatch: version })
}

/** Copies a session into a draft or a template. */
export function copySession(id: string, copy: Partial<SessionCopy>): Promise<CallResult<SessionView>> {
  return callApi({ method: 'POST', path: `${sessions}/${id}/copy`, body: copy })
}

/** Adds a member to a session, or changes their part. */
export function putSessionMember(
  id: string,
  memberId: string,
  part: SessionPart,
): Promise<CallResult<SessionMemberView>> {
  return callApi({ method: 'PUT', path: `${sessions}/${id}/members/${memberId}`, body: part })
}

/** Removes a member from a session. */
export function deleteSessionMember(id: string, memberId: string): Promise<CallResult<null>> {
  return callApi({ method: 'DELETE', path: `${sessions}/${id}/members/${memberId}` })
}

/** Adds documents to a session: picked, found, or drawn at random. */
export function postSessionDocuments(
  id: string,
  input: SessionDocumentsInput,
): Promise<CallResult<SessionDocumentsAdded>> {
  return callApi({ method: 'POST', path: `${sessions}/${id}/documents`, body: input })
}

/** Draws the documents of a draft for a second reading. */
export function drawSecondReading({ id, version }: Seen): Promise<CallResult<SecondReadingDraw>> {
  return callApi({ method: 'POST', path: `${sessions}/${id}/second-reading-draws`, ifMatch: version })
}

/** Removes a document from a session. */
export function deleteSessionDocument(id: string, documentId: string): Promise<CallResult<null>> {
  return callApi({ method: 'DELETE', path: `${sessions}/${id}/documents/${documentId}` })
}

/** A page of documents to choose from. An empty filter is no filter. */
export function findDocuments(filter: {
  q: string
  sourceId: string
  cursor: string | null
}): Promise<CallResult<{ items: DocumentView[]; next: string | null }>> {
  const query = new URLSearchParams({
    limit: '50',
    ...(filter.q === '' ? {} : { q: filter.q }),
    ...(filter.sourceId === '' ? {} : { source: filter.sourceId }),
    ...(filter.cursor === null ? {} : { cursor: filter.cursor }),
  })
  return callApi({ method: 'GET', path: `/api/v1/documents?${query.toString()}` })
}

/** A source, as a filter of documents. */
export type SourceChoice = Pick<SourceView, 'id' | 'name' | 'documentCount'>

/** All sources of the workspace by name, read page after page. */
export async function listAllSources(): Promise<CallResult<SourceChoice[]>> {
  const sources: SourceChoice[] = []
  let cursor = ''
  for (;;) {
    const path = `/api/v1/sources?limit=200${cursor}`
    const answer = await callApi<{ items: SourceView[]; next: string | null }>({ method: 'GET', path })
    if (!answer.ok) return answer
    for (const { id, name, documentCount } of answer.value.items) sources.push({ id, name, documentCount })
    if (answer.value.next === null) return { ok: true, value: sources }
    cursor = `&cursor=${encodeURIComponent(answer.value.next)}`
  }
}

/** Distributes a session's documents over its reviewers, or previews the distribution. */
export function distributeDocuments(
  id: string,
  request: Partial<DistributionRequest>,
): Promise<CallResult<DistributionView>> {
  return callApi({ method: 'POST', path: `${sessions}/${id}/distribution`, body: request })
}

/** One action on many assignments of a session, all or none. */
export function changeAssignments(
  id: string,
  input: BulkAssignments,
): Promise<CallResult<{ items: AssignmentView[]; changed: number }>> {
  return callApi({ method: 'POST', path: `${sessions}/${id}/assignments/bulk`, body: input })
}

/** One assignment, with the reason for its reviewer. */
export function getAssignment(id: string): Promise<CallResult<AssignmentView>> {
  return callApi({ method: 'GET', path: `/api/v1/assignments/${id}` })
}

/** Declares a conflict of interest. */
export function declareConflict(input: ConflictInput): Promise<CallResult<ConflictView>> {
  return callApi({ method: 'POST', path: '/api/v1/conflicts-of-interest', body: input })
}

/** Withdraws a declared conflict of interest. */
export function withdrawConflict(id: string): Promise<CallResult<null>> {
  return callApi({ method: 'DELETE', path: `/api/v1/conflicts-of-interest/${id}` })
}

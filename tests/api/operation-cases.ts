import type { Role } from '@/lib/domain/access/policy'
import { makeId } from '../setup/factories'
import { firstSentence, type World } from './world'

/** How an operation is called so that it works in a fresh world. The path's ids are taken from the world by their names. */
export interface OperationCase {
  /** Who calls it; the row it touches is theirs. */
  by: Role
  status: number
  json?: (world: World) => object
  form?: (world: World) => FormData
  /** What it takes beside its role, where a path has an id that a role alone does not decide. */
  params?: (world: World) => Record<string, string>
  /** Query of the call that works. */
  query?: string
}

const text = 'The harbour froze twice. Nobody kept a log.'

function fileForm(fields: Record<string, string>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', new File([text], 'winter.txt', { type: 'text/plain' }))
  return form
}

const annotation = () => ({ ...firstSentence, rating: 'unsourced' })
const ofDraft = ({ draftId, sessionDocument, members }: World) => ({
  sessionId: draftId,
  documentId: sessionDocument.id,
  memberId: members.reviewer.memberId,
})
const csl = { type: 'webpage', title: 'Tide tables' }

/** One entry for every operation of the API, by its operationId. A new operation without one fails every-operation.test.ts. */
export const operationCases: Record<string, OperationCase> = {
  listSources: { by: 'viewer', status: 200, query: 'q=source&limit=5' },
  createSource: { by: 'lead', status: 201, json: () => ({ name: 'Gazette' }) },
  getSource: { by: 'viewer', status: 200 },
  updateSource: { by: 'lead', status: 200, json: () => ({ kind: 'newspaper' }) },
  deleteSource: { by: 'lead', status: 204, params: ({ emptySource }) => ({ sourceId: emptySource.id }) },
  restoreSource: { by: 'lead', status: 200 },
  previewDocument: { by: 'lead', status: 200, json: () => ({ text }) },
  createDocument: { by: 'lead', status: 201, json: ({ document }) => ({ text, source: { id: document.sourceId } }) },
  previewFiles: { by: 'lead', status: 200, form: () => fileForm({}) },
  createDocuments: { by: 'lead', status: 200, form: () => fileForm({ sourceName: 'Gazette' }) },
  createAddressBatch: {
    by: 'lead',
    status: 201,
    json: ({ document }) => ({ source: { id: document.sourceId }, addresses: ['https://gazette.example/winter'] }),
  },
  createFileBatch: { by: 'lead', status: 201, form: () => fileForm({ sourceName: 'Gazette' }) },
  decideBatchItems: { by: 'lead', status: 200, json: () => ({ decision: 'import' }) },
  listJobs: { by: 'lead', status: 200, query: 'limit=5' },
  getJob: { by: 'lead', status: 200 },
  listJobItems: { by: 'lead', status: 200, query: 'state=failed' },
  retryJob: { by: 'lead', status: 200, json: () => ({}) },
  cancelJob: { by: 'lead', status: 200 },
  listDocuments: { by: 'viewer', status: 200, query: 'q=MAYOR' },
  changeDocuments: {
    by: 'lead',
    status: 200,
    json: ({ document }) => ({ action: 'tag', ids: [document.id], add: ['Shipping'] }),
  },
  getDocument: { by: 'viewer', status: 200 },
  updateDocument: { by: 'lead', status: 200, json: () => ({ title: 'Another title' }) },
  deleteDocument: { by: 'lead', status: 204 },
  restoreDocument: { by: 'lead', status: 200 },
  listRevisions: { by: 'viewer', status: 200 },
  getRevision: { by: 'viewer', status: 200 },
  getRevisionText: { by: 'viewer', status: 200 },
  noteRedrawnRevision: { by: 'viewer', status: 204 },
  getRevisionOriginal: { by: 'viewer', status: 200 },
  previewRevision: { by: 'lead', status: 200, json: () => ({ text }) },
  createRevision: { by: 'lead', status: 201, json: () => ({ text }) },
  previewRevisionFile: { by: 'lead', status: 200, form: () => fileForm({}) },
  createRevisionOfFile: { by: 'lead', status: 201, form: () => fileForm({}) },
  carryAnnotationsOver: { by: 'lead', status: 200 },
  getChanges: { by: 'viewer', status: 200, query: 'from=1&to=1' },
  listCarriedAnnotations: { by: 'viewer', status: 200, query: 'outcome=waiting' },
  decideCarriedAnnotation: { by: 'reviewer', status: 200, json: () => ({ decision: 'confirm' }) },
  listAnnotations: { by: 'viewer', status: 200, query: 'rating=unsourced' },
  createAnnotation: { by: 'reviewer', status: 201, json: annotation },
  putAnnotation: {
    by: 'reviewer',
    status: 201,
    params: () => ({ annotationId: makeId() }),
    json: ({ document }) => ({ ...annotation(), revisionId: document.revisionId }),
  },
  getAnnotation: { by: 'viewer', status: 200 },
  updateAnnotation: { by: 'reviewer', status: 200, json: () => ({ note: 'Which log?' }) },
  deleteAnnotation: { by: 'reviewer', status: 204 },
  restoreAnnotation: { by: 'reviewer', status: 200 },
  exportAnnotations: { by: 'viewer', status: 200, query: 'format=csv' },
  importAnnotations: {
    by: 'reviewer',
    status: 200,
    json: () => ({ content: 'exact,rating\nSales rose,unsourced\n' }),
  },
  listTags: { by: 'viewer', status: 200, query: 'q=ship' },
  listSentenceDecisions: { by: 'viewer', status: 200 },
  decideSentence: { by: 'reviewer', status: 201, json: () => firstSentence },
  decideSentences: { by: 'reviewer', status: 200, json: () => ({ decisions: [firstSentence] }) },
  withdrawSentenceDecision: { by: 'reviewer', status: 204 },
  listScopeChanges: { by: 'viewer', status: 200 },
  changeScope: {
    by: 'reviewer',
    status: 201,
    json: () => ({ start: 0, end: 5, inScope: false, reason: 'navigation' }),
  },
  listReviewSessions: { by: 'reviewer', status: 200, query: 'state=active' },
  createReviewSession: { by: 'lead', status: 201, json: () => ({ name: 'Spring' }) },
  getReviewSession: { by: 'reviewer', status: 200 },
  updateReviewSession: { by: 'lead', status: 200, json: () => ({ question: 'Does it hold?' }) },
  deleteReviewSession: { by: 'lead', status: 204, params: ofDraft },
  restoreReviewSession: { by: 'lead', status: 200 },
  copyReviewSession: { by: 'lead', status: 201, json: () => ({ documents: true }) },
  moveReviewSession: {
    by: 'lead',
    status: 200,
    json: () => ({ name: 'start-adjudication', withdrawUnfinished: true }),
  },
  getSessionAgreement: { by: 'reviewer', status: 200 },
  listSessionMembers: { by: 'reviewer', status: 200 },
  setSessionMember: { by: 'lead', status: 200, params: ofDraft, json: () => ({ adjudicates: true }) },
  removeSessionMember: { by: 'lead', status: 204, params: ofDraft },
  listSessionDocuments: { by: 'reviewer', status: 200 },
  addSessionDocuments: {
    by: 'lead',
    status: 200,
    params: ofDraft,
    json: ({ document }) => ({ how: 'picked', documentIds: [document.id] }),
  },
  removeSessionDocument: { by: 'lead', status: 204, params: ofDraft },
  getActivationEffects: { by: 'lead', status: 200 },
  getSessionMatrix: { by: 'reviewer', status: 200 },
  exportSessionMatrix: { by: 'lead', status: 200 },
  exportSessionAssignments: { by: 'lead', status: 200 },
  listAssignments: { by: 'viewer', status: 200, query: 'member=me&state=assigned' },
  listSessionAssignments: { by: 'reviewer', status: 200 },
  getAssignment: { by: 'reviewer', status: 200 },
  getAssignmentCompleteness: { by: 'reviewer', status: 200 },
  startAssignment: { by: 'reviewer', status: 200 },
  // The work in it is not complete, not submitted, not taken back, not late, and the session is no draft; assignments.test.ts does what works.
  submitAssignment: { by: 'reviewer', status: 409 },
  returnAssignment: { by: 'lead', status: 409, json: () => ({ comment: 'Look again.' }) },
  acceptAssignment: { by: 'lead', status: 409 },
  reinstateAssignment: { by: 'lead', status: 409 },
  releaseAssignment: { by: 'lead', status: 409 },
  removeAssignment: { by: 'lead', status: 409 },
  createAssignment: {
    by: 'lead',
    status: 409,
    json: ({ sessionDocument, members }) => ({ documentId: sessionDocument.id, memberId: members.reviewer.memberId }),
  },
  reassignAssignment: { by: 'lead', status: 409, json: ({ members }) => ({ memberId: members.owner.memberId }) },
  distributeDocuments: { by: 'lead', status: 200, json: () => ({ seed: 7 }) },
  changeAssignments: {
    by: 'lead',
    status: 200,
    json: ({ assignmentId }) => ({ action: 'remind', ids: [assignmentId] }),
  },
  updateAssignment: { by: 'lead', status: 200, json: () => ({ dueAt: '2100-01-01T00:00:00.000Z' }) },
  withdrawAssignment: { by: 'lead', status: 200, json: () => ({ comment: 'Get well soon.' }) },
  remindAssignment: { by: 'lead', status: 200 },
  getInbox: { by: 'viewer', status: 200 },
  listConflictsOfInterest: { by: 'reviewer', status: 200 },
  declareConflictOfInterest: {
    by: 'reviewer',
    status: 201,
    json: ({ document }) => ({ documentId: document.id, reason: 'A friend wrote it.' }),
  },
  withdrawConflictOfInterest: { by: 'reviewer', status: 204 },
  listClaims: {
    by: 'reviewer',
    status: 200,
    query: 'state=open&agreement=unmarked',
    params: ({ adjudication }) => ({ sessionId: adjudication.adjudicationId }),
  },
  getClaim: { by: 'reviewer', status: 200 },
  splitClaim: { by: 'reviewer', status: 200, json: () => ({ apart: ['B'] }) },
  mergeClaims: {
    by: 'reviewer',
    status: 200,
    json: ({ adjudication }) => ({ claimId: adjudication.otherClaimId, version: 1 }),
  },
  getAssignmentOutcome: {
    by: 'lead',
    status: 200,
    params: ({ adjudication }) => ({ assignmentId: adjudication.closedAssignmentId }),
  },
  getRevisionOutcome: { by: 'viewer', status: 200 },
  decideClaim: { by: 'reviewer', status: 200, json: () => ({ rating: null, reason: 'no-statement' }) },
  withdrawVerdict: {
    by: 'reviewer',
    status: 200,
    params: ({ adjudication }) => ({ claimId: adjudication.decidedClaimId }),
  },
  confirmClaims: {
    by: 'reviewer',
    status: 200,
    params: ({ adjudication }) => ({ sessionId: adjudication.adjudicationId }),
    json: ({ adjudication }) => ({ claims: [{ id: adjudication.claimId, version: 1 }] }),
  },
  listThreads: { by: 'viewer', status: 200, query: 'limit=5' },
  createThread: {
    by: 'reviewer',
    status: 201,
    json: ({ annotation: { id } }) => ({ annotationId: id, comment: { body: 'Which log?' } }),
  },
  getThread: { by: 'viewer', status: 200 },
  createComment: { by: 'reviewer', status: 201, json: () => ({ body: 'The harbour master’s.' }) },
  updateComment: { by: 'reviewer', status: 200, json: () => ({ body: 'Which of the two logs?' }) },
  deleteComment: { by: 'reviewer', status: 204 },
  resolveThread: { by: 'reviewer', status: 200 },
  reopenThread: { by: 'reviewer', status: 200 },
  listNotifications: { by: 'viewer', status: 200, query: 'unread=true' },
  countWaiting: { by: 'viewer', status: 200 },
  readNotifications: { by: 'viewer', status: 200, json: () => ({ all: true }) },
  getNotificationPreferences: { by: 'viewer', status: 200 },
  setNotificationPreferences: { by: 'viewer', status: 200, json: () => ({ mailTiming: 'daily' }) },
  listReferences: { by: 'viewer', status: 200, query: 'q=reference' },
  createReference: { by: 'reviewer', status: 201, json: () => ({ csl }) },
  getReference: { by: 'viewer', status: 200 },
  updateReference: { by: 'reviewer', status: 200, json: () => ({ csl }) },
  deleteReference: { by: 'lead', status: 204 },
  listReferenceTwins: { by: 'viewer', status: 200 },
  mergeReferences: { by: 'lead', status: 404, json: () => ({ otherId: makeId(), otherVersion: 1 }) },
  unmergeReference: { by: 'lead', status: 409 },
  restoreReference: { by: 'lead', status: 200 },
  getSourceReport: { by: 'viewer', status: 200 },
  compareSources: { by: 'viewer', status: 200 },
  listEvents: { by: 'lead', status: 200 },
  listenLive: { by: 'viewer', status: 200, query: 'follow=false&after=0' },
  getMe: { by: 'viewer', status: 200 },
  updateMe: { by: 'viewer', status: 200, json: () => ({ name: 'Another name' }) },
  changePassword: {
    by: 'viewer',
    status: 409,
    json: () => ({ currentPassword: 'a long enough one', newPassword: 'another long enough one' }),
  },
  endSessions: { by: 'viewer', status: 204 },
  search: { by: 'viewer', status: 200, query: 'q=sales' },
  getWorkspace: { by: 'viewer', status: 200 },
  updateWorkspace: { by: 'owner', status: 200, json: () => ({ name: 'Another name' }) },
  listMembers: { by: 'viewer', status: 200 },
  getMember: { by: 'viewer', status: 200 },
  updateMember: { by: 'owner', status: 200, json: () => ({ role: 'viewer' }) },
  listInvitations: { by: 'owner', status: 200 },
  createInvitation: {
    by: 'owner',
    status: 201,
    json: () => ({ id: makeId(), email: 'other@example.org', role: 'viewer' }),
  },
  revokeInvitation: { by: 'owner', status: 204 },
  listSignIns: { by: 'reviewer', status: 200 },
  endSignIn: { by: 'reviewer', status: 204 },
  listTokens: { by: 'reviewer', status: 200 },
  createToken: { by: 'reviewer', status: 201, json: () => ({ id: makeId(), name: 'Script', scopes: ['read'] }) },
  revokeToken: { by: 'reviewer', status: 204 },
  listMemberTokens: { by: 'owner', status: 200 },
  revokeMemberToken: { by: 'owner', status: 204 },
}

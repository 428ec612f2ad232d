/**
 * What can happen in a workspace. The audit trail and the live feed are the same append-only rows; `data` holds what changed, with
 * `before` and `after` for edits. Never the text of a password or token.
 */
export const eventTypes = [
  'workspace.created',
  'workspace.updated',
  'member.joined',
  'member.role-changed',
  'member.suspended',
  'member.reinstated',
  'member.renamed',
  'member.password-changed',
  'member.sessions-ended',
  'member.session-ended',
  'invitation.created',
  'invitation.revoked',
  'token.created',
  'token.revoked',
  'source.created',
  'source.updated',
  'source.deleted',
  'source.restored',
  'document.created',
  'document.updated',
  'document.deleted',
  'document.restored',
  'scope.changed',
  'annotation.created',
  'annotation.updated',
  'annotation.deleted',
  'annotation.restored',
  'sentence-decision.created',
  'sentence-decision.deleted',
  'reference.created',
  'reference.updated',
  'reference.deleted',
  'reference.restored',
  'reference.merged',
  'reference.unmerged',
  'review-session.created',
  'review-session.updated',
  'review-session.deleted',
  'review-session.restored',
  'review-session.activated',
  'review-session.adjudication-started',
  'review-session.closed',
  'review-session.reopened',
  'session-member.set',
  'session-member.removed',
  'session-document.added',
  'session-document.removed',
  'assignment.created',
  'assignment.removed',
  'assignment.started',
  'assignment.submitted',
  'assignment.returned',
  'assignment.accepted',
  'assignment.withdrawn',
  'assignment.reinstated',
  'assignment.extended',
  'assignment.reminded',
  'conflict-of-interest.declared',
  'conflict-of-interest.withdrawn',
  'claims.matched',
  'claim.split',
  'claim.merged',
  'verdict.decided',
  'verdict.changed',
  'verdict.withdrawn',
  'thread.created',
  'thread.resolved',
  'thread.reopened',
  'comment.created',
  'comment.updated',
  'comment.deleted',
] as const
export type EventType = (typeof eventTypes)[number]

/** An event to be written with the change it tells of. */
export interface NewEvent {
  type: EventType
  subjectId: string
  /** The document and the review session it happened in, where it happened in one: who may be told depends on them. */
  documentId?: string | null
  sessionId?: string | null
  data: Record<string, unknown>
}

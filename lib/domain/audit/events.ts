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
] as const
export type EventType = (typeof eventTypes)[number]

/** An event to be written with the change it tells of. */
export interface NewEvent {
  type: EventType
  subjectId: string
  data: Record<string, unknown>
}

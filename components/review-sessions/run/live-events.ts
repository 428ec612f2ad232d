import type { LiveType } from '@/lib/domain/live/message'

/** What changes a plan. */
export const planEvents: readonly LiveType[] = [
  'review-session.updated',
  'review-session.activated',
  'review-session.deleted',
  'session-member.set',
  'session-member.removed',
  'session-document.added',
  'session-document.removed',
  'session-document.drawn',
  'assignment.created',
  'assignment.removed',
]

/** What moves the page of a session that is under way. */
export const sessionEvents: readonly LiveType[] = [
  ...planEvents,
  'review-session.adjudication-started',
  'review-session.closed',
  'review-session.reopened',
  'assignment.progressed',
  'assignment.started',
  'assignment.submitted',
  'assignment.returned',
  'assignment.accepted',
  'assignment.withdrawn',
  'assignment.reinstated',
  'assignment.extended',
]

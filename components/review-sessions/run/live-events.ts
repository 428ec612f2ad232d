import type { LiveType } from '@/lib/domain/live/message'

/** The events that change a plan. */
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

/** The events that change the page of a session under way. */
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

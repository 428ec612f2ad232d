'use client'

import { useLiveRefresh } from '@/lib/client/live/use-live-refresh'

/** Keeps the inbox in step with what happens while it is open. */
export function FollowInbox() {
  useLiveRefresh([
    'assignment.created',
    'assignment.removed',
    'assignment.submitted',
    'assignment.returned',
    'assignment.accepted',
    'assignment.withdrawn',
    'assignment.reinstated',
    'assignment.extended',
    'review-session.activated',
    'review-session.adjudication-started',
    'review-session.closed',
    'review-session.reopened',
    'verdict.decided',
    'comment.created',
  ])
  return null
}

import type { AssignmentView, Completeness } from '@/lib/domain/assignments/schema'
import type { Inbox } from '@/lib/domain/inbox/schema'
import { permit, type Actor } from '../access/gate'
import { database } from '../db/client'
import { maxPageSize, type Page } from '../http/pagination'
import { readCompleteness } from './completeness'
import { currentAssignment, type CurrentAssignment } from './current'
import { listAssignments, readAssignment, type AssignmentFilter } from './data'
import { readInbox } from './inbox'

/** Assignments that the actor may know of, for a page. */
export async function loadAssignments(
  actor: Actor,
  filter: Omit<AssignmentFilter, 'limit'> & { limit?: number } = {},
): Promise<Page<AssignmentView>> {
  return listAssignments(permit(actor, 'assignment.read'), { limit: maxPageSize, ...filter })
}

/** One assignment, for a page. @throws DomainError `not-found`. */
export async function loadAssignment(actor: Actor, id: string): Promise<AssignmentView> {
  return readAssignment(permit(actor, 'assignment.read'), id)
}

/** The actor's current assignment of a document, for the reader; null when they have none. */
export async function loadCurrentAssignment(actor: Actor, documentId: string): Promise<CurrentAssignment | null> {
  const { workspaceId } = permit(actor, 'assignment.read')
  const { read } = await database()
  return currentAssignment(read, { workspaceId, memberId: actor.memberId, documentId })
}

/** What stands in the way of submitting the actor's own assignment, for a page. @throws DomainError `not-found`, `forbidden`. */
export async function loadCompleteness(actor: Actor, id: string): Promise<Completeness> {
  return readCompleteness(permit(actor, 'assignment.work'), id)
}

/** What waits for the actor, for a page. */
export async function loadInbox(actor: Actor): Promise<Inbox> {
  return readInbox(permit(actor, 'assignment.read'))
}

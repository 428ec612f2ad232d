import type { Role } from '../access/policy'
import type { SessionState } from './states'

/** The current member's role, and whether they are a member of the session. */
export interface SessionViewer {
  role: Role
  isMember: boolean
}

/** Whether a role can plan and lead sessions. */
export function leadsSessions(role: Role): boolean {
  return role === 'owner' || role === 'lead'
}

/**
 * Who may see that a session exists, and its page: leads always; its members once it is active, so that a plan can be changed freely before;
 * everyone, including viewers, once it is closed. lib/server/visibility/sessions.ts states the same rule as a query condition.
 */
export function maySeeSession({ role, isMember }: SessionViewer, state: SessionState): boolean {
  if (leadsSessions(role) || state === 'closed') return true
  return role !== 'viewer' && isMember && state !== 'draft'
}

/**
 * Whether a member who sees a session is shown the progress of all reviewers (states and counts of sentences, never marks), or only their own. While
 * a blind session is active, only leads see the others'.
 */
export function seesWorkOfAll(role: Role, { blind, state }: { blind: boolean; state: SessionState }): boolean {
  return leadsSessions(role) || !blind || state !== 'active'
}

/**
 * Whether a member of a session settles its claims: its adjudicators do, and leads who are members of it. A null part means that the member is not in
 * the session.
 */
export function adjudicatesIn(role: Role, part: { adjudicates: boolean } | null): boolean {
  return part !== null && role !== 'viewer' && (part.adjudicates || leadsSessions(role))
}

/**
 * Whether a member who sees a session is shown its number of claims: during adjudication leads and adjudicators are, everyone once it is closed,
 * nobody before.
 */
export function seesClaims({ role, adjudicates }: { role: Role; adjudicates: boolean }, state: SessionState): boolean {
  return state === 'closed' || (state === 'adjudication' && (adjudicates || leadsSessions(role)))
}

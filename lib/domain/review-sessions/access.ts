import type { Role } from '../access/policy'
import type { SessionState } from './states'

/** Who asks for a session: their role, and whether they are a member of it. */
export interface SessionViewer {
  role: Role
  isMember: boolean
}

/** Whether a role plans and leads sessions. */
export function leadsSessions(role: Role): boolean {
  return role === 'owner' || role === 'lead'
}

/**
 * Who may see that a session exists, and its page: leads all of them; its members from the moment it is active, so that a plan can still be
 * changed in peace; everyone, viewers included, once it is closed. lib/server/visibility/sessions.ts states the same as a query condition.
 */
export function maySeeSession({ role, isMember }: SessionViewer, state: SessionState): boolean {
  if (leadsSessions(role) || state === 'closed') return true
  return role !== 'viewer' && isMember && state !== 'draft'
}

/**
 * Whether someone who sees a session is shown how far everyone is (states and counts of sentences, never marks), or only their own part: while
 * a blind session is active, only leads are shown the others.
 */
export function seesWorkOfAll(role: Role, { blind, state }: { blind: boolean; state: SessionState }): boolean {
  return leadsSessions(role) || !blind || state !== 'active'
}

/** Whether a member of a session settles its claims: its adjudicators, and leads who are members of it. Null is no part in it. */
export function adjudicatesIn(role: Role, part: { adjudicates: boolean } | null): boolean {
  return part !== null && role !== 'viewer' && (part.adjudicates || leadsSessions(role))
}

/**
 * Whether someone who sees a session is shown how many claims it has: during adjudication those who settle them and leads, everyone once it is
 * closed, nobody before.
 */
export function seesClaims({ role, adjudicates }: { role: Role; adjudicates: boolean }, state: SessionState): boolean {
  return state === 'closed' || (state === 'adjudication' && (adjudicates || leadsSessions(role)))
}

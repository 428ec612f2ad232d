import { keysOf } from '../keys'

/** The one policy table: which role may do what, and which token scope it requires. Pure; applied by the gate in lib/server. */

/** Roles from most to least able. */
export const roles = ['owner', 'lead', 'reviewer', 'viewer'] as const
export type Role = (typeof roles)[number]

/** The scopes that a personal token may have: reading, annotating, managing the library and documents, administering people. */
export const tokenScopes = ['read', 'annotate', 'manage', 'administer'] as const
export type TokenScope = (typeof tokenScopes)[number]

interface Rule {
  roles: readonly Role[]
  scope: TokenScope
}

const everyone = ['owner', 'lead', 'reviewer', 'viewer'] as const
const reviewers = ['owner', 'lead', 'reviewer'] as const
const leads = ['owner', 'lead'] as const
const owners = ['owner'] as const

/**
 * The table. A rule allows the action on things of the actor's own workspace only. Actions that touch a single member's own rows
 * (`annotation.update`, `token.revoke` …) are further limited to the owner of the row by the mutation.
 */
export const policy = {
  'account.read': { roles: everyone, scope: 'read' },
  'account.update': { roles: everyone, scope: 'administer' },
  'sign-in.list': { roles: everyone, scope: 'administer' },
  'sign-in.end': { roles: everyone, scope: 'administer' },
  'workspace.read': { roles: everyone, scope: 'read' },
  'workspace.update': { roles: owners, scope: 'administer' },
  'member.list': { roles: everyone, scope: 'read' },
  'member.update': { roles: owners, scope: 'administer' },
  'invitation.list': { roles: owners, scope: 'administer' },
  'invitation.create': { roles: owners, scope: 'administer' },
  'invitation.revoke': { roles: owners, scope: 'administer' },
  'token.list': { roles: everyone, scope: 'administer' },
  'token.create': { roles: everyone, scope: 'administer' },
  'token.revoke': { roles: everyone, scope: 'administer' },
  'member-token.list': { roles: owners, scope: 'administer' },
  'member-token.revoke': { roles: owners, scope: 'administer' },
  'source.read': { roles: everyone, scope: 'read' },
  'source.create': { roles: leads, scope: 'manage' },
  'source.update': { roles: leads, scope: 'manage' },
  'source.delete': { roles: leads, scope: 'manage' },
  'document.read': { roles: everyone, scope: 'read' },
  'document.create': { roles: leads, scope: 'manage' },
  'document.update': { roles: leads, scope: 'manage' },
  'document.delete': { roles: leads, scope: 'manage' },
  'revision.create': { roles: leads, scope: 'manage' },
  'carried-annotation.read': { roles: everyone, scope: 'read' },
  'carried-annotation.decide': { roles: reviewers, scope: 'annotate' },
  'scope.change': { roles: reviewers, scope: 'annotate' },
  'annotation.read': { roles: everyone, scope: 'read' },
  'annotation.create': { roles: reviewers, scope: 'annotate' },
  'annotation.update': { roles: reviewers, scope: 'annotate' },
  'annotation.delete': { roles: reviewers, scope: 'annotate' },
  'sentence-decision.create': { roles: reviewers, scope: 'annotate' },
  'sentence-decision.delete': { roles: reviewers, scope: 'annotate' },
  'reference.read': { roles: everyone, scope: 'read' },
  'reference.create': { roles: reviewers, scope: 'annotate' },
  'reference.update': { roles: reviewers, scope: 'annotate' },
  'reference.delete': { roles: leads, scope: 'manage' },
  'tag.read': { roles: everyone, scope: 'read' },
  'review-session.read': { roles: everyone, scope: 'read' },
  'review-session.create': { roles: leads, scope: 'manage' },
  'review-session.update': { roles: leads, scope: 'manage' },
  'review-session.delete': { roles: leads, scope: 'manage' },
  'assignment.read': { roles: everyone, scope: 'read' },
  'assignment.manage': { roles: leads, scope: 'manage' },
  'assignment.work': { roles: reviewers, scope: 'annotate' },
  'conflict-of-interest.list': { roles: reviewers, scope: 'read' },
  'conflict-of-interest.declare': { roles: reviewers, scope: 'annotate' },
  'claim.read': { roles: everyone, scope: 'read' },
  'claim.update': { roles: reviewers, scope: 'annotate' },
  'verdict.decide': { roles: reviewers, scope: 'annotate' },
  'agreement.read': { roles: everyone, scope: 'read' },
  'thread.read': { roles: everyone, scope: 'read' },
  'thread.write': { roles: reviewers, scope: 'annotate' },
  'notification.read': { roles: everyone, scope: 'read' },
  'notification.update': { roles: everyone, scope: 'read' },
  'live.listen': { roles: everyone, scope: 'read' },
  'report.read': { roles: everyone, scope: 'read' },
  'report.freeze': { roles: leads, scope: 'manage' },
  'report.publish': { roles: leads, scope: 'manage' },
  'report.add': { roles: leads, scope: 'manage' },
  'report.be-named': { roles: reviewers, scope: 'annotate' },
  'job.read': { roles: leads, scope: 'read' },
  'job.create': { roles: leads, scope: 'manage' },
  'job.update': { roles: leads, scope: 'manage' },
  'event.list': { roles: leads, scope: 'read' },
} as const satisfies Record<string, Rule>

/** All actions that the policy knows. */
export type Action = keyof typeof policy

/** Why an action is refused. */
export type Refusal = 'role' | 'scope'

/**
 * Decides whether a role, acting with the given token scopes (`'all'` for a signed-in person), may do an action: null when it may, else the reason
 * for refusing.
 */
export function refusalOf(action: Action, role: Role, scopes: readonly TokenScope[] | 'all'): Refusal | null {
  const rule: Rule = policy[action]
  if (!rule.roles.includes(role)) return 'role'
  if (scopes !== 'all' && !scopes.includes(rule.scope)) return 'scope'
  return null
}

/** The actions that a signed-in role may do. Answers carry them, so that the interface never guesses. */
export function allowedActions(role: Role): Action[] {
  return keysOf(policy).filter((action) => refusalOf(action, role, 'all') === null)
}

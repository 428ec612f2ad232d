import { describe, expect, it } from 'vitest'
import { allowedActions, policy, refusalOf, roles, tokenScopes, type Action } from './policy'

/** Who may do what, written out by hand: o owner, l lead, r reviewer, v viewer; then the token scope. */
const table: Record<Action, [string, string]> = {
  'account.read': ['olrv', 'read'],
  'account.update': ['olrv', 'administer'],
  'sign-in.list': ['olrv', 'administer'],
  'sign-in.end': ['olrv', 'administer'],
  'workspace.read': ['olrv', 'read'],
  'workspace.update': ['o', 'administer'],
  'member.list': ['olrv', 'read'],
  'member.update': ['o', 'administer'],
  'invitation.list': ['o', 'administer'],
  'invitation.create': ['o', 'administer'],
  'invitation.revoke': ['o', 'administer'],
  'token.list': ['olrv', 'administer'],
  'token.create': ['olrv', 'administer'],
  'token.revoke': ['olrv', 'administer'],
  'member-token.list': ['o', 'administer'],
  'member-token.revoke': ['o', 'administer'],
  'source.read': ['olrv', 'read'],
  'source.create': ['ol', 'manage'],
  'source.update': ['ol', 'manage'],
  'source.delete': ['ol', 'manage'],
  'document.read': ['olrv', 'read'],
  'document.create': ['ol', 'manage'],
  'document.update': ['ol', 'manage'],
  'document.delete': ['ol', 'manage'],
  'revision.create': ['ol', 'manage'],
  'carried-annotation.read': ['olrv', 'read'],
  'carried-annotation.decide': ['olr', 'annotate'],
  'scope.change': ['olr', 'annotate'],
  'annotation.read': ['olrv', 'read'],
  'annotation.create': ['olr', 'annotate'],
  'annotation.update': ['olr', 'annotate'],
  'annotation.delete': ['olr', 'annotate'],
  'sentence-decision.create': ['olr', 'annotate'],
  'sentence-decision.delete': ['olr', 'annotate'],
  'reference.read': ['olrv', 'read'],
  'reference.create': ['olr', 'annotate'],
  'reference.update': ['olr', 'annotate'],
  'reference.delete': ['ol', 'manage'],
  'tag.read': ['olrv', 'read'],
  'review-session.read': ['olrv', 'read'],
  'review-session.create': ['ol', 'manage'],
  'review-session.update': ['ol', 'manage'],
  'review-session.delete': ['ol', 'manage'],
  'assignment.read': ['olrv', 'read'],
  'assignment.manage': ['ol', 'manage'],
  'assignment.work': ['olr', 'annotate'],
  'conflict-of-interest.list': ['olr', 'read'],
  'conflict-of-interest.declare': ['olr', 'annotate'],
  'claim.read': ['olrv', 'read'],
  'claim.update': ['olr', 'annotate'],
  'verdict.decide': ['olr', 'annotate'],
  'agreement.read': ['olrv', 'read'],
  'thread.read': ['olrv', 'read'],
  'thread.write': ['olr', 'annotate'],
  'notification.read': ['olrv', 'read'],
  'notification.update': ['olrv', 'read'],
  'live.listen': ['olrv', 'read'],
  'report.read': ['olrv', 'read'],
  'report.freeze': ['ol', 'manage'],
  'report.publish': ['ol', 'manage'],
  'report.add': ['ol', 'manage'],
  'report.be-named': ['olr', 'annotate'],
  'job.read': ['ol', 'read'],
  'job.create': ['ol', 'manage'],
  'job.update': ['ol', 'manage'],
  'event.list': ['ol', 'read'],
}

const actions = Object.keys(table) as Action[]

describe('policy', () => {
  it('is written out here in full', () => {
    expect(Object.keys(policy).toSorted()).toEqual(actions.toSorted())
  })

  it.each(actions.flatMap((action) => roles.map((role) => [action, role] as const)))('%s as %s', (action, role) => {
    const [letters, scope] = table[action]
    const allowed = letters.includes(role.charAt(0))
    expect(refusalOf(action, role, 'all')).toBe(allowed ? null : 'role')
    for (const held of tokenScopes) {
      expect(refusalOf(action, role, [held])).toBe(!allowed ? 'role' : held === scope ? null : 'scope')
    }
    expect(refusalOf(action, role, [])).toBe(allowed ? 'scope' : 'role')
  })

  it.each(roles)('lists what %s may do', (role) => {
    expect(allowedActions(role).toSorted()).toEqual(
      actions.filter((action) => table[action][0].includes(role.charAt(0))).toSorted(),
    )
  })

  it('never lets a lower role do what a higher one may not', () => {
    for (const action of actions) {
      const allowed = roles.map((role) => refusalOf(action, role, 'all') === null)
      expect(allowed).toEqual(allowed.toSorted((a, b) => Number(b) - Number(a)))
    }
  })
})

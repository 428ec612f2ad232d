import { policy, refusalOf, type Action, type Role, type TokenScope } from '@/lib/domain/access/policy'
import { DomainError } from '@/lib/domain/errors'
import { logRefusal } from '../log'

/** Who acts, in which workspace, and how they came in. Made only by lib/server/auth (people, tokens) and lib/cli (the machine's operator). */
export interface Actor {
  workspaceId: string
  memberId: string
  userId: string
  name: string
  role: Role
  via: 'session' | 'token' | 'command-line'
  scopes: readonly TokenScope[] | 'all'
  /** Id of the browser session, for a person who signed in. */
  signInId?: string
  /** Id of the personal token, for a request that came with one; `expiresAt` is null when it never expires. */
  token?: { id: string; expiresAt: Date | null }
}

const proof: unique symbol = Symbol('proof')

/**
 * Proof that the gate let this actor do this action. Every read and write of workspace data demands one and takes the workspace from it,
 * so a query without a check, or across workspaces, does not compile.
 */
export interface Permit<A extends Action = Action> {
  readonly [proof]: true
  readonly action: A
  readonly actor: Actor
  readonly workspaceId: string
}

/** Returns a permit when the actor may do the action. @throws DomainError `forbidden`, saying what would have worked. */
export function permit<A extends Action>(actor: Actor, action: A): Permit<A> {
  const refusal = refusalOf(action, actor.role, actor.scopes)
  if (refusal !== null) {
    const error = new DomainError(
      'forbidden',
      refusal === 'role'
        ? `Your role (${actor.role}) may not do this. It takes: ${policy[action].roles.join(', ')}.`
        : `This token lacks the scope "${policy[action].scope}". Make a token that has it.`,
    )
    logRefusal(error, { actor, action })
    throw error
  }
  return { [proof]: true, action, actor, workspaceId: actor.workspaceId }
}

/** Whether the actor may do the action, for interfaces that show only what is possible. */
export function mayDo(actor: Actor, action: Action): boolean {
  return refusalOf(action, actor.role, actor.scopes) === null
}

/**
 * The permit of a person who changes their own account by a link: setting up the workspace, accepting an invitation, or choosing a new password. The
 * link is the proof; the permit allows changes of that account only.
 */
export function permitOfLink(person: {
  workspaceId: string
  memberId: string
  userId: string
  name: string
  role: Role
}): Permit<'account.update'> {
  return permit({ ...person, via: 'session', scopes: ['administer'] }, 'account.update')
}

import type { Role } from '@/lib/domain/access/policy'
import { DomainError } from '@/lib/domain/errors'
import { invitationState } from '@/lib/domain/members/rules'
import type { InvitationView } from '@/lib/domain/members/schema'
import { mayDo, type Actor, type Permit } from '../access/gate'
import { hashSecret } from '../auth/token-secret'
import { database } from '../db/client'

/** The columns of an invitation that may be shown. */
export const invitationColumns = {
  id: true,
  email: true,
  role: true,
  createdAt: true,
  expiresAt: true,
  acceptedAt: true,
  revokedAt: true,
} as const

/** An invitation as the database stores it, without its hash. */
export interface InvitationRow {
  id: string
  email: string
  role: Role
  createdAt: Date
  expiresAt: Date
  acceptedAt: Date | null
  revokedAt: Date | null
}

/** The workspace's invitations of the last 90 days, newest first. */
export async function listInvitations(permit: Permit<'invitation.list'>, now: Date): Promise<InvitationRow[]> {
  const { read } = await database()
  return read.invitation.findMany({
    where: { workspaceId: permit.workspaceId, createdAt: { gt: new Date(now.getTime() - 90 * 24 * 60 * 60 * 1000) } },
    select: invitationColumns,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 500,
  })
}

/** The parts of an invitation that the holder of its link may see. */
export interface OpenInvitation {
  id: string
  workspaceId: string
  workspaceName: string
  email: string
  role: Role
  expiresAt: Date
  /** Whether a user with the invited address exists, who accepts with that account. */
  hasUser: boolean
}

/** Why an invitation cannot be accepted any more, in words. */
const closed = {
  accepted: 'This invitation was accepted already. Sign in instead.',
  revoked: 'This invitation was withdrawn. Ask for a new one.',
  expired: 'This invitation has expired: it was valid for seven days. Ask for a new one.',
} as const

/**
 * The invitation of a link. @throws DomainError `not-found` for a link that does not exist; `gone` when it was accepted, was withdrawn or has
 * expired.
 */
export async function readOpenInvitation(secret: string, now: Date): Promise<OpenInvitation> {
  const { read } = await database()
  const row = await read.invitation.findUnique({
    where: { tokenHash: hashSecret(secret) },
    select: { ...invitationColumns, workspaceId: true, workspace: { select: { name: true } } },
  })
  if (row === null)
    throw new DomainError('not-found', 'There is no such invitation. Copy the whole link from the message.')
  const state = invitationState(row, now)
  if (state !== 'pending') throw new DomainError('gone', closed[state])
  const hasUser = (await read.user.count({ where: { email: row.email } })) > 0
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    workspaceName: row.workspace.name,
    email: row.email,
    role: row.role,
    expiresAt: row.expiresAt,
    hasUser,
  }
}

/** Whether a link's invitation was accepted and the user is an active member of its workspace. */
export async function hasJoined(secret: string, userId: string): Promise<boolean> {
  const { read } = await database()
  const row = await read.invitation.findUnique({
    where: { tokenHash: hashSecret(secret) },
    select: { acceptedAt: true, workspaceId: true },
  })
  if (row?.acceptedAt == null) return false
  return (await read.member.count({ where: { workspaceId: row.workspaceId, userId, status: 'active' } })) > 0
}

/** Presents an invitation to an actor at a given time. */
export function presentInvitation(row: InvitationRow, actor: Actor, now: Date): InvitationView {
  const state = invitationState(row, now)
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    state,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    can: state === 'pending' && mayDo(actor, 'invitation.revoke') ? ['invitation.revoke'] : [],
  }
}

import { uuidv7 } from 'uuidv7'
import type { Role } from '@/lib/domain/access/policy'
import { DomainError } from '@/lib/domain/errors'
import { emailSchema, nameSchema } from '@/lib/domain/members/schema'
import { permitOfLink } from '../access/gate'
import type { OidcProfile, OidcRefusal } from '../auth/oidc'
import type { SignedInUser } from '../auth/sign-in'
import { database, type Transaction } from '../db/client'
import { isUniqueViolation } from '../db/failures'
import { transact, write } from '../db/write'
import { readOpenInvitation } from './data'

/** Who accepts: an existing user, or a new one with the invited address. */
export type Accepter = { userId: string } | { name: string; passwordHash: string | null }

interface Acceptable {
  id: string
  workspaceId: string
  email: string
  role: Role
}

const userColumns = { id: true, email: true, name: true, sessionEpoch: true } as const

/** Marks an invitation as used. Of several concurrent requests the first wins. @throws DomainError `gone`. */
async function takeInvitation(
  tx: Transaction,
  { workspaceId, id }: { workspaceId: string; id: string },
  now: Date,
): Promise<void> {
  const { count } = await tx.invitation.updateMany({
    where: { workspaceId, id, acceptedAt: null, revokedAt: null, expiresAt: { gt: now } },
    data: { acceptedAt: now },
  })
  if (count === 0)
    throw new DomainError('gone', 'This invitation was used or withdrawn, or has expired. Ask for a new one.')
}

/**
 * Makes the accepting user a member with the invited role.
 * @throws DomainError `gone` when the invitation cannot be used any more; `conflict` when they are a member, or when someone new has the address of a
 * user.
 */
async function joinByInvitation(
  invitation: Acceptable,
  accepter: Accepter,
): Promise<SignedInUser & { workspaceId: string }> {
  const { read } = await database()
  const existing =
    'userId' in accepter ? await read.user.findUnique({ where: { id: accepter.userId }, select: userColumns }) : null
  if ('userId' in accepter && existing === null)
    throw new DomainError('unauthenticated', 'Sign in again, then open the link once more.')
  const userId = existing?.id ?? uuidv7()
  const memberId = uuidv7()
  const name = existing?.name ?? ('name' in accepter ? accepter.name : '')
  const { workspaceId, role } = invitation
  const pass = permitOfLink({ workspaceId, memberId, userId, name, role })
  const joining = write(pass, async ({ tx, now, record }) => {
    await takeInvitation(tx, invitation, now)
    if ('name' in accepter) {
      if ((await tx.user.count({ where: { email: invitation.email } })) > 0) {
        throw new DomainError(
          'conflict',
          'There is an account with this address already. Sign in with it, then open the link once more.',
        )
      }
      await tx.user.create({
        data: {
          id: userId,
          email: invitation.email,
          name,
          passwordHash: accepter.passwordHash,
          createdAt: now,
          updatedAt: now,
        },
        select: { id: true },
      })
    } else {
      const member = await tx.member.findUnique({
        where: { workspaceId_userId: { workspaceId, userId } },
        select: { status: true },
      })
      if (member !== null) {
        throw new DomainError(
          'conflict',
          member.status === 'active'
            ? 'You are a member of this workspace already.'
            : 'You are suspended in this workspace. Ask an owner to reinstate you.',
        )
      }
    }
    await tx.member.create({
      data: { id: memberId, workspaceId, userId, role, createdAt: now, updatedAt: now },
      select: { id: true },
    })
    record({ type: 'member.joined', subjectId: memberId, data: { after: { role, invitationId: invitation.id } } })
    const user = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: userColumns })
    return { ...user, workspaceId }
  })
  try {
    return await joining
  } catch (error) {
    if (isUniqueViolation(error))
      throw new DomainError('conflict', 'A member with this address or account has just joined. Sign in instead.')
    throw error
  }
}

/** Accepts the invitation of a link; see `joinByInvitation`. @throws DomainError `not-found` for a link that does not exist. */
export async function acceptInvitation(
  secret: string,
  accepter: Accepter,
): Promise<SignedInUser & { workspaceId: string }> {
  return joinByInvitation(await readOpenInvitation(secret, new Date()), accepter)
}

/** Links the provider's account to a user; linking it again changes nothing. */
async function linkIdentity(profile: OidcProfile, userId: string): Promise<void> {
  const data = { issuer: profile.iss, subject: profile.sub, userId, createdAt: new Date() }
  try {
    await transact((tx) => tx.identity.create({ data, select: { userId: true } }))
  } catch (error) {
    // The same person signed in twice at once; the other request linked the account.
    if (!isUniqueViolation(error)) throw error
  }
}

/**
 * The user behind an account at the OpenID Connect provider: the one it is linked to by issuer and subject. At the first sign-in it is the user, or
 * the open invitations, with its verified e-mail address; nobody else is admitted.
 */
export async function admitOidc(profile: OidcProfile): Promise<SignedInUser | OidcRefusal> {
  const { read } = await database()
  const linked = await read.identity.findUnique({
    where: { issuer_subject: { issuer: profile.iss, subject: profile.sub } },
    select: { user: { select: userColumns } },
  })
  if (linked !== null) return linked.user
  const email = emailSchema.safeParse(profile.email ?? '')
  if (!email.success) return 'oidc-email-missing'
  // Some providers send the claim as text.
  if (profile.email_verified !== true && profile.email_verified !== 'true') return 'oidc-email-unverified'
  const user = await read.user.findUnique({ where: { email: email.data }, select: userColumns })
  const admitted = user ?? (await joinInvitations(email.data, nameOf(profile, email.data)))
  if (typeof admitted === 'string') return admitted
  await linkIdentity(profile, admitted.id)
  return admitted
}

function nameOf(profile: OidcProfile, email: string): string {
  const name = nameSchema.safeParse(profile.name ?? profile.preferred_username ?? '')
  return name.success ? name.data : (email.split('@')[0] ?? email)
}

/** Accepts every open invitation of the address: the first creates the user, the others add further memberships. */
async function joinInvitations(email: string, name: string): Promise<SignedInUser | OidcRefusal> {
  const { read } = await database()
  const invitations = await read.invitation.findMany({
    where: { email, acceptedAt: null, revokedAt: null, expiresAt: { gt: new Date() } },
    select: { id: true, workspaceId: true, email: true, role: true },
    orderBy: { createdAt: 'asc' },
  })
  let user: SignedInUser | undefined
  for (const invitation of invitations) {
    try {
      user = await joinByInvitation(invitation, user === undefined ? { name, passwordHash: null } : { userId: user.id })
    } catch (error) {
      // It was withdrawn or used just now; the next one may still be open.
      if (!(error instanceof DomainError)) throw error
    }
  }
  return user ?? (await read.user.findUnique({ where: { email }, select: userColumns })) ?? 'oidc-not-invited'
}

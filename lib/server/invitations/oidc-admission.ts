import { DomainError } from '@/lib/domain/errors'
import { emailSchema, nameSchema } from '@/lib/domain/members/schema'
import { database } from '../db/client'
import { isUniqueViolation } from '../db/failures'
import { joinByInvitation } from './accept'
import type { OidcProfile, OidcRefusal } from '../auth/oidc'
import type { SignedInUser } from '../auth/sign-in'
import { transact } from '../db/write'

const userColumns = { id: true, email: true, name: true, sessionEpoch: true } as const

/** Links the provider's account to a user. Linking twice is once. */
async function linkIdentity(profile: OidcProfile, userId: string): Promise<void> {
  const data = { issuer: profile.iss, subject: profile.sub, userId, createdAt: new Date() }
  try {
    await transact((tx) => tx.identity.create({ data, select: { userId: true } }))
  } catch (error) {
    // Someone who came in twice at the same moment: the other one linked it.
    if (!isUniqueViolation(error)) throw error
  }
}

/**
 * The user behind an account at the OpenID Connect provider: the one it is linked to by issuer and subject, else, at the first time, the user or
 * the open invitations with its verified e-mail address. Nobody else is let in.
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

/** Accepts every open invitation of the address: the first makes the user, the others join them. */
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
      // Withdrawn or used just now: the next one may still hold.
      if (!(error instanceof DomainError)) throw error
    }
  }
  return user ?? (await read.user.findUnique({ where: { email }, select: userColumns })) ?? 'oidc-not-invited'
}

import { uuidv7 } from 'uuidv7'
import { DomainError } from '@/lib/domain/errors'
import { setupLinkLife } from '@/lib/domain/members/rules'
import { defaultTimeZone } from '@/lib/domain/time/time-zone'
import { permitOfLink } from '../access/gate'
import { hashPassword } from '../auth/passwords'
import { hashSecret, makeSecret } from '../auth/token-secret'
import type { SignedInUser } from '../auth/sign-in'
import { publicUrl } from '../env'
import { database } from '../db/client'
import { write, transact } from '../db/write'

/** The first owner and their workspace. */
export interface FirstOwner {
  workspaceName: string
  /** The time zone in which due days end; UTC by default. */
  timeZone?: string
  name: string
  email: string
  password: string
}

const used = 'This link was used, or Sourcemark is set up already. Sign in instead.'

/**
 * Makes the one-time link by which the first owner sets Sourcemark up. It is valid for 24 hours, and earlier links stop working.
 * @returns the whole address, or null when a user already exists.
 */
export async function createSetupLink(): Promise<string | null> {
  const secret = makeSecret()
  const now = new Date()
  return transact(async (tx) => {
    if ((await tx.user.count()) > 0) return null
    await tx.setupLink.deleteMany({ where: { usedAt: null } })
    await tx.setupLink.create({
      data: {
        id: uuidv7(),
        tokenHash: hashSecret(secret),
        createdAt: now,
        expiresAt: new Date(now.getTime() + setupLinkLife),
      },
      select: { id: true },
    })
    return publicUrl(`/set-up/${secret}`)
  })
}

/** Checks that a set-up link works now. @throws DomainError `not-found` for one that does not exist, `gone` for one that was used or has expired. */
export async function checkSetupLink(secret: string, now: Date): Promise<void> {
  const { read } = await database()
  const link = await read.setupLink.findUnique({
    where: { tokenHash: hashSecret(secret) },
    select: { usedAt: true, expiresAt: true },
  })
  if (link === null)
    throw new DomainError(
      'not-found',
      'There is no such set-up link. Copy the whole link that the server printed last.',
    )
  if (link.usedAt !== null || (await read.user.count()) > 0) throw new DomainError('gone', used)
  if (link.expiresAt <= now)
    throw new DomainError(
      'gone',
      'This set-up link has expired: it was valid for 24 hours. Start the server again to get a new one.',
    )
}

/**
 * Makes the workspace and its first owner. Of several concurrent requests with the same link, one wins.
 * @throws DomainError `not-found` or `gone` as `checkSetupLink`.
 */
export async function setUpWorkspace(
  secret: string,
  owner: FirstOwner,
): Promise<SignedInUser & { workspaceId: string }> {
  await checkSetupLink(secret, new Date())
  const passwordHash = await hashPassword(owner.password)
  const [userId, workspaceId, memberId] = [uuidv7(), uuidv7(), uuidv7()]
  const { name, email, workspaceName, timeZone = defaultTimeZone } = owner
  return write(permitOfLink({ workspaceId, memberId, userId, name, role: 'owner' }), async ({ tx, now, record }) => {
    const { count } = await tx.setupLink.updateMany({
      where: { tokenHash: hashSecret(secret), usedAt: null, expiresAt: { gt: now } },
      data: { usedAt: now },
    })
    if (count === 0 || (await tx.user.count()) > 0) throw new DomainError('gone', used)
    const times = { createdAt: now, updatedAt: now }
    await tx.workspace.create({
      data: { id: workspaceId, name: workspaceName, timeZone, ...times },
      select: { id: true },
    })
    await tx.user.create({ data: { id: userId, email, name, passwordHash, ...times }, select: { id: true } })
    await tx.member.create({
      data: { id: memberId, workspaceId, userId, role: 'owner', ...times },
      select: { id: true },
    })
    record({ type: 'workspace.created', subjectId: workspaceId, data: { after: { name: workspaceName, timeZone } } })
    record({ type: 'member.joined', subjectId: memberId, data: { after: { role: 'owner' } } })
    return { id: userId, email, name, sessionEpoch: 1, workspaceId }
  })
}

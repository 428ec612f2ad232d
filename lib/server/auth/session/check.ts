import type { Role } from '@/lib/domain/access/policy'
import type { MemberStatus } from '@/lib/domain/members/schema'
import { deviceName } from '@/lib/domain/members/device-name'
import type { Actor } from '../../access/gate'
import { database } from '../../db/client'
import { idleLimit, type SessionClaims } from './sessions'
import { logger } from '../../log'
import { transact } from '../../db/write'
import { perProcess } from '../../per-process'

/** How often the use of a session is stored, in ms. */
const noteInterval = 10 * 60 * 1000

/** A time from a raw query: text from SQLite, a Date from PostgreSQL. */
type RawMoment = string | number | Date

// Requests of one page arrive together: the first one stores the use for all.
const noting = perProcess('session notes', () => new Set<string>())

/** Stores that a session is used, once in ten minutes; the first time also the device. Deletes old sign-ins on the way. */
async function noteUse(
  claims: SessionClaims,
  { userAgent, lastUsedAt, now }: { userAgent: string; lastUsedAt: RawMoment | null; now: number },
): Promise<void> {
  if (lastUsedAt !== null && now - new Date(lastUsedAt).getTime() < noteInterval) return
  if (noting.has(claims.sid)) return
  noting.add(claims.sid)
  const at = new Date(now)
  try {
    await transact(async (tx) => {
      if (lastUsedAt === null) {
        // The session may have been ended since it was read.
        const ended = await tx.endedSession.count({ where: { id: claims.sid } })
        const holds = await tx.user.count({ where: { id: claims.sub, sessionEpoch: claims.epoch } })
        if (ended > 0 || holds === 0) return
        await tx.signIn.deleteMany({ where: { lastUsedAt: { lt: new Date(now - idleLimit) } } })
        const startedAt = new Date(claims.startedAt * 1000)
        await tx.signIn.upsert({
          where: { id: claims.sid },
          create: { id: claims.sid, userId: claims.sub, device: deviceName(userAgent), startedAt, lastUsedAt: at },
          update: { lastUsedAt: at },
          select: { id: true },
        })
      } else await tx.signIn.updateMany({ where: { id: claims.sid }, data: { lastUsedAt: at } })
    })
  } catch (error) {
    // The request does not depend on this write.
    logger().warn({ err: error }, 'The use of a session could not be noted')
  } finally {
    noting.delete(claims.sid)
  }
}

/** One of a person's memberships, with the person's name. */
export interface Membership {
  memberId: string
  workspaceId: string
  role: Role
  status: MemberStatus
  name: string
}

type Row = Omit<Membership, 'memberId'> & {
  memberId: string | null
  ended: string | null
  lastUsedAt: RawMoment | null
}

/** Whether a session was used within the idle limit. Without a stored use, its start counts. */
function isFresh(claims: SessionClaims, lastUsedAt: RawMoment | null, now: number): boolean {
  const last = lastUsedAt === null ? claims.startedAt * 1000 : new Date(lastUsedAt).getTime()
  return now - last < idleLimit
}

/**
 * The memberships of a session's user, first one first; null when the session is no longer valid: signed out, signed out everywhere, unused for too
 * long, or the password, a role or a suspension changed since. One indexed query, made at every use of a session. Stores the use at intervals.
 * @param userAgent the browser's User-Agent; empty when it is unknown here
 */
export async function membershipsOfSession(claims: SessionClaims, userAgent: string): Promise<Membership[] | null> {
  const { read } = await database()
  const rows = await read.$queryRaw<Row[]>`
    SELECT m."id" AS "memberId", m."workspaceId", m."role", m."status", u."name", e."id" AS "ended", s."lastUsedAt"
    FROM "User" u
    LEFT JOIN "Member" m ON m."userId" = u."id"
    LEFT JOIN "EndedSession" e ON e."id" = ${claims.sid}
    LEFT JOIN "SignIn" s ON s."id" = ${claims.sid}
    WHERE u."id" = ${claims.sub} AND u."sessionEpoch" = ${claims.epoch}
    ORDER BY m."createdAt", m."id"`
  const [first] = rows
  if (first?.ended !== null) return null
  const now = Date.now()
  if (!isFresh(claims, first.lastUsedAt, now)) return null
  await noteUse(claims, { userAgent, lastUsedAt: first.lastUsedAt, now })
  return rows.flatMap(({ memberId, workspaceId, role, status, name }) =>
    memberId === null ? [] : [{ memberId, workspaceId, role, status, name }],
  )
}

/** The actor of a session: an active membership in the chosen workspace, or else in the first; null without any. */
export function actorOfMemberships(
  claims: SessionClaims,
  memberships: Membership[],
  chosenWorkspaceId: string | undefined,
): Actor | null {
  const active = memberships.filter((membership) => membership.status === 'active')
  const membership = active.find(({ workspaceId }) => workspaceId === chosenWorkspaceId) ?? active[0]
  if (membership === undefined) return null
  return {
    workspaceId: membership.workspaceId,
    memberId: membership.memberId,
    userId: claims.sub,
    name: membership.name,
    role: membership.role,
    via: 'session',
    scopes: 'all',
    signInId: claims.sid,
  }
}

/**
 * The actor for work that a member requested earlier: with the member's present role and the original channel. Null for a member who is no longer
 * active.
 */
export async function actorOfMember({
  workspaceId,
  memberId,
  via,
}: Pick<Actor, 'workspaceId' | 'memberId' | 'via'>): Promise<Actor | null> {
  const { read } = await database()
  const member = await read.member.findFirst({
    where: { id: memberId, workspaceId, status: 'active' },
    select: { role: true, userId: true, user: { select: { name: true } } },
  })
  if (member === null) return null
  const { role, userId, user } = member
  // The scope that a token needed for the request.
  return {
    workspaceId,
    memberId,
    userId,
    name: user.name,
    role,
    via,
    scopes: via === 'token' ? ['read', 'manage'] : 'all',
  }
}

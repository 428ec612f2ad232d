import type { Role } from '@/lib/domain/access/policy'
import type { MemberStatus } from '@/lib/domain/members/schema'
import { deviceName } from '@/lib/domain/members/device-name'
import type { Actor } from '../../access/gate'
import { database } from '../../db/client'
import { idleLimit, type SessionClaims } from './sessions'
import { logger } from '../../log'
import { transact } from '../../db/write'
import { perProcess } from '../../per-process'

/** How often the use of a session is written down, in ms. */
const noteInterval = 10 * 60 * 1000

/** A moment as a raw query gives it: text from SQLite, a Date from PostgreSQL. */
type RawMoment = string | number | Date

// Requests of one page come at the same time: one of them notes for all.
const noting = perProcess('session notes', () => new Set<string>())

/** Notes that a session is used, once in ten minutes; the first time also on which device. Old sign-ins are forgotten on the way. */
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
        // It may have been ended since it was looked at.
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
    // The request itself does not depend on this note.
    logger().warn({ err: error }, 'The use of a session could not be noted')
  } finally {
    noting.delete(claims.sid)
  }
}

/** One of a person's memberships, with what the person is called. */
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

/** Whether a session was used within the idle limit. One that was never noted as used was used when it began. */
function isFresh(claims: SessionClaims, lastUsedAt: RawMoment | null, now: number): boolean {
  const last = lastUsedAt === null ? claims.startedAt * 1000 : new Date(lastUsedAt).getTime()
  return now - last < idleLimit
}

/**
 * The memberships of a session's user, first one first; null when the session no longer holds: signed out, signed out everywhere, unused for too
 * long, or the password, a role or a suspension changed since. One query over indexes, asked at every use of a session. Notes its use now and then.
 * @param userAgent what the browser calls itself; empty when it is not known here
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

/** The actor of a session: an active membership in the chosen workspace, else in the first; null when there is none. */
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
 * The actor of a member who asked for something that is done later: with the role that they have now, in the way that they came in by. Null for who is
 * no active member any more.
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
  // A token needed this scope to ask.
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

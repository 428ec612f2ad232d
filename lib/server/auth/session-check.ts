import type { Role } from '@/lib/domain/access/policy'
import type { MemberStatus } from '@/lib/domain/members/schema'
import type { Actor } from '../access/gate'
import { database } from '../db/client'
import { idleLimit, type SessionClaims } from './session-token'
import { noteUse, type RawMoment } from './session-use'

/** One of a person's memberships, with what the person is called. */
export interface Standing {
  memberId: string
  workspaceId: string
  role: Role
  status: MemberStatus
  name: string
}

type Row = Omit<Standing, 'memberId'> & {
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
export async function standingsOfSession(claims: SessionClaims, userAgent: string): Promise<Standing[] | null> {
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
export function actorOfStandings(
  claims: SessionClaims,
  standings: Standing[],
  chosenWorkspaceId: string | undefined,
): Actor | null {
  const active = standings.filter((standing) => standing.status === 'active')
  const standing = active.find(({ workspaceId }) => workspaceId === chosenWorkspaceId) ?? active[0]
  if (standing === undefined) return null
  return {
    workspaceId: standing.workspaceId,
    memberId: standing.memberId,
    userId: claims.sub,
    name: standing.name,
    role: standing.role,
    via: 'session',
    scopes: 'all',
    signInId: claims.sid,
  }
}

import type { Role } from '@/lib/domain/access/policy'
import type { MemberStatus } from '@/lib/domain/members/schema'
import type { Actor } from '../access/gate'
import { database } from '../db/client'
import type { SessionClaims } from './session-token'

/** One of a person's memberships, with what the person is called. */
export interface Standing {
  memberId: string
  workspaceId: string
  role: Role
  status: MemberStatus
  name: string
}

/**
 * The memberships of a session's user, first one first; null when the session no longer holds: signed out, signed out everywhere, or the
 * password, a role or a suspension changed since. One query over indexes, asked at every use of a session.
 */
export async function standingsOfSession(claims: SessionClaims): Promise<Standing[] | null> {
  const { read } = await database()
  const rows = await read.$queryRaw<(Omit<Standing, 'memberId'> & { memberId: string | null; ended: string | null })[]>`
    SELECT m."id" AS "memberId", m."workspaceId", m."role", m."status", u."name", e."id" AS "ended"
    FROM "User" u
    LEFT JOIN "Member" m ON m."userId" = u."id"
    LEFT JOIN "EndedSession" e ON e."id" = ${claims.sid}
    WHERE u."id" = ${claims.sub} AND u."sessionEpoch" = ${claims.epoch}
    ORDER BY m."createdAt", m."id"`
  if (rows.length === 0 || rows.some((row) => row.ended !== null)) return null
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
  }
}

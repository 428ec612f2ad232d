import type { AssignmentState } from '@/lib/domain/assignments/states'
import type { SessionState } from '@/lib/domain/review-sessions/states'
import type { Reader, Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { shownTitle } from '../documents/shown-title'

/** An assignment's row with the names that answers show. */
export interface AssignmentRow {
  id: string
  sessionId: string
  sessionName: string
  sessionState: SessionState
  sessionDueAt: Date | null
  blind: boolean
  /** Whether the session has documents that are read twice, and others that are read once. */
  hasSecondReading: boolean
  documentId: string
  title: string
  memberId: string
  memberName: string
  state: AssignmentState
  /** As stored: a distribution's reason, or null. */
  why: unknown
  dueAt: Date | null
  comment: string
  version: number
  createdAt: Date
  startedAt: Date | null
  submittedAt: Date | null
  returnedAt: Date | null
  acceptedAt: Date | null
  withdrawnAt: Date | null
  remindedAt: Date | null
}

type Moment =
  'sessionDueAt' | 'dueAt' | 'startedAt' | 'submittedAt' | 'returnedAt' | 'acceptedAt' | 'withdrawnAt' | 'remindedAt'

type RawMoment = Date | string | null
type Flag = 'blind' | 'hasSecondReading'
type RawAssignment = Omit<AssignmentRow, Moment | Flag | 'createdAt'> &
  Record<Moment, RawMoment> &
  Record<Flag, boolean | number> & { createdAt: Date | string }

function momentOf(raw: RawMoment): Date | null {
  return raw === null ? null : new Date(raw)
}

function jsonOf(raw: unknown): unknown {
  return typeof raw === 'string' ? JSON.parse(raw) : raw
}

/** The order and limit of a selection of assignments. */
export interface Selection {
  orderBy: Prisma.Sql
  limit?: number
}

/**
 * Reads assignments that meet a condition, of sessions that are not deleted, in one query, because Prisma reads relations over two columns row by
 * row.
 * @param condition over the tables `a` (Assignment), `s` (its ReviewSession), `d` (its Document), `m` (its Member) and `u` (the member's User)
 */
export async function selectAssignments(
  reader: Reader | Transaction,
  condition: Prisma.Sql,
  { orderBy, limit }: Selection = { orderBy: Prisma.sql`a."id"` },
): Promise<AssignmentRow[]> {
  const rows = await reader.$queryRaw<RawAssignment[]>`
    SELECT a."id", a."sessionId", s."name" AS "sessionName", s."state" AS "sessionState", s."dueAt" AS "sessionDueAt", s."blind",
      (s."protocol" ->> 'secondReading') IS NOT NULL AS "hasSecondReading",
      a."documentId", ${shownTitle} AS "title", a."memberId", u."name" AS "memberName", a."state", a."why", a."dueAt", a."comment", a."version",
      a."createdAt", a."startedAt", a."submittedAt", a."returnedAt", a."acceptedAt", a."withdrawnAt", a."remindedAt"
    FROM "Assignment" a
    JOIN "ReviewSession" s ON s."workspaceId" = a."workspaceId" AND s."id" = a."sessionId"
    JOIN "Document" d ON d."workspaceId" = a."workspaceId" AND d."id" = a."documentId"
    JOIN "Member" m ON m."workspaceId" = a."workspaceId" AND m."id" = a."memberId"
    JOIN "User" u ON u."id" = m."userId"
    WHERE s."deletedAt" IS NULL AND ${condition}
    ORDER BY ${orderBy}
    ${limit === undefined ? Prisma.empty : Prisma.sql`LIMIT ${limit}`}`
  return rows.map((row) => ({
    ...row,
    sessionDueAt: momentOf(row.sessionDueAt),
    dueAt: momentOf(row.dueAt),
    startedAt: momentOf(row.startedAt),
    submittedAt: momentOf(row.submittedAt),
    returnedAt: momentOf(row.returnedAt),
    acceptedAt: momentOf(row.acceptedAt),
    withdrawnAt: momentOf(row.withdrawnAt),
    remindedAt: momentOf(row.remindedAt),
    createdAt: new Date(row.createdAt),
    blind: Boolean(row.blind),
    hasSecondReading: Boolean(row.hasSecondReading),
    why: jsonOf(row.why),
  }))
}

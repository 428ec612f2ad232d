import type { Inbox } from '@/lib/domain/inbox/schema'
import { addressedTypes, notificationDataSchema } from '@/lib/domain/notifications/schema'
import { mayDo, type Actor, type Permit } from '../access/gate'
import { database, type Reader } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { openForMarks } from '../db/open-assignments'
import { presentNotificationData } from '../notifications/data'
import { readsBlind } from '../visibility/marks'
import { viewsOf } from './data'
import { dueOfRow } from './present'
import { selectAssignments, type AssignmentRow } from './rows'

/** The most entries of each list; the counts cover all. */
const maxEntries = 200

/** The member's unfinished work in active sessions; empty for a member who is now a viewer. */
async function readOpenWork(reader: Reader, { workspaceId, memberId, role }: Actor): Promise<AssignmentRow[]> {
  if (role === 'viewer') return []
  return selectAssignments(
    reader,
    Prisma.sql`a."workspaceId" = ${workspaceId} AND a."memberId" = ${memberId} AND s."state" = 'active'
      AND a."state" IN ${openForMarks} AND d."deletedAt" IS NULL`,
  )
}

/** Submissions of others that a lead has not accepted, oldest first. Once claims are settled they no longer wait. */
function readSubmissions(reader: Reader, { workspaceId, memberId }: Actor): Promise<AssignmentRow[]> {
  return selectAssignments(
    reader,
    Prisma.sql`a."workspaceId" = ${workspaceId} AND a."memberId" <> ${memberId} AND s."state" = 'active'
      AND a."state" = 'submitted' AND d."deletedAt" IS NULL`,
    { orderBy: Prisma.sql`a."submittedAt", a."id"` },
  )
}

interface RawAdjudication {
  id: string
  name: string
  dueAt: Date | string | null
  claims: number | bigint
  open: number | bigint
}

async function readAdjudications(reader: Reader, actor: Actor): Promise<Inbox['toAdjudicate']> {
  if (!mayDo(actor, 'verdict.decide')) return []
  const { workspaceId, memberId } = actor
  // Claims of documents that the member is to judge blind in another session are left out.
  const readable = Prisma.sql`NOT ${readsBlind(actor, Prisma.sql`c."documentId"`)}`
  const rows = await reader.$queryRaw<RawAdjudication[]>`
    SELECT s."id", s."name", s."dueAt",
      (SELECT COUNT(*) FROM "Claim" c WHERE c."workspaceId" = s."workspaceId" AND c."sessionId" = s."id" AND c."deletedAt" IS NULL AND ${readable}) AS "claims",
      (SELECT COUNT(*) FROM "Claim" c WHERE c."workspaceId" = s."workspaceId" AND c."sessionId" = s."id" AND c."deletedAt" IS NULL AND ${readable}
        AND NOT EXISTS (SELECT 1 FROM "Verdict" v WHERE v."workspaceId" = c."workspaceId" AND v."claimId" = c."id")) AS "open"
    FROM "SessionMember" p
    JOIN "ReviewSession" s ON s."workspaceId" = p."workspaceId" AND s."id" = p."sessionId"
    WHERE p."workspaceId" = ${workspaceId} AND p."memberId" = ${memberId} AND p."adjudicates"
      AND s."state" = 'adjudication' AND s."deletedAt" IS NULL
    ORDER BY s."id"`
  return rows.map(({ id, name, dueAt, claims, open }) => ({
    session: { id, name },
    claims: Number(claims),
    open: Number(open),
    dueAt: dueAt === null ? null : new Date(dueAt).toISOString(),
  }))
}

async function readMentions(reader: Reader, actor: Actor): Promise<Inbox['mentions']> {
  const { workspaceId, memberId } = actor
  const rows = await reader.notification.findMany({
    where: { workspaceId, memberId, readAt: null, type: { in: [...addressedTypes] } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: { id: true, data: true, createdAt: true },
  })
  const data = rows.map((row) => notificationDataSchema.parse(row.data))
  const shown = await presentNotificationData(reader, actor, data)
  return rows.map(({ id, createdAt }, index) => {
    const told = shown[index] ?? {}
    return {
      notificationId: id,
      threadId: told.threadId ?? null,
      commentId: told.commentId ?? null,
      documentId: told.documentId ?? null,
      sessionId: told.sessionId ?? null,
      claimId: told.claimId ?? null,
      title: told.title ?? '',
      place: told.place ?? null,
      by: told.actorName ?? '',
      words: told.words ?? '',
      at: createdAt.toISOString(),
    }
  })
}

/** Soonest first, work without a date last, by the server's clock. */
function bySoonest(rows: readonly AssignmentRow[], now: Date): AssignmentRow[] {
  const due = new Map(rows.map((row) => [row.id, dueOfRow(row, now).due?.getTime() ?? Number.MAX_SAFE_INTEGER]))
  const at = (row: AssignmentRow) => due.get(row.id) ?? 0
  return [...rows].sort((one, other) => at(one) - at(other) || (one.id < other.id ? -1 : 1))
}

/** What waits for the permit's member. */
export async function readInbox(permit: Permit<'assignment.read'>): Promise<Inbox> {
  const { actor } = permit
  const { read } = await database()
  const now = new Date()
  const open = bySoonest(await readOpenWork(read, actor), now)
  const due = open.filter(({ state }) => state !== 'returned')
  const returned = open.filter(({ state }) => state === 'returned')
  const toAccept = mayDo(actor, 'assignment.manage') ? await readSubmissions(read, actor) : []
  const toAdjudicate = await readAdjudications(read, actor)
  const mentions = await readMentions(read, actor)
  const show = (rows: readonly AssignmentRow[]) => viewsOf(read, { actor, rows: rows.slice(0, maxEntries), now })
  return {
    at: now.toISOString(),
    due: await show(due),
    returned: await show(returned),
    toAccept: await show(toAccept),
    toAdjudicate,
    mentions: mentions.slice(0, maxEntries),
    counts: {
      due: due.length,
      overdue: open.filter((row) => dueOfRow(row, now).overdue).length,
      returned: returned.length,
      toAccept: toAccept.length,
      toAdjudicate: toAdjudicate.filter((entry) => entry.open > 0).length,
      mentions: mentions.length,
    },
  }
}

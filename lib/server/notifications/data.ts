import { z } from 'zod'
import {
  addressedTypes,
  notificationDataSchema,
  notificationTypes,
  type NotificationData,
  type NotificationPreferences,
  type NotificationType,
  type NotificationView,
  type WaitingCount,
} from '@/lib/domain/notifications/schema'
import { mayDo, type Actor, type Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { openForMarks } from '../db/open-assignments'
import { withoutDeletedTitles } from '../documents/shown-title'
import { settings } from '../env'
import { decodeCursor, pageOf, type Page } from '../http/pagination'
import { mailIsOn } from '../mail'
import { readPlaces } from '../marking/revision-facts'
import { readsBlind, viewerOf } from '../visibility/marks'
import { seesThread, seesThreadPassage, type ThreadActor } from '../visibility/threads'

const cursorKey = z.tuple([z.string()])

interface NotificationRow {
  id: string
  type: string
  data: unknown
  createdAt: Date
  readAt: Date | null
}

function isKnown(type: string): type is NotificationType {
  return notificationTypes.some((known) => known === type)
}

/** Presents a notification; null for a type that this version does not know. */
function presentNotification({ id, type, data, createdAt, readAt }: NotificationRow): NotificationView | null {
  if (!isKnown(type)) return null
  return {
    id,
    type,
    data: notificationDataSchema.parse(data),
    createdAt: createdAt.toISOString(),
    readAt: readAt?.toISOString() ?? null,
  }
}

/** How many of the member's notifications are unread. */
export function countUnread(
  reader: Reader | Transaction,
  { workspaceId, memberId }: Pick<Actor, 'workspaceId' | 'memberId'>,
): Promise<number> {
  return reader.notification.count({
    where: { workspaceId, memberId, readAt: null, type: { in: [...notificationTypes] } },
  })
}

/** A page of the member's own notifications, newest first, with how many are unread altogether. */
export async function listNotifications(
  permit: Permit<'notification.read'>,
  { cursor, limit, unread }: { cursor?: string | undefined; limit: number; unread?: boolean | undefined },
): Promise<Page<NotificationView> & { unread: number }> {
  const { workspaceId, actor } = permit
  const key = decodeCursor(cursor, cursorKey)
  const { read } = await database()
  const rows = await read.notification.findMany({
    where: {
      workspaceId,
      memberId: actor.memberId,
      type: { in: [...notificationTypes] },
      ...(unread === true ? { readAt: null } : {}),
      ...(key === null ? {} : { id: { lt: key[0] } }),
    },
    // The ids are made together with the rows and sort by time.
    orderBy: { id: 'desc' },
    take: limit + 1,
    select: { id: true, type: true, data: true, createdAt: true, readAt: true },
  })
  const page = pageOf(rows, limit, { key: ({ id }) => [id], present: presentNotification })
  const items = page.items.filter((item) => item !== null)
  const told = await presentNotificationData(
    read,
    actor,
    items.map(({ data }) => data),
  )
  return {
    items: items.map((item, index) => ({ ...item, data: told[index] ?? {} })),
    next: page.next,
    unread: await countUnread(read, actor),
  }
}

/**
 * Counts what waits for the member, in one query: unfinished work in active sessions (0 for viewers), sessions with claims that they may settle, and
 * unread comments addressed to them.
 */
export async function countWaiting({ workspaceId, actor }: Permit<'notification.read'>): Promise<WaitingCount> {
  const { memberId, role } = actor
  const { read } = await database()
  // Claims of documents that the member is to judge blind in another session do not count.
  const readable = Prisma.sql`NOT ${readsBlind(viewerOf({ actor }), Prisma.sql`c."documentId"`)}`
  const [row] = await read.$queryRaw<Record<'work' | 'toAdjudicate' | 'unread', number | bigint>[]>`
    SELECT
      (SELECT COUNT(*) FROM "Assignment" a
        JOIN "ReviewSession" s ON s."workspaceId" = a."workspaceId" AND s."id" = a."sessionId" AND s."state" = 'active' AND s."deletedAt" IS NULL
        JOIN "Document" d ON d."workspaceId" = a."workspaceId" AND d."id" = a."documentId" AND d."deletedAt" IS NULL
        WHERE a."workspaceId" = ${workspaceId} AND a."memberId" = ${memberId}
          AND a."state" IN ${openForMarks}) AS "work",
      (SELECT COUNT(*) FROM "SessionMember" p
        JOIN "ReviewSession" s ON s."workspaceId" = p."workspaceId" AND s."id" = p."sessionId" AND s."state" = 'adjudication' AND s."deletedAt" IS NULL
        WHERE p."workspaceId" = ${workspaceId} AND p."memberId" = ${memberId} AND p."adjudicates"
          AND EXISTS (SELECT 1 FROM "Claim" c WHERE c."workspaceId" = s."workspaceId" AND c."sessionId" = s."id" AND c."deletedAt" IS NULL AND ${readable}
            AND NOT EXISTS (SELECT 1 FROM "Verdict" v WHERE v."workspaceId" = c."workspaceId" AND v."claimId" = c."id"))) AS "toAdjudicate",
      (SELECT COUNT(*) FROM "Notification" n
        WHERE n."workspaceId" = ${workspaceId} AND n."memberId" = ${memberId} AND n."readAt" IS NULL
          AND n."type" IN (${Prisma.join([...addressedTypes])})) AS "unread"`
  const work = role === 'viewer' ? 0 : Number(row?.work ?? 0)
  const toAdjudicate = mayDo(actor, 'verdict.decide') ? Number(row?.toAdjudicate ?? 0) : 0
  const unread = Number(row?.unread ?? 0)
  return { work, toAdjudicate, unread, total: work + toAdjudicate + unread }
}

/** When the member gets mail, and whether this server sends mail at all. */
export async function readPreferences({
  workspaceId,
  actor,
}: Permit<'notification.read' | 'notification.update'>): Promise<NotificationPreferences> {
  const { read } = await database()
  const member = await read.member.findFirst({
    where: { id: actor.memberId, workspaceId },
    select: { mailTiming: true },
  })
  return { mailTiming: member?.mailTiming ?? 'never', mailIsOn: mailIsOn(), digestHour: settings().DIGEST_HOUR }
}

/** Where the passages of threads are, in words, by thread. Threads and passages that the viewer may not see are left out. */
async function readPassagePlaces(
  reader: Reader | Transaction,
  viewer: ThreadActor,
  threadIds: readonly string[],
): Promise<Map<string, string>> {
  if (threadIds.length === 0) return new Map()
  const rows = await reader.$queryRaw<{ id: string; revisionId: string; start: number; end: number }[]>`
    SELECT t."id", t."revisionId", t."start", t."end"
    FROM "Thread" t
    JOIN "Document" d ON d."workspaceId" = t."workspaceId" AND d."id" = t."documentId" AND d."deletedAt" IS NULL
    LEFT JOIN "Annotation" a ON a."workspaceId" = t."workspaceId" AND a."id" = t."annotationId"
    WHERE t."workspaceId" = ${viewer.workspaceId} AND t."id" IN (${Prisma.join([...new Set(threadIds)])})
      AND t."revisionId" IS NOT NULL AND ${seesThread(viewer)} AND ${seesThreadPassage(viewer)}`
  const places = await readPlaces(rows.map(({ revisionId }) => revisionId))
  return new Map(
    rows.flatMap(({ id, revisionId, start, end }) => {
      const place = places.get(revisionId)?.({ start, end })
      return place === undefined ? [] : [[id, place]]
    }),
  )
}

/**
 * The data of a member's notifications to show now, in the same order: without the titles of deleted documents, and with the place of the passage
 * that a discussion is about, where they may see it. The place is not stored, because a notification outlasts the right to see it.
 */
export async function presentNotificationData(
  reader: Reader | Transaction,
  member: ThreadActor,
  data: readonly NotificationData[],
): Promise<NotificationData[]> {
  const titled = await withoutDeletedTitles(reader, { workspaceId: member.workspaceId, data })
  const threadIds = titled.flatMap(({ threadId }) => threadId ?? [])
  const places = await readPassagePlaces(reader, member, threadIds)
  return titled.map((one) => {
    const place = places.get(one.threadId ?? '')
    return place === undefined ? one : { ...one, place }
  })
}

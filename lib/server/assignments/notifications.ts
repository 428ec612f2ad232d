import type { NotificationType } from '@/lib/domain/notifications/schema'
import { Prisma } from '../db/generated/sqlite/client'
import type { WriteContext } from '../db/write'
import { notify } from '../notifications/mutations'
import { dueOfRow } from './present'
import { selectAssignments, type AssignmentRow } from './rows'

/** The content of a notification about assignments, and who caused it. */
export interface Telling {
  workspaceId: string
  /** The acting member is not notified. */
  by: { memberId: string; name: string }
  type: NotificationType
  /** A comment sent along with it. */
  words?: string
}

/**
 * Notifies reviewers of their assignments: a single one names its document, several of a session are put together. A draft notifies nobody, so that
 * it can be changed freely.
 */
export async function tellReviewers(
  context: WriteContext,
  rows: readonly AssignmentRow[],
  { workspaceId, by, type, words }: Telling,
): Promise<void> {
  const groups = new Map<string, AssignmentRow[]>()
  for (const row of rows) {
    if (row.sessionState === 'draft' || row.memberId === by.memberId) continue
    const key = `${row.memberId} ${row.sessionId}`
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  for (const group of groups.values()) {
    const [first] = group
    if (first === undefined) continue
    const { memberId, sessionId, sessionName, documentId, title, id } = first
    const place = group.length === 1 ? { documentId, assignmentId: id, title } : { title: sessionName }
    const { due } = dueOfRow(first, context.now)
    await notify(context, {
      workspaceId,
      memberIds: [memberId],
      type,
      data: {
        sessionId,
        ...place,
        actorName: by.name,
        dueAt: due?.toISOString() ?? null,
        ...(words === undefined || words === '' ? {} : { words }),
      },
    })
  }
}

/** Notifies the member who made the session, or all leads when that member is not a lead any more, that work was submitted. */
export async function tellLeads(
  context: WriteContext,
  row: AssignmentRow,
  { workspaceId, by }: Pick<Telling, 'workspaceId' | 'by'>,
): Promise<void> {
  const { tx } = context
  const { sessionId, documentId, title, id } = row
  const session = await tx.reviewSession.findUnique({
    where: { workspaceId_id: { workspaceId, id: sessionId } },
    select: { createdById: true },
  })
  const leads = await tx.member.findMany({
    where: { workspaceId, status: 'active', role: { in: ['owner', 'lead'] } },
    select: { id: true },
  })
  const ids = leads.map((lead) => lead.id)
  const told = session !== null && ids.includes(session.createdById) ? [session.createdById] : ids
  await notify(context, {
    workspaceId,
    memberIds: told.filter((memberId) => memberId !== by.memberId),
    type: 'submission-received',
    data: { sessionId, documentId, assignmentId: id, title, actorName: by.name },
  })
}

/** Notifies everyone with unfinished work in a session that it is active now; while it was a draft nobody was notified. */
export async function tellOfActivation(
  context: WriteContext,
  { sessionId, workspaceId, by }: Pick<Telling, 'workspaceId' | 'by'> & { sessionId: string },
): Promise<void> {
  const rows = await selectAssignments(
    context.tx,
    Prisma.sql`a."workspaceId" = ${workspaceId} AND a."sessionId" = ${sessionId} AND a."state" = 'assigned'`,
  )
  await tellReviewers(context, rows, { workspaceId, by, type: 'assignment-given' })
}

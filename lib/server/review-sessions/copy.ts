import { uuidv7 } from 'uuidv7'
import { isSameJson } from '@/lib/domain/audit/changes'
import { protocolSchema } from '@/lib/domain/review-sessions/protocol'
import type { SessionCopy, SessionView } from '@/lib/domain/review-sessions/schema'
import type { Permit } from '../access/gate'
import { write, type WriteContext } from '../db/write'
import { viewOf } from './data'
import { findMade, insertSession } from './mutations'
import type { Transaction } from '../db/client'
import type { SessionRow } from '../visibility/sessions'
import { lockLiveSession, visibleSession } from '../visibility/sessions'
import { asJson } from '../db/parameters'
import { sampleSchema } from '@/lib/domain/review-sessions/schema'

interface Copying {
  workspaceId: string
  from: SessionRow
  id: string
}

/** Members who are still active and no viewers, with their parts. */
async function copyMembers({ tx, now }: WriteContext, { workspaceId, from, id }: Copying): Promise<void> {
  const parts = await tx.sessionMember.findMany({
    where: { workspaceId, sessionId: from.id },
    select: {
      memberId: true,
      reviews: true,
      adjudicates: true,
      weight: true,
      quotaDocuments: true,
      quotaWords: true,
    },
  })
  const able = await tx.member.findMany({
    where: { workspaceId, status: 'active', role: { not: 'viewer' } },
    select: { id: true },
  })
  const ids = new Set(able.map((member) => member.id))
  const data = parts
    .filter(({ memberId }) => ids.has(memberId))
    .map((part) => ({ ...part, workspaceId, sessionId: id, createdAt: now }))
  if (data.length > 0) await tx.sessionMember.createMany({ data })
}

/** How the sample was drawn, and how often. */
async function copyDraws(tx: Transaction, { workspaceId, from, id }: Copying): Promise<void> {
  const draws = await tx.sampleDraw.findMany({ where: { workspaceId, sessionId: from.id } })
  if (draws.length === 0) return
  await tx.sampleDraw.createMany({
    data: draws.map(({ frame, ...draw }) => ({
      ...draw,
      id: uuidv7(),
      sessionId: id,
      frame: asJson(sampleSchema.shape.frame.parse(frame)),
    })),
  })
}

/** Documents that are not deleted, in their order, each with its latest revision; and how they were drawn, when all came along. */
async function copyDocuments({ tx }: WriteContext, { workspaceId, from, id }: Copying): Promise<void> {
  const rows = await tx.$queryRaw<{ documentId: string; revisionId: string; position: number }[]>`
    SELECT e."documentId", v."id" AS "revisionId", e."position"
    FROM "SessionDocument" e
    JOIN "Document" d ON d."workspaceId" = e."workspaceId" AND d."id" = e."documentId" AND d."deletedAt" IS NULL
    JOIN "Revision" v ON v."workspaceId" = d."workspaceId" AND v."documentId" = d."id"
      AND v."number" = (SELECT max(w."number") FROM "Revision" w WHERE w."workspaceId" = d."workspaceId" AND w."documentId" = d."id")
    WHERE e."sessionId" = ${from.id} AND e."workspaceId" = ${workspaceId}`
  if (rows.length > 0) {
    await tx.sessionDocument.createMany({ data: rows.map((row) => ({ ...row, workspaceId, sessionId: id })) })
  }
  const count = await tx.sessionDocument.count({ where: { workspaceId, sessionId: from.id } })
  if (from.sample !== null && count === rows.length) {
    await tx.reviewSession.updateMany({
      where: { id, workspaceId },
      data: { sample: asJson(sampleSchema.parse(from.sample)) },
    })
    await copyDraws(tx, { workspaceId, from, id })
  }
}

/**
 * Copies a session or a template into a new draft (or template): name, question, guidelines and protocol, and as asked its members and documents;
 * never its dates, assignments and marks. The same id and request, by the same member, is the one copy.
 * @throws DomainError `not-found`; `conflict` and `gone` as `createSession`.
 */
export async function copySession(
  permit: Permit<'review-session.create'>,
  { sessionId, copy }: { sessionId: string; copy: SessionCopy },
): Promise<{ session: SessionView; created: boolean }> {
  const { id = uuidv7(), name, asTemplate } = copy
  const { workspaceId, actor } = permit
  return write(permit, async (context) => {
    const { tx, now } = context
    const from = await visibleSession(tx, actor, sessionId)
    const { question, guidelines } = from
    const session = {
      name: name ?? nameOfCopy(from, asTemplate),
      question,
      guidelines,
      protocol: protocolSchema.parse(from.protocol),
      dueAt: null,
      isTemplate: asTemplate,
    }
    const made = await findMade(context, permit, { id, isSame: ({ after }) => isSameJson(after, session) })
    if (made !== null) return { session: made, created: false }
    await insertSession(context, permit, { id, session, origin: sessionId })
    const copying = { workspaceId, from, id }
    if (copy.members) await copyMembers(context, copying)
    if (copy.documents) await copyDocuments(context, copying)
    const row = await lockLiveSession(tx, { workspaceId, id })
    return { session: await viewOf(tx, { actor, session: row, now }), created: true }
  })
}

/** A session made from a template, and a template made of a session, keep the name; a copy of either is marked as one. */
function nameOfCopy({ name, isTemplate }: SessionRow, asTemplate: boolean): string {
  return isTemplate === asTemplate ? `${name.slice(0, 290)} (copy)` : name
}

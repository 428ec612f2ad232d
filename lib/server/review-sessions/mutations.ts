import { uuidv7 } from 'uuidv7'
import { changesOf, isSameJson } from '@/lib/domain/audit/changes'
import { DomainError } from '@/lib/domain/errors'
import { protocolSchema } from '@/lib/domain/review-sessions/protocol'
import {
  sampleSchema,
  type SessionCopy,
  type SessionInput,
  type SessionPatch,
  type SessionView,
} from '@/lib/domain/review-sessions/schema'
import { deletedAlready, idTaken, versionMismatch } from '@/lib/domain/versions'
import type { Permit } from '../access/gate'
import { refusePastDate } from '../assignments/assign'
import type { Transaction } from '../db/client'
import { asJson } from '../db/parameters'
import { write, type WriteContext } from '../db/write'
import { readCreation } from '../events/data'
import { lockLiveSession, lockSession, sessionColumns, visibleSession, type SessionRow } from '../visibility/sessions'
import { viewOf } from './data'
import { undoSecondReading } from './second-reading'

type NewSession = Omit<SessionInput, 'id'>

/** Stores a draft within the caller's transaction. `origin` is the session it was copied from. */
async function insertSession(
  { tx, now, record }: WriteContext,
  permit: Permit,
  { id, session, origin }: { id: string; session: NewSession; origin?: string },
): Promise<void> {
  const { dueAt, ...columns } = session
  const { blind, reveal } = session.protocol
  await tx.reviewSession.create({
    data: {
      id,
      workspaceId: permit.workspaceId,
      ...columns,
      dueAt: dueAt === null ? null : new Date(dueAt),
      blind,
      reveal,
      createdById: permit.actor.memberId,
      createdAt: now,
      updatedAt: now,
    },
    select: { id: true },
  })
  record({
    type: 'review-session.created',
    subjectId: id,
    sessionId: id,
    data: { after: session, ...(origin === undefined ? {} : { copiedFrom: origin }) },
  })
}

/** The session that an identical earlier request made, or null when the id is free. */
async function findMade(
  { tx, now }: WriteContext,
  permit: Permit,
  { id, isSame }: { id: string; isSame: (creation: { after: Record<string, unknown> }) => boolean },
): Promise<SessionView | null> {
  const { workspaceId, actor } = permit
  const taken = await tx.reviewSession.findUnique({
    where: { workspaceId_id: { workspaceId, id } },
    select: sessionColumns,
  })
  if (taken === null) return null
  const creation = await readCreation(tx, { workspaceId, subjectId: id, type: 'review-session.created' })
  const view = await viewOf(tx, { actor, session: taken, now })
  if (creation?.actorId !== actor.memberId || !isSame(creation)) throw idTaken('review session', view)
  if (taken.deletedAt !== null) throw deletedAlready('review session')
  return view
}

/**
 * Makes a session, as a draft without documents and members. Idempotent: the same id and content from the same member is the same creation.
 * @throws DomainError `invalid` for a due date that has passed, `conflict` when the id has another content, `gone` when the session was deleted.
 */
export async function createSession(
  permit: Permit<'review-session.create'>,
  input: SessionInput,
): Promise<{ session: SessionView; created: boolean }> {
  const { id = uuidv7(), ...session } = input
  const { workspaceId, actor } = permit
  return write(permit, async (context) => {
    const made = await findMade(context, permit, { id, isSame: ({ after }) => isSameJson(after, session) })
    if (made !== null) return { session: made, created: false }
    refusePastDate(session.dueAt === null ? null : new Date(session.dueAt), context.now)
    await insertSession(context, permit, { id, session })
    const row = await lockLiveSession(context.tx, { workspaceId, id })
    return { session: await viewOf(context.tx, { actor, session: row, now: context.now }), created: true }
  })
}

function checkChangeable(row: SessionRow, changesProtocol: boolean): void {
  if (row.state === 'closed') {
    throw new DomainError('conflict', 'This session is closed. Reopen it to change it; nothing that was done is lost.')
  }
  if (changesProtocol && row.state !== 'draft') {
    const message =
      'The protocol is fixed once a session is active, so that all reviewers work by the same rules. Copy the session and change the copy.'
    throw new DomainError('conflict', message, { current: { state: row.state, protocol: row.protocol } })
  }
}

/**
 * Changes a session that is at `version`; a change that is already stored returns the session as it is.
 * @throws DomainError `not-found`, `version-mismatch`, `invalid` for a new due date that has passed, and `conflict` for a closed session and for the
 * protocol of one that is no draft.
 */
export async function updateSession(
  permit: Permit<'review-session.update'>,
  { id, version, patch }: { id: string; version: number; patch: SessionPatch },
): Promise<SessionView> {
  const { workspaceId, actor } = permit
  return write(permit, async ({ tx, now, record }) => {
    const row = await lockLiveSession(tx, { workspaceId, id })
    const { name, question, guidelines } = row
    const current = {
      name,
      question,
      guidelines,
      dueAt: row.dueAt?.toISOString() ?? null,
      protocol: protocolSchema.parse(row.protocol),
    }
    const wanted = { ...patch, ...(patch.dueAt ? { dueAt: new Date(patch.dueAt).toISOString() } : {}) }
    const changes = changesOf(current, wanted)
    if (changes === null) return viewOf(tx, { actor, session: row, now })
    if (row.version !== version) {
      const view = await viewOf(tx, { actor, session: row, now })
      throw versionMismatch('review session', { expected: version, current: view })
    }
    checkChangeable(row, changes.after.protocol !== undefined)
    const { dueAt, protocol, ...columns } = changes.after
    if (dueAt) refusePastDate(new Date(dueAt), now)
    await tx.reviewSession.updateMany({
      where: { id, workspaceId },
      data: {
        ...columns,
        ...(dueAt === undefined ? {} : { dueAt: dueAt === null ? null : new Date(dueAt) }),
        ...(protocol === undefined ? {} : { protocol, blind: protocol.blind, reveal: protocol.reveal }),
        version: { increment: 1 },
        updatedAt: now,
      },
    })
    if (protocol !== undefined) await undoSecondReading(tx, { workspaceId, sessionId: id })
    record({ type: 'review-session.updated', subjectId: id, sessionId: id, data: { ...changes } })
    const after = await lockLiveSession(tx, { workspaceId, id })
    return viewOf(tx, { actor, session: after, now })
  })
}

/**
 * Deletes (hides) a draft that is at `version`; deleting it again changes nothing.
 * @throws DomainError `not-found`, `version-mismatch`, and `conflict` for a session that was active: its work is kept.
 */
export async function deleteSession(
  permit: Permit<'review-session.delete'>,
  { id, version }: { id: string; version: number },
): Promise<void> {
  const { workspaceId, actor } = permit
  await write(permit, async ({ tx, now, record }) => {
    const row = await lockSession(tx, { workspaceId, id })
    if (row.deletedAt !== null) return
    if (row.version !== version) {
      const view = await viewOf(tx, { actor, session: row, now })
      throw versionMismatch('review session', { expected: version, current: view })
    }
    if (row.state !== 'draft') {
      const message =
        'Only a draft can be deleted: a session that was active holds work, and keeps it. Close it instead.'
      throw new DomainError('conflict', message, { current: { state: row.state } })
    }
    await tx.reviewSession.updateMany({
      where: { id, workspaceId },
      data: { deletedAt: now, version: { increment: 1 }, updatedAt: now },
    })
    record({ type: 'review-session.deleted', subjectId: id, sessionId: id, data: { before: { name: row.name } } })
  })
}

/** Restores a deleted draft; one that is not deleted is returned unchanged. @throws DomainError `not-found`. */
export async function restoreSession(permit: Permit<'review-session.delete'>, id: string): Promise<SessionView> {
  const { workspaceId, actor } = permit
  return write(permit, async ({ tx, now, record }) => {
    const row = await lockSession(tx, { workspaceId, id })
    if (row.deletedAt === null) return viewOf(tx, { actor, session: row, now })
    await tx.reviewSession.updateMany({
      where: { id, workspaceId },
      data: { deletedAt: null, version: { increment: 1 }, updatedAt: now },
    })
    record({ type: 'review-session.restored', subjectId: id, sessionId: id, data: { after: { name: row.name } } })
    const after = await lockSession(tx, { workspaceId, id })
    return viewOf(tx, { actor, session: after, now })
  })
}

interface Copying {
  workspaceId: string
  from: SessionRow
  id: string
}

/** Members who are still active and not viewers, with their parts. */
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

/** Documents that are not deleted, in their order, each with its latest revision; and how they were drawn, if all of them were copied. */
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
 * Copies a session or a template into a new draft (or template): name, question, guidelines and protocol, and on request its members and documents;
 * never its dates, assignments and marks. Idempotent: the same id and request from the same member is the same copy.
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

/** A session made from a template, and a template made from a session, keep the name; a copy of the same kind is marked as a copy. */
function nameOfCopy({ name, isTemplate }: SessionRow, asTemplate: boolean): string {
  return isTemplate === asTemplate ? `${name.slice(0, 290)} (copy)` : name
}

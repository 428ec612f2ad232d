import { uuidv7 } from 'uuidv7'
import { changesOf, isSameJson } from '@/lib/domain/audit/changes'
import { DomainError } from '@/lib/domain/errors'
import { protocolSchema } from '@/lib/domain/review-sessions/protocol'
import type { SessionInput, SessionPatch, SessionView } from '@/lib/domain/review-sessions/schema'
import { deletedAlready, idTaken, versionMismatch } from '@/lib/domain/versions'
import type { Permit } from '../access/gate'
import { refusePastDate } from '../assignments/assign'
import { write, type WriteContext } from '../db/write'
import { readCreation } from '../events/data'
import { viewOf } from './data'
import { undoSecondReading } from './second-reading'
import { sessionColumns, type SessionRow } from '../visibility/sessions'
import { lockLiveSession, lockSession } from '../visibility/sessions'

type NewSession = Omit<SessionInput, 'id'>

/** Stores a draft inside a write that goes on. `origin` is the session it was copied from. */
export async function insertSession(
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

/** Whether an id is taken: the session that the same request made before, or null when it is free. */
export async function findMade(
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
 * Makes a session; it is a draft without documents and members. The same id with the same content, by the same member, is the one creation.
 * @throws DomainError `invalid` for a due date that has passed, `conflict` when the id has another content, `gone` when the session was deleted since.
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
 * Changes a session that is at `version`; a change that is already there is done.
 * @throws DomainError `not-found`, `version-mismatch`, `invalid` for a new due date that has passed, and `conflict` for a closed session and for the protocol of one that is no draft.
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

/** Brings a deleted draft back; one that is not deleted answers as it is. @throws DomainError `not-found`. */
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

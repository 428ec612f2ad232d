import { uuidv7 } from 'uuidv7'
import { isSameJson } from '@/lib/domain/audit/changes'
import { checkSpan } from '@/lib/domain/annotations/span'
import { DomainError, notFound } from '@/lib/domain/errors'
import { idTaken } from '@/lib/domain/versions'
import type { PassageInput, ThreadInput, ThreadView } from '@/lib/domain/threads/schema'
import type { Actor, Permit } from '../access/gate'
import { findAnnotationRow } from '../annotations/data'
import { activeAssignment } from '../marking/active-assignment'
import { assertMayRead, readClaimAccess } from '../visibility/claims'
import { findClaim } from '../claims/data'
import type { Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { write } from '../db/write'
import { readCreation } from '../events/data'
import { viewerOf } from '../visibility/marks'
import { knownRevision } from '../marking/revision-facts'
import { viewThread, findThread } from './data'
import { addComment } from './comments'
import { selectThreadHeads, type PassageRow } from './rows'
import { assertMayWrite, readCircle } from './notifications'

interface Subject {
  annotationId: string | null
  claimId: string | null
}

/** The passage of a new thread, with its words. @throws DomainError `not-found` for the revision, `invalid` for a span that does not hold. */
async function checkPassage(
  permit: Permit,
  { documentId, passage }: { documentId: string; passage: PassageInput },
): Promise<PassageRow> {
  const { revisionId, start, end } = passage
  const revision = await knownRevision(permit, revisionId)
  if (revision.documentId !== documentId) throw notFound('revision')
  const span = checkSpan(revision.text, passage)
  if (span.ok) return { revisionId, start, end, exact: span.exact }
  const { path, message } = span.problem
  throw new DomainError('invalid', message, { fields: [{ path: `passage.${path}`, message }] })
}

/** The thread that an identical earlier request made; null when the id is free. @throws DomainError `conflict` when something else has the id. */
async function findSame(
  tx: Transaction,
  actor: Actor,
  asked: { id: string; content: Record<string, unknown> },
): Promise<ThreadView | null> {
  const { id, content } = asked
  if ((await tx.thread.count({ where: { workspaceId: actor.workspaceId, id } })) === 0) return null
  const [row] = await selectThreadHeads(tx, actor, { condition: Prisma.sql`t."id" = ${id}`, limit: 1 })
  if (row === undefined) throw idTaken('thread', null)
  const view = await viewThread(tx, actor, id)
  const creation = await readCreation(tx, {
    workspaceId: actor.workspaceId,
    subjectId: id,
    type: 'thread.created',
  })
  if (creation?.actorId !== actor.memberId || !isSameJson(creation.after, content)) throw idTaken('thread', view)
  return view
}

/** Checks that the actor may see the subject of a new thread. Returns the claim's session, if the subject is a claim. */
async function assertSubject(
  tx: Transaction,
  permit: Permit,
  { documentId, annotationId, claimId }: Subject & { documentId: string },
): Promise<string | null> {
  if (annotationId !== null) {
    const row = await findAnnotationRow(tx, viewerOf(permit), annotationId)
    if (row?.deletedAt !== null) throw notFound('annotation')
    const revision = await tx.revision.findUnique({ where: { id: row.revisionId }, select: { documentId: true } })
    if (revision?.documentId !== documentId) throw notFound('annotation')
    return null
  }
  if (claimId === null) return null
  const { row } = await findClaim(tx, permit, claimId)
  if (row.documentId !== documentId) throw notFound('claim')
  assertMayRead(await readClaimAccess(tx, permit, row.sessionId))
  return row.sessionId
}

/**
 * Starts a thread on a document, or on a passage, annotation or claim in it, with its first comment. It belongs to the session of the member's
 * current assignment of the document, or to the claim's. Idempotent: the same id and content is the same creation, and `created` is then false.
 * @throws DomainError `not-found` for its subject, `invalid` for a passage that does not hold and for a mention that is no member, `conflict` when an
 * id is taken or claims may not be read yet, `forbidden` as claims.
 */
export async function createThread(
  permit: Permit<'thread.write'>,
  { documentId, input }: { documentId: string; input: ThreadInput },
): Promise<{ thread: ThreadView; created: boolean }> {
  const { workspaceId, actor } = permit
  const { id = uuidv7(), annotationId = null, claimId = null, audience, comment } = input
  return write(permit, async (context) => {
    const { tx, now, record } = context
    // Locked until this write is done, so that two copies of a request cannot both be stored.
    await tx.document.updateMany({ where: { id: documentId, workspaceId }, data: { version: { increment: 0 } } })
    const document = await tx.document.findFirst({
      where: { id: documentId, workspaceId, deletedAt: null },
      select: { title: true },
    })
    if (document === null) throw notFound('document')
    const passage =
      input.passage === undefined ? null : await checkPassage(permit, { documentId, passage: input.passage })
    const content = {
      documentId,
      annotationId,
      claimId,
      audience,
      body: comment.body,
      ...(passage === null ? {} : { passage }),
    }
    const made = await findSame(tx, actor, { id, content })
    if (made !== null) return { thread: made, created: false }
    const claimSession = await assertSubject(tx, permit, { documentId, annotationId, claimId })
    const { memberId } = actor
    const sessionId =
      claimId === null
        ? ((await activeAssignment(tx, { workspaceId, memberId, documentId }))?.sessionId ?? null)
        : claimSession
    await tx.thread.create({
      data: {
        id,
        workspaceId,
        documentId,
        sessionId,
        annotationId,
        claimId,
        ...passage,
        audience,
        createdById: memberId,
        createdAt: now,
        updatedAt: now,
      },
      select: { id: true },
    })
    record({ type: 'thread.created', subjectId: id, documentId, sessionId, data: { after: content } })
    const circle = await readCircle(tx, { workspaceId, threadId: id })
    assertMayWrite(circle, actor)
    await addComment(context, circle, {
      actor,
      threadId: id,
      title: document.title,
      input: comment,
      opens: true,
      participants: [],
    })
    return { thread: await viewThread(tx, actor, id), created: true }
  })
}

/**
 * Resolves or reopens a thread; one already in that state is returned as it is. Anyone who can write in it may.
 * @throws DomainError `not-found`; `conflict` while the discussion rests for the member.
 */
export async function setResolved(
  permit: Permit<'thread.write'>,
  { id, resolved }: { id: string; resolved: boolean },
): Promise<ThreadView> {
  const { workspaceId, actor } = permit
  return write(permit, async ({ tx, now, record }) => {
    await tx.thread.updateMany({ where: { id, workspaceId }, data: { version: { increment: 0 } } })
    const { resolvedAt, documentId, sessionId } = await findThread(tx, actor, id)
    if ((resolvedAt !== null) !== resolved) {
      assertMayWrite(await readCircle(tx, { workspaceId, threadId: id }), actor)
      await tx.thread.updateMany({
        where: { id, workspaceId },
        data: {
          resolvedAt: resolved ? now : null,
          resolvedById: resolved ? actor.memberId : null,
          version: { increment: 1 },
          updatedAt: now,
        },
      })
      record({
        type: resolved ? 'thread.resolved' : 'thread.reopened',
        subjectId: id,
        documentId,
        sessionId,
        data: { before: { resolved: !resolved }, after: { resolved } },
      })
    }
    return viewThread(tx, actor, id)
  })
}

import { createHash } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { DomainError, notFound } from '@/lib/domain/errors'
import { drawSample } from '@/lib/domain/review-sessions/sample'
import {
  maxSessionDocuments,
  type SessionDocumentsAdded,
  type SessionDocumentsInput,
  type SessionSample,
} from '@/lib/domain/review-sessions/schema'
import { permit as passGate, type Permit } from '../access/gate'
import { database, type Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { write, type WriteContext } from '../db/write'
import { findDocumentIds, maxMatches } from '../search/data'
import { lockLiveSession, type SessionRow } from '../visibility/sessions'
import { drawSeed, hashFrame, hasSecondReading, undoSecondReading } from './second-reading'

interface Frame {
  sourceIds: string[]
  q: string
}

/** Ids of the documents that match a filter. @throws DomainError `invalid` when the words have more matches than a search follows. */
async function findFrame(permit: Permit, { sourceIds, q }: Frame): Promise<string[]> {
  const { read } = await database()
  const { workspaceId, actor } = permit
  const found = q.trim() === '' ? null : await findDocumentIds(passGate(actor, 'document.read'), q)
  if (found !== null && found.length >= maxMatches) {
    const message = `These words find ${maxMatches} documents or more, so the list would not be whole. Choose rarer words, or sources.`
    throw new DomainError('invalid', message, { fields: [{ path: 'q', message }] })
  }
  const rows = await read.document.findMany({
    where: {
      workspaceId,
      deletedAt: null,
      ...(sourceIds.length === 0 ? {} : { sourceId: { in: sourceIds } }),
      ...(found === null ? {} : { id: { in: found } }),
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

interface Chosen {
  /** In the order in which they are added. */
  ids: string[]
  sample: Omit<SessionSample, 'drawnAt'> | null
}

async function choose(permit: Permit, input: SessionDocumentsInput): Promise<Chosen> {
  if (input.how === 'picked') return { ids: [...new Set(input.documentIds)], sample: null }
  const frame = { sourceIds: [...input.sourceIds].sort(), q: input.q }
  const ids = await findFrame(permit, frame)
  if (input.how === 'found') return { ids, sample: null }
  const drawn = drawSample(
    ids.map((id) => ({ id })),
    input.size,
    drawSeed(),
  )
  const { frameSize, size, seed, method, methodVersion } = drawn
  const frameSha256 = hashFrame(ids)
  return {
    ids: drawn.ids,
    sample: { method, methodVersion: String(methodVersion), frame, frameSize, frameSha256, size, seed },
  }
}

interface Place {
  workspaceId: string
  sessionId: string
}

/** The latest revision of each live document. */
async function readLatest(tx: Transaction, workspaceId: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.$queryRaw<{ id: string; revisionId: string }[]>`
    SELECT d."id", v."id" AS "revisionId" FROM "Document" d JOIN "Revision" v ON v."workspaceId" = d."workspaceId" AND v."documentId" = d."id"
    WHERE d."workspaceId" = ${workspaceId} AND d."deletedAt" IS NULL AND d."id" IN (${Prisma.join([...ids])})
      AND v."number" = (SELECT max(w."number") FROM "Revision" w WHERE w."workspaceId" = d."workspaceId" AND w."documentId" = d."id")`
  return new Map(rows.map(({ id, revisionId }) => [id, revisionId]))
}

function unknownDocuments(input: SessionDocumentsInput, unknown: readonly string[]): DomainError {
  if (input.how !== 'picked') {
    return new DomainError('conflict', 'A document of the selection was deleted in the meantime. Search and add again.')
  }
  const fields = unknown.slice(0, 20).map((id) => ({
    path: `documentIds.${String(input.documentIds.indexOf(id))}`,
    message: `There is no document ${id} in this workspace.`,
  }))
  return new DomainError('invalid', 'Some of these documents are not in this workspace, so none was added.', { fields })
}

function checkOpen(session: SessionRow): void {
  const { state } = session
  if (state === 'active' && hasSecondReading(session)) {
    throw new DomainError(
      'conflict',
      'What is read twice was drawn from the documents that are in the session, so these stay as they are. Copy the session for others.',
      { current: { state } },
    )
  }
  if (state === 'draft' || state === 'active') return
  throw new DomainError(
    'conflict',
    'Documents can be added and removed while a session is a draft or active. Reopen the session first.',
    { current: { state } },
  )
}

function checkSample(session: SessionRow, input: SessionDocumentsInput, standing: number): void {
  if (input.how === 'sample') {
    if (session.state !== 'draft') {
      throw new DomainError('conflict', 'A sample is drawn in a draft. Copy the session and draw it in the copy.')
    }
    if (standing > 0 && !input.replace) {
      throw new DomainError(
        'conflict',
        'The session already has documents, and with them the sample would not be random. Send "replace": true to draw the sample in their place.',
        { current: { documents: standing } },
      )
    }
    return
  }
  if (session.sample !== null && !input.endSample) {
    throw new DomainError(
      'conflict',
      'The documents of this session are a random sample, and would not be one with others added. Send "endSample": true to add them anyway.',
      { current: { sample: session.sample } },
    )
  }
}

/**
 * Adds documents to a draft or an active session, after the existing ones; documents already in it stay as they are. All members of the session will
 * read the revision that is the latest now. A sample is recorded with its frame, so that it can be drawn again.
 * @throws DomainError `not-found`; `invalid` for unknown documents (none is added) and samples that cannot be drawn; `conflict` when the state of the
 * session or its sample does not allow it.
 */
export async function addSessionDocuments(
  permit: Permit<'review-session.update'>,
  { sessionId, input }: { sessionId: string; input: SessionDocumentsInput },
): Promise<SessionDocumentsAdded> {
  const { workspaceId } = permit
  const { ids, sample } = await choose(permit, input)
  const place = { workspaceId, sessionId }
  return write(permit, async (context) => {
    const { tx, now, record } = context
    const session = await lockLiveSession(tx, { workspaceId, id: sessionId })
    checkOpen(session)
    const standing = await tx.sessionDocument.findMany({ where: place, select: { documentId: true, position: true } })
    const known = new Set(standing.map(({ documentId }) => documentId))
    const drawn = sample === null ? null : { ...sample, drawnAt: now.toISOString() }
    const fresh = ids.filter((id) => drawn !== null || !known.has(id))
    if (fresh.length === 0) return { added: 0, present: ids.length, removed: 0 }
    checkSample(session, input, standing.length)
    const revisions = await readLatest(tx, workspaceId, fresh)
    const unknown = fresh.filter((id) => !revisions.has(id))
    if (unknown.length > 0) throw unknownDocuments(input, unknown)
    const removed = drawn === null ? [] : [...known]
    if (removed.length > 0) await removeRows(context, place, removed)
    if (standing.length - removed.length + fresh.length > maxSessionDocuments) {
      throw new DomainError(
        'conflict',
        `A session has at most ${maxSessionDocuments} documents. Spread them over several.`,
      )
    }
    const last = removed.length > 0 ? -1 : Math.max(-1, ...standing.map(({ position }) => position))
    await tx.sessionDocument.createMany({
      data: fresh.flatMap((documentId, at) => {
        const revisionId = revisions.get(documentId)
        return revisionId === undefined ? [] : [{ ...place, documentId, revisionId, position: last + 1 + at }]
      }),
    })
    if (drawn !== null) await keepDraw(context, permit, { sessionId, drawn })
    await undoSecondReading(tx, place)
    if (drawn !== null || session.sample !== null) {
      await tx.reviewSession.updateMany({
        where: { id: sessionId, workspaceId },
        data: { sample: drawn ?? Prisma.DbNull, version: { increment: 1 }, updatedAt: now },
      })
    }
    const after = { how: input.how, documentIds: fresh, sample: drawn }
    const before =
      session.sample === null && removed.length === 0 ? {} : { before: { sample: session.sample, removed } }
    record({ type: 'session-document.added', subjectId: sessionId, sessionId, data: { ...before, after } })
    return { added: fresh.length, present: ids.length - fresh.length, removed: removed.length }
  })
}

/** Stores a drawing beside the earlier ones: reports say how often a sample was drawn. */
async function keepDraw(
  { tx, now }: WriteContext,
  { workspaceId, actor }: Permit,
  { sessionId, drawn }: { sessionId: string; drawn: SessionSample },
): Promise<void> {
  const { frame, frameSize, frameSha256, size, seed } = drawn
  const frameKey = createHash('sha256')
    .update(JSON.stringify([frame.sourceIds, frame.q.trim()]))
    .digest('hex')
  await tx.sampleDraw.create({
    data: {
      id: uuidv7(),
      workspaceId,
      sessionId,
      memberId: actor.memberId,
      frame,
      frameKey,
      frameSize,
      frameSha256,
      size,
      seed,
      drawnAt: now,
    },
    select: { id: true },
  })
}

/** The members who have worked on documents of a session, withdrawn work included. */
async function findWork(
  tx: Transaction,
  { workspaceId, sessionId }: Place,
  documentIds: readonly string[],
): Promise<{ documentId: string; name: string }[]> {
  return tx.$queryRaw<{ documentId: string; name: string }[]>`
    SELECT a."documentId", u."name"
    FROM "Assignment" a
    JOIN "Member" m ON m."workspaceId" = a."workspaceId" AND m."id" = a."memberId"
    JOIN "User" u ON u."id" = m."userId"
    WHERE a."workspaceId" = ${workspaceId} AND a."sessionId" = ${sessionId} AND a."documentId" IN (${Prisma.join([...documentIds])})
      AND (a."startedAt" IS NOT NULL OR a."submittedAt" IS NOT NULL OR a."state" IN ('started', 'submitted', 'returned', 'accepted'))
    ORDER BY u."name"
    LIMIT 20`
}

/** Removes documents and their assignments that nobody has started. @throws DomainError `conflict` when someone has. */
async function removeRows(
  { tx, record }: WriteContext,
  { workspaceId, sessionId }: Place,
  documentIds: readonly string[],
): Promise<void> {
  const work = await findWork(tx, { workspaceId, sessionId }, documentIds)
  if (work.length > 0) {
    const names = [...new Set(work.map(({ name }) => name))].join(', ')
    throw new DomainError(
      'conflict',
      `${names} ${work.length === 1 ? 'has' : 'have'} worked on this here, and work is kept. Withdraw the assignments instead: the document stays, and what was done does not count.`,
      { current: { documentIds: [...new Set(work.map(({ documentId }) => documentId))] } },
    )
  }
  const rows = { workspaceId, sessionId, documentId: { in: [...documentIds] } }
  const planned = await tx.assignment.findMany({ where: rows, select: { id: true, documentId: true, memberId: true } })
  await tx.assignment.deleteMany({ where: rows })
  for (const { id, documentId, memberId } of planned) {
    record({ type: 'assignment.removed', subjectId: id, sessionId, documentId, data: { before: { memberId } } })
  }
  await tx.sessionDocument.deleteMany({ where: rows })
}

/**
 * Removes a document from a draft or an active session, with its assignments that nobody has started; removing it again changes nothing. A sample
 * that loses a document stays recorded: the session then has fewer documents than the sample's size.
 * @throws DomainError `not-found` for an unknown session or document; `conflict` once someone has worked on it here, and in other states.
 */
export async function removeSessionDocument(
  permit: Permit<'review-session.update'>,
  { sessionId, documentId }: { sessionId: string; documentId: string },
): Promise<void> {
  const { workspaceId } = permit
  await write(permit, async (context) => {
    const { tx, record } = context
    const session = await lockLiveSession(tx, { workspaceId, id: sessionId })
    if ((await tx.document.count({ where: { id: documentId, workspaceId } })) === 0) throw notFound('document')
    const row = await tx.sessionDocument.findFirst({
      where: { workspaceId, sessionId, documentId },
      select: { revisionId: true, position: true },
    })
    if (row === null) return
    checkOpen(session)
    await removeRows(context, { workspaceId, sessionId }, [documentId])
    await undoSecondReading(tx, { workspaceId, sessionId })
    record({ type: 'session-document.removed', subjectId: documentId, sessionId, documentId, data: { before: row } })
  })
}

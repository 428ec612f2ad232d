import { createHash, randomInt } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import { DomainError } from '@/lib/domain/errors'
import { idSchema } from '@/lib/domain/fields'
import { protocolSchema, secondReadingProblems, secondReadingSize } from '@/lib/domain/review-sessions/protocol'
import { drawSample, largestSeed } from '@/lib/domain/review-sessions/sample'
import type { SecondReadingDraw } from '@/lib/domain/review-sessions/schema'
import { versionMismatch } from '@/lib/domain/versions'
import type { Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { asJson } from '../db/parameters'
import { write, type WriteContext } from '../db/write'
import { lockLiveSession, visibleSession, type SessionRow } from '../visibility/sessions'
import { viewOf } from './data'

interface Place {
  workspaceId: string
  sessionId: string
}

/** The hash that identifies a list of documents: SHA-256 of their sorted ids, one per line. */
export function hashFrame(ids: readonly string[]): string {
  return createHash('sha256')
    .update([...ids].sort().join('\n'))
    .digest('hex')
}

/** A random seed. It is stored with the drawing before anyone sees either. */
export function drawSeed(): number {
  return randomInt(largestSeed + 1)
}

/** Whether a session has a part that is read twice. */
export function hasSecondReading({ protocol }: Pick<SessionRow, 'protocol'>): boolean {
  return protocolSchema.parse(protocol).secondReading !== undefined
}

/** Clears the drawn part, because the list or the rules that it was drawn by have changed. The drawing itself stays recorded. */
export async function undoSecondReading(tx: Transaction, { workspaceId, sessionId }: Place): Promise<void> {
  await tx.sessionDocument.updateMany({
    where: { workspaceId, sessionId, readTwice: true },
    data: { readTwice: false },
  })
}

/** Removes a draft's assignments, which were distributed for an earlier drawing. */
async function removePlan({ tx, record }: WriteContext, { workspaceId, sessionId }: Place): Promise<void> {
  const planned = await tx.assignment.findMany({
    where: { workspaceId, sessionId },
    select: { id: true, documentId: true, memberId: true },
  })
  await tx.assignment.deleteMany({ where: { workspaceId, sessionId } })
  for (const { id, documentId, memberId } of planned) {
    record({ type: 'assignment.removed', subjectId: id, sessionId, documentId, data: { before: { memberId } } })
  }
}

const drawColumns = { documentIds: true, frameSize: true, frameSha256: true, size: true, seed: true, drawnAt: true }

/** The drawings of a session, oldest first. */
export async function readSecondReadingDraws(
  reader: Reader | Transaction,
  { workspaceId, sessionId }: Place,
): Promise<SecondReadingDraw[]> {
  const rows = await reader.secondReadingDraw.findMany({
    where: { workspaceId, sessionId },
    orderBy: [{ drawnAt: 'asc' }, { id: 'asc' }],
    select: drawColumns,
  })
  return rows.map(({ documentIds, drawnAt, ...draw }, place) => ({
    ...draw,
    documentIds: z.array(idSchema).parse(documentIds),
    drawnAt: drawnAt.toISOString(),
    drawings: place + 1,
  }))
}

/**
 * Draws the documents of a draft that are read twice, as many as its protocol says, each set of them equally likely. The seed is the server's. Every
 * drawing is kept; a new one replaces the current one, and removes the plan's assignments, which were distributed for that.
 * @throws DomainError `not-found`, `version-mismatch`; `conflict` for a session that is no draft, has no second reading, or lacks what it needs.
 */
export async function drawSecondReading(
  permit: Permit<'review-session.update'>,
  { sessionId, version }: { sessionId: string; version: number },
): Promise<{ draw: SecondReadingDraw; version: number }> {
  const { workspaceId, actor } = permit
  const place = { workspaceId, sessionId }
  return write(permit, async (context) => {
    const { tx, now, record } = context
    const session = await lockLiveSession(tx, { workspaceId, id: sessionId })
    if (session.version !== version) {
      const current = await viewOf(tx, { actor, session, now })
      throw versionMismatch('review session', { expected: version, current })
    }
    if (session.state !== 'draft')
      throw new DomainError(
        'conflict',
        'What is read twice is drawn in a draft. Copy the session and draw in the copy.',
      )
    const protocol = protocolSchema.parse(session.protocol)
    if (protocol.secondReading === undefined)
      throw new DomainError('conflict', 'The protocol has no second reading. Choose one in it first.')
    const [problem] = secondReadingProblems(protocol)
    if (problem !== undefined) throw new DomainError('conflict', problem)
    const rows = await tx.sessionDocument.findMany({ where: place, select: { documentId: true } })
    const size = secondReadingSize(protocol, rows.length)
    if (size === 0)
      throw new DomainError('conflict', 'A second reading of a part needs at least three documents. Add some.')
    const ids = rows.map(({ documentId }) => documentId)
    const drawn = drawSample(
      ids.map((id) => ({ id })),
      size,
      drawSeed(),
    )
    await removePlan(context, place)
    await undoSecondReading(tx, place)
    await tx.sessionDocument.updateMany({
      where: { ...place, documentId: { in: drawn.ids } },
      data: { readTwice: true },
    })
    const { frameSize, seed } = drawn
    await tx.secondReadingDraw.create({
      data: {
        id: uuidv7(),
        ...place,
        memberId: actor.memberId,
        documentIds: asJson(drawn.ids),
        frameSize,
        frameSha256: hashFrame(ids),
        size,
        seed,
        drawnAt: now,
      },
      select: { id: true },
    })
    await tx.reviewSession.updateMany({
      where: { id: sessionId, workspaceId },
      data: { version: { increment: 1 }, updatedAt: now },
    })
    const draws = await readSecondReadingDraws(tx, place)
    const draw = draws.at(-1)
    if (draw === undefined) throw new Error('A drawing was not stored')
    // Neither the ids nor the seed: reviewers can see events, and must not know what is read twice.
    record({
      type: 'session-document.drawn',
      subjectId: sessionId,
      sessionId,
      data: { after: { size, frameSize, drawings: draw.drawings } },
    })
    return { draw, version: version + 1 }
  })
}

/** The drawings of a session, for members who plan it. @throws DomainError `not-found` for a session that the actor may not see. */
export async function listSecondReadingDraws(
  permit: Permit<'review-session.update'>,
  sessionId: string,
): Promise<SecondReadingDraw[]> {
  const { read } = await database()
  await visibleSession(read, permit.actor, sessionId)
  return readSecondReadingDraws(read, { workspaceId: permit.workspaceId, sessionId })
}

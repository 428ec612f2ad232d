/**
 * Review sessions for tests, ready for adjudication. Rows go straight to the database, as in factories.ts; only the claims are matched by the code
 * under test.
 */
import { permit, type Actor } from '@/lib/server/access/gate'
import { matchSessionClaims } from '@/lib/server/claims/match'
import type { Database } from '@/lib/server/db/client'
import { write } from '@/lib/server/db/write'
import { defaultProtocol, type Protocol } from '@/lib/domain/review-sessions/protocol'
import type { Rating, Stance } from '@/lib/domain/annotations/rating'
import type { SessionState } from '@/lib/domain/review-sessions/states'
import { factoryTime, makeId, type MadeDocument } from './factories'

const stamps = { createdAt: factoryTime, updatedAt: factoryTime }

export interface GivenSession {
  workspaceId: string
  documents: readonly MadeDocument[]
  /** Each reviewer is assigned every document and has submitted it. */
  reviewers: readonly Actor[]
  adjudicators: readonly Actor[]
  state?: SessionState
  protocol?: Partial<Protocol>
  guidelines?: string
  name?: string
}

/** A session in which all reviewers have submitted all documents. */
export interface MadeSession {
  id: string
  /** By document, then by member. */
  assignmentOf: (document: MadeDocument, member: Actor) => string
}

/** Makes a session in adjudication (or another state) with submitted assignments and no marks. */
export async function createSessionForClaims(database: Database, given: GivenSession): Promise<MadeSession> {
  const { workspaceId, documents, reviewers, adjudicators, state = 'adjudication' } = given
  const protocol = { ...defaultProtocol, ...given.protocol }
  const id = makeId()
  await database.write.reviewSession.create({
    data: {
      id,
      workspaceId,
      name: given.name ?? 'Spring round',
      guidelines: given.guidelines ?? '',
      protocol,
      blind: protocol.blind,
      reveal: protocol.reveal,
      state,
      createdById: makeId(),
      ...stamps,
      activatedAt: factoryTime,
      blindEndedAt: state === 'active' ? null : factoryTime,
      closedAt: state === 'closed' ? factoryTime : null,
    },
    select: { id: true },
  })
  const listed = [...new Set([...reviewers, ...adjudicators])]
  await database.write.sessionMember.createMany({
    data: listed.map((member) => ({
      workspaceId,
      sessionId: id,
      memberId: member.memberId,
      reviews: reviewers.includes(member),
      adjudicates: adjudicators.includes(member),
      createdAt: factoryTime,
    })),
  })
  await database.write.sessionDocument.createMany({
    data: documents.map(({ id: documentId, revisionId }, position) => ({
      workspaceId,
      sessionId: id,
      documentId,
      revisionId,
      position,
    })),
  })
  const assignments = documents.flatMap((document) =>
    reviewers.map((member) => ({ id: makeId(), documentId: document.id, memberId: member.memberId })),
  )
  await database.write.assignment.createMany({
    data: assignments.map((assignment) => ({
      ...assignment,
      workspaceId,
      sessionId: id,
      state: 'submitted' as const,
      createdById: makeId(),
      ...stamps,
      startedAt: factoryTime,
      submittedAt: factoryTime,
    })),
  })
  return {
    id,
    assignmentOf: (document, member) =>
      assignments.find(({ documentId, memberId }) => documentId === document.id && memberId === member.memberId)?.id ??
      '',
  }
}

export interface GivenMark {
  sessionId: string
  author: Actor
  document: MadeDocument
  /** Words of the document. Their first occurrence is annotated. */
  words: string
  rating?: Rating
  note?: string
  disputed?: boolean
  cites?: readonly { referenceId: string; stance: Stance; quote?: string }[]
}

/** A reviewer's annotation in a session. */
export async function createSessionMark(database: Database, given: GivenMark): Promise<{ id: string }> {
  const { sessionId, author, document, words, rating = 'unsourced', note = '', disputed = false, cites = [] } = given
  const start = document.text.indexOf(words)
  if (start < 0) throw new Error(`The document does not hold "${words}".`)
  const { workspaceId, memberId: authorId } = author
  const id = makeId()
  await database.write.annotation.create({
    data: {
      id,
      workspaceId,
      sessionId,
      authorId,
      revisionId: document.revisionId,
      start,
      end: start + words.length,
      exact: words,
      rating,
      note,
      disputed,
      phase: 'blind',
      ...stamps,
    },
    select: { id: true },
  })
  await database.write.citation.createMany({
    data: cites.map((citation, position) => ({ id: makeId(), workspaceId, annotationId: id, position, ...citation })),
  })
  return { id }
}

/**
 * Matches a session's claims, as starting adjudication does.
 * @returns their ids in the order of the text
 */
export async function matchClaimsOf(database: Database, actor: Actor, sessionId: string): Promise<string[]> {
  const { workspaceId } = actor
  await write(permit(actor, 'review-session.update'), (context) =>
    matchSessionClaims(context, { workspaceId, sessionId }),
  )
  const rows = await database.read.claim.findMany({
    where: { sessionId, deletedAt: null },
    orderBy: [{ documentId: 'asc' }, { start: 'asc' }],
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

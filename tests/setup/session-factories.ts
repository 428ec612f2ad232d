/** Makes review sessions for tests as factories.ts makes other rows: complete and valid, past the gate. */
import { protocolSchema, type Protocol } from '@/lib/domain/review-sessions/protocol'
import type { AssignmentState } from '@/lib/domain/assignments/states'
import type { SessionState } from '@/lib/domain/review-sessions/states'
import type { Actor } from '@/lib/server/access/gate'
import type { Database } from '@/lib/server/db/client'
import { factoryTime, makeId, type MadeDocument } from './factories'

export interface GivenSession {
  workspaceId: string
  name?: string
  state?: SessionState
  protocol?: Partial<Protocol>
  isTemplate?: boolean
  dueAt?: Date
  documents?: readonly MadeDocument[]
  /** The reviewers and adjudicators. A member in both lists does both. */
  reviewers?: readonly Actor[]
  adjudicators?: readonly Actor[]
}

/** Makes a session with its members and documents, and no assignments. */
export async function createSession(database: Database, given: GivenSession): Promise<{ id: string; name: string }> {
  const { workspaceId, state = 'draft', reviewers = [], adjudicators = [] } = given
  const id = makeId()
  const name = given.name ?? `Session ${id.slice(-4)}`
  const protocol = protocolSchema.parse(given.protocol ?? {})
  await database.write.reviewSession.create({
    data: {
      id,
      workspaceId,
      name,
      protocol,
      blind: protocol.blind,
      reveal: protocol.reveal,
      state,
      isTemplate: given.isTemplate ?? false,
      dueAt: given.dueAt ?? null,
      createdById: makeId(),
      createdAt: factoryTime,
      updatedAt: factoryTime,
      activatedAt: state === 'draft' ? null : factoryTime,
      blindEndedAt: state === 'adjudication' || state === 'closed' ? factoryTime : null,
      closedAt: state === 'closed' ? factoryTime : null,
    },
    select: { id: true },
  })
  const reviews = new Set(reviewers.map(({ memberId }) => memberId))
  const adjudicates = new Set(adjudicators.map(({ memberId }) => memberId))
  const members = [...new Set([...reviews, ...adjudicates])].map((memberId) => ({
    workspaceId,
    sessionId: id,
    memberId,
    reviews: reviews.has(memberId),
    adjudicates: adjudicates.has(memberId),
    createdAt: factoryTime,
  }))
  if (members.length > 0) await database.write.sessionMember.createMany({ data: members })
  const documents = (given.documents ?? []).map((document, position) => ({
    workspaceId,
    sessionId: id,
    documentId: document.id,
    revisionId: document.revisionId,
    position,
  }))
  if (documents.length > 0) await database.write.sessionDocument.createMany({ data: documents })
  return { id, name }
}

export interface GivenAssignment {
  sessionId: string
  documentId: string
  member: Actor
  state?: AssignmentState
  dueAt?: Date
}

/** Makes an assignment with the dates that its state implies. */
export async function createAssignment(database: Database, given: GivenAssignment): Promise<{ id: string }> {
  const { sessionId, documentId, member, state = 'assigned' } = given
  const submitted = ['submitted', 'returned', 'accepted'].includes(state)
  return database.write.assignment.create({
    data: {
      id: makeId(),
      workspaceId: member.workspaceId,
      sessionId,
      documentId,
      memberId: member.memberId,
      state,
      dueAt: given.dueAt ?? null,
      createdById: makeId(),
      createdAt: factoryTime,
      updatedAt: factoryTime,
      startedAt: state === 'started' || submitted ? factoryTime : null,
      submittedAt: submitted ? factoryTime : null,
      returnedAt: state === 'returned' ? factoryTime : null,
      acceptedAt: state === 'accepted' ? factoryTime : null,
      withdrawnAt: state === 'withdrawn' ? factoryTime : null,
    },
    select: { id: true },
  })
}

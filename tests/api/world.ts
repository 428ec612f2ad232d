import type { Role } from '@/lib/domain/access/policy'
import type { Actor } from '@/lib/server/access/gate'
import type { Database } from '@/lib/server/db/client'
import {
  createAnnotation,
  createDocument,
  createMember,
  createReference,
  createSource,
  createWorkspace,
  factoryTime,
  makeId,
  type MadeDocument,
} from '../setup/factories'
import { createCounts } from '../setup/counts'
import { createFrozenReport, type MadeReport } from '../setup/frozen-report'
import { createAssignment, createSession } from '../setup/session-factories'
import { makeAdjudication, type AdjudicationWorld } from './adjudication-world'
import { sessionOf, type Credentials } from './calls'

/** A workspace with a member of each role and one row of everything, and a member of another workspace. */
export interface World {
  database: Database
  workspaceId: string
  members: Record<Role, Actor>
  sessions: Record<Role, Credentials>
  /** An owner in another workspace. */
  outsider: Credentials
  document: MadeDocument
  /** Without documents. */
  emptySource: { id: string }
  /** Not cited. */
  reference: { id: string }
  /** By the reviewer, like the decision. */
  annotation: { id: string; start: number; end: number; exact: string }
  decisionId: string
  invitationId: string
  /** A token and a session of the reviewer. */
  tokenId: string
  signInId: string
  /** The document under review; without marks. */
  adjudication: AdjudicationWorld
  sessionDocument: MadeDocument
  /** Active and blind: the reviewer reviews `sessionDocument`, the lead adjudicates. */
  sessionId: string
  /** The reviewer's, not started. */
  assignmentId: string
  /** A draft with `sessionDocument` and the reviewer. */
  draftId: string
  /** The reviewer's, with `emptySource`. */
  conflictId: string
  /** On `document`, started by the reviewer with one comment. */
  threadId: string
  commentId: string
  /** The reviewer's annotation, which waits because its words changed in a later text. */
  carriedId: string
  /** A published report version about the document's source, which counts the reviewer's work and has a reply. */
  frozen: MadeReport
  /** The lead's batch of two files: one has failed, one is like `document`. */
  jobId: string
}

/** The document's text: two plain sentences, because a heading alone would be no sentence. The second has a character of two code units. */
export const worldText = 'Sales rose by 12% in May. The mayor was glad 🐟 of it.'
/** The bounds of its first sentence. */
export const firstSentence = { start: 0, end: 25 }
/** The bounds of its second sentence. */
export const secondSentence = { start: 26, end: 54 }

/** The text of the document under review: two sentences. */
export const worldReviewText = 'The weir was built in 1904. It has leaked since.'

/** Makes a world in an empty database. */
export async function makeWorld(database: Database): Promise<World> {
  const { id: workspaceId } = await createWorkspace(database)
  const members = {
    owner: await createMember(database, { workspaceId, role: 'owner' }),
    lead: await createMember(database, { workspaceId, role: 'lead' }),
    reviewer: await createMember(database, { workspaceId, role: 'reviewer' }),
    viewer: await createMember(database, { workspaceId, role: 'viewer' }),
  }
  const elsewhere = await createWorkspace(database)
  const outsider = await createMember(database, { workspaceId: elsewhere.id, role: 'owner' })
  const document = await createDocument(database, { workspaceId, text: worldText })
  const [decisionId, invitationId, tokenId, signInId] = [makeId(), makeId(), makeId(), makeId()]
  const { memberId } = members.reviewer
  await database.write.sentenceDecision.create({
    data: {
      id: decisionId,
      workspaceId,
      revisionId: document.revisionId,
      authorId: memberId,
      ...secondSentence,
      createdAt: factoryTime,
    },
    select: { id: true },
  })
  await database.write.invitation.create({
    data: {
      id: invitationId,
      workspaceId,
      email: 'new@example.org',
      role: 'viewer',
      tokenHash: makeId(),
      invitedById: members.owner.memberId,
      createdAt: factoryTime,
      expiresAt: new Date('2100-01-01T00:00:00Z'),
    },
    select: { id: true },
  })
  await database.write.apiToken.create({
    data: {
      id: tokenId,
      workspaceId,
      memberId,
      name: 'Script',
      tokenHash: makeId(),
      hint: 'abcd',
      scopes: 'read',
      createdAt: factoryTime,
    },
    select: { id: true },
  })
  await database.write.signIn.create({
    data: {
      id: signInId,
      userId: members.reviewer.userId,
      device: 'Firefox on Linux',
      startedAt: new Date(),
      lastUsedAt: new Date(),
    },
    select: { id: true },
  })
  const sessionDocument = await createDocument(database, { workspaceId, text: worldReviewText })
  const planned = { workspaceId, documents: [sessionDocument], reviewers: [members.reviewer] }
  const common = { ...planned, protocol: { reviewersPerDocument: 1 } }
  const session = await createSession(database, { ...common, state: 'active', adjudicators: [members.lead] })
  const draft = await createSession(database, common)
  const assignment = await createAssignment(database, {
    sessionId: session.id,
    documentId: sessionDocument.id,
    member: members.reviewer,
  })
  const emptySource = await createSource(database, { workspaceId })
  const conflictId = makeId()
  await database.write.conflictOfInterest.create({
    data: {
      id: conflictId,
      workspaceId,
      memberId,
      sourceId: emptySource.id,
      createdById: memberId,
      createdAt: factoryTime,
    },
    select: { id: true },
  })
  const [threadId, commentId] = [makeId(), makeId()]
  const stamps = { createdAt: factoryTime, updatedAt: factoryTime }
  await database.write.thread.create({
    data: { id: threadId, workspaceId, documentId: document.id, createdById: memberId, ...stamps },
    select: { id: true },
  })
  await database.write.comment.create({
    data: { id: commentId, workspaceId, threadId, authorId: memberId, body: 'Which log?', ...stamps },
    select: { id: true },
  })
  const { revisionId } = sessionDocument
  await database.write.closedDocument.create({
    data: {
      workspaceId,
      sessionId: session.id,
      documentId: sessionDocument.id,
      revisionId,
      body: {},
      closedAt: new Date(0),
    },
    select: { documentId: true },
  })
  await createCounts(database, {
    workspaceId,
    documentId: sessionDocument.id,
    sourceId: sessionDocument.sourceId,
    sessionId: session.id,
  })
  const [frame, frameKey] = [{ sourceIds: [document.sourceId], q: '' }, 'a'.repeat(64)]
  await database.write.sampleDraw.create({
    data: {
      id: makeId(),
      workspaceId,
      sessionId: draft.id,
      memberId,
      frame,
      frameKey,
      frameSha256: frameKey,
      frameSize: 1,
      size: 1,
      seed: 7,
      drawnAt: factoryTime,
    },
    select: { id: true },
  })
  await database.write.secondReadingDraw.create({
    data: {
      id: makeId(),
      workspaceId,
      sessionId: session.id,
      memberId,
      documentIds: [],
      frameSha256: frameKey,
      frameSize: 3,
      size: 2,
      seed: 7,
      drawnAt: factoryTime,
    },
  })
  const annotation = await createAnnotation(database, { author: members.reviewer, document, words: 'Sales rose' })
  const later = await createDocument(database, { workspaceId, text: 'Sales fell by 12% in May.' })
  await database.write.documentWithdrawal.create({
    data: {
      workspaceId,
      documentId: later.id,
      memberId,
      reason: 'Another paper wrote it.',
      withdrawnAt: factoryTime,
    },
    select: { documentId: true },
  })
  const carriedId = makeId()
  await database.write.carriedAnnotation.create({
    data: {
      id: carriedId,
      workspaceId,
      fromId: annotation.id,
      revisionId: later.revisionId,
      state: 'changed',
      score: 0.5,
      start: 0,
      end: 10,
      outcome: 'waiting',
      ...stamps,
    },
    select: { id: true },
  })
  const sketched = { workspaceId, revisionId: document.revisionId }
  await database.write.textSketch.create({ data: { ...sketched, hashes: [7] }, select: { revisionId: true } })
  await database.write.textSketchKey.create({ data: { ...sketched, hash: 7 }, select: { revisionId: true } })
  const jobId = makeId()
  const item = { workspaceId, jobId, memberId: members.lead.memberId, via: 'session' }
  await database.write.job.create({
    data: {
      id: jobId,
      workspaceId,
      kind: 'import',
      name: 'winter.txt and 1 more',
      choices: { source: { name: 'Gazette' }, sourceOfText: false, onSame: 'skip', onSimilar: 'ask' },
      state: 'finished',
      finishedAt: factoryTime,
      createdById: members.lead.memberId,
      ...stamps,
    },
    select: { id: true },
  })
  const found = { id: document.id, likeness: 'near', share: 0.9 }
  await database.write.jobItem.createMany({
    data: [
      { ...item, id: makeId(), position: 0, name: 'winter.txt', input: {}, state: 'failed', result: {} },
      { ...item, id: makeId(), position: 1, name: 'spring.txt', input: {}, state: 'undecided', result: { found } },
    ],
  })
  const frozen = await createFrozenReport(database, {
    workspaceId,
    sourceId: document.sourceId,
    documentIds: [document.id],
    lead: members.lead,
    reviewer: members.reviewer,
  })
  return {
    frozen,
    jobId,
    carriedId,
    threadId,
    commentId,
    database,
    workspaceId,
    members,
    sessions: {
      owner: await sessionOf(members.owner),
      lead: await sessionOf(members.lead),
      reviewer: await sessionOf(members.reviewer),
      viewer: await sessionOf(members.viewer),
    },
    outsider: await sessionOf(outsider),
    document,
    emptySource,
    conflictId,
    reference: await createReference(database, { workspaceId }),
    annotation,
    decisionId,
    invitationId,
    tokenId,
    signInId,
    sessionDocument,
    sessionId: session.id,
    assignmentId: assignment.id,
    draftId: draft.id,
    adjudication: await makeAdjudication(database, members),
  }
}

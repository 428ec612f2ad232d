import { createFrozenReport } from '../setup/frozen-report'
import { createCounts } from '../setup/counts'
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

const later = new Date(factoryTime.getTime() + 86_400_000)

/** A workspace with at least one valid row in every table of the schema. */
export async function createWorld(database: Database): Promise<void> {
  const { workspaceId, referenceId, annotationId, author, document } = await createEarlierWorld(database)
  await database.write.referenceMerge.create({
    data: {
      id: makeId(),
      workspaceId,
      keptId: referenceId,
      goneId: (await createReference(database, { workspaceId, snapshotText: 'The log of the harbour.' })).id,
      keptVersion: 2,
      goneVersion: 2,
      keptCsl: {},
      tookText: false,
      citationIds: [],
      verdictCitationIds: [],
      mergedAt: factoryTime,
    },
  })
  await database.write.revisionFetch.create({
    data: {
      revisionId: document.revisionId,
      requestedUrl: 'https://harbour.example/winter',
      url: 'https://harbour.example/a-cold-winter',
      status: 200,
      headers: { 'content-type': 'text/html' },
      fetchedAt: factoryTime,
    },
  })
  const { id: sessionId } = await database.read.reviewSession.findFirstOrThrow({
    where: { workspaceId },
    select: { id: true },
  })
  const { memberId } = author
  const { sourceId } = document
  await createFrozenReport(database, { workspaceId, sourceId, documentIds: [], lead: author, reviewer: author })
  await database.write.closedDocument.create({
    data: {
      workspaceId,
      sessionId,
      documentId: document.id,
      revisionId: document.revisionId,
      body: {},
      closedAt: factoryTime,
    },
  })
  await createCounts(database, { workspaceId, documentId: document.id, sourceId, sessionId })
  await database.write.documentWithdrawal.create({
    data: {
      workspaceId,
      documentId: document.id,
      memberId,
      reason: 'Another paper wrote it.',
      withdrawnAt: factoryTime,
    },
  })
  const digest = 'a'.repeat(64)
  await database.write.sampleDraw.create({
    data: {
      id: makeId(),
      workspaceId,
      sessionId,
      memberId,
      frame: {},
      frameKey: digest,
      frameSha256: digest,
      frameSize: 9,
      size: 3,
      seed: 7,
      drawnAt: factoryTime,
    },
  })
  await database.write.secondReadingDraw.create({
    data: {
      id: makeId(),
      workspaceId,
      sessionId,
      memberId,
      documentIds: [],
      frameSha256: digest,
      frameSize: 9,
      size: 3,
      seed: 7,
      drawnAt: factoryTime,
    },
  })
  const copy = await createAnnotation(database, { author, document })
  await database.write.carriedAnnotation.create({
    data: {
      id: makeId(),
      workspaceId,
      fromId: annotationId,
      revisionId: document.revisionId,
      state: 'changed',
      score: 0.5,
      start: 0,
      end: 10,
      outcome: 'carried',
      toId: copy.id,
      decidedById: author.memberId,
      decidedAt: factoryTime,
      createdAt: factoryTime,
      updatedAt: factoryTime,
    },
  })
  const [jobId, itemId] = [makeId(), makeId()]
  const item = { id: itemId, workspaceId, jobId, position: 0, name: 'winter.txt', input: {}, result: {} }
  await database.write.job.create({
    data: {
      id: jobId,
      workspaceId,
      kind: 'import',
      name: 'winter.txt',
      choices: {},
      state: 'finished',
      createdById: memberId,
      createdAt: factoryTime,
      updatedAt: factoryTime,
      finishedAt: later,
    },
  })
  await database.write.jobItem.create({ data: { ...item, memberId, via: 'session', changedAt: factoryTime } })
  const sketched = { workspaceId, revisionId: document.revisionId }
  await database.write.textSketch.create({ data: { ...sketched, hashes: [7] } })
  await database.write.textSketchKey.create({ data: { ...sketched, hash: 7 } })
  await database.write.jobItemFile.create({ data: { itemId, bytes: new Uint8Array([1]), byteLength: 1 } })
}

/** The same without the tables that are newer than ids per workspace. */
export async function createEarlierWorld(
  database: Database,
): Promise<{ workspaceId: string; referenceId: string; annotationId: string; author: Actor; document: MadeDocument }> {
  const workspaceId = (await createWorkspace(database)).id
  const author = await createMember(database, { workspaceId, role: 'lead' })
  const sourceId = (await createSource(database, { workspaceId })).id
  const document = await createDocument(database, { workspaceId, sourceId })
  const annotation = await createAnnotation(database, { author, document })
  const referenceId = (await createReference(database, { workspaceId, snapshotText: 'The log of the harbour.' })).id
  const { memberId, userId } = author
  const { revisionId } = document
  const createdAt = factoryTime
  const updatedAt = factoryTime
  const { write } = database

  await write.identity.create({ data: { issuer: `https://${makeId()}.example`, subject: makeId(), userId, createdAt } })
  await write.setupLink.create({ data: { id: makeId(), tokenHash: makeId(), createdAt, expiresAt: later } })
  await write.passwordReset.create({ data: { id: makeId(), userId, tokenHash: makeId(), createdAt, expiresAt: later } })
  await write.endedSession.create({ data: { id: makeId(), expiresAt: later } })
  await write.signIn.create({
    data: { id: makeId(), userId, device: 'Firefox on Linux', startedAt: createdAt, lastUsedAt: createdAt },
  })
  await write.invitation.create({
    data: {
      id: makeId(),
      workspaceId,
      email: 'new@example.org',
      role: 'viewer',
      tokenHash: makeId(),
      invitedById: memberId,
      createdAt,
      expiresAt: later,
    },
  })
  await write.apiToken.create({
    data: {
      id: makeId(),
      workspaceId,
      memberId,
      name: 'script',
      tokenHash: makeId(),
      hint: 'abcd',
      scopes: 'read',
      createdAt,
    },
  })
  await write.scopeChange.create({
    data: { id: makeId(), workspaceId, revisionId, memberId, start: 0, end: 5, inScope: false, createdAt },
  })
  await write.sentenceDecision.create({
    data: { id: makeId(), workspaceId, revisionId, authorId: memberId, start: 0, end: 5, createdAt },
  })
  await write.citation.create({
    data: {
      id: makeId(),
      workspaceId,
      annotationId: annotation.id,
      referenceId,
      position: 0,
      stance: 'supports',
      quoteStart: 0,
      quoteEnd: 4,
    },
  })
  const tagId = makeId()
  await write.tag.create({ data: { id: tagId, workspaceId, folded: 'shipping', createdAt } })
  await write.annotationTag.create({ data: { workspaceId, annotationId: annotation.id, tagId, name: 'Shipping' } })
  await write.documentTag.create({ data: { workspaceId, documentId: document.id, tagId, name: 'Shipping' } })
  const sessionId = makeId()
  const session = { workspaceId, sessionId, documentId: document.id }
  await write.reviewSession.create({
    data: { id: sessionId, workspaceId, name: 'Spring', protocol: {}, createdById: memberId, createdAt, updatedAt },
  })
  await write.sessionMember.create({ data: { workspaceId, sessionId, memberId, adjudicates: true, createdAt } })
  // As session documents were at that time: today's client would write one more column.
  await write.$executeRaw`INSERT INTO "SessionDocument" ("workspaceId", "sessionId", "documentId", "revisionId", "position")
    VALUES (${workspaceId}, ${sessionId}, ${document.id}, ${revisionId}, 0)`
  await write.conflictOfInterest.create({
    data: { id: makeId(), workspaceId, memberId, sourceId, createdById: memberId, createdAt },
  })
  const assignmentId = makeId()
  await write.assignment.create({
    data: { id: assignmentId, ...session, memberId, createdById: memberId, createdAt, updatedAt },
  })
  await write.blindRating.create({
    data: {
      ...session,
      assignmentId,
      annotationId: annotation.id,
      memberId,
      start: 0,
      end: 5,
      rating: 'unsourced',
      disputed: false,
      partial: false,
      createdAt,
    },
  })
  const claimId = makeId()
  await write.claim.create({
    data: { id: claimId, ...session, revisionId, start: 0, end: 5, exact: 'Sales', createdAt, updatedAt },
  })
  await write.claimAnnotation.create({ data: { workspaceId, claimId, annotationId: annotation.id } })
  const verdictId = makeId()
  await write.verdict.create({
    data: {
      id: verdictId,
      workspaceId,
      claimId,
      deciderId: memberId,
      rating: 'unsourced',
      reason: 'no-evidence',
      votes: [],
      createdAt,
      updatedAt,
    },
  })
  await write.verdictCitation.create({
    data: { id: makeId(), workspaceId, verdictId, referenceId, position: 0, stance: 'mentions' },
  })
  const threadId = makeId()
  await write.thread.create({
    data: { id: threadId, ...session, claimId, createdById: memberId, createdAt, updatedAt },
  })
  const commentId = makeId()
  await write.comment.create({
    data: { id: commentId, workspaceId, threadId, authorId: memberId, body: 'Which year?', createdAt, updatedAt },
  })
  await write.mention.create({ data: { workspaceId, commentId, memberId } })
  await write.notification.create({
    data: { id: makeId(), workspaceId, memberId, type: 'mention', data: {}, createdAt },
  })
  await write.event.create({
    data: {
      workspaceId,
      actorId: memberId,
      via: 'session',
      type: 'annotation.created',
      subjectId: annotation.id,
      data: {},
      at: createdAt,
    },
  })
  return { workspaceId, referenceId, annotationId: annotation.id, author, document }
}

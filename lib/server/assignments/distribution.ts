import { randomInt } from 'node:crypto'
import { distribute, type Distribution, type DistributionInput } from '@/lib/domain/assignments/distribution/distribute'
import { explainAssignment, explainShortage } from '@/lib/domain/assignments/explain-assignment'
import { planLocked } from '@/lib/domain/assignments/obstacles'
import type { DistributionRequest, DistributionView } from '@/lib/domain/assignments/schema'
import { DomainError } from '@/lib/domain/errors'
import { protocolSchema, readersOf, secondReadingSize } from '@/lib/domain/review-sessions/protocol'
import { largestSeed } from '@/lib/domain/review-sessions/sample'
import type { Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { write } from '../db/write'
import { lockLiveSession, visibleSession, type SessionRow } from '../visibility/sessions'
import { assignPairs, readElsewhere } from './assign'
import { readConflicts } from './conflicts-of-interest'

interface SessionWork {
  documents: { id: string; title: string; sourceId: string; words: number; readTwice: boolean | number }[]
  reviewers: { id: string; weight: number; quotaDocuments: number | null; quotaWords: number | null }[]
  names: Map<string, string>
}

/** The live documents of a session, and its reviewers who may work. */
async function readWork(
  reader: Reader | Transaction,
  { workspaceId, sessionId }: { workspaceId: string; sessionId: string },
): Promise<SessionWork> {
  const documents = await reader.$queryRaw<SessionWork['documents']>`
    SELECT e."documentId" AS "id", d."title", d."sourceId", v."wordCount" AS "words", e."readTwice"
    FROM "SessionDocument" e
    JOIN "Document" d ON d."workspaceId" = e."workspaceId" AND d."id" = e."documentId" AND d."deletedAt" IS NULL
    JOIN "Revision" v ON v."workspaceId" = e."workspaceId" AND v."id" = e."revisionId"
    WHERE e."workspaceId" = ${workspaceId} AND e."sessionId" = ${sessionId}`
  const parts = await reader.sessionMember.findMany({
    where: {
      workspaceId,
      sessionId,
      reviews: true,
      member: { status: 'active', role: { not: 'viewer' } },
    },
    select: { memberId: true, weight: true, quotaDocuments: true, quotaWords: true },
  })
  const members = await reader.member.findMany({
    where: { workspaceId },
    select: { id: true, user: { select: { name: true } } },
  })
  return {
    documents,
    reviewers: parts.map(({ memberId, ...part }) => ({ id: memberId, ...part })),
    names: new Map(members.map(({ id, user }) => [id, user.name])),
  }
}

async function plan(
  reader: Reader | Transaction,
  { workspaceId, session, seed }: { workspaceId: string; session: SessionRow; seed: number },
): Promise<{ distribution: Distribution; work: SessionWork }> {
  const sessionId = session.id
  const work = await readWork(reader, { workspaceId, sessionId })
  const memberIds = work.reviewers.map(({ id }) => id)
  const standing = await reader.assignment.findMany({
    where: { workspaceId, sessionId },
    select: { documentId: true, memberId: true, state: true },
  })
  const declared = await readConflicts(reader, { workspaceId, memberIds })
  const bySource = new Map<string, string[]>()
  for (const { id, sourceId } of work.documents) bySource.set(sourceId, [...(bySource.get(sourceId) ?? []), id])
  const elsewhere = await readElsewhere(reader, { workspaceId, sessionId, memberIds })
  const protocol = protocolSchema.parse(session.protocol)
  const input: DistributionInput = {
    documents: work.documents.map(({ id, words, readTwice }) => {
      return { id, words, readers: readersOf(protocol, Boolean(readTwice)) }
    }),
    reviewers: work.reviewers.map(({ id, weight, quotaDocuments, quotaWords }) => ({
      id,
      weight,
      ...(quotaDocuments === null ? {} : { quotaDocuments }),
      ...(quotaWords === null ? {} : { quotaWords }),
    })),
    reviewersPerDocument: protocol.reviewersPerDocument,
    conflicts: declared.flatMap(({ memberId, documentId, sourceId }) =>
      (documentId === null ? (bySource.get(sourceId ?? '') ?? []) : [documentId]).map((id) => ({
        reviewerId: memberId,
        documentId: id,
      })),
    ),
    elsewhere: [...elsewhere.keys()].map((key) => {
      const [documentId = '', reviewerId = ''] = key.split(' ')
      return { documentId, reviewerId }
    }),
    existing: standing.map(({ documentId, memberId, state }) => ({
      documentId,
      reviewerId: memberId,
      counts: state !== 'withdrawn',
    })),
    seed,
  }
  return { distribution: distribute(input), work }
}

function present(
  { assignments, short, loads }: Distribution,
  { seed, dryRun, work }: { seed: number; dryRun: boolean; work: SessionWork },
): DistributionView {
  const titles = new Map(work.documents.map(({ id, title }) => [id, title]))
  const document = (id: string) => ({ id, title: titles.get(id) ?? '' })
  const member = (id: string) => ({ id, name: work.names.get(id) ?? '' })
  return {
    seed,
    dryRun,
    assignments: assignments.map(({ documentId, reviewerId, why }) => ({
      document: document(documentId),
      member: member(reviewerId),
      why: explainAssignment(why, { reviewer: member(reviewerId).name, people: work.names }),
    })),
    short: short.map(({ documentId, missing, reasons }) => ({
      document: document(documentId),
      missing,
      reasons: explainShortage({ missing, reasons }, work.names),
    })),
    loads: loads.map(({ reviewerId, ...load }) => ({ member: member(reviewerId), ...load })),
  }
}

/**
 * Distributes a session's documents over its reviewers by lib/domain/assignments/distribution/distribute.ts: existing assignments stay, free places
 * are filled. The same seed gives the same result as long as nothing else changed; repeating it when every place is filled changes nothing.
 * @throws DomainError `not-found`; `conflict` for a session whose plan is closed, or that has no documents or reviewers.
 */
export async function distributeDocuments(
  permit: Permit<'assignment.manage'>,
  { sessionId, request }: { sessionId: string; request: DistributionRequest },
): Promise<DistributionView> {
  const { workspaceId, actor } = permit
  const { dryRun, seed = randomInt(largestSeed) } = request
  const check = (session: SessionRow, work: SessionWork) => {
    const locked = planLocked(session)
    if (locked !== null) throw new DomainError('conflict', locked)
    if (work.documents.length === 0) throw new DomainError('conflict', 'Add documents to the session first.')
    if (work.reviewers.length === 0) throw new DomainError('conflict', 'Add reviewers to the session first.')
    const protocol = protocolSchema.parse(session.protocol)
    const drawn = work.documents.filter(({ readTwice }) => Boolean(readTwice)).length
    if (protocol.secondReading !== undefined && drawn !== secondReadingSize(protocol, work.documents.length))
      throw new DomainError('conflict', 'Draw the documents that are read twice first: they get two reviewers.')
  }
  if (dryRun) {
    const { read } = await database()
    const session = await visibleSession(read, actor, sessionId)
    const { distribution, work } = await plan(read, { workspaceId, session, seed })
    check(session, work)
    return present(distribution, { seed, dryRun, work })
  }
  return write(permit, async (context) => {
    const session = await lockLiveSession(context.tx, { workspaceId, id: sessionId })
    const { distribution, work } = await plan(context.tx, { workspaceId, session, seed })
    check(session, work)
    // One member after the other: ids and the numbers of events rise in this order, and must not tell how many others got what lies between two documents of one's own.
    const pairs = distribution.assignments
      .map(({ documentId, reviewerId, why }) => ({ documentId, memberId: reviewerId, why }))
      .sort((one, other) => (one.memberId < other.memberId ? -1 : one.memberId > other.memberId ? 1 : 0))
    if (pairs.length > 0) await assignPairs(context, permit, { session, pairs, dueAt: null })
    return present(distribution, { seed, dryRun, work })
  })
}

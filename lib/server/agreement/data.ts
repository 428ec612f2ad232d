import type { SessionAgreement, Agreement } from '@/lib/domain/agreement/schema'
import { protocolSchema } from '@/lib/domain/review-sessions/protocol'
import { computeSessionAgreement } from '@/lib/domain/agreement/session-agreement'
import type { BlindDocument } from '@/lib/domain/agreement/statistics'
import type { Rating } from '@/lib/domain/annotations/rating'
import type { Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { readDocumentsToJudgeBlind } from '../review-sessions/matrix-rows'
import { viewerOf } from '../visibility/marks'
import { visibleSession, type SessionRow } from '../visibility/sessions'
import { turns } from '../turns'
import { Prisma } from '../db/generated/sqlite/client'
import { shownTitle } from '../documents/shown-title'

/** The input of a session's agreement. `stamp` changes whenever any of the input does. */
interface AgreementInput {
  documents: BlindDocument[]
  titles: { id: string; title: string }[]
  reviewers: { id: string; name: string }[]
  withdrawn: number
  stamp: string
}

interface RawTask {
  id: string
  documentId: string
  memberId: string
  state: string
  version: number
  title: string
  revisionId: string
  name: string
}

/** Text lengths in UTF-16 code units, by revision. They never change, and are counted here because the databases count characters differently. */
const lengths = new Map<string, number>()
/** The most lengths kept in memory. */
const maxLengths = 50_000

async function readLengths(reader: Transaction, revisionIds: readonly string[]): Promise<void> {
  const unknown = revisionIds.filter((id) => !lengths.has(id))
  if (unknown.length === 0) return
  if (lengths.size + unknown.length > maxLengths) lengths.clear()
  const rows = await reader.revision.findMany({
    where: { id: { in: [...revisionIds] } },
    select: { id: true, text: true },
  })
  for (const { id, text } of rows) lengths.set(id, text.length)
}

interface RawRating {
  assignmentId: string
  annotationId: string
  start: number
  end: number
  rating: Rating
}

/**
 * The blind ratings of a session, with who submitted which document. A document submitted without a mark is included; work that was withdrawn is only
 * counted. `documentIds` narrows it to these documents and must not be empty.
 */
export async function readAgreementInput(
  reader: Transaction,
  { workspaceId, sessionId, documentIds }: { workspaceId: string; sessionId: string; documentIds?: readonly string[] },
): Promise<AgreementInput> {
  const among = (column: Prisma.Sql) =>
    documentIds === undefined ? Prisma.empty : Prisma.sql`AND ${column} IN (${Prisma.join([...documentIds])})`
  const tasks = await reader.$queryRaw<RawTask[]>`
    SELECT a."id", a."documentId", a."memberId", CAST(a."state" AS TEXT) AS "state", a."version", ${shownTitle} AS "title", e."revisionId", u."name"
    FROM "Assignment" a
    JOIN "Document" d ON d."workspaceId" = a."workspaceId" AND d."id" = a."documentId"
    JOIN "SessionDocument" e ON e."workspaceId" = a."workspaceId" AND e."sessionId" = a."sessionId" AND e."documentId" = a."documentId"
    JOIN "Member" m ON m."workspaceId" = a."workspaceId" AND m."id" = a."memberId"
    JOIN "User" u ON u."id" = m."userId"
    WHERE a."sessionId" = ${sessionId} AND a."workspaceId" = ${workspaceId} AND a."submittedAt" IS NOT NULL
      ${among(Prisma.sql`a."documentId"`)}
    ORDER BY a."documentId", a."memberId"`
  const ratings = await reader.$queryRaw<RawRating[]>`
    SELECT r."assignmentId", r."annotationId", r."start", r."end", CAST(r."rating" AS TEXT) AS "rating"
    FROM "BlindRating" r
    WHERE r."sessionId" = ${sessionId} AND r."workspaceId" = ${workspaceId} ${among(Prisma.sql`r."documentId"`)}
    ORDER BY r."assignmentId", r."start", r."annotationId"`
  const ratingsOf = new Map<string, RawRating[]>()
  for (const rating of ratings) {
    const before = ratingsOf.get(rating.assignmentId)
    if (before === undefined) ratingsOf.set(rating.assignmentId, [rating])
    else before.push(rating)
  }
  const counted = tasks.filter(({ state }) => state !== 'withdrawn')
  await readLengths(reader, [...new Set(counted.map(({ revisionId }) => revisionId))])
  const byDocument = new Map<string, { title: string; length: number; tasks: RawTask[] }>()
  for (const task of counted) {
    const known = byDocument.get(task.documentId) ?? {
      title: task.title,
      length: lengths.get(task.revisionId) ?? 0,
      tasks: [],
    }
    known.tasks.push(task)
    byDocument.set(task.documentId, known)
  }
  const entered = counted.reduce((sum, { id }) => sum + (ratingsOf.get(id)?.length ?? 0), 0)
  return {
    documents: [...byDocument].map(([id, { length, tasks: own }]) => ({
      id,
      length,
      reviewers: own.map((task) => ({
        id: task.memberId,
        spans: (ratingsOf.get(task.id) ?? []).map(({ annotationId, start, end, rating }) => ({
          id: annotationId,
          start,
          end,
          rating,
        })),
      })),
    })),
    titles: [...byDocument].map(([id, { title }]) => ({ id, title })),
    reviewers: [...new Map(counted.map(({ memberId, name }) => [memberId, { id: memberId, name }])).values()],
    withdrawn: ratings.length - entered,
    stamp: counted
      .map(({ id, version }) => `${id}:${String(version)}:${String(ratingsOf.get(id)?.length ?? 0)}`)
      .join(' '),
  }
}

/** The most results kept in memory. */
const maxKept = 20

interface Kept {
  stamp: string
  agreement: Promise<Agreement>
}

const kept = new Map<string, Kept>()

/**
 * Computes the agreement of blind ratings, letting other requests have their turn. Callers share one result while the ratings stay the same.
 * @param of what the agreement is of: a session, or a source as a report sees it. `stamp` changes whenever its ratings do.
 */
export function agreementOf(
  of: string,
  { documents, stamp }: { documents: readonly BlindDocument[]; stamp: string },
): Promise<Agreement> {
  const known = kept.get(of)
  if (known?.stamp === stamp) return known.agreement
  const agreement = computeSessionAgreement(documents, turns)
  kept.delete(of)
  kept.set(of, { stamp, agreement })
  agreement.catch(() => {
    if (kept.get(of)?.agreement === agreement) kept.delete(of)
  })
  for (const id of kept.keys()) {
    if (kept.size <= maxKept) break
    kept.delete(id)
  }
  return agreement
}

/** Documents that a session with a second reading has read once: they say nothing about agreement. */
async function readOnceIds(
  read: Reader,
  { workspaceId, session }: { workspaceId: string; session: SessionRow },
): Promise<ReadonlySet<string>> {
  if (protocolSchema.parse(session.protocol).secondReading === undefined) return new Set()
  const rows = await read.sessionDocument.findMany({
    where: { workspaceId, sessionId: session.id, readTwice: false },
    select: { documentId: true },
  })
  return new Set(rows.map(({ documentId }) => documentId))
}

/**
 * The agreement of a session's blind ratings. It is hidden from everyone while a blind session is active, because it would show what others marked.
 * Afterwards it stays hidden from members who judge one of its documents blind in another session.
 * @throws DomainError `not-found` for a session that the actor may not see.
 */
export async function readSessionAgreement(
  permit: Permit<'agreement.read'>,
  sessionId: string,
): Promise<SessionAgreement> {
  const { read } = await database()
  const session = await visibleSession(read, permit.actor, sessionId)
  const nothing = { sessionId, agreement: null, reviewers: [], documents: [], withdrawn: 0 }
  if (!protocolSchema.parse(session.protocol).blind) {
    const says = 'This session was open: its reviewers saw each other’s marks, so their agreement says nothing.'
    return { ...nothing, state: 'not-blind', says }
  }
  if (session.state === 'draft' || session.state === 'active') {
    return { ...nothing, state: 'hidden-while-blind', says: 'Agreement is hidden until the blind phase ends.' }
  }
  if ((await readDocumentsToJudgeBlind(read, { sessionId, viewer: viewerOf(permit) })).size > 0) {
    const says = 'Agreement is hidden from you while you judge a document of this session blind in another one.'
    return { ...nothing, state: 'hidden-while-blind', says }
  }
  const input = await readAgreementInput(read, { workspaceId: permit.workspaceId, sessionId })
  const once = await readOnceIds(read, { workspaceId: permit.workspaceId, session })
  input.documents = input.documents.filter(({ id }) => !once.has(id))
  if (input.documents.length === 0)
    return { ...nothing, state: 'nothing-submitted', says: 'Nothing was submitted in this session.' }
  const { reviewers, titles, withdrawn } = input
  const agreement = await agreementOf(`session ${permit.workspaceId} ${sessionId}`, input)
  const says = agreement.established
    ? 'Agreement is established.'
    : `Agreement is not established: ${agreement.reasons.map((reason) => reason.says).join(' ')}`
  return { sessionId, state: 'shown', says, agreement, reviewers, documents: titles, withdrawn }
}

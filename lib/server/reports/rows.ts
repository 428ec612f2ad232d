import type { SessionRecord } from '@/lib/domain/reports/input-schema'
import { defaultProtocol, protocolSchema } from '@/lib/domain/review-sessions/protocol'
import { sampleSchema } from '@/lib/domain/review-sessions/schema'
import { drawnPartSchema, type DrawnPart } from '@/lib/domain/reports/review-schema'
import type { Transaction } from '../db/client'
import { readDocumentsInBlindPhase } from '../visibility/marks'
import { readClosedPlaces, splitPlaces, type ClosedPlace } from '../closed-sessions/places'
import { annotationCitationColumns } from '../closed-sessions/marks-with-evidence'
import { citedReferenceColumns } from '../references/present'
import { giveWay } from '../turns'
import { Prisma } from '../db/generated/sqlite/client'

const annotationColumns = {
  id: true,
  revisionId: true,
  authorId: true,
  start: true,
  end: true,
  exact: true,
  rating: true,
  phase: true,
  disputed: true,
  partial: true,
  note: true,
  createdAt: true,
  updatedAt: true,
} as const

interface OfSource {
  workspaceId: string
  sourceId: string
  /** The one closed session whose documents and verdicts are read; the sessions that count by default. */
  sessionId?: string
}

/** Everything stored about a source's documents, flat. */
export type ReportRows = Awaited<ReturnType<typeof readReportRows>>

/**
 * Reads the input of a report, with one query per table regardless of the number of documents: Prisma reads a relation over two columns with a
 * condition for every row, which takes seconds where these take milliseconds. Each document is read in the revision of its last closed session, or in
 * its latest one.
 *
 * A document in a blind phase is listed without any marks or verdicts, regardless of where and by whom they were made: a report is the same for
 * everyone, and no reviewer may learn from it what another marked. `documentsInBlindPhase` counts these documents. `places` are the closed sessions
 * whose verdicts count, one for each document that has one.
 */
export async function readReportRows(read: Transaction, { workspaceId, sourceId, sessionId }: OfSource) {
  const inSession = sessionId === undefined ? {} : { sessionDocuments: { some: { workspaceId, sessionId } } }
  const documents = await read.document.findMany({
    where: { workspaceId, sourceId, deletedAt: null, ...inSession },
    orderBy: [{ publishedOn: 'asc' }, { id: 'asc' }],
    select: { id: true, title: true, publishedOn: true },
  })
  const numbered = await read.revision.findMany({
    where: { workspaceId, documentId: { in: documents.map(({ id }) => id) } },
    orderBy: { number: 'asc' },
    select: { id: true, documentId: true },
  })
  const latestOf = new Map(numbered.map(({ id, documentId }) => [documentId, id]))
  await giveWay()
  const blind = await readDocumentsInBlindPhase(read, workspaceId)
  await giveWay()
  const seen = documents.flatMap(({ id }) => (blind.has(id) ? [] : [id]))
  const all = await readClosedPlaces(read, workspaceId, sessionId === undefined ? { documentIds: seen } : { sessionId })
  const isSeen = new Set(seen)
  const { last: places, earlier } = splitPlaces(all.filter(({ documentId }) => isSeen.has(documentId)))
  const settledOf = new Map(places.map(({ documentId, revisionId }) => [documentId, revisionId]))
  const shown = [...latestOf].map(([documentId, latest]) => settledOf.get(documentId) ?? latest)
  const revisions = await readRevisions(read, workspaceId, shown)
  const scopeChanges = await read.scopeChange.findMany({
    where: { workspaceId, revisionId: { in: shown } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { revisionId: true, start: true, end: true, inScope: true, reason: true },
  })
  await giveWay()
  const open = seen.flatMap((documentId) => (settledOf.has(documentId) ? [] : (latestOf.get(documentId) ?? [])))
  return {
    documents,
    documentsInBlindPhase: documents.length - seen.length,
    seen,
    latestOf,
    places,
    earlier,
    started: await readStarted(read, workspaceId, places),
    revisions,
    scopeChanges,
    ...(await readMarks(read, workspaceId, open)),
  }
}

/** How many revisions' contents are read in one go, so that other requests have their turn. */
const fewAtOnce = 10

async function readRevisions(read: Transaction, workspaceId: string, ids: readonly string[]) {
  const readSome = (some: string[]) =>
    read.revision.findMany({
      where: { workspaceId, id: { in: some } },
      select: { id: true, documentId: true, sha256: true, content: true, sentences: true },
    })
  const found: Awaited<ReturnType<typeof readSome>> = []
  for (let first = 0; first < ids.length; first += fewAtOnce) {
    await giveWay()
    found.push(...(await readSome(ids.slice(first, first + fewAtOnce))))
  }
  await giveWay()
  return found
}

/** When reviewers started with documents in closed sessions. */
async function readStarted(read: Transaction, workspaceId: string, places: readonly ClosedPlace[]) {
  return read.assignment.findMany({
    where: {
      workspaceId,
      sessionId: { in: [...new Set(places.map(({ sessionId }) => sessionId))] },
      documentId: { in: places.map(({ documentId }) => documentId) },
      startedAt: { not: null },
      state: { not: 'withdrawn' },
    },
    select: { sessionId: true, documentId: true, startedAt: true },
  })
}

/** The marks of revisions that no closed session read, with their evidence. */
async function readMarks(read: Transaction, workspaceId: string, revisionIds: readonly string[]) {
  const ofThese = { workspaceId, revisionId: { in: [...revisionIds] } }
  const annotations = await read.annotation.findMany({
    where: { ...ofThese, deletedAt: null },
    orderBy: { id: 'asc' },
    select: annotationColumns,
  })
  const decisions = await read.sentenceDecision.findMany({
    where: ofThese,
    orderBy: { id: 'asc' },
    select: { id: true, revisionId: true, authorId: true, start: true, end: true, createdAt: true },
  })
  const citations = await read.citation.findMany({
    where: { workspaceId, annotation: { revisionId: { in: [...revisionIds] }, deletedAt: null } },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: annotationCitationColumns,
  })
  const references = await read.reference.findMany({
    where: { workspaceId, id: { in: [...new Set(citations.map(({ referenceId }) => referenceId))] } },
    select: citedReferenceColumns,
  })
  return { annotations, decisions, citations, references }
}

/** Documents of a source that were deleted after a closed session had assessed them: why, by whom and when, and the last of those sessions. */
export async function readWithdrawn(read: Transaction, { workspaceId, sourceId, sessionId }: OfSource) {
  const inSession = sessionId === undefined ? {} : { sessionDocuments: { some: { workspaceId, sessionId } } }
  const documents = await read.document.findMany({
    where: { workspaceId, sourceId, deletedAt: { not: null }, ...inSession },
    orderBy: { id: 'asc' },
    select: {
      id: true,
      title: true,
      publishedOn: true,
      deletedAt: true,
      withdrawal: { select: { reason: true, memberId: true, withdrawnAt: true } },
    },
  })
  const { last: places } = splitPlaces(
    await readClosedPlaces(read, workspaceId, { documentIds: documents.map(({ id }) => id) }),
  )
  return { documents, places }
}

type Draws = Required<Pick<SessionRecord, 'draws' | 'otherDraws'>>

/** Every drawing of a sample into sessions, by session, and how often the last drawing's frame was drawn from into other sessions. */
async function readDraws(
  read: Transaction,
  workspaceId: string,
  sessionIds: readonly string[],
): Promise<ReadonlyMap<string, Draws>> {
  const orderBy = [{ drawnAt: 'asc' as const }, { id: 'asc' as const }]
  const rows = await read.sampleDraw.findMany({ where: { workspaceId, sessionId: { in: [...sessionIds] } }, orderBy })
  if (rows.length === 0) return new Map()
  const others = await read.sampleDraw.findMany({
    where: { workspaceId, frameKey: { in: [...new Set(rows.map(({ frameKey }) => frameKey))] } },
    select: { sessionId: true, frameKey: true, seed: true, drawnAt: true },
  })
  // A copied session brings its drawings along: one drawing can be in two sessions.
  const nameOf = ({ seed, drawnAt }: { seed: number; drawnAt: Date }) => `${String(seed)} ${drawnAt.toISOString()}`
  return new Map(
    sessionIds.map((id) => {
      const own = rows.filter(({ sessionId }) => sessionId === id)
      const frameKey = own.at(-1)?.frameKey
      const known = new Set(own.map(nameOf))
      const elsewhere = others.filter((draw) => draw.frameKey === frameKey && !known.has(nameOf(draw)))
      const draws = own.map(({ memberId, frame, frameSize, size, seed, drawnAt }) => ({
        by: memberId,
        frame: sampleSchema.shape.frame.parse(frame),
        frameSize,
        size,
        seed,
        drawnAt: drawnAt.toISOString(),
      }))
      return [id, { draws, otherDraws: new Set(elsewhere.map(nameOf)).size }]
    }),
  )
}

/** The documents drawn to be read twice, by session: the last drawing of each, and how many drawings there were. */
async function readParts(
  read: Transaction,
  workspaceId: string,
  sessionIds: readonly string[],
): Promise<ReadonlyMap<string, DrawnPart>> {
  const rows = await read.secondReadingDraw.findMany({
    where: { workspaceId, sessionId: { in: [...sessionIds] } },
    orderBy: [{ drawnAt: 'asc' }, { id: 'asc' }],
    select: {
      sessionId: true,
      documentIds: true,
      frameSize: true,
      frameSha256: true,
      size: true,
      seed: true,
      drawnAt: true,
    },
  })
  const found = new Map<string, DrawnPart>()
  for (const { sessionId, documentIds, drawnAt, ...draw } of rows) {
    const drawings = (found.get(sessionId)?.drawings ?? 0) + 1
    const ids = drawnPartSchema.shape.documentIds.parse(documentIds)
    found.set(sessionId, { ...draw, documentIds: ids, drawnAt: drawnAt.toISOString(), drawings })
  }
  return found
}

/** The stored sessions, with how many documents they have. */
export async function readSessionRecords(
  read: Transaction,
  { workspaceId, sourceId, ids }: { workspaceId: string; sourceId: string; ids: readonly string[] },
): Promise<SessionRecord[]> {
  const sessions = await read.reviewSession.findMany({
    where: { workspaceId, id: { in: [...ids] } },
    orderBy: { id: 'asc' },
    select: { id: true, name: true, question: true, protocol: true, sample: true, closedAt: true, updatedAt: true },
  })
  const counts = await read.$queryRaw<{ sessionId: string; n: number | bigint; ofSource: number | bigint }[]>`
    SELECT e."sessionId", COUNT(*) AS "n", SUM(CASE WHEN d."sourceId" = ${sourceId} THEN 1 ELSE 0 END) AS "ofSource"
    FROM "SessionDocument" e JOIN "Document" d ON d."workspaceId" = e."workspaceId" AND d."id" = e."documentId"
    WHERE e."workspaceId" = ${workspaceId} AND e."sessionId" IN (${Prisma.join([...ids])})
    GROUP BY e."sessionId"`
  const countOf = new Map(counts.map((count) => [count.sessionId, count]))
  const drawsOf = await readDraws(read, workspaceId, ids)
  const partOf = await readParts(read, workspaceId, ids)
  return sessions.map(({ id, name, question, protocol, sample, closedAt, updatedAt }) => {
    const rules = protocolSchema.safeParse(protocol)
    const drawn = sampleSchema.safeParse(sample)
    const count = countOf.get(id)
    const part = rules.success && rules.data.secondReading !== undefined ? partOf.get(id) : undefined
    return {
      id,
      name,
      question,
      closedAt: (closedAt ?? updatedAt).toISOString(),
      protocol: rules.success ? rules.data : defaultProtocol,
      sample: drawn.success ? drawn.data : null,
      ...(drawsOf.get(id) ?? { draws: [], otherDraws: 0 }),
      ...(part === undefined ? {} : { secondReading: part }),
      documents: { all: Number(count?.n ?? 0), ofSource: Number(count?.ofSource ?? 0) },
    }
  })
}

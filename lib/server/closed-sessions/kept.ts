import { z } from 'zod'
import {
  documentAdjudicationSchema,
  type DocumentAdjudication,
  type AdjudicatedClaim,
  type ReportCitation,
} from '@/lib/domain/reports/input-schema'
import { keptVoteSchema } from '@/lib/domain/claims/schema'
import { quoteFinder, checkOfQuote, type QuoteFinder } from '@/lib/domain/references/locate-quote'
import { applyScopeChanges, checkableSentences, scopeRegions } from '@/lib/domain/text/scope'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import type { Transaction } from '../db/client'
import { asJson } from '../db/parameters'
import type { WriteContext } from '../db/write'
import { keyOfPlace, readClosedPlaces, type ClosedPlace } from './places'
import { giveWay } from '../turns'
import { Prisma } from '../db/generated/sqlite/client'
import { storedContent, storedReason, storedSentences } from '../marking/revision-facts'
import { citedReferenceColumns } from '../references/present'
import { readOnceMarks } from './marks-with-evidence'

/** How many documents are read in one go. */
const chunk = 50
/** How many documents are read in one go where other requests wait. */
const fewAtOnce = 10

async function readClaims(read: Transaction, workspaceId: string, closed: readonly ClosedPlace[]) {
  const claims = await read.claim.findMany({
    where: {
      workspaceId,
      deletedAt: null,
      sessionId: { in: [...new Set(closed.map(({ sessionId }) => sessionId))] },
      revisionId: { in: closed.map(({ revisionId }) => revisionId) },
    },
    orderBy: [{ start: 'asc' }, { id: 'asc' }],
    select: { id: true, sessionId: true, revisionId: true, start: true, end: true, exact: true },
  })
  const ofClaims = { workspaceId, claimId: { in: claims.map(({ id }) => id) } }
  const verdicts = await read.verdict.findMany({
    where: ofClaims,
    select: {
      id: true,
      claimId: true,
      rating: true,
      disputed: true,
      partial: true,
      reason: true,
      words: true,
      votes: true,
      ownAnnotation: true,
    },
  })
  const citations = await read.verdictCitation.findMany({
    where: { workspaceId, verdictId: { in: verdicts.map(({ id }) => id) } },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: { id: true, verdictId: true, referenceId: true, stance: true, quote: true, locator: true },
  })
  const references = await read.reference.findMany({
    where: { workspaceId, id: { in: [...new Set(citations.map(({ referenceId }) => referenceId))] } },
    select: { ...citedReferenceColumns, snapshotText: true },
  })
  return { claims, verdicts, citations, references }
}

type Rows = Awaited<ReturnType<typeof readClaims>>

function citationsByVerdict({ citations, references }: Rows): ReadonlyMap<string, ReportCitation[]> {
  const referenceOf = new Map(references.map((reference) => [reference.id, reference]))
  const found = new Map<string, ReportCitation[]>()
  const finders = new Map<string, QuoteFinder>()
  for (const { verdictId, referenceId, quote, ...citation } of citations) {
    const known = referenceOf.get(referenceId)
    if (known === undefined) continue
    const { snapshotText, snapshotAt, ...described } = known
    const reference = { ...described, snapshotAt: snapshotAt?.toISOString() ?? null }
    const finder = finders.get(referenceId) ?? (snapshotText === null ? () => null : quoteFinder(snapshotText))
    finders.set(referenceId, finder)
    const place = finder(quote)
    const check = {
      quoteCheck: checkOfQuote({ quote, hasSnapshot: snapshotText !== null, place }),
      quoteStart: place?.start ?? null,
    }
    found.set(verdictId, [...(found.get(verdictId) ?? []), { ...citation, quote, ...check, reference }])
  }
  return found
}

function claimsByPlace(rows: Rows): ReadonlyMap<string, AdjudicatedClaim[]> {
  const citationsOf = citationsByVerdict(rows)
  const verdictOf = new Map(rows.verdicts.map((verdict) => [verdict.claimId, verdict]))
  const found = new Map<string, AdjudicatedClaim[]>()
  for (const { sessionId, revisionId, ...claim } of rows.claims) {
    const verdict = verdictOf.get(claim.id)
    if (verdict === undefined) continue
    const { id: verdictId, claimId: _claimId, votes, ownAnnotation: own, ...settled } = verdict
    const key = `${sessionId} ${revisionId}`
    const adjudicated = {
      ...claim,
      ...settled,
      own,
      votes: z
        .array(keptVoteSchema)
        .parse(votes)
        .map(({ annotationId, rating, late }) => ({ annotationId, rating, late })),
      citations: citationsOf.get(verdictId) ?? [],
    }
    found.set(key, [...(found.get(key) ?? []), adjudicated])
  }
  return found
}

interface DecisionRow {
  sessionId: string
  revisionId: string
  authorId: string
  start: number
  end: number
}

/** "No claim here" decisions in closed sessions, by members whose work counts. */
async function readDecisions(
  read: Transaction,
  workspaceId: string,
  closed: readonly ClosedPlace[],
): Promise<DecisionRow[]> {
  const sessionIds = [...new Set(closed.map(({ sessionId }) => sessionId))]
  return read.$queryRaw<DecisionRow[]>`
    SELECT d."sessionId", d."revisionId", d."authorId", d."start", d."end"
    FROM "SentenceDecision" d
    JOIN "SessionDocument" e ON e."workspaceId" = d."workspaceId" AND e."sessionId" = d."sessionId" AND e."revisionId" = d."revisionId"
    JOIN "Assignment" s ON s."workspaceId" = d."workspaceId" AND s."sessionId" = d."sessionId" AND s."documentId" = e."documentId" AND s."memberId" = d."authorId"
    WHERE d."workspaceId" = ${workspaceId} AND d."sessionId" IN (${Prisma.join(sessionIds)}) AND s."state" <> 'withdrawn'
    ORDER BY d."start", d."id"`
}

async function readReviewers(
  read: Transaction,
  workspaceId: string,
  closed: readonly ClosedPlace[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const sessionIds = [...new Set(closed.map(({ sessionId }) => sessionId))]
  const rows = await read.$queryRaw<{ sessionId: string; documentId: string; memberId: string }[]>`
    SELECT s."sessionId", s."documentId", s."memberId" FROM "Assignment" s
    WHERE s."workspaceId" = ${workspaceId} AND s."sessionId" IN (${Prisma.join(sessionIds)}) AND s."state" <> 'withdrawn'
    ORDER BY s."memberId"`
  const found = new Map<string, string[]>()
  for (const { sessionId, documentId, memberId } of rows) {
    const key = `${sessionId} ${documentId}`
    const known = found.get(key)
    if (known === undefined) found.set(key, [memberId])
    else known.push(memberId)
  }
  return found
}

/** The sentences of revisions that counted when the session that read them was closed, by place. */
async function readCheckable(
  read: Transaction,
  workspaceId: string,
  closed: readonly ClosedPlace[],
): Promise<ReadonlyMap<string, { start: number; end: number }[]>> {
  const ids = [...new Set(closed.map(({ revisionId }) => revisionId))]
  const revisions = await read.revision.findMany({
    where: { workspaceId, id: { in: ids } },
    select: { id: true, content: true, sentences: true },
  })
  const changes = await read.scopeChange.findMany({
    where: { workspaceId, revisionId: { in: ids } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { revisionId: true, start: true, end: true, inScope: true, reason: true, createdAt: true },
  })
  const revisionOf = new Map(revisions.map((revision) => [revision.id, revision]))
  return new Map(
    closed.map((place) => {
      const revision = revisionOf.get(place.revisionId)
      if (revision === undefined) return [keyOfPlace(place), []]
      const sentences = storedSentences(revision.sentences)
      const until = changes
        .filter(({ revisionId, createdAt }) => revisionId === revision.id && createdAt <= place.closedAt)
        .map(({ start, end, inScope, reason }) => ({ start, end, inScope, reason: storedReason(reason) }))
      const regions = applyScopeChanges(scopeRegions(buildTextIndex(storedContent(revision.content))), until)
      return [keyOfPlace(place), checkableSentences(sentences, regions).map(({ start, end }) => ({ start, end }))]
    }),
  )
}

/**
 * What closed sessions settled about documents, by place, computed from the current rows: claims with verdicts and what these cite, decisions,
 * reviewers, and the sentences that counted when the session was closed. One query per table.
 */
async function readSettled(
  read: Transaction,
  workspaceId: string,
  closed: readonly ClosedPlace[],
): Promise<ReadonlyMap<string, DocumentAdjudication>> {
  if (closed.length === 0) return new Map()
  const claimsAt = claimsByPlace(await readClaims(read, workspaceId, closed))
  const decisions = await readDecisions(read, workspaceId, closed)
  const reviewers = await readReviewers(read, workspaceId, closed)
  const checkable = await readCheckable(read, workspaceId, closed)
  const readOnce = await readOnceMarks(read, workspaceId, closed)
  return new Map(
    closed.map((place) => {
      const { sessionId, documentId, revisionId } = place
      return [
        keyOfPlace(place),
        {
          sessionId,
          sessionName: place.sessionName,
          closedAt: place.closedAt.toISOString(),
          minimumReviewers: place.minimumReviewers,
          ...(place.readOnce ? { readOnce: readOnce.get(keyOfPlace(place)) ?? [] } : {}),
          reviewerIds: [...(reviewers.get(`${sessionId} ${documentId}`) ?? [])],
          claims: claimsAt.get(`${sessionId} ${revisionId}`) ?? [],
          decisions: decisions
            .filter((decision) => decision.sessionId === sessionId && decision.revisionId === revisionId)
            .map(({ authorId, start, end }) => ({ authorId, start, end })),
          checkable: checkable.get(keyOfPlace(place)) ?? [],
        },
      ]
    }),
  )
}

/**
 * Stores what a session settled about each of its documents, as part of closing it. Reports read this record, so later changes do not alter what was
 * closed: sentences taken out of scope, references that get another title, new revisions.
 */
export async function keepClosed(
  { tx }: Pick<WriteContext, 'tx'>,
  { workspaceId, sessionId }: { workspaceId: string; sessionId: string },
): Promise<void> {
  await tx.closedDocument.deleteMany({ where: { workspaceId, sessionId } })
  const places = await readClosedPlaces(tx, workspaceId, { sessionId })
  for (let first = 0; first < places.length; first += chunk) {
    const some = places.slice(first, first + chunk)
    const settled = await readSettled(tx, workspaceId, some)
    await tx.closedDocument.createMany({
      data: some.flatMap((place) => {
        const body = settled.get(keyOfPlace(place))
        const { documentId, revisionId, closedAt } = place
        return body === undefined
          ? []
          : [{ workspaceId, sessionId, documentId, revisionId, closedAt, body: asJson(body) }]
      }),
    })
  }
}

/**
 * What closed sessions settled about documents, by document id, as it was stored when they were closed. For a session closed before this was stored,
 * it is computed from the current rows. Reads a few documents at a time, so that other requests have their turn.
 */
export async function readAdjudications(
  read: Transaction,
  workspaceId: string,
  places: readonly ClosedPlace[],
): Promise<ReadonlyMap<string, DocumentAdjudication>> {
  const found = new Map<string, DocumentAdjudication>()
  const without: ClosedPlace[] = []
  for (let first = 0; first < places.length; first += fewAtOnce) {
    const some = places.slice(first, first + fewAtOnce)
    const kept = new Map((await readKept(read, workspaceId, some)).map((row) => [keyOfPlace(row), row]))
    for (const place of some) {
      const row = kept.get(keyOfPlace(place))
      if (row?.closedAt.getTime() === place.closedAt.getTime()) {
        found.set(place.documentId, documentAdjudicationSchema.parse(row.body))
      } else without.push(place)
    }
    await giveWay()
  }
  const settled = await readSettled(read, workspaceId, without)
  for (const place of without) {
    const one = settled.get(keyOfPlace(place))
    if (one !== undefined) found.set(place.documentId, one)
  }
  return found
}

function readKept(read: Transaction, workspaceId: string, places: readonly ClosedPlace[]) {
  return read.closedDocument.findMany({
    where: {
      workspaceId,
      sessionId: { in: [...new Set(places.map(({ sessionId }) => sessionId))] },
      documentId: { in: places.map(({ documentId }) => documentId) },
    },
    select: { sessionId: true, documentId: true, closedAt: true, body: true },
  })
}

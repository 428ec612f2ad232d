import type { Transaction } from '../db/client'
import { readDocumentsInBlindPhase } from '../visibility/marks'

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
} as const

/** Everything stored about a source's documents, flat. */
export type ReportRows = Awaited<ReturnType<typeof readReportRows>>

/**
 * Reads what a report needs, one query a table regardless of the number of documents: Prisma reads a relation over two columns with a condition for
 * every row, which takes seconds where these take milliseconds. Revisions are the latest of each document.
 *
 * All marks in a document that a session has in its blind phase are left out, regardless of where and by whom they were made: a report is the
 * same for everyone, and no reviewer may learn from it what another marked. `documentsInBlindPhase` counts these documents; `counted` are the revisions of the others.
 */
export async function readReportRows(
  read: Transaction,
  { workspaceId, sourceId }: { workspaceId: string; sourceId: string },
) {
  const documents = await read.document.findMany({
    where: { workspaceId, sourceId, deletedAt: null },
    orderBy: [{ publishedOn: 'asc' }, { id: 'asc' }],
    select: { id: true, title: true, publishedOn: true },
  })
  const numbered = await read.revision.findMany({
    where: { workspaceId, documentId: { in: documents.map(({ id }) => id) } },
    orderBy: { number: 'asc' },
    select: { id: true, documentId: true },
  })
  const revisionOf = new Map(numbered.map(({ id, documentId }) => [documentId, id]))
  const latest = [...revisionOf.values()]
  const blind = await readDocumentsInBlindPhase(read, workspaceId)
  const counted = [...revisionOf].filter(([documentId]) => !blind.has(documentId)).map(([, id]) => id)
  const ofThese = { workspaceId, revisionId: { in: counted } }
  const revisions = await read.revision.findMany({
    where: { workspaceId, id: { in: latest } },
    select: { id: true, documentId: true, sha256: true, content: true, sentences: true },
  })
  const annotations = await read.annotation.findMany({
    where: { ...ofThese, deletedAt: null },
    orderBy: { id: 'asc' },
    select: annotationColumns,
  })
  const decisions = await read.sentenceDecision.findMany({
    where: ofThese,
    orderBy: { id: 'asc' },
    select: { id: true, revisionId: true, authorId: true, start: true, end: true },
  })
  const scopeChanges = await read.scopeChange.findMany({
    where: { workspaceId, revisionId: { in: latest } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { revisionId: true, start: true, end: true, inScope: true, reason: true, createdAt: true },
  })
  const citations = await read.citation.findMany({
    where: { workspaceId, annotation: { revisionId: { in: counted }, deletedAt: null } },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: {
      id: true,
      annotationId: true,
      referenceId: true,
      stance: true,
      quote: true,
      locator: true,
      quoteStart: true,
      quoteDifferences: true,
    },
  })
  const references = await read.reference.findMany({
    where: { workspaceId, id: { in: [...new Set(citations.map(({ referenceId }) => referenceId))] } },
    select: {
      id: true,
      title: true,
      author: true,
      publisher: true,
      issued: true,
      url: true,
      doi: true,
      snapshotSha256: true,
      snapshotAt: true,
    },
  })
  const documentsInBlindPhase = documents.filter(({ id }) => blind.has(id)).length
  return {
    documents,
    documentsInBlindPhase,
    counted,
    revisions,
    annotations,
    decisions,
    scopeChanges,
    citations,
    references,
  }
}

import { createHash } from 'node:crypto'
import { z } from 'zod'
import { notFound } from '@/lib/domain/errors'
import type { ReportAnnotation } from '@/lib/domain/reports/assess-claim'
import { methodVersion, type ReportDocument, type ReportInput } from '@/lib/domain/reports/compute-report'
import { applyScopeChanges, checkableSentences, scopeRegions } from '@/lib/domain/text/scope'
import { unpackSentences } from '@/lib/domain/text/sentences'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import { outOfScopeReasons, type DocumentContent } from '@/lib/domain/text/model'
import type { Permit } from '../access/gate'
import { database, type Reader } from '../db/client'

const storedReasonSchema = z.enum(outOfScopeReasons).catch('boilerplate')

const annotationColumns = {
  id: true,
  authorId: true,
  start: true,
  end: true,
  exact: true,
  rating: true,
  disputed: true,
  partial: true,
  note: true,
  citations: {
    orderBy: { position: 'asc' },
    select: {
      id: true,
      stance: true,
      quote: true,
      locator: true,
      quoteStart: true,
      reference: {
        select: { id: true, title: true, author: true, publisher: true, issued: true, url: true, doi: true },
      },
    },
  },
} as const

async function readDocuments(read: Reader, workspaceId: string, sourceId: string) {
  return read.document.findMany({
    where: { workspaceId, sourceId, deletedAt: null },
    orderBy: [{ publishedOn: 'asc' }, { id: 'asc' }],
    select: {
      id: true,
      title: true,
      publishedOn: true,
      revisions: {
        orderBy: { number: 'desc' },
        take: 1,
        select: {
          id: true,
          sha256: true,
          content: true,
          sentences: true,
          annotations: { where: { deletedAt: null }, orderBy: { id: 'asc' }, select: annotationColumns },
          sentenceDecisions: { orderBy: { id: 'asc' }, select: { id: true, authorId: true, start: true, end: true } },
          scopeChanges: {
            orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
            select: { start: true, end: true, inScope: true, reason: true },
          },
        },
      },
    },
  })
}

type DocumentRow = Awaited<ReturnType<typeof readDocuments>>[number]

function reportDocumentOf(row: DocumentRow): ReportDocument | null {
  const [revision] = row.revisions
  if (revision === undefined) return null
  const sentences = unpackSentences(revision.sentences as number[])
  const index = buildTextIndex(revision.content as unknown as DocumentContent)
  const changes = revision.scopeChanges.map((change) => ({
    ...change,
    reason: storedReasonSchema.parse(change.reason),
  }))
  const outOfScope = applyScopeChanges(scopeRegions(index), changes)
  const annotations: ReportAnnotation[] = revision.annotations.map((annotation) => ({
    ...annotation,
    citations: annotation.citations.map(({ quoteStart, ...citation }) => ({
      ...citation,
      quoteFound: quoteStart !== null,
    })),
  }))
  return {
    id: row.id,
    title: row.title,
    publishedOn: row.publishedOn,
    revisionId: revision.id,
    sha256: revision.sha256,
    sentences,
    checkable: checkableSentences(sentences, outOfScope),
    annotations,
    decisions: revision.sentenceDecisions,
  }
}

/** JSON with the keys of every object sorted, so that equal data gives equal bytes (RFC 8785 for data without fractions). */
function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

/**
 * Everything the report of a source is computed from, as stored at this moment. `inputSha256` covers the documents' text hashes, the
 * sentences that count, all annotations with their evidence, all decisions and the method's version.
 * @throws DomainError `not-found` when the source is unknown, deleted or another workspace's.
 */
export async function readReportInput(
  permit: Permit<'report.read'>,
  { sourceId, now }: { sourceId: string; now: Date },
): Promise<ReportInput> {
  const { read } = await database()
  const { workspaceId } = permit
  const source = await read.source.findFirst({
    where: { id: sourceId, workspaceId, deletedAt: null },
    select: { id: true, name: true, kind: true, homepage: true },
  })
  if (source === null) throw notFound('source')
  const rows = await readDocuments(read, workspaceId, sourceId)
  const documents = rows.flatMap((row) => reportDocumentOf(row) ?? [])
  const frozen = documents.map(({ sentences: _sentences, ...document }) => document)
  const inputSha256 = createHash('sha256')
    .update(sortedJson({ methodVersion, source, documents: frozen }))
    .digest('hex')
  return { source, documents, computedAt: now.toISOString(), inputSha256 }
}

import type { ReportCitation, ReportAnnotation } from '@/lib/domain/reports/input-schema'
import { checkOfQuote } from '@/lib/domain/references/locate-quote'
import { readDifferences } from '@/lib/domain/text/typography'
import type { Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { citedReferenceColumns } from '../references/present'
import { keyOfPlace, type ClosedPlace } from './places'

/** The columns of a mark's citation that a report reads. */
export const annotationCitationColumns = {
  id: true,
  annotationId: true,
  referenceId: true,
  stance: true,
  quote: true,
  locator: true,
  quoteStart: true,
  quoteDifferences: true,
} as const

interface CitationRow extends Pick<ReportCitation, 'id' | 'stance' | 'quote' | 'locator' | 'quoteStart'> {
  annotationId: string
  referenceId: string
  quoteDifferences: string
}

type ReferenceRow = Omit<ReportCitation['reference'], 'snapshotAt'> & { snapshotAt: Date | null }

/** Citations as a report reads them, by mark. A citation whose reference is not among `references` is left out. */
export function citationsByAnnotation({
  citations,
  references,
}: {
  citations: readonly CitationRow[]
  references: readonly ReferenceRow[]
}): ReadonlyMap<string, ReportCitation[]> {
  const referenceOf = new Map(references.map((reference) => [reference.id, reference]))
  const found = new Map<string, ReportCitation[]>()
  for (const { id, annotationId, referenceId, stance, quote, locator, quoteStart, quoteDifferences } of citations) {
    const known = referenceOf.get(referenceId)
    if (known === undefined) continue
    const reference = { ...known, snapshotAt: known.snapshotAt?.toISOString() ?? null }
    const place = quoteStart === null ? null : { differences: readDifferences(quoteDifferences) }
    const quoteCheck = checkOfQuote({ quote, hasSnapshot: known.snapshotSha256 !== null, place })
    const citation = { id, stance, quote, locator, quoteCheck, quoteStart, reference }
    const own = found.get(annotationId)
    if (own === undefined) found.set(annotationId, [citation])
    else own.push(citation)
  }
  return found
}

type MarkRow = Omit<ReportAnnotation, 'citations' | 'disputed' | 'partial'> & {
  sessionId: string
  documentId: string
  disputed: boolean | number
  partial: boolean | number
}

/** The evidence of marks, by mark, with the current references. */
async function readEvidence(
  read: Transaction,
  workspaceId: string,
  annotationIds: readonly string[],
): Promise<ReadonlyMap<string, ReportCitation[]>> {
  const citations = await read.citation.findMany({
    where: { workspaceId, annotationId: { in: [...annotationIds] } },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: annotationCitationColumns,
  })
  const references = await read.reference.findMany({
    where: { workspaceId, id: { in: [...new Set(citations.map(({ referenceId }) => referenceId))] } },
    select: citedReferenceColumns,
  })
  return citationsByAnnotation({ citations, references })
}

/**
 * The blind marks of documents that were read once, with their evidence, by place; only marks of reviewers whose work counts. These documents have no
 * verdicts, so their marks are stored when the session is closed, for reports to read.
 */
export async function readOnceMarks(
  read: Transaction,
  workspaceId: string,
  closed: readonly ClosedPlace[],
): Promise<ReadonlyMap<string, ReportAnnotation[]>> {
  const once = closed.filter(({ readOnce }) => readOnce)
  if (once.length === 0) return new Map()
  const sessionIds = [...new Set(once.map(({ sessionId }) => sessionId))]
  const documentIds = [...new Set(once.map(({ documentId }) => documentId))]
  const marks = await read.$queryRaw<MarkRow[]>`
    SELECT e."sessionId", e."documentId", a."id", a."authorId", a."start", a."end", a."exact", CAST(a."rating" AS TEXT) AS "rating",
      CAST(a."phase" AS TEXT) AS "phase", a."note", a."disputed", a."partial"
    FROM "SessionDocument" e
    JOIN "Annotation" a ON a."workspaceId" = e."workspaceId" AND a."sessionId" = e."sessionId" AND a."revisionId" = e."revisionId"
      AND a."deletedAt" IS NULL
    JOIN "Assignment" s ON s."workspaceId" = e."workspaceId" AND s."sessionId" = e."sessionId" AND s."documentId" = e."documentId"
      AND s."memberId" = a."authorId"
    WHERE e."workspaceId" = ${workspaceId} AND e."sessionId" IN (${Prisma.join(sessionIds)}) AND e."documentId" IN (${Prisma.join(documentIds)})
      AND CAST(s."state" AS TEXT) <> 'withdrawn' AND CAST(a."phase" AS TEXT) = 'blind'
    ORDER BY a."start", a."id"`
  const evidence = await readEvidence(
    read,
    workspaceId,
    marks.map(({ id }) => id),
  )
  const found = new Map<string, ReportAnnotation[]>()
  for (const { sessionId, documentId, disputed, partial, ...mark } of marks) {
    const key = keyOfPlace({ sessionId, documentId })
    const citations = evidence.get(mark.id) ?? []
    // SQLite has no booleans of its own.
    const kept = { ...mark, disputed: Boolean(disputed), partial: Boolean(partial), citations }
    found.set(key, [...(found.get(key) ?? []), kept])
  }
  return found
}

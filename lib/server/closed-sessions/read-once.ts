import type { ReportAnnotation, ReportCitation } from '@/lib/domain/reports/input-schema'
import type { Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { citedReferenceColumns } from '../references/present'
import { annotationCitationColumns, citationsByAnnotation } from './annotation-citations'
import { keyOfPlace, type ClosedPlace } from './places'

type MarkRow = Omit<ReportAnnotation, 'citations' | 'disputed' | 'partial'> & {
  sessionId: string
  documentId: string
  disputed: boolean | number
  partial: boolean | number
}

/** The evidence of marks, by mark, with the references as they are now. */
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
 * Of places that were to be read once the blind marks of those whose work counts there, with their evidence, by place. Nothing was settled in them, so these are
 * what there is; they are kept when the session is closed, as all that reports read of it.
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
    // SQLite has no truth values of its own.
    const kept = { ...mark, disputed: Boolean(disputed), partial: Boolean(partial), citations }
    found.set(key, [...(found.get(key) ?? []), kept])
  }
  return found
}

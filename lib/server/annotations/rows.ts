import type { Rating, Stance } from '@/lib/domain/annotations/rating'
import { scriptField } from '@/lib/domain/text/quotation'
import type { Reader, Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { readScripts } from '../marking/revision-facts'
import type { AnnotationRow, CitationRow } from './present'

// Prisma reads a relation over two columns with one condition per row, which takes seconds for a thousand annotations; two joins take milliseconds.

/** A time as a raw query returns it: a Date or text. */
type RawMoment = Date | string

interface RawAnnotation {
  id: string
  revisionId: string
  authorId: string
  start: number
  end: number
  exact: string
  rating: Rating
  disputed: boolean | number
  partial: boolean | number
  note: string
  version: number
  createdAt: RawMoment
  updatedAt: RawMoment
  deletedAt: RawMoment | null
  authorName: string
}

interface RawCitation {
  annotationId: string
  id: string
  stance: Stance
  quote: string
  locator: string
  quoteStart: number | null
  quoteEnd: number | null
  quoteDifferences: string
  referenceId: string
  type: string
  title: string
  author: string
  publisher: string
  issued: string
  doi: string
  url: string
  snapshotSha256: string | null
}

/** Selects which annotations of a workspace are read. */
interface AnnotationSelection {
  workspaceId: string
  condition: Prisma.Sql
  limit: number
}

/**
 * Reads the annotations of a workspace that meet a condition on `a`, in text order, at most `limit`, with their citations and tags in order.
 * @param which.condition over the tables `a` (Annotation), `v` (its Revision) and `d` (its Document)
 */
export async function selectAnnotations(
  reader: Reader | Transaction,
  { workspaceId, condition, limit }: AnnotationSelection,
): Promise<AnnotationRow[]> {
  const rows = await reader.$queryRaw<RawAnnotation[]>`
    SELECT a."id", a."revisionId", a."authorId", a."start", a."end", a."exact", a."rating", a."disputed", a."partial", a."note", a."version",
      a."createdAt", a."updatedAt", a."deletedAt", u."name" AS "authorName"
    FROM "Annotation" a
    JOIN "Revision" v ON v."workspaceId" = a."workspaceId" AND v."id" = a."revisionId"
    JOIN "Document" d ON d."workspaceId" = v."workspaceId" AND d."id" = v."documentId"
    JOIN "Member" m ON m."workspaceId" = a."workspaceId" AND m."id" = a."authorId"
    JOIN "User" u ON u."id" = m."userId"
    WHERE a."workspaceId" = ${workspaceId} AND ${condition}
    ORDER BY a."start", a."id"
    LIMIT ${limit}`
  const citations = await selectCitations(reader, { workspaceId, annotations: rows })
  const tags = await selectTags(reader, { workspaceId, annotations: rows })
  const scripts = await readScripts(rows.map(({ revisionId }) => revisionId))
  return rows.map(({ authorName, disputed, partial, createdAt, updatedAt, deletedAt, ...row }) => ({
    ...row,
    disputed: Boolean(disputed),
    partial: Boolean(partial),
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
    deletedAt: deletedAt === null ? null : new Date(deletedAt),
    ...scriptField(scripts.get(row.revisionId) ?? [], row),
    author: { user: { name: authorName } },
    tags: tags.get(row.id) ?? [],
    citations: citations.get(row.id) ?? [],
  }))
}

async function selectCitations(
  reader: Reader | Transaction,
  { workspaceId, annotations }: { workspaceId: string; annotations: readonly { id: string }[] },
): Promise<Map<string, CitationRow[]>> {
  const found = new Map<string, CitationRow[]>()
  if (annotations.length === 0) return found
  const ids = annotations.map(({ id }) => id)
  const rows = await reader.$queryRaw<RawCitation[]>`
    SELECT c."annotationId", c."id", c."stance", c."quote", c."locator", c."quoteStart", c."quoteEnd", c."quoteDifferences", c."referenceId",
      r."type", r."title", r."author", r."publisher", r."issued", r."doi", r."url", r."snapshotSha256"
    FROM "Citation" c
    JOIN "Reference" r ON r."workspaceId" = c."workspaceId" AND r."id" = c."referenceId"
    WHERE c."workspaceId" = ${workspaceId} AND c."annotationId" IN (${Prisma.join(ids)})
    ORDER BY c."annotationId", c."position"`
  for (const row of rows) {
    const { annotationId, id, stance, quote, locator, quoteStart, quoteEnd, quoteDifferences, ...cited } = row
    const { referenceId, ...reference } = cited
    const citation: CitationRow = {
      id,
      stance,
      quote,
      locator,
      quoteStart,
      quoteEnd,
      quoteDifferences,
      reference: { ...reference, id: referenceId },
    }
    const before = found.get(annotationId)
    if (before === undefined) found.set(annotationId, [citation])
    else before.push(citation)
  }
  return found
}

async function selectTags(
  reader: Reader | Transaction,
  { workspaceId, annotations }: { workspaceId: string; annotations: readonly { id: string }[] },
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  if (annotations.length === 0) return found
  const rows = await reader.$queryRaw<{ annotationId: string; name: string; folded: string }[]>`
    SELECT l."annotationId", l."name", t."folded" FROM "AnnotationTag" l
    JOIN "Tag" t ON t."workspaceId" = l."workspaceId" AND t."id" = l."tagId"
    WHERE l."workspaceId" = ${workspaceId} AND l."annotationId" IN (${Prisma.join(annotations.map(({ id }) => id))})`
  // Sorted here, because the two databases order text differently.
  rows.sort((one, other) => (one.folded < other.folded ? -1 : 1))
  for (const { annotationId, name } of rows) {
    const names = found.get(annotationId)
    if (names === undefined) found.set(annotationId, [name])
    else names.push(name)
  }
  return found
}

import { z } from 'zod'
import type { Rating, Stance } from '@/lib/domain/annotations/rating'
import { notFound } from '@/lib/domain/errors'
import { addressKey, identify, identifierKey } from '@/lib/domain/references/identify'
import type { ReferenceSummary, ReferenceView } from '@/lib/domain/references/schema'
import { scriptField, type ScriptRun } from '@/lib/domain/text/quotation'
import { readDifferences, type TypographicDifference } from '@/lib/domain/text/typography'
import type { Permit } from '../access/gate'
import { viewerOf, visibleAnnotations, type Viewer } from '../visibility/marks'
import { database, type Reader, type Transaction } from '../db/client'
import type { Prisma } from '../db/generated/sqlite/client'
import { decodeCursor, keyMomentSchema, pageOf, type Page } from '../http/pagination'
import { readScripts } from '../marking/revision-facts'
import { findReferenceIds, maxMatches } from '../search/data'
import {
  presentReference,
  presentReferenceSummary,
  referenceColumns,
  referenceSummaryColumns,
  type ReferenceRow,
} from './present'
import { countCitations, maySeeReference, readHiddenReferences } from '../visibility/references'

const cursorKey = z.tuple([keyMomentSchema, z.string()])

/**
 * The workspace's references, newest first. `q` searches title, author, publisher, address and DOI; `type` is a CSL type. `identifier` is a web
 * address or DOI in any spelling; any other text finds none.
 */
export async function listReferences(
  permit: Permit<'reference.read'>,
  {
    cursor,
    limit,
    q,
    type,
    identifier,
    order = 'added',
  }: ReferenceFilter & { cursor?: string | undefined; limit: number },
): Promise<Page<ReferenceSummary>> {
  const { read } = await database()
  const found = q === undefined || q === '' ? null : await findReferenceIds(permit, q)
  const same = identifier === undefined ? null : await findSameIds(read, permit.workspaceId, identifier)
  const ids = found === null ? same : same === null ? found : found.filter((id) => same.includes(id))
  const hidden = await readHiddenReferences(read, viewerOf(permit))
  const where = {
    workspaceId: permit.workspaceId,
    deletedAt: null,
    ...(type === undefined ? {} : { type }),
    ...(ids === null ? {} : { id: { in: ids } }),
    ...(hidden.length === 0 ? {} : { NOT: { id: { in: hidden } } }),
  }
  if (order !== 'added') return listOrdered({ read, viewer: viewerOf(permit), where, order, cursor, limit })
  const key = decodeCursor(cursor, cursorKey)
  const rows = await read.reference.findMany({
    where: {
      ...where,
      ...(key === null
        ? {}
        : { OR: [{ createdAt: { lt: new Date(key[0]) } }, { createdAt: new Date(key[0]), id: { lt: key[1] } }] }),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
    select: { ...referenceSummaryColumns, createdAt: true },
  })
  return pageOf(rows, limit, {
    key: ({ createdAt, id }) => [createdAt.toISOString(), id],
    present: presentReferenceSummary,
  })
}

/** The orders of a list: last made first, by title, or last cited first. */
export const referenceOrders = ['added', 'title', 'used'] as const
export type ReferenceOrder = (typeof referenceOrders)[number]

/** The filters and the order of a list of references. */
export interface ReferenceFilter {
  order?: ReferenceOrder | undefined
  q?: string | undefined
  type?: string | undefined
  identifier?: string | undefined
}

/** Ids of the references with this address or DOI in any spelling, including hidden ones. */
async function findSameIds(reader: Reader, workspaceId: string, written: string): Promise<string[]> {
  const identifier = identify(written)
  if (identifier === null) return []
  const rows = await reader.reference.findMany({
    where: {
      workspaceId,
      deletedAt: null,
      OR: [
        ...(identifier.kind === 'doi' ? [{ doi: identifier.doi }, { url: { contains: 'doi.org/' } }] : []),
        ...(identifier.kind === 'address' ? [{ url: { contains: commonPart(identifier.url) } }] : []),
      ],
    },
    orderBy: { id: 'desc' },
    take: maxMatches,
    select: { id: true, url: true, doi: true },
  })
  const key = identifierKey(identifier)
  return rows
    .filter(({ url, doi }) => (doi !== '' && `doi:${doi}` === key) || addressKey(url) === key)
    .map(({ id }) => id)
}

/** A part common to all spellings of an address: the longest run of plain letters and digits of its path, or nothing. */
function commonPart(address: string): string {
  const runs = new URL(address).pathname.match(/(?<![%\w])[\w-]+(?![%\w])/g) ?? []
  return [...runs].sort((one, other) => other.length - one.length)[0] ?? ''
}

const orderedCursor = z.tuple([z.string(), z.string()])
/** Sorts titles as people do: ignores case and accents, and compares numbers by value. */
const byTitle = new Intl.Collator('en', { sensitivity: 'base', numeric: true })
/** The most references sorted in an order other than that of their creation. */
const mostOrdered = 20_000

/** A page of references in an order that no column has: sorts the ids here, and reads only the page in full. */
async function listOrdered({
  read,
  viewer,
  where,
  order,
  cursor,
  limit,
}: {
  read: Reader
  viewer: Viewer
  where: Prisma.ReferenceWhereInput
  order: 'title' | 'used'
  cursor: string | undefined
  limit: number
}): Promise<Page<ReferenceSummary>> {
  const all = await read.reference.findMany({
    where,
    orderBy: { id: 'desc' },
    take: mostOrdered,
    select: { id: true, title: true },
  })
  const used = order === 'used' ? await readLastUses(read, viewer) : new Map<string, string>()
  const keyed = all.map(({ id, title }) => ({ id, key: order === 'title' ? title : (used.get(id) ?? '') }))
  const compare = (one: { id: string; key: string }, other: { id: string; key: string }) =>
    (order === 'title' ? byTitle.compare(one.key, other.key) : other.key.localeCompare(one.key)) ||
    one.id.localeCompare(other.id)
  const from = decodeCursor(cursor, orderedCursor)
  const after = from === null ? keyed : keyed.filter((each) => compare(each, { key: from[0], id: from[1] }) > 0)
  const page = after.sort(compare).slice(0, limit + 1)
  const rows = await read.reference.findMany({
    where: { workspaceId: viewer.workspaceId, id: { in: page.map(({ id }) => id) } },
    select: referenceSummaryColumns,
  })
  const rowOf = new Map(rows.map((row) => [row.id, row]))
  return pageOf(
    page.flatMap(({ id, key }) => {
      const row = rowOf.get(id)
      return row === undefined ? [] : [{ key, row }]
    }),
    limit,
    { key: ({ key, row }) => [key, row.id], present: ({ row }) => presentReferenceSummary(row) },
  )
}

/** When each reference was last cited in a mark that the viewer may see, as text that sorts by time. */
async function readLastUses(reader: Reader, viewer: Viewer): Promise<Map<string, string>> {
  const rows = await reader.$queryRaw<{ referenceId: string; last: string | Date }[]>`
    SELECT c."referenceId", MAX(a."createdAt") AS "last"
    FROM "Citation" c
    JOIN "Annotation" a ON a."workspaceId" = c."workspaceId" AND a."id" = c."annotationId"
    JOIN "Revision" v ON v."workspaceId" = a."workspaceId" AND v."id" = a."revisionId"
    JOIN "Document" d ON d."workspaceId" = v."workspaceId" AND d."id" = v."documentId"
    WHERE ${visibleAnnotations(viewer)}
    GROUP BY c."referenceId"`
  return new Map(rows.map(({ referenceId, last }) => [referenceId, new Date(last).toISOString()]))
}

/** A reference's row, deleted or not. Null when it is unknown, another workspace's, or hidden from the viewer, who cannot tell these apart. */
export async function findReferenceRow(
  reader: Reader | Transaction,
  viewer: Viewer,
  id: string,
): Promise<ReferenceRow | null> {
  const row = await reader.reference.findFirst({
    where: { id, workspaceId: viewer.workspaceId },
    select: referenceColumns,
  })
  if (row === null || !(await maySeeReference(reader, viewer, id))) return null
  return { ...row, citationCount: await countCitations(reader, viewer, id) }
}

/** One reference. @throws DomainError `not-found`, also when it is deleted. */
export async function readReference(permit: Permit<'reference.read'>, id: string): Promise<ReferenceView> {
  const { read } = await database()
  const row = await findReferenceRow(read, viewerOf(permit), id)
  if (row?.deletedAt !== null) throw notFound('reference')
  return presentReference(row, permit.actor)
}

/** A citation of a reference, with the cited words and the document they are in. */
export interface CitedPlace {
  citationId: string
  stance: Stance
  quote: string
  locator: string
  /** Offset of the quote in the snapshot, in UTF-16 code units; null when it was not found. */
  quoteStart: number | null
  quoteEnd: number | null
  quoteDifferences: TypographicDifference[]
  annotation: { id: string; exact: string; script?: ScriptRun[]; rating: Rating; author: string }
  document: { id: string; title: string; source: string }
}

interface RawPlace extends Omit<CitedPlace, 'annotation' | 'document' | 'quoteDifferences'> {
  quoteDifferences: string
  annotationId: string
  exact: string
  revisionId: string
  start: number
  end: number
  rating: Rating
  author: string
  documentId: string
  documentTitle: string
  sourceName: string
}

/** The last citations of a reference that the viewer may see, newest annotation first, at most `limit`. */
export async function selectCitedPlaces(
  reader: Reader | Transaction,
  viewer: Viewer,
  { referenceId, limit }: { referenceId: string; limit: number },
): Promise<CitedPlace[]> {
  const rows = await reader.$queryRaw<RawPlace[]>`
    SELECT c."id" AS "citationId", c."stance", c."quote", c."locator", c."quoteStart", c."quoteEnd", c."quoteDifferences",
      a."id" AS "annotationId", a."exact", a."revisionId", a."start", a."end",
      a."rating", u."name" AS "author", d."id" AS "documentId", d."title" AS "documentTitle", o."name" AS "sourceName"
    FROM "Citation" c
    JOIN "Annotation" a ON a."workspaceId" = c."workspaceId" AND a."id" = c."annotationId"
    JOIN "Revision" v ON v."workspaceId" = a."workspaceId" AND v."id" = a."revisionId"
    JOIN "Document" d ON d."workspaceId" = v."workspaceId" AND d."id" = v."documentId"
    JOIN "Source" o ON o."workspaceId" = d."workspaceId" AND o."id" = d."sourceId"
    JOIN "Member" m ON m."workspaceId" = a."workspaceId" AND m."id" = a."authorId"
    JOIN "User" u ON u."id" = m."userId"
    WHERE c."referenceId" = ${referenceId} AND ${visibleAnnotations(viewer)}
    ORDER BY a."createdAt" DESC, c."id"
    LIMIT ${limit}`
  const scripts = await readScripts(rows.map(({ revisionId }) => revisionId))
  return rows.map(
    ({
      annotationId,
      exact,
      revisionId,
      start,
      end,
      rating,
      author,
      documentId,
      documentTitle,
      sourceName,
      ...citation
    }) => ({
      ...citation,
      quoteDifferences: readDifferences(citation.quoteDifferences),
      annotation: {
        id: annotationId,
        exact,
        ...scriptField(scripts.get(revisionId) ?? [], { start, end }),
        rating,
        author,
      },
      document: { id: documentId, title: documentTitle, source: sourceName },
    }),
  )
}

/** The last citations of a reference that the actor may see, newest annotation first, at most `limit`. */
export async function listCitedPlaces(
  permit: Permit<'annotation.read'>,
  place: { referenceId: string; limit: number },
): Promise<CitedPlace[]> {
  const { read } = await database()
  return selectCitedPlaces(read, viewerOf(permit), place)
}

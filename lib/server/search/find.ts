import type { FoundThing } from '@/lib/domain/search/schema'
import { foldForSearch } from '@/lib/domain/search/fold'
import { quoteInPlainText, scriptIn } from '@/lib/domain/text/quotation'
import { permit as permitOf, type Permit } from '../access/gate'
import { database, type Database } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { readHiddenReferences } from '../visibility/references'
import { readScripts } from '../marking/revision-facts'
import { readsBlind, seesAnnotation, viewerOf } from '../visibility/marks'
import { visibleSessions } from '../visibility/sessions'
import { findDocumentIds, findMemberIds, findReferenceIds, findSessionIds, findSourceIds, firstHolding } from './data'

/** The most characters of a mark's or claim's words that a result shows. */
const longestLabel = 160
/** How many of the newest rows are searched by name. */
const looked = 60

interface Search {
  permit: Permit<'workspace.read'>
  opened: Database
  words: string
  limit: number
}

/** The first results: those with the words in their name before those with the words elsewhere, otherwise in their order. */
function ranked<T extends { label: string }>(found: readonly T[], { words, limit }: Search): T[] {
  const folded = foldForSearch(words)
  const rankOf = ({ label }: T) => (foldForSearch(label).includes(folded) ? 0 : 1)
  return found.toSorted((one, other) => rankOf(one) - rankOf(other)).slice(0, limit)
}

function shortened(words: string): string {
  const line = words.replaceAll(/\s+/g, ' ').trim()
  return line.length <= longestLabel ? line : `${line.slice(0, longestLabel - 1)}…`
}

async function findDocuments(search: Search): Promise<FoundThing[]> {
  const { permit, opened, words } = search
  const ids = await findDocumentIds(permitOf(permit.actor, 'document.read'), words)
  const rows = await opened.read.document.findMany({
    where: { workspaceId: permit.workspaceId, deletedAt: null, id: { in: ids } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: looked,
    select: { id: true, title: true, source: { select: { name: true } } },
  })
  return ranked(
    rows.map(({ id, title, source }) => ({ kind: 'document' as const, id, label: title, detail: source.name })),
    search,
  )
}

async function findSources(search: Search): Promise<FoundThing[]> {
  const { permit, opened, words } = search
  const ids = await findSourceIds(permitOf(permit.actor, 'source.read'), words)
  const rows = await opened.read.source.findMany({
    where: { workspaceId: permit.workspaceId, deletedAt: null, id: { in: ids } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: looked,
    select: { id: true, name: true, kind: true },
  })
  const sources = ranked(
    rows.map(({ id, name, kind }) => ({ id, label: name, detail: kind })),
    search,
  )
  return [
    ...sources.map((source) => ({ kind: 'source' as const, ...source })),
    ...sources
      .slice(0, 3)
      .map(({ id, label }) => ({ kind: 'report' as const, id, label, detail: 'Reliability report' })),
  ]
}

async function findSessions(search: Search): Promise<FoundThing[]> {
  const { permit, opened, words } = search
  const ids = await findSessionIds(permitOf(permit.actor, 'review-session.read'), words)
  const rows = await opened.read.reviewSession.findMany({
    where: { AND: [visibleSessions(permit.actor), { id: { in: ids } }] },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: looked,
    select: { id: true, name: true, question: true, isTemplate: true },
  })
  return ranked(
    rows.map(({ id, name, question, isTemplate }) => ({
      kind: 'review-session' as const,
      id,
      label: name,
      detail: isTemplate ? 'Template' : shortened(question),
    })),
    search,
  )
}

async function findMembers(search: Search): Promise<FoundThing[]> {
  const { permit, opened, words } = search
  const ids = await findMemberIds(permitOf(permit.actor, 'member.list'), words)
  const rows = await opened.read.member.findMany({
    where: { workspaceId: permit.workspaceId, status: 'active', id: { in: ids } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: looked,
    select: { id: true, role: true, user: { select: { name: true } } },
  })
  return ranked(
    rows.map(({ id, role, user }) => ({ kind: 'member' as const, id, label: user.name, detail: role })),
    search,
  )
}

async function findReferences(search: Search): Promise<FoundThing[]> {
  const { permit, opened, words } = search
  const ids = await findReferenceIds(permitOf(permit.actor, 'reference.read'), words)
  const hidden = await readHiddenReferences(opened.read, viewerOf(permit))
  const rows = await opened.read.reference.findMany({
    where: { workspaceId: permit.workspaceId, deletedAt: null, id: { in: ids }, NOT: { id: { in: hidden } } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: looked,
    select: { id: true, title: true, author: true, publisher: true },
  })
  return ranked(
    rows.map(({ id, title, author, publisher }) => ({
      kind: 'reference' as const,
      id,
      label: title,
      detail: author === '' ? publisher : author,
    })),
    search,
  )
}

interface FoundWords {
  id: string
  exact: string
  revisionId: string
  start: number
  end: number
  title: string
  place: string
}

/** Makes the label of a result's words: shortened, with superscripts and subscripts shown as such. */
async function readQuotes(rows: readonly FoundWords[]): Promise<(row: Omit<FoundWords, 'title' | 'place'>) => string> {
  const scripts = await readScripts(rows.map(({ revisionId }) => revisionId))
  return ({ exact, revisionId, ...range }) =>
    shortened(quoteInPlainText(exact, scriptIn(scripts.get(revisionId) ?? [], range)))
}

/** Marks whose words or note hold the words, of those the viewer may see. Nothing reveals the others, not even that there are too many. */
async function findMarks({ permit, opened, words, limit }: Search): Promise<FoundThing[]> {
  const read = ({ offset, size }: { offset: number; size: number }) => opened.read.$queryRaw<
    (FoundWords & { note: string })[]
  >`
    SELECT a."id", a."exact", a."revisionId", a."start", a."end", a."note", d."title", d."id" AS "place"
    FROM "Annotation" a
    JOIN "Revision" v ON v."workspaceId" = a."workspaceId" AND v."id" = a."revisionId"
    JOIN "Document" d ON d."workspaceId" = v."workspaceId" AND d."id" = v."documentId"
    WHERE a."workspaceId" = ${permit.workspaceId} AND a."deletedAt" IS NULL AND d."deletedAt" IS NULL
      AND ${seesAnnotation(viewerOf(permit))}
    ORDER BY a."createdAt" DESC, a."id" DESC LIMIT ${size} OFFSET ${offset}`
  const rows = await firstHolding(read, { words, limit, partsOf: ({ exact, note }) => [exact, note] })
  const quote = await readQuotes(rows)
  return rows.map(({ title, place, ...mark }) => ({
    kind: 'annotation',
    id: mark.id,
    label: quote(mark),
    detail: title,
    documentId: place,
  }))
}

/** Claims of closed sessions by their words, without those in documents that the viewer is to judge blind elsewhere. */
async function findClaims({ permit, opened, words, limit }: Search): Promise<FoundThing[]> {
  const read = ({ offset, size }: { offset: number; size: number }) => opened.read.$queryRaw<FoundWords[]>`
    SELECT c."id", c."exact", c."revisionId", c."start", c."end", y."name" AS "title", y."id" AS "place"
    FROM "Claim" c
    JOIN "ReviewSession" y ON y."workspaceId" = c."workspaceId" AND y."id" = c."sessionId" AND y."state" = 'closed' AND y."deletedAt" IS NULL
    JOIN "Document" d ON d."workspaceId" = c."workspaceId" AND d."id" = c."documentId" AND d."deletedAt" IS NULL
    WHERE c."workspaceId" = ${permit.workspaceId} AND c."deletedAt" IS NULL
      AND NOT ${readsBlind(viewerOf(permit), Prisma.sql`c."documentId"`)}
    ORDER BY c."createdAt" DESC, c."id" DESC LIMIT ${size} OFFSET ${offset}`
  const rows = await firstHolding(read, { words, limit, partsOf: ({ exact }) => [exact] })
  const quote = await readQuotes(rows)
  return rows.map(({ title, place, ...claim }) => ({
    kind: 'claim',
    id: claim.id,
    label: quote(claim),
    detail: title,
    sessionId: place,
  }))
}

/** Finds things of all kinds that the actor may see by words in their names and texts, at most `limit` of each kind. */
export async function findEverything(
  permit: Permit<'workspace.read'>,
  { q, limit }: { q: string; limit: number },
): Promise<FoundThing[]> {
  const words = q.trim()
  if (words === '') return []
  const search: Search = { permit, opened: await database(), words, limit }
  const found = await Promise.all(
    [findDocuments, findSources, findSessions, findMembers, findReferences, findMarks, findClaims].map((find) =>
      find(search),
    ),
  )
  return found.flat()
}

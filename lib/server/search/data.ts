import { setImmediate as pause } from 'node:timers/promises'
import { foldForSearch, joinForSearch } from '@/lib/domain/search/fold'
import type { Permit } from '../access/gate'
import { database, type Database } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { logger } from '../log'

/** The most matches of a search; words with more are too common to be useful. */
export const maxMatches = 2_000
/** How many rows are compared at once to find the newest matches, and the most altogether. */
const batchSize = 1_000
const mostCompared = 20_000

/** Ids of the rows that hold the words in some part, both folded; at most 2,000. */
function idsHolding(rows: readonly { id: string; parts: readonly (string | null)[] }[], words: string): string[] {
  const wanted = foldForSearch(words)
  if (wanted === '') return []
  const found = rows.filter(({ parts }) => foldKept(joinForSearch(parts)).includes(wanted))
  return found.slice(0, maxMatches).map(({ id }) => id)
}

/** The first `limit` rows, in the given order, whose text holds the words, both folded; searches at most 20,000. */
export async function firstHolding<R>(
  read: (place: { offset: number; size: number }) => Promise<R[]>,
  { words, limit, partsOf }: { words: string; limit: number; partsOf: (row: R) => readonly string[] },
): Promise<R[]> {
  const wanted = foldForSearch(words)
  const found: R[] = []
  if (wanted === '') return found
  for (let offset = 0; offset < mostCompared; offset += batchSize) {
    const rows = await read({ offset, size: batchSize })
    found.push(...rows.filter((row) => foldForSearch(joinForSearch(partsOf(row))).includes(wanted)))
    if (found.length >= limit || rows.length < batchSize) break
  }
  return found.slice(0, limit)
}

/** Ids of the documents with a revision whose text holds the words. Texts whose folded form is not stored are folded here. */
async function findByText({ workspaceId }: Permit, words: string): Promise<string[]> {
  const { read, location } = await database()
  const wanted = foldForSearch(words)
  if (wanted === '') return []
  const found = location.engine === 'postgresql' ? Prisma.sql`strpos` : Prisma.sql`instr`
  const rows = await read.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT r."documentId" AS "id" FROM "Revision" r
    WHERE r."workspaceId" = ${workspaceId} AND ${found}(r."folded", ${wanted}) > 0 LIMIT ${maxMatches}`
  const unfolded = await read.revision.findMany({
    where: { workspaceId, folded: null },
    select: { documentId: true, text: true },
    take: maxMatches,
  })
  const others = unfolded.filter(({ text }) => foldForSearch(text).includes(wanted))
  return [...rows.map(({ id }) => id), ...others.map(({ documentId }) => documentId)]
}

/** Ids of the documents whose title, author or text holds the words, compared by `foldForSearch`; at most 2,000. */
export async function findDocumentIds(permit: Permit<'document.read'>, words: string): Promise<string[]> {
  const { read } = await database()
  const { workspaceId } = permit
  const rows = await read.document.findMany({
    where: { workspaceId, deletedAt: null },
    select: { id: true, title: true, author: true },
  })
  const named = idsHolding(
    rows.map(({ id, title, author }) => ({ id, parts: [title, author] })),
    words,
  )
  return [...new Set([...named, ...(await findByText(permit, words))])].slice(0, maxMatches)
}

/** Ids of the references whose title, author, publisher, address or DOI holds the words (`foldForSearch`); at most 2,000. */
export async function findReferenceIds(permit: Permit<'reference.read'>, words: string): Promise<string[]> {
  const { read } = await database()
  const rows = await read.reference.findMany({
    where: { workspaceId: permit.workspaceId, deletedAt: null },
    select: { id: true, title: true, author: true, publisher: true, url: true, doi: true },
  })
  return idsHolding(
    rows.map(({ id, title, author, publisher, url, doi }) => ({ id, parts: [title, author, publisher, url, doi] })),
    words,
  )
}

/** Ids of the sources whose name or homepage holds the words (`foldForSearch`); at most 2,000. */
export async function findSourceIds(permit: Permit<'source.read'>, words: string): Promise<string[]> {
  const { read } = await database()
  const rows = await read.source.findMany({
    where: { workspaceId: permit.workspaceId, deletedAt: null },
    select: { id: true, name: true, homepage: true },
  })
  return idsHolding(
    rows.map(({ id, name, homepage }) => ({ id, parts: [name, homepage] })),
    words,
  )
}

/** Ids of the review sessions whose name or question holds the words (`foldForSearch`), regardless of who may see them; at most 2,000. */
export async function findSessionIds(permit: Permit<'review-session.read'>, words: string): Promise<string[]> {
  const { read } = await database()
  const rows = await read.reviewSession.findMany({
    where: { workspaceId: permit.workspaceId, deletedAt: null },
    select: { id: true, name: true, question: true },
  })
  return idsHolding(
    rows.map(({ id, name, question }) => ({ id, parts: [name, question] })),
    words,
  )
}

/** Ids of the members whose name holds the words (`foldForSearch`); at most 2,000. */
export async function findMemberIds(permit: Permit<'member.list'>, words: string): Promise<string[]> {
  const { read } = await database()
  const rows = await read.member.findMany({
    where: { workspaceId: permit.workspaceId },
    select: { id: true, user: { select: { name: true } } },
  })
  return idsHolding(
    rows.map(({ id, user }) => ({ id, parts: [user.name] })),
    words,
  )
}

/** The most short texts whose folded form is cached. Folding is pure, so entries never go stale. */
const maxKept = 20_000
const kept = new Map<string, string>()

/** `foldForSearch` for a name or another short text, cached because a list has the same ones at each search. */
export function foldKept(text: string): string {
  const known = kept.get(text)
  if (known !== undefined) return known
  const folded = foldForSearch(text)
  if (kept.size >= maxKept) kept.clear()
  kept.set(text, folded)
  return folded
}

/**
 * Stores the folded text of revisions that lack it, which older versions wrote; until then each search folds them. Several processes may run this at
 * once. Returns the number of revisions folded.
 */
export async function foldRevisions({ read, write }: Database): Promise<number> {
  let count = 0
  for (;;) {
    const [revision] = await read.revision.findMany({
      where: { folded: null },
      select: { id: true, text: true },
      take: 1,
    })
    if (revision === undefined) return count
    const { id, text } = revision
    await write.revision.updateMany({ where: { id, folded: null }, data: { folded: foldForSearch(text) } })
    count += 1
    await pause()
  }
}

/** Runs `foldRevisions` on the database of this process, in the background. */
export function foldOldRevisions(): void {
  database()
    .then(foldRevisions)
    .catch((error: unknown) => {
      logger().error({ err: error }, 'The texts of older revisions could not be prepared for searching')
    })
}

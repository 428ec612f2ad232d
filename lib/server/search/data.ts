import type { Permit } from '../access/gate'
import { database } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'

/** The most matches a search follows; beyond, the words are too common to be of use. */
export const maxMatches = 2_000

/** A LIKE pattern that finds `words` anywhere, with `!` as the escape character. */
export function containsPattern(words: string): string {
  return `%${words.toLowerCase().replaceAll(/[!%_]/g, '!$&')}%`
}

/**
 * The column in lower case, for any script: SQLite's own `lower` knows only ASCII, and so does PostgreSQL's in the C locale.
 * `fold` is defined on every SQLite connection (lib/server/db/client.ts).
 */
function foldedColumn(engine: 'sqlite' | 'postgresql', column: string): string {
  return engine === 'sqlite' ? `fold(${column})` : `lower(${column} COLLATE "und-x-icu")`
}

/** The condition that one of the columns holds the words, in any case, for a query that asks more. The columns are SQL, never input. */
export function holdsWords(
  engine: 'sqlite' | 'postgresql',
  { columns, words }: { columns: readonly string[]; words: string },
): Prisma.Sql {
  const pattern = containsPattern(words)
  const held = columns.map(
    (column) => Prisma.sql`${Prisma.raw(foldedColumn(engine, column))} LIKE ${pattern} ESCAPE '!'`,
  )
  return Prisma.sql`(${Prisma.join(held, ' OR ')})`
}

async function findIds(
  permit: Permit,
  search: { from: string; id: string; where: string; columns: readonly string[]; words: string },
): Promise<string[]> {
  const { read, location } = await database()
  const { engine } = location
  const placeholder = (place: number) => (engine === 'postgresql' ? `$${String(place)}` : '?')
  const pattern = containsPattern(search.words)
  const any = search.columns
    .map((column, place) => `${foldedColumn(engine, column)} LIKE ${placeholder(place + 2)} ESCAPE '!'`)
    .join(' OR ')
  const rows = await read.$queryRawUnsafe<{ id: string }[]>(
    `SELECT DISTINCT ${search.id} AS id FROM ${search.from} WHERE ${search.where} = ${placeholder(1)} AND (${any}) LIMIT ${String(maxMatches)}`,
    permit.workspaceId,
    ...search.columns.map(() => pattern),
  )
  return rows.map(({ id }) => id)
}

/** Ids of the documents whose title, author or text holds the words, in any case; at most 2,000. */
export function findDocumentIds(permit: Permit<'document.read'>, words: string): Promise<string[]> {
  return findIds(permit, {
    from: '"Document" d JOIN "Revision" r ON r."documentId" = d."id"',
    id: 'd."id"',
    where: 'd."workspaceId"',
    columns: ['d."title"', 'd."author"', 'r."text"'],
    words,
  })
}

/** Ids of the references whose title, author, publisher, address or DOI holds the words, in any case; at most 2,000. */
export function findReferenceIds(permit: Permit<'reference.read'>, words: string): Promise<string[]> {
  return findIds(permit, {
    from: '"Reference" x',
    id: 'x."id"',
    where: 'x."workspaceId"',
    columns: ['x."title"', 'x."author"', 'x."publisher"', 'x."url"', 'x."doi"'],
    words,
  })
}

/** Ids of the sources whose name or homepage holds the words, in any case; at most 2,000. */
export function findSourceIds(permit: Permit<'source.read'>, words: string): Promise<string[]> {
  return findIds(permit, {
    from: '"Source" s',
    id: 's."id"',
    where: 's."workspaceId"',
    columns: ['s."name"', 's."homepage"'],
    words,
  })
}

/** Ids of the review sessions whose name or question holds the words, in any case, whoever may see them; at most 2,000. */
export function findSessionIds(permit: Permit<'review-session.read'>, words: string): Promise<string[]> {
  return findIds(permit, {
    from: '"ReviewSession" y',
    id: 'y."id"',
    where: 'y."workspaceId"',
    columns: ['y."name"', 'y."question"'],
    words,
  })
}

/** Ids of the members whose name holds the words, in any case; at most 2,000. */
export function findMemberIds(permit: Permit<'member.list'>, words: string): Promise<string[]> {
  return findIds(permit, {
    from: '"Member" m JOIN "User" u ON u."id" = m."userId"',
    id: 'm."id"',
    where: 'm."workspaceId"',
    columns: ['u."name"'],
    words,
  })
}

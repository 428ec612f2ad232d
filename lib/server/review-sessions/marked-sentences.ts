import { markDecided } from '@/lib/domain/annotations/coverage'
import { isOpenForMarks, type AssignmentState } from '@/lib/domain/assignments/states'
import type { SentenceSpan } from '@/lib/domain/text/sentences'
import { readCheckable } from '../assignments/checkable'
import type { DatabaseLocation, Reader } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'

/** An assignment of a session, with what its progress needs. */
export interface Part {
  assignmentId: string
  revisionId: string
  state: AssignmentState
  version: number
}

/** Which checkable sentences are decided, by assignment, and how many each revision has. */
export interface MarkedSentences {
  /** One byte for each checkable sentence of the assignment's revision: 1 when it is decided. */
  decided: ReadonlyMap<string, Uint8Array>
  /** The number of checkable sentences, by revision. */
  totals: ReadonlyMap<string, number>
}

interface Packed {
  id: string
  packed: string
}

/** Joins a group's values into one text: a row for each mark would take most of the time of a large session. */
function joined(engine: DatabaseLocation['engine'], value: Prisma.Sql): Prisma.Sql {
  return engine === 'postgresql'
    ? Prisma.sql`string_agg(CAST(${value} AS TEXT), ' ')`
    : Prisma.sql`group_concat(${value}, ' ')`
}

const none: readonly number[] = []

/**
 * The cached count of an assignment whose marks are locked. They cannot change until its state changes, and with it its version, so most of a session
 * need not be read again at each view.
 */
interface Kept {
  version: number
  sentences: readonly SentenceSpan[]
  decided: Uint8Array
}

/** The most assignments kept in memory: enough for about 20 sessions of 500 documents with three reviewers each. */
const maxKept = 30_000
const kept = new Map<string, Kept>()

/** Includes the workspace, because assignment ids are unique only within one. */
function keyOf(workspaceId: string, assignmentId: string): string {
  return `${workspaceId} ${assignmentId}`
}

function keep(key: string, entry: Kept): void {
  kept.delete(key)
  kept.set(key, entry)
  const [oldest] = kept.keys()
  if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest)
}

function isSame(some: readonly SentenceSpan[], others: readonly SentenceSpan[]): boolean {
  if (some === others) return true
  return (
    some.length === others.length &&
    some.every(({ start, end }, at) => start === others[at]?.start && end === others[at].end)
  )
}

/** The cached sentences of an assignment; null when its marks have to be read. */
function known(
  workspaceId: string,
  { assignmentId, version, state }: Part,
  sentences: readonly SentenceSpan[],
): Uint8Array | null {
  if (isOpenForMarks(state)) return null
  const entry = kept.get(keyOf(workspaceId, assignmentId))
  return entry?.version === version && isSame(entry.sentences, sentences) ? entry.decided : null
}

/** The condition that an assignment `a` has one of these ids, as a single parameter for any number of ids. */
function isOneOf(engine: DatabaseLocation['engine'], ids: readonly string[]): Prisma.Sql {
  return engine === 'postgresql'
    ? Prisma.sql`AND a."id" = ANY(string_to_array(${ids.join(' ')}, ' '))`
    : Prisma.sql`AND a."id" IN (SELECT "value" FROM json_each(${JSON.stringify(ids)}))`
}

/** Parses whole numbers separated by one character each. */
function unpack(packed: string | undefined): readonly number[] {
  if (packed === undefined) return none
  const numbers: number[] = []
  let number = 0
  for (let at = 0; at < packed.length; at += 1) {
    const digit = packed.charCodeAt(at) - 48
    if (digit >= 0 && digit <= 9) number = number * 10 + digit
    else {
      numbers.push(number)
      number = 0
    }
  }
  numbers.push(number)
  return numbers
}

function byId(rows: readonly Packed[]): Map<string, string> {
  return new Map(rows.map(({ id, packed }) => [id, packed]))
}

/**
 * Which sentences the reviewers of a session have decided, counted as the reader counts. Each kind of mark is read with one query that returns one
 * row per assignment; locked assignments come from the cache. Reveals no ratings; the caller decides who may see the result.
 * @param asked.parts assignments of the session, with their state as it was read
 */
export async function readMarkedSentences(
  { read, engine }: { read: Reader; engine: DatabaseLocation['engine'] },
  asked: { workspaceId: string; sessionId: string; parts: readonly Part[]; revisionIds: readonly string[] },
): Promise<MarkedSentences> {
  const checkable = await readCheckable(read, asked.revisionIds)
  const totals = new Map([...checkable].map(([id, sentences]) => [id, sentences.length]))
  const decided = new Map<string, Uint8Array>()
  const unknown: Part[] = []
  for (const part of asked.parts) {
    const counted = known(asked.workspaceId, part, checkable.get(part.revisionId) ?? [])
    if (counted === null) unknown.push(part)
    else decided.set(part.assignmentId, counted)
  }
  if (unknown.length === 0) return { decided, totals }
  const { spansOf, decisionsOf } = await readMarks({ read, engine }, asked, unknown)
  for (const { assignmentId, revisionId, state, version } of unknown) {
    const sentences = checkable.get(revisionId) ?? []
    const spans = unpack(spansOf.get(assignmentId))
    const counted = markDecided({ sentences, spans, decisions: unpack(decisionsOf.get(assignmentId)) })
    decided.set(assignmentId, counted)
    if (!isOpenForMarks(state)) keep(keyOf(asked.workspaceId, assignmentId), { version, sentences, decided: counted })
  }
  return { decided, totals }
}

async function readMarks(
  { read, engine }: { read: Reader; engine: DatabaseLocation['engine'] },
  { workspaceId, sessionId }: { workspaceId: string; sessionId: string },
  parts: readonly Part[],
): Promise<{ spansOf: Map<string, string>; decisionsOf: Map<string, string> }> {
  const places = Prisma.sql`"Assignment" a
    JOIN "SessionDocument" e ON e."workspaceId" = a."workspaceId" AND e."sessionId" = a."sessionId" AND e."documentId" = a."documentId"`
  const which = Prisma.sql`a."workspaceId" = ${workspaceId} AND a."sessionId" = ${sessionId} ${isOneOf(
    engine,
    parts.map(({ assignmentId }) => assignmentId),
  )}`
  // Grouped by the columns of an index, which returns the rows in that order.
  const [decisions, annotations] = await Promise.all([
    read.$queryRaw<Packed[]>`
      SELECT MIN(a."id") AS "id", ${joined(engine, Prisma.sql`s."start"`)} AS "packed"
      FROM ${places}
      JOIN "SentenceDecision" s
        ON s."workspaceId" = e."workspaceId" AND s."revisionId" = e."revisionId" AND s."authorId" = a."memberId" AND s."sessionKey" = a."sessionId"
      WHERE ${which}
      GROUP BY a."documentId", a."memberId"`,
    read.$queryRaw<Packed[]>`
      SELECT MIN(a."id") AS "id", ${joined(engine, Prisma.sql`n."start" || '-' || n."end"`)} AS "packed"
      FROM ${places}
      JOIN "Annotation" n
        ON n."workspaceId" = a."workspaceId" AND n."sessionId" = a."sessionId" AND n."revisionId" = e."revisionId" AND n."authorId" = a."memberId" AND n."deletedAt" IS NULL
      WHERE ${which}
      GROUP BY a."documentId", a."memberId"`,
  ])
  return { spansOf: byId(annotations), decisionsOf: byId(decisions) }
}

import { markDecided } from '@/lib/domain/annotations/coverage'
import { isOpenForMarks, type AssignmentState } from '@/lib/domain/assignments/states'
import type { SentenceSpan } from '@/lib/domain/text/sentences'
import { readCheckable } from '../assignments/checkable'
import type { DatabaseLocation, Reader } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'

/** One assignment of a session, as far as its progress needs. */
export interface Part {
  assignmentId: string
  revisionId: string
  state: AssignmentState
  version: number
}

/** What the parts of a session came to: of each assignment which checkable sentences are decided, and how many sentences each revision has. */
export interface MarkedSentences {
  /** One byte for each checkable sentence of the assignment's revision: 1 when it is decided. */
  decided: ReadonlyMap<string, Uint8Array>
  /** Checkable sentences of each revision. */
  totals: ReadonlyMap<string, number>
}

interface Packed {
  id: string
  packed: string
}

/** Values of a group in one text: a row a mark would take most of the time of a large session. */
function joined(engine: DatabaseLocation['engine'], value: Prisma.Sql): Prisma.Sql {
  return engine === 'postgresql'
    ? Prisma.sql`string_agg(CAST(${value} AS TEXT), ' ')`
    : Prisma.sql`group_concat(${value}, ' ')`
}

const none: readonly number[] = []

/**
 * What was counted of an assignment whose marks are locked. They stay as they are until its state changes, and with it its version, so that most of
 * a session need not be read again each time someone looks at it.
 */
interface Kept {
  version: number
  sentences: readonly SentenceSpan[]
  decided: Uint8Array
}

/** The most assignments kept in memory: enough for about 20 sessions of 500 documents with three reviewers each. */
const maxKept = 30_000
const kept = new Map<string, Kept>()

/** An id is unique within its workspace, and what is kept is of all of them. */
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

/** What is known of a part without reading its marks; null when they have to be read. */
function known(
  workspaceId: string,
  { assignmentId, version, state }: Part,
  sentences: readonly SentenceSpan[],
): Uint8Array | null {
  if (isOpenForMarks(state)) return null
  const entry = kept.get(keyOf(workspaceId, assignmentId))
  return entry?.version === version && isSame(entry.sentences, sentences) ? entry.decided : null
}

/** The condition that an assignment `a` is one of some, with one parameter however many there are. */
function isOneOf(engine: DatabaseLocation['engine'], ids: readonly string[]): Prisma.Sql {
  return engine === 'postgresql'
    ? Prisma.sql`AND a."id" = ANY(string_to_array(${ids.join(' ')}, ' '))`
    : Prisma.sql`AND a."id" IN (SELECT "value" FROM json_each(${JSON.stringify(ids)}))`
}

/** Whole numbers that are separated by one character each. */
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
 * Which sentences the reviewers of a session have decided, counted as the reader counts. Reads each kind of mark with one query that gives a row an
 * assignment, and not again what is locked. Says nothing of ratings; who may be told is the caller's to judge.
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
  // Grouped by the columns of an index, which gives the rows in that order.
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

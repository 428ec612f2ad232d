import { markDecided } from '@/lib/domain/annotations/coverage'
import { readCheckable } from '../assignments/checkable'
import type { DatabaseLocation, Reader } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'

/** One assignment of a session, as far as its progress needs. */
export interface Part {
  assignmentId: string
  revisionId: string
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
 * assignment. Says nothing of ratings; who may be told is the caller's to judge.
 * @param asked.memberId whose part alone is read; everyone's when null
 */
export async function readMarkedSentences(
  { read, engine }: { read: Reader; engine: DatabaseLocation['engine'] },
  asked: { sessionId: string; memberId: string | null; parts: readonly Part[]; revisionIds: readonly string[] },
): Promise<MarkedSentences> {
  const { sessionId, memberId, parts } = asked
  const whose = memberId === null ? Prisma.empty : Prisma.sql`AND a."memberId" = ${memberId}`
  const places = Prisma.sql`"Assignment" a
    JOIN "SessionDocument" e ON e."sessionId" = a."sessionId" AND e."documentId" = a."documentId"`
  // Grouped by the columns of an index, which gives the rows in that order.
  const [decisions, annotations] = await Promise.all([
    read.$queryRaw<Packed[]>`
      SELECT MIN(a."id") AS "id", ${joined(engine, Prisma.sql`s."start"`)} AS "packed"
      FROM ${places}
      JOIN "SentenceDecision" s
        ON s."revisionId" = e."revisionId" AND s."authorId" = a."memberId" AND s."sessionKey" = a."sessionId"
      WHERE a."sessionId" = ${sessionId} ${whose}
      GROUP BY a."documentId", a."memberId"`,
    read.$queryRaw<Packed[]>`
      SELECT MIN(a."id") AS "id", ${joined(engine, Prisma.sql`n."start" || '-' || n."end"`)} AS "packed"
      FROM ${places}
      JOIN "Annotation" n
        ON n."sessionId" = a."sessionId" AND n."revisionId" = e."revisionId" AND n."authorId" = a."memberId" AND n."deletedAt" IS NULL
      WHERE a."sessionId" = ${sessionId} ${whose}
      GROUP BY a."documentId", a."memberId"`,
  ])
  const spansOf = byId(annotations)
  const decisionsOf = byId(decisions)
  const checkable = await readCheckable(read, asked.revisionIds)
  const decided = new Map(
    parts.map(({ assignmentId, revisionId }) => [
      assignmentId,
      markDecided({
        sentences: checkable.get(revisionId) ?? [],
        spans: unpack(spansOf.get(assignmentId)),
        decisions: unpack(decisionsOf.get(assignmentId)),
      }),
    ]),
  )
  return { decided, totals: new Map([...checkable].map(([id, sentences]) => [id, sentences.length])) }
}

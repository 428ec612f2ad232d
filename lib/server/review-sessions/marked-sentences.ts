import { measureCoverage } from '@/lib/domain/annotations/coverage'
import { readCheckable } from '../assignments/checkable'
import type { DatabaseLocation, Reader } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'

/** One assignment of a session, as far as its progress needs. */
export interface Part {
  assignmentId: string
  revisionId: string
}

/** What the parts of a session came to: of each assignment which checkable sentences are decided, and how many sentences its revision has. */
export interface MarkedSentences {
  /** One entry for each checkable sentence of the assignment's revision. */
  decided: ReadonlyMap<string, readonly boolean[]>
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

function unpack(rows: readonly Packed[]): Map<string, string[]> {
  return new Map(rows.map(({ id, packed }) => [id, packed.split(' ')]))
}

/**
 * Which sentences the reviewers of a session have decided, counted as the reader counts. Reads each kind of mark with one query that gives a row an
 * assignment. Says nothing of ratings; who may be told is the caller's to judge.
 * @param memberId whose part alone is read; everyone's when null
 */
export async function readMarkedSentences(
  { read, engine }: { read: Reader; engine: DatabaseLocation['engine'] },
  {
    sessionId,
    memberId,
    parts,
    revisionIds,
  }: { sessionId: string; memberId: string | null; parts: readonly Part[]; revisionIds: readonly string[] },
): Promise<MarkedSentences> {
  const whose = memberId === null ? Prisma.empty : Prisma.sql`AND a."memberId" = ${memberId}`
  const places = Prisma.sql`"Assignment" a
    JOIN "SessionDocument" e ON e."sessionId" = a."sessionId" AND e."documentId" = a."documentId"`
  const decisions = unpack(
    await read.$queryRaw<Packed[]>`
      SELECT a."id", ${joined(engine, Prisma.sql`s."start"`)} AS "packed"
      FROM ${places}
      JOIN "SentenceDecision" s
        ON s."revisionId" = e."revisionId" AND s."authorId" = a."memberId" AND s."sessionKey" = a."sessionId"
      WHERE a."sessionId" = ${sessionId} ${whose}
      GROUP BY a."id"`,
  )
  const annotations = unpack(
    await read.$queryRaw<Packed[]>`
      SELECT a."id", ${joined(engine, Prisma.sql`n."start" || '-' || n."end"`)} AS "packed"
      FROM ${places}
      JOIN "Annotation" n
        ON n."sessionId" = a."sessionId" AND n."revisionId" = e."revisionId" AND n."authorId" = a."memberId" AND n."deletedAt" IS NULL
      WHERE a."sessionId" = ${sessionId} ${whose}
      GROUP BY a."id"`,
  )
  const checkable = await readCheckable(read, revisionIds)
  const decided = new Map(
    parts.map(({ assignmentId, revisionId }) => {
      const { outcomes } = measureCoverage({
        sentences: checkable.get(revisionId) ?? [],
        // Any rating decides a sentence.
        annotations: (annotations.get(assignmentId) ?? []).map((span) => {
          const [start, end] = span.split('-').map(Number)
          return { start: start ?? 0, end: end ?? 0, rating: 'unsourced' as const }
        }),
        decisions: (decisions.get(assignmentId) ?? []).map((start) => ({ start: Number(start), end: Number(start) })),
      })
      return [assignmentId, outcomes.map((outcome) => outcome !== null)]
    }),
  )
  return { decided, totals: new Map([...checkable].map(([id, sentences]) => [id, sentences.length])) }
}

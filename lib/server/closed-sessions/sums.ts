import type { SourceSums } from '@/lib/domain/reports/dashboard/source-figures'
import type { AssessedRating } from '@/lib/domain/reports/schema'
import type { Reader, Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { documentsJudgedBlind, sourcesJudgedBlind } from '../visibility/marks'

const m = Prisma.sql`(c."sourced" + c."unsourced" + c."contradicted")`
/** Whether anything was settled in the document of a row; a report calls such a document reviewed. */
const isReviewed = Prisma.sql`(${m} + c."notCheckable" + c."noClaim" + c."incomplete" + c."singleReview" + c."decided") > 0`

/** A sum as a whole number: PostgreSQL returns large sums as decimals. */
function sum(of: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`CAST(SUM(${of}) AS BIGINT)`
}

/** Maps every column of SourceCount to its expression over the rows `c` of DocumentCount. */
const parts: readonly [column: string, value: Prisma.Sql][] = [
  ['workspaceId', Prisma.sql`c."workspaceId"`],
  ['sourceId', Prisma.sql`c."sourceId"`],
  ['documents', sum(Prisma.sql`CASE WHEN ${isReviewed} THEN 1 ELSE 0 END`)],
  ['documentsWithClaims', sum(Prisma.sql`CASE WHEN ${m} > 0 THEN 1 ELSE 0 END`)],
  ['sourced', sum(Prisma.sql`c."sourced"`)],
  ['unsourced', sum(Prisma.sql`c."unsourced"`)],
  ['contradicted', sum(Prisma.sql`c."contradicted"`)],
  ['notCheckable', sum(Prisma.sql`c."notCheckable"`)],
  ['noClaim', sum(Prisma.sql`c."noClaim"`)],
  ['incomplete', sum(Prisma.sql`c."incomplete"`)],
  ['singleReview', sum(Prisma.sql`c."singleReview"`)],
  ['disputed', sum(Prisma.sql`c."disputed"`)],
  ['partial', sum(Prisma.sql`c."partial"`)],
  // A report computes coverage over the documents in which something was settled.
  ['decided', sum(Prisma.sql`CASE WHEN ${isReviewed} THEN c."decided" ELSE 0 END`)],
  ['checkable', sum(Prisma.sql`CASE WHEN ${isReviewed} THEN c."checkable" ELSE 0 END`)],
  ['mostAssessed', Prisma.sql`MAX(${m})`],
  ['assessedSquares', sum(Prisma.sql`${m} * ${m}`)],
  ['sourcedSquares', sum(Prisma.sql`c."sourced" * c."sourced"`)],
  ['sourcedProducts', sum(Prisma.sql`c."sourced" * ${m}`)],
  ['unsourcedSquares', sum(Prisma.sql`c."unsourced" * c."unsourced"`)],
  ['unsourcedProducts', sum(Prisma.sql`c."unsourced" * ${m}`)],
  ['contradictedSquares', sum(Prisma.sql`c."contradicted" * c."contradicted"`)],
  ['contradictedProducts', sum(Prisma.sql`c."contradicted" * ${m}`)],
  ['lastClosedAt', Prisma.sql`MAX(c."closedAt")`],
]

/** The columns of SourceCount, and their values from a query over DocumentCount `c`, grouped by workspace and source. */
export const sumsOfCounts = {
  columns: Prisma.join(parts.map(([column]) => Prisma.raw(`"${column}"`))),
  values: Prisma.join(parts.map(([column, value]) => Prisma.sql`${value} AS ${Prisma.raw(`"${column}"`)}`)),
}

/** The sums of a source, and when a session that counts was last closed. */
export interface SourceTotals {
  sums: SourceSums
  lastClosedAt: string
}

type Column =
  Exclude<keyof SourceSums, 'squares' | 'products'> | `${AssessedRating}Squares` | `${AssessedRating}Products`
/** A row of SourceCount, or of the same query over some documents. Databases return sums as bigint, and times as text or dates. */
type Row = Record<Column, number | bigint> & { sourceId: string; lastClosedAt: Date | string }

function totalsOf(row: Row): SourceTotals {
  const number = (column: Column) => Number(row[column])
  return {
    sums: {
      documents: number('documents'),
      documentsWithClaims: number('documentsWithClaims'),
      sourced: number('sourced'),
      unsourced: number('unsourced'),
      contradicted: number('contradicted'),
      notCheckable: number('notCheckable'),
      noClaim: number('noClaim'),
      incomplete: number('incomplete'),
      singleReview: number('singleReview'),
      disputed: number('disputed'),
      partial: number('partial'),
      decided: number('decided'),
      checkable: number('checkable'),
      mostAssessed: number('mostAssessed'),
      assessedSquares: number('assessedSquares'),
      squares: {
        sourced: number('sourcedSquares'),
        unsourced: number('unsourcedSquares'),
        contradicted: number('contradictedSquares'),
      },
      products: {
        sourced: number('sourcedProducts'),
        unsourced: number('unsourcedProducts'),
        contradicted: number('contradictedProducts'),
      },
    },
    lastClosedAt: new Date(row.lastClosedAt).toISOString(),
  }
}

/**
 * What closed sessions settled about the sources of a workspace, by source. Documents in a blind phase are left out, as in a report: their source is
 * summed from its other documents, and `hidden` says how many were left out.
 */
export async function readSourceTotals(
  read: Reader | Transaction,
  workspaceId: string,
): Promise<ReadonlyMap<string, SourceTotals & { hidden: number }>> {
  const rows = await read.$queryRaw<Row[]>`
    SELECT c.* FROM "SourceCount" c WHERE c."workspaceId" = ${workspaceId}`
  const totals = new Map(rows.map((row) => [row.sourceId, { ...totalsOf(row), hidden: 0 }]))
  const touched = await read.$queryRaw<
    { sourceId: string }[]
  >`${sourcesJudgedBlind(workspaceId, Prisma.sql`"DocumentCount"`)}`
  if (touched.length === 0) return totals
  const hidden = await read.$queryRaw<{ sourceId: string; n: number | bigint }[]>`
    SELECT c."sourceId", COUNT(*) AS "n" FROM "DocumentCount" c
    WHERE c."workspaceId" = ${workspaceId} AND c."documentId" IN (${documentsJudgedBlind(workspaceId)})
    GROUP BY c."sourceId"`
  const left = await read.$queryRaw<Row[]>`
    SELECT ${sumsOfCounts.values} FROM "DocumentCount" c
    WHERE c."workspaceId" = ${workspaceId} AND c."documentId" NOT IN (${documentsJudgedBlind(workspaceId)})
      AND c."sourceId" IN (${Prisma.join(touched.map(({ sourceId }) => sourceId))})
    GROUP BY c."workspaceId", c."sourceId"`
  const leftOf = new Map(left.map((row) => [row.sourceId, totalsOf(row)]))
  for (const { sourceId, n } of hidden) {
    const rest = leftOf.get(sourceId)
    if (rest === undefined) totals.delete(sourceId)
    else totals.set(sourceId, { ...rest, hidden: Number(n) })
  }
  return totals
}

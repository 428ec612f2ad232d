import {
  effectiveDocuments,
  estimateShare,
  minimumClaims,
  minimumDocuments,
  type Interval,
  type ShareEstimate,
} from '../../statistics/intervals'
import { assessedRatings, type AssessedRating, type DocumentLine, type ReportView } from '../schema'
import { differenceOfShares } from './compare'

/** The lengths of the periods that a report can be cut into, the coarsest first. */
const units = ['year', 'quarter', 'month'] as const
export type PeriodUnit = (typeof units)[number]

/** The documents published in one period. */
export interface Period {
  /** Sorts by time: "2025", "2025-Q1", "2025-03". */
  key: string
  documents: number
  claims: Record<AssessedRating | 'assessed', number>
  /** Null where the period alone has too little for shares. */
  shares: Record<AssessedRating, ShareEstimate> | null
  /** Whether its documents were reviewed by other rules than those of the previous period with shares. */
  hasOtherRules: boolean
}

/** A source over time. `last` is the last period with shares less the one before; null across a change of rules. */
export interface Trend {
  unit: PeriodUnit
  periods: Period[]
  last: Record<AssessedRating, Interval & { difference: number }> | null
  /** Reviewed documents with claims whose date is too imprecise for this unit, or unknown. */
  undated: number
}

/** The period of a partial date (YYYY, YYYY-MM or YYYY-MM-DD); null where the date is unknown or too imprecise. */
function keyOf(date: string | null, unit: PeriodUnit): string | null {
  const parts = /^(\d{4})(?:-(\d{2}))?/.exec(date ?? '')
  const [year, month] = [parts?.[1], parts?.[2]]
  if (year === undefined) return null
  if (unit === 'year') return year
  if (month === undefined) return null
  return unit === 'month' ? `${year}-${month}` : `${year}-Q${String(Math.ceil(Number(month) / 3))}`
}

function sharesOf(lines: readonly DocumentLine[]): Period['shares'] {
  const sizes = lines.map(({ claims }) => claims.assessed)
  const assessed = sizes.reduce((sum, size) => sum + size, 0)
  if (assessed < minimumClaims || effectiveDocuments(sizes) < minimumDocuments) return null
  const shareOf = (rating: AssessedRating) =>
    estimateShare(lines.map(({ claims }) => ({ count: claims[rating], of: claims.assessed })))
  const [sourced, unsourced, contradicted] = [shareOf('sourced'), shareOf('unsourced'), shareOf('contradicted')]
  return sourced === null || unsourced === null || contradicted === null ? null : { sourced, unsourced, contradicted }
}

/** The rules that documents were reviewed by, as text: equal text means equal rules. */
function rulesOf(lines: readonly DocumentLine[], { sessions, methodVersion }: ReportView): string {
  const protocolOf = new Map(sessions.map(({ id, protocolSays }) => [id, protocolSays.join(' ')]))
  const rules = lines.map(({ adjudication }) =>
    adjudication === null ? 'in the open' : (protocolOf.get(adjudication.sessionId) ?? adjudication.sessionId),
  )
  return [methodVersion, ...[...new Set(rules)].sort()].join('\n')
}

function cut(report: ReportView, unit: PeriodUnit): Trend {
  const groups = new Map<string, DocumentLine[]>()
  let undated = 0
  for (const line of report.documents) {
    if (line.claims.assessed === 0) continue
    const key = keyOf(line.publishedOn, unit)
    if (key === null) undated++
    else groups.set(key, [...(groups.get(key) ?? []), line])
  }
  let rules: string | null = null
  const periods = [...groups]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, lines]): Period => {
      const countOf = (name: AssessedRating | 'assessed') => lines.reduce((sum, { claims }) => sum + claims[name], 0)
      const claims = {
        sourced: countOf('sourced'),
        unsourced: countOf('unsourced'),
        contradicted: countOf('contradicted'),
        assessed: countOf('assessed'),
      }
      const shares = sharesOf(lines)
      const own = rulesOf(lines, report)
      const hasOtherRules = shares !== null && rules !== null && own !== rules
      if (shares !== null) rules = own
      return { key, documents: lines.length, claims, shares, hasOtherRules }
    })
  return { unit, periods, last: lastDifference(periods), undated }
}

function lastDifference(periods: readonly Period[]): Trend['last'] {
  const [before, last] = periods.filter(({ shares }) => shares !== null).slice(-2)
  if (before?.shares == null || last?.shares == null || last.hasOtherRules) return null
  const [earlier, later] = [before.shares, last.shares]
  const differenceOf = (rating: AssessedRating) => differenceOfShares(later[rating], earlier[rating])
  return {
    sourced: differenceOf('sourced'),
    unsourced: differenceOf('unsourced'),
    contradicted: differenceOf('contradicted'),
  }
}

/**
 * Groups a source's documents by publication date into years, quarters or months. It takes the unit with the most periods that have enough for
 * shares, the coarser of two with equally many. Periods with too little keep their counts and have no shares.
 * @returns null where fewer than two periods have enough, or the report withholds shares
 */
export function trendOf(report: ReportView): Trend | null {
  if (report.shares === null) return null
  const passing = ({ periods }: Trend) => periods.filter(({ shares }) => shares !== null).length
  const best = units
    .map((unit) => cut(report, unit))
    .reduce((found, trend) => (passing(trend) > passing(found) ? trend : found))
  return passing(best) < 2 ? null : best
}

const monthNames = 'January February March April May June July August September October November December'.split(' ')

/** A period in words: "2025", "January to March 2025", "March 2025". */
export function periodInWords(key: string): string {
  const [year = key, part] = key.split('-')
  if (part === undefined) return year
  if (!part.startsWith('Q')) return `${monthNames[Number(part) - 1] ?? part} ${year}`
  const first = (Number(part.slice(1)) - 1) * 3
  return `${monthNames[first] ?? part} to ${monthNames[first + 2] ?? ''} ${year}`
}

/** Whether any share of the last two periods is distinct. */
export function hasMoved({ last }: Trend): AssessedRating[] {
  return last === null ? [] : assessedRatings.filter((rating) => last[rating].low > 0 || last[rating].high < 0)
}

import { z } from 'zod'
import { periodSchema, type ReportSession } from '../review-schema'
import {
  assessedRatings,
  claimCountsSchema,
  coverageSchema,
  gateSchema,
  sharesSchema,
  type ReportView,
} from '../schema'
import { compareReports } from './compare'
import { comparisonSchema } from './comparison-schema'
import { idSchema } from '../../fields'
import { protocolSchema } from '../../review-sessions/protocol'

/**
 * One side of a comparison: what a session settled about one source. It uses that session's own verdicts, even where a later session replaced them.
 * `shares` is null where there is too little data; `gates` say why.
 */
const sessionSideSchema = z.object({
  session: z.object({ id: idSchema, name: z.string(), question: z.string(), closedAt: z.iso.datetime() }),
  source: z.object({ id: idSchema, name: z.string() }),
  period: periodSchema,
  documents: z.number().int(),
  claims: claimCountsSchema,
  coverage: coverageSchema,
  shares: sharesSchema.nullable(),
  agreement: z.object({
    established: z.boolean(),
    says: z.string(),
    alpha: z.number().nullable(),
    interval: z.object({ low: z.number(), high: z.number() }).nullable(),
  }),
  protocol: protocolSchema,
  protocolSays: z.array(z.string()),
  sampleSays: z.string(),
  gates: z.array(gateSchema),
})
/** See `sessionSideSchema`. */
export type SessionSide = z.infer<typeof sessionSideSchema>

/** A difference of the second session from the first. */
const sessionChangeSchema = z.object({
  code: z.enum(['protocol', 'guidelines', 'question', 'source', 'documents', 'sample']),
  says: z.string(),
})
/** See `sessionChangeSchema`. */
type SessionChange = z.infer<typeof sessionChangeSchema>

/** Two closed sessions side by side, and what changed between them. */
export const sessionComparisonSchema = z
  .object({
    methodVersion: z.string(),
    first: sessionSideSchema,
    second: sessionSideSchema,
    changes: z
      .array(sessionChangeSchema)
      .describe('The differences of the second session, those with most effect on ratings first.'),
    comparable: z.boolean().describe('Whether a difference is given at all.'),
    says: z.string().describe('Why there is no difference, or what must be known about it.'),
    shares: comparisonSchema.shape.shares.describe(
      'For each rating the first less the second with its 95 % interval. Null where the rules changed, both read a same document, or either has too little data.',
    ),
    cautions: comparisonSchema.shape.cautions,
  })
  .meta({ id: 'SessionComparison' })
/** See `sessionComparisonSchema`. */
export type SessionComparison = z.infer<typeof sessionComparisonSchema>

/** A session to compare: its report on one source, and the guidelines, which the report does not contain. */
export interface ComparedSession {
  session: ReportSession
  /** Computed from this session alone. It lists no session when nothing was settled about the source. */
  report: ReportView
  guidelines: string
}

function sideOf({ session, report }: ComparedSession): SessionSide {
  const { id, name, question, closedAt, protocol, protocolSays, sampleSays } = session
  const { established, says, figures } = report.agreement
  const alpha = figures?.labelAlpha ?? null
  return {
    session: { id, name, question, closedAt },
    source: { id: report.source.id, name: report.source.name },
    period: report.period,
    documents: report.reviewedDocuments,
    claims: report.claims,
    coverage: report.coverage,
    shares: report.shares,
    agreement: {
      established,
      says,
      alpha: alpha?.value ?? null,
      interval: alpha?.interval == null ? null : { low: alpha.interval.low, high: alpha.interval.high },
    },
    protocol,
    protocolSays,
    sampleSays,
    gates: report.gates,
  }
}

function documentsIn({ report }: ComparedSession): ReadonlySet<string> {
  return new Set(report.documents.map(({ id }) => id))
}

/** Counts the documents that both sessions read. Sessions that share documents rate the same claims and are not separate samples. */
function countShared(first: ComparedSession, second: ComparedSession): number {
  const known = documentsIn(first)
  return [...documentsIn(second)].filter((id) => known.has(id)).length
}

/** States the rules that differ, each session's in its own words; null when all are the same. */
function rulesInWords(first: ReportSession, second: ReportSession): string | null {
  const only = (own: ReportSession, other: ReportSession) =>
    own.protocolSays.filter((says) => !other.protocolSays.includes(says)).join(' ')
  const [before, after] = [only(first, second), only(second, first)]
  if (before === '' && after === '') return null
  return `The rules changed. “${first.name}”: ${before === '' ? 'nothing of that.' : before} “${second.name}”: ${after === '' ? 'nothing of that.' : after}`
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}

function changesOf(first: ComparedSession, second: ComparedSession): SessionChange[] {
  const [one, other] = [first.session, second.session]
  const changes: SessionChange[] = []
  const rules = rulesInWords(one, other)
  if (rules !== null) changes.push({ code: 'protocol', says: rules })
  if (first.guidelines.trim() !== second.guidelines.trim()) {
    changes.push({ code: 'guidelines', says: 'Reviewers worked by different guidelines.' })
  }
  if (one.question.trim() !== other.question.trim()) {
    changes.push({ code: 'question', says: 'The sessions set out to answer different questions.' })
  }
  if (first.report.source.id !== second.report.source.id) {
    changes.push({
      code: 'source',
      says: `“${one.name}” is on ${first.report.source.name}, “${other.name}” on ${second.report.source.name}.`,
    })
  }
  const shared = countShared(first, second)
  const [before, after] = [documentsIn(first).size, documentsIn(second).size]
  if (before !== shared || after !== shared) {
    const says =
      shared === 0
        ? `Other documents: none of the ${before} in the first is among the ${after} in the second.`
        : `Other documents: ${plural(shared, 'document is', 'documents are')} in both, ${before - shared} in the first alone and ${after - shared} in the second alone.`
    changes.push({ code: 'documents', says })
  }
  if ((one.sample === null) !== (other.sample === null)) {
    changes.push({ code: 'sample', says: 'One drew its documents at random; people chose those of the other.' })
  }
  return changes
}

/** Why no difference of two sessions can be given; null when one can. */
function whyNot(first: ComparedSession, second: ComparedSession, changes: readonly SessionChange[]): string | null {
  if (changes.some(({ code }) => code === 'protocol'))
    return 'These sessions cannot be compared: they were worked by different rules, and a difference would say as much of these as of what was published. Each stands by itself.'
  const shared = countShared(first, second)
  if (shared > 0)
    return `No difference is given: ${plural(shared, 'document was', 'documents were')} read in both sessions, so they are no separate samples. What reviewers made of the same texts is a matter of agreement.`
  const few = [first, second].filter(({ report }) => report.shares === null)
  if (few.length > 0)
    return `No difference is given: ${few.map((each) => `“${each.session.name}”`).join(' and ')} ${few.length === 1 ? 'has' : 'have'} too few settled claims or documents for shares.`
  return null
}

/** The report with its session's name in place of the source's, so that cautions can tell two sessions on one source apart. */
function named({ session, report }: ComparedSession): ReportView {
  return { ...report, source: { ...report.source, name: `“${session.name}”` } }
}

/**
 * Sets two closed sessions side by side, in the caller's order. A difference is given only where both had the same rules, read no document in common,
 * and have enough for shares; otherwise a sentence says why there is none.
 */
export function compareSessions(first: ComparedSession, second: ComparedSession): SessionComparison {
  const changes = changesOf(first, second)
  const reason = whyNot(first, second, changes)
  const compared = compareReports(named(first), named(second))
  const shares = reason === null ? compared.shares : null
  const distinct = shares === null ? [] : assessedRatings.filter((rating) => shares[rating].isDistinct)
  const says =
    reason ??
    (distinct.length === 0
      ? 'The two cannot be told apart: every interval of a difference contains 0, which does not make them equal.'
      : `The two can be told apart in claims that are ${distinct.join(' and ')}: there the interval of the difference leaves out 0.`)
  return {
    methodVersion: first.report.methodVersion,
    first: sideOf(first),
    second: sideOf(second),
    changes,
    comparable: reason === null && shares !== null,
    says,
    shares,
    cautions: compared.cautions.filter(({ code }) => code !== 'shares-withheld'),
  }
}

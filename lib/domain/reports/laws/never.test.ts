import { describe, expect, test } from 'vitest'
import { computeAgreement } from '../../agreement/session-agreement'
import { protocolSchema } from '../../review-sessions/protocol'
import { compareReports } from '../comparing/compare'
import { compareSessions } from '../comparing/compare-sessions'
import { trendOf } from '../comparing/periods'
import type { ReportDocument, SessionRecord } from '../input-schema'
import { describeSession } from '../report-sessions'
import { reportViewSchema, shareSchema } from '../schema'
import {
  makeCitation,
  makeDocument,
  makeSettled,
  makeSettledDocuments,
  mark,
  placeOf,
  reportOn,
  settle,
} from './fixtures'

/** All values of plain data other than lists and objects, each with its path of names. */
function leavesOf(value: unknown, path: readonly string[] = []): { path: string; value: unknown }[] {
  if (value === null || typeof value !== 'object') return [{ path: path.join('.'), value }]
  return Object.entries(value).flatMap(([key, part]) => leavesOf(part, [...path, key]))
}

/** A settled document with more claims than it has. */
function withMore(document: ReportDocument, claims: readonly ReturnType<typeof settle>[]): ReportDocument {
  const { adjudication } = document
  if (adjudication === null || adjudication === undefined) throw new Error('It was settled.')
  return { ...document, adjudication: { ...adjudication, claims: [...adjudication.claims, ...claims] } }
}

const settled = makeSettledDocuments(6)
const report = reportOn(settled)

describe('a report never', () => {
  test('shows a share without its n, interval and period', () => {
    for (const share of Object.values(report.shares ?? {})) {
      expect(share).toMatchObject({ of: 54, documents: 6 })
      expect(share?.low).toBeLessThanOrEqual(share?.share ?? 0)
      expect(share?.high).toBeGreaterThan(share?.share ?? 1)
    }
    expect(report.period).toMatchObject({
      published: { from: '2025-03-14' },
      reviewed: { to: '2025-03-20T00:00:00.000Z' },
    })
    for (const needed of ['of', 'low', 'high', 'documents'] as const) {
      const { [needed]: _left, ...without } = report.shares?.contradicted ?? {}
      expect(shareSchema.safeParse(without).success, needed).toBe(false)
    }
    expect(reportViewSchema.shape.period.safeParse(undefined).success).toBe(false)
  })

  test('makes one figure or a grade of many: every number is a count, a share, an interval or a place', () => {
    const known =
      /(^|\.)(sourced|unsourced|contradicted|assessed|notCheckable|noClaim|open|incomplete|singleReview|disputed|partial|count|of|share|low|high|documents|designEffect|effectiveSize|decided|checkable|undecided|reviewers|reviewedDocuments|undated|agreeing|rated|dissent|claims|changed|ties|ownVerdicts|drawn|blind|compared|total|coMarked|thin|start|end|sentence|quoteStart)$/
    const others = leavesOf({ ...report, agreement: null, sessions: [] }).filter(
      ({ path, value }) =>
        typeof value === 'number' &&
        !known.test(path) &&
        !/leaveOneOut|otherRules|furtherDocuments|unmarked|unseen|plan|twoPhase/i.test(path),
    )
    expect(others.map(({ path }) => path)).toEqual([])
    const names = leavesOf(report).map(({ path }) => path)
    expect(names.filter((name) => /score|grade|rank|stars|index\b/i.test(name))).toEqual([])
  })

  test('counts what is not checkable or was not reviewed as anything', () => {
    const [first, ...others] = settled
    if (first === undefined) throw new Error('There are six.')
    const unreviewed = makeDocument('untouched', 80)
    const more = reportOn([withMore(first, [settle(9, 'not_checkable')]), ...others, unreviewed])
    expect(more.shares).toEqual(report.shares)
    expect(more).toMatchObject({ reviewedDocuments: 6, claims: { notCheckable: 1, assessed: 54 } })
  })

  test('shows unsourced as false', () => {
    const [first, ...others] = settled
    if (first === undefined) throw new Error('There are six.')
    const more = reportOn([
      withMore(first, [settle(9, 'unsourced', { citations: [makeCitation('contradicted')] })]),
      ...others,
    ])
    expect(more.claims).toMatchObject({ unsourced: 1, contradicted: 6 })
    expect(more.contradicted.map(({ claimId }) => claimId)).not.toContain('claim 9')
    expect(more.gates.map(({ says }) => says).join(' ')).not.toMatch(/\bfalse\b|\bwrong\b|\blie/i)
  })

  test('measures agreement on verdicts, or on ratings made after others could be seen', () => {
    const spans = Array.from({ length: 8 }, (_, sentence) => ({
      ...placeOf(sentence),
      rating: sentence % 2 === 0 ? ('sourced' as const) : ('unsourced' as const),
    }))
    const rated = (reviewer: string, at: number) => ({
      id: reviewer,
      spans: spans.map((span, place) => ({ ...span, id: `${reviewer} ${String(at)} ${String(place)}` })),
    })
    const blind = settled.map(({ id }, at) => ({ id, length: 100, reviewers: [rated('x', at), rated('y', at)] }))
    const agreement = computeAgreement(blind)
    const figures = reportOn(settled, { agreement }).agreement.figures
    // Other verdicts, and late votes, change no figure of agreement.
    const overturned = settled.map((document) =>
      makeSettled(
        document.id,
        10,
        (document.adjudication?.claims ?? []).map((claim) => ({ ...claim, rating: 'unsourced' as const })),
      ),
    )
    expect(reportOn(overturned, { agreement }).agreement.figures).toEqual(figures)
    // Late votes do not enter the plurality of the blind ratings either.
    const late = settle(0, 'unsourced', {
      votes: [
        { annotationId: 'a', rating: 'unsourced', late: false },
        { annotationId: 'b', rating: 'sourced', late: true },
        { annotationId: 'c', rating: 'sourced', late: true },
      ],
    })
    expect(reportOn([makeSettled('d', 5, [late])]).documents[0]?.adjudication).toMatchObject({ changed: 0, ties: 0 })
  })

  test('pools sources, or puts those in an order whose intervals overlap', () => {
    const [first, ...rest] = makeSettledDocuments(6)
    if (first === undefined) throw new Error('There are six.')
    const other = reportOn([withMore(first, [settle(9, 'contradicted')]), ...rest])
    const compared = compareReports(report, other)
    const { shares } = compared
    expect(shares?.contradicted.isDistinct).toBe(false)
    for (const share of Object.values(shares ?? {})) expect(share.isDistinct).toBe(share.low > 0 || share.high < 0)
    expect([compared.first.assessed, compared.second.assessed]).toEqual([54, 55])
    expect(leavesOf(compared).filter(({ value }) => value === 54 + 55)).toEqual([])
    // The order is the caller's, regardless of which share is higher.
    const turned = compareReports(other, report)
    expect(turned.first.assessed).toBe(55)
    expect(turned.shares?.contradicted.difference).toBeCloseTo(-(shares?.contradicted.difference ?? 1), 12)
  })

  test('fills in for what is not known', () => {
    const nothing = reportOn([])
    expect(nothing).toMatchObject({ shares: null, otherIntervals: null, bounds: null })
    expect(reportOn([makeDocument('d', 5)]).documents[0]?.shares).toEqual({
      sourced: null,
      unsourced: null,
      contradicted: null,
    })
    expect(nothing.agreement).toMatchObject({ established: false, figures: null })
  })

  test('drops disputed claims', () => {
    const disputed = settled.map((document) =>
      makeSettled(
        document.id,
        10,
        (document.adjudication?.claims ?? []).map((claim) => ({ ...claim, disputed: true })),
      ),
    )
    expect(reportOn(disputed)).toMatchObject({ claims: { disputed: 54, assessed: 54 }, shares: report.shares })
  })

  test('changes a denominator without saying so', () => {
    const alone = makeDocument('alone', 10, { annotations: [mark('x', 0, { rating: 'contradicted' })] })
    const [left, counted] = [
      reportOn([...settled, alone]),
      reportOn([...settled, alone], { choices: { singleReviews: 'counted' } }),
    ]
    expect(counted.shares?.contradicted?.of).toBe((left.shares?.contradicted?.of ?? 0) + 1)
    expect(counted.choices).not.toEqual(left.choices)
    expect(counted.gates).not.toEqual(left.gates)
    for (const each of [left, counted]) {
      const { claims, shares } = each
      expect(claims.assessed).toBe(claims.sourced + claims.unsourced + claims.contradicted)
      for (const share of Object.values(shares ?? {})) expect(share?.of).toBe(claims.assessed)
    }
  })

  test('lets a majority settle a claim', () => {
    const votes = [
      mark('x', 0, { rating: 'sourced' }),
      mark('y', 0, { rating: 'sourced' }),
      mark('z', 0, { rating: 'contradicted' }),
    ]
    const open = reportOn([makeDocument('d', 5, { annotations: votes })])
    expect(open.claims).toMatchObject({ open: 1, assessed: 0 })
    // A verdict against a majority stays as the adjudicator settled it.
    expect(reportOn([makeSettled('d', 5, [settle(0, 'unsourced')])]).claims).toMatchObject({ unsourced: 1 })
  })

  test('lists a contradicted claim without its reference and quote', () => {
    const claims = [
      settle(0, 'contradicted', { citations: [makeCitation('contradicted', { quote: '' })] }),
      settle(1, 'contradicted', { citations: [] }),
      settle(2, 'contradicted'),
    ]
    const { contradicted } = reportOn([makeSettled('d', 5, claims)])
    expect(contradicted).toHaveLength(1)
    for (const { evidence } of contradicted)
      expect(
        evidence.some(({ stance, title, quote }) => stance === 'contradicts' && title !== '' && quote !== ''),
      ).toBe(true)
  })

  test('gives a trend, or a difference of two sessions, over a change of the rules', () => {
    const made = (session: string, year: string) =>
      makeSettledDocuments(6).map((document) => {
        const { adjudication } = document
        if (adjudication === null || adjudication === undefined) throw new Error('It was settled.')
        const publishedOn = `${year}-03-14`
        return {
          ...document,
          id: `${session} ${document.id}`,
          publishedOn,
          adjudication: { ...adjudication, sessionId: session },
        }
      })
    const recordOf = (id: string, protocol: object): SessionRecord => ({
      id,
      name: id,
      question: '',
      closedAt: '2025-03-20T00:00:00.000Z',
      protocol: protocolSchema.parse(protocol),
      sample: null,
      documents: { ofSource: 6, all: 6 },
    })
    const [early, late] = [made('early', '2024'), made('late', '2025')]
    for (const protocol of [{ requireQuotes: true }, { secondReading: { how: 'share', share: 0.5 } }, {}]) {
      const isSame = Object.keys(protocol).length === 0
      const sessions = [recordOf('early', {}), recordOf('late', protocol)] as const
      const trend = trendOf(reportOn([...early, ...late], { sessions }))
      expect(trend?.periods.filter(({ shares }) => shares !== null)).toHaveLength(2)
      expect(trend?.last === null).toBe(!isSame)
      const sideOf = (documents: readonly ReportDocument[], session: SessionRecord) => ({
        session: describeSession(session, { sourceId: 's', adjudications: [] }),
        report: reportOn(documents, { sessions: [session] }),
        guidelines: '',
      })
      const compared = compareSessions(sideOf(early, sessions[0]), sideOf(late, sessions[1]))
      expect(compared.shares === null).toBe(!isSame)
      expect(compared.says.includes('cannot be compared: they were worked by different rules')).toBe(!isSame)
    }
  })

  test('names a reviewer', () => {
    const annotations = [mark('member-ada', 0, { rating: 'sourced' }), mark('member-bo', 0, { rating: 'sourced' })]
    const open = makeDocument('open', 5, {
      annotations,
      decisions: [{ id: 'decision', authorId: 'member-ada', ...placeOf(1) }],
    })
    const [first] = settled
    if (first?.adjudication === null || first?.adjudication === undefined) throw new Error('It was settled.')
    const closed = { ...first, adjudication: { ...first.adjudication, reviewerIds: ['member-ada', 'member-bo'] } }
    // Ids of marks are text of the fixture.
    const values = leavesOf(reportOn([open, closed])).filter(({ path }) => !path.includes('annotationIds'))
    expect(values.filter(({ value }) => typeof value === 'string' && value.includes('member-'))).toEqual([])
  })
})

import { describe, expect, test } from 'vitest'
import type { ReportDocument } from '../input-schema'
import { makeCitation, makeDocument, makeSettled, makeSettledDocuments, mark, reportOn, settle } from './fixtures'

const codesOf = (report: ReturnType<typeof reportOn>) => report.gates.map(({ code }) => code)

describe('documents', () => {
  // One document has all claims; the others have one sentence with the decision "no claim here".
  const lopsided = [
    makeSettled(
      'all',
      30,
      Array.from({ length: 30 }, (_, sentence) => settle(sentence, 'sourced')),
    ),
    ...['a', 'b', 'c', 'd'].map((id): ReportDocument => {
      const empty = makeSettled(id, 1, [])
      const { adjudication } = empty
      if (adjudication === null || adjudication === undefined) throw new Error('It was settled.')
      return { ...empty, adjudication: { ...adjudication, decisions: [{ authorId: 'x', start: 0, end: 9 }] } }
    }),
  ]

  test('count by their assessed claims: thirty of one and “no claim” in four others give no shares', () => {
    const report = reportOn(lopsided)
    expect(report).toMatchObject({ reviewedDocuments: 5, claims: { assessed: 30 }, shares: null, bounds: null })
    const gate = report.gates.find(({ code }) => code === 'too-few-documents')
    expect(gate?.says).toContain('1 of at least 5 have assessed claims')
  })

  test('one with more than half of all claims is said', () => {
    const many = Array.from({ length: 37 }, (_, sentence) => settle(sentence, 'sourced'))
    const others = makeSettledDocuments(4)
    expect(codesOf(reportOn([makeSettled('long', 40, many), ...others]))).toContain('one-document')
    expect(codesOf(reportOn([makeSettled('long', 40, many.slice(1)), ...others]))).not.toContain('one-document')
  })

  test('say when they were published and reviewed', () => {
    const [first, second, third] = makeSettledDocuments(3)
    if (first === undefined || second === undefined || third === undefined) throw new Error('There are three.')
    const documents = [
      { ...first, publishedOn: '2025-04-02' },
      { ...second, publishedOn: null, reviewed: { from: '2025-03-02T00:00:00.000Z', to: '2025-03-09T00:00:00.000Z' } },
      { ...third, publishedOn: '2024-11' },
      // Nobody has reviewed it, so the report ignores its date.
      { ...makeDocument('untouched', 5), publishedOn: '1999' },
    ]
    expect(reportOn(documents).period).toEqual({
      published: { from: '2024-11', to: '2025-04-02', undated: 1 },
      reviewed: { from: '2025-03-02T00:00:00.000Z', to: '2025-03-20T00:00:00.000Z' },
    })
    expect(reportOn([]).period).toEqual({ published: { from: null, to: null, undated: 0 }, reviewed: null })
  })
})

describe('a contradicted claim', () => {
  test.each<[string, ReturnType<typeof makeCitation>[]]>([
    ['without a citation', []],
    ['whose citation quotes nothing', [makeCitation('contradicted', { quote: ' ' })]],
    ['that is cited as supported', [makeCitation('sourced')]],
  ])('%s is incomplete, counted as that and said, and not listed', (_name, citations) => {
    const settled = reportOn([makeSettled('d', 5, [settle(0, 'contradicted', { citations }), settle(1, 'sourced')])])
    expect(settled.claims).toMatchObject({ contradicted: 0, incomplete: 1, assessed: 1 })
    expect(settled.contradicted).toEqual([])
    expect(codesOf(settled)).toContain('incomplete-claims')
    const open = reportOn([
      makeDocument('d', 5, {
        annotations: ['x', 'y'].map((author) => mark(author, 0, { rating: 'contradicted', citations })),
      }),
    ])
    expect(open.claims).toMatchObject({ contradicted: 0, incomplete: 1, assessed: 0 })
    expect(open.contradicted).toEqual([])
  })

  test('is listed with its reference and quote', () => {
    const { contradicted } = reportOn([makeSettled('d', 5, [settle(0, 'contradicted')])])
    expect(contradicted).toMatchObject([
      { counted: true, evidence: [{ title: 'Traffic register', quote: 'a daily mean of 27,400' }] },
    ])
  })
})

describe('what one person alone judged', () => {
  const alone = Array.from({ length: 6 }, (_, place) =>
    makeDocument(`d${String(place)}`, 10, {
      annotations: Array.from({ length: 8 }, (_unused, sentence) =>
        mark('x', sentence, { rating: sentence === 0 ? 'contradicted' : 'sourced' }),
      ),
    }),
  )

  test('makes no headline, is said, and is listed as not counted', () => {
    const report = reportOn(alone)
    expect(report.claims).toMatchObject({ assessed: 0, sourced: 0, contradicted: 0, singleReview: 48 })
    expect(report).toMatchObject({ choices: { singleReviews: 'left-out' }, reviewedDocuments: 6, shares: null })
    expect(report.contradicted).toHaveLength(6)
    expect(report.contradicted.every(({ single, counted }) => single && !counted)).toBe(true)
    expect(report.gates.find(({ code }) => code === 'single-review')?.says).toContain('48 claims rest on one person')
  })

  test('counts once this is chosen, which the report says', () => {
    const report = reportOn(alone, { choices: { singleReviews: 'counted' } })
    expect(report.claims).toMatchObject({ assessed: 48, sourced: 42, contradicted: 6, singleReview: 48 })
    expect(report.shares?.contradicted).toMatchObject({ count: 6, of: 48 })
    expect(report).toMatchObject({ choices: { singleReviews: 'counted' } })
    expect(report.gates.find(({ code }) => code === 'single-review')?.says).toContain('because this was chosen')
    expect(report.contradicted.every(({ counted }) => counted)).toBe(true)
  })

  test.each<[string, Parameters<typeof settle>[2], number]>([
    ['its reviewer settled it', { own: true }, 1],
    ['nobody rated it, and one settled it', { votes: [] }, 1],
    ['another member settled it', {}, 0],
  ])('also in a session: %s', (_name, given, singleReview) => {
    const votes = [{ annotationId: 'vote', rating: 'sourced' as const, late: false }]
    const report = reportOn([makeSettled('d', 5, [settle(0, 'sourced', { votes, ...given })])])
    expect(report.claims).toMatchObject({ singleReview, sourced: 1 - singleReview })
  })
})

describe('the bounds', () => {
  test('hold for claims that are open, incomplete or judged by one person, as for undecided sentences', () => {
    const settled = makeSettledDocuments(5)
    const open = makeDocument('open', 6, {
      annotations: [
        ...[mark('x', 0, { rating: 'contradicted' }), mark('y', 0, { rating: 'sourced' })],
        ...[mark('x', 1, { rating: 'sourced', citations: [] }), mark('y', 1, { rating: 'sourced', citations: [] })],
        mark('x', 2, { rating: 'contradicted' }),
      ],
    })
    const { bounds, claims } = reportOn([...settled, open])
    expect(claims).toMatchObject({ contradicted: 5, assessed: 45, open: 1, incomplete: 1, singleReview: 1 })
    // Five sentences of the settled documents and three of the open one are undecided.
    expect(bounds).toMatchObject({ undecided: 8, open: 1, incomplete: 1, singleReview: 1 })
    expect(bounds?.low).toBeCloseTo(5 / 56, 12)
    expect(bounds?.high).toBeCloseTo(16 / 56, 12)
    // Regardless of how these are settled, the share ends between the bounds.
    for (const [contradicted, others, dropped] of [
      [11, 0, 0],
      [0, 11, 0],
      [0, 0, 11],
      [4, 3, 4],
    ] as const) {
      const share = (5 + contradicted) / (56 - dropped)
      expect(share, String(others)).toBeGreaterThanOrEqual(bounds?.low ?? 1)
      expect(share).toBeLessThanOrEqual(bounds?.high ?? 0)
    }
  })

  test('are none where everything is settled', () => {
    const whole = makeSettledDocuments(5).map((document): ReportDocument => {
      const { adjudication, checkable } = document
      if (adjudication === null || adjudication === undefined) throw new Error('It was settled.')
      return { ...document, adjudication: { ...adjudication, checkable: checkable.slice(0, 9) } }
    })
    expect(reportOn(whole)).toMatchObject({ bounds: null, coverage: { decided: 45, checkable: 45 } })
  })
})

describe('what changed after it had been settled', () => {
  test('is said: withdrawn documents with what was settled, sessions that were replaced or reopened', () => {
    const [kept, gone] = makeSettledDocuments(2)
    if (kept === undefined || gone?.adjudication === null || gone?.adjudication === undefined)
      throw new Error('There are two.')
    const report = reportOn([kept], {
      withdrawn: [
        {
          id: 'gone',
          title: 'Tolls',
          publishedOn: null,
          reason: 'Another paper wrote it.',
          by: 'Ada',
          at: '2025-03-21T00:00:00.000Z',
          sessionId: 'session',
          sessionName: 'Spring',
          adjudication: gone.adjudication,
        },
      ],
      earlierSessions: [{ id: 'early', name: 'Winter', closedAt: '2025-01-20T00:00:00.000Z', documents: 1 }],
      reopenedSessions: [{ id: 'again', name: 'Autumn', reopenedAt: '2025-03-21T00:00:00.000Z' }],
    })
    expect(report.withdrawn).toMatchObject([{ title: 'Tolls', claims: { assessed: 9, contradicted: 1 } }])
    expect(report.claims.assessed).toBe(9)
    const said = report.gates.map(({ says }) => says).join(' ')
    expect(said).toContain(
      '1 document was withdrawn after being assessed, with 9 assessed claims, 1 of them contradicted',
    )
    expect(said).toContain('“Winter”')
    expect(said).toContain('“Autumn” was closed and has been reopened')
  })
})

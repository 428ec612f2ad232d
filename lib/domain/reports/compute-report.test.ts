import { describe, expect, test } from 'vitest'
import { exactInterval, jeffreysInterval } from '@/lib/domain/statistics/beta'
import type { Rating, Stance } from '../annotations/rating'
import { defaultProtocol } from '../review-sessions/protocol'
import type { SentenceSpan } from '../text/sentences'
import { assessClaim } from './report-claims'
import { computeReport } from './compute-report'
import type { AdjudicatedClaim, ReportAnnotation, ReportDocument } from './input-schema'

let next = 0

function annotation(authorId: string, sentence: number, rating: Rating, stances: Stance[]): ReportAnnotation {
  next += 1
  return {
    id: `a${String(next).padStart(4, '0')}`,
    authorId,
    start: sentence * 10,
    end: sentence * 10 + 9,
    exact: `Claim ${sentence}.`,
    rating,
    phase: 'open',
    disputed: false,
    partial: false,
    note: `Note of ${authorId}.`,
    citations: stances.map((stance, place) => ({
      id: `c${next}-${place}`,
      stance,
      quote: 'mean daily count',
      locator: '',
      quoteCheck: 'word-for-word' as const,
      quoteStart: 0,
      reference: {
        id: 'r1',
        title: 'Register',
        author: '',
        publisher: '',
        issued: '2024',
        url: '',
        doi: '',
        snapshotSha256: null,
        snapshotAt: null,
      },
    })),
  }
}

function sourced(authorId: string, sentence: number) {
  return annotation(authorId, sentence, 'sourced', ['supports'])
}
function contradicted(authorId: string, sentence: number) {
  return annotation(authorId, sentence, 'contradicted', ['contradicts'])
}

function document(id: string, sentenceCount: number, annotations: ReportAnnotation[]): ReportDocument {
  const sentences: SentenceSpan[] = Array.from({ length: sentenceCount }, (_, place) => ({
    start: place * 10,
    end: place * 10 + 9,
    kind: 'sentence',
  }))
  return {
    id,
    title: `Title ${id}`,
    publishedOn: '2025-03-14',
    revisionId: `rev-${id}`,
    sha256: '0'.repeat(64),
    sentences,
    checkable: sentences,
    annotations,
    decisions: [],
  }
}

function reportOn(documents: ReportDocument[]) {
  return computeReport({
    source: { id: 's', name: 'The Coastal Herald', kind: '', homepage: '' },
    documents,
    computedAt: '2025-03-21T00:00:00.000Z',
    inputSha256: '0'.repeat(64),
  })
}

describe('assessClaim', () => {
  test.each<[string, ReportAnnotation[], string]>([
    ['one complete rating', [sourced('x', 1)], 'sourced'],
    ['sourced without support does not speak', [annotation('x', 1, 'sourced', ['mentions'])], 'incomplete'],
    [
      'contradicted without contradiction does not speak',
      [annotation('x', 1, 'contradicted', ['supports'])],
      'incomplete',
    ],
    ['unsourced needs nothing', [annotation('x', 1, 'unsourced', [])], 'unsourced'],
    ['agreement', [sourced('x', 1), sourced('y', 1)], 'sourced'],
    ['difference is open, two against one as well', [sourced('x', 1), sourced('y', 1), contradicted('z', 1)], 'open'],
    [
      'an incomplete rating does not make a difference',
      [sourced('x', 1), annotation('y', 1, 'contradicted', [])],
      'sourced',
    ],
  ])('%s', (_name, annotations, outcome) => {
    expect(assessClaim(annotations)).toBe(outcome)
  })
})

describe('computeReport', () => {
  const five = Array.from({ length: 5 }, (_, place) =>
    document(
      `d${place}`,
      10,
      Array.from({ length: 8 }, (_unused, sentence) =>
        ['x', 'y'].map((author) =>
          sentence === 0 && place < 2 ? contradicted(author, sentence) : sourced(author, sentence),
        ),
      ).flat(),
    ),
  )

  test('pools sums over documents and states the interval', () => {
    const report = reportOn(five)
    expect(report.claims).toMatchObject({ assessed: 40, sourced: 38, contradicted: 2 })
    expect(report.shares?.contradicted).toMatchObject({
      count: 2,
      of: 40,
      share: 0.05,
      documents: 5,
      method: 'clustered',
    })
    expect(report.coverage).toEqual({ decided: 40, checkable: 50 })
    expect(report.bounds).toEqual({
      low: 2 / 50,
      high: 12 / 50,
      undecided: 10,
      open: 0,
      incomplete: 0,
      singleReview: 0,
    })
  })

  test('adds two more intervals on the same effective size', () => {
    const { shares, otherIntervals } = reportOn(five)
    const [share, others] = [shares?.contradicted, otherIntervals?.contradicted]
    expect(others).toEqual({
      exact: exactInterval(0.05 * (share?.effectiveSize ?? 0), share?.effectiveSize ?? 0),
      jeffreys: jeffreysInterval(0.05 * (share?.effectiveSize ?? 0), share?.effectiveSize ?? 0),
    })
    expect(others?.exact.high).toBeGreaterThan(share?.high ?? 1)
    // None of 40 is unsourced: the interval is at least as wide as for independent claims.
    expect(otherIntervals?.unsourced?.exact).toMatchObject({ low: 0 })
    expect(otherIntervals?.unsourced?.exact.high).toBeGreaterThan(0.088)
    expect(reportOn(five.slice(0, 4)).otherIntervals).toBeNull()
  })

  test('withholds shares below five documents or thirty claims', () => {
    const four = reportOn(five.slice(0, 4))
    expect(four.shares).toBeNull()
    expect(four.claims.assessed).toBe(32)
    expect(four.gates.map((gate) => gate.code)).toContain('too-few-documents')
    const thin = reportOn(five.map((one) => ({ ...one, annotations: one.annotations.slice(0, 10) })))
    expect(thin.shares).toBeNull()
    expect(thin.gates.map((gate) => gate.code)).toContain('too-few-claims')
  })

  test('withholds shares where one document has most of the claims, and does not count documents without any', () => {
    const sized = (sizes: number[]) =>
      reportOn(
        sizes.map((size, place) =>
          document(
            `d${place}`,
            40,
            Array.from({ length: Math.max(1, size) }, (_, sentence) =>
              size === 0
                ? [annotation('x', sentence, 'not_checkable', [])]
                : [sourced('x', sentence), sourced('y', sentence)],
            ).flat(),
          ),
        ),
      )
    const saysOf = (sizes: number[]) => sized(sizes).gates.find(({ code }) => code === 'too-few-documents')?.says
    expect(saysOf([8, 8, 8, 8, 8])).toBeUndefined()
    expect(saysOf([32, 0, 0, 0, 0])).toContain('1 of at least 5 have assessed claims')
    expect(saysOf([30, 2, 2, 2, 2])).toContain('5 documents are spread so unevenly that they weigh like 1.6')
    expect(sized([30, 2, 2, 2, 2]).shares).toBeNull()
    expect(sized([8, 8, 8, 8, 8, 0]).shares?.sourced).toMatchObject({ documents: 5 })
  })

  test('says what one document decides, and how many more would narrow the intervals', () => {
    const uneven = five.map((one, place) =>
      document(
        one.id,
        10,
        Array.from({ length: 8 }, (_, sentence) =>
          ['x', 'y'].map((author) => (sentence < place ? contradicted(author, sentence) : sourced(author, sentence))),
        ).flat(),
      ),
    )
    const { leaveOneOut, furtherDocuments } = reportOn(uneven)
    // 0, 1, 2, 3 and 4 of 8: 10 of 40 in all, 6 of 32 without the last and 10 of 32 without the first.
    expect(leaveOneOut?.contradicted).toEqual({
      lowest: { share: 6 / 32, documentId: 'd4', title: 'Title d4' },
      highest: { share: 10 / 32, documentId: 'd0', title: 'Title d0' },
    })
    expect(furtherDocuments).toMatchObject({ target: 0.15 })
    expect(furtherDocuments?.says).toMatch(
      /^The widest interval reaches \d+ points to either side\. About \d+ more documents/,
    )
    const withheld = reportOn(uneven.slice(0, 4))
    expect([withheld.leaveOneOut, withheld.furtherDocuments, withheld.otherRules]).toEqual([null, null, null])
  })

  test('calls itself an interim look while a review goes on', () => {
    const saysOf = (report: ReturnType<typeof reportOn>) => report.gates.find(({ code }) => code === 'interim')?.says
    expect(saysOf(reportOn(five))).toContain('5 of 5 reviewed documents are in no closed session')
    const blind = computeReport({
      source: { id: 's', name: 'The Coastal Herald', kind: '', homepage: '' },
      documents: five,
      documentsInBlindPhase: 2,
      computedAt: '2025-03-21T00:00:00.000Z',
      inputSha256: '0'.repeat(64),
    })
    expect(saysOf(blind)).toContain('and 2 documents are still being judged blind')
  })

  test('counts a claim of two reviewers once, and an open one not at all', () => {
    const report = reportOn([
      document('d', 5, [sourced('x', 0), sourced('y', 0), sourced('x', 1), contradicted('y', 1)]),
    ])
    expect(report.claims).toMatchObject({ assessed: 1, sourced: 1, open: 1, contradicted: 0 })
    expect(report.contradicted).toMatchObject([{ open: true, reviewers: { agreeing: 1, rated: 2 }, sentence: 2 }])
  })

  test('lists a contradicted claim with words, place and evidence, and merges what reviewers cite alike', () => {
    const report = reportOn([document('d', 5, [contradicted('x', 2), contradicted('y', 2)])])
    expect(report.contradicted).toHaveLength(1)
    expect(report.contradicted[0]).toMatchObject({
      exact: 'Claim 2.',
      sentence: 3,
      reviewers: { agreeing: 2, rated: 2 },
      notes: ['Note of x.', 'Note of y.'],
    })
    expect(report.contradicted[0]?.evidence).toHaveLength(1)
  })

  test('lists sourced and unsourced claims with their own evidence, in the order of the text', () => {
    const report = reportOn([
      document('d', 9, [
        sourced('x', 3),
        annotation('x', 5, 'unsourced', []),
        sourced('y', 3),
        annotation('x', 1, 'unsourced', []),
        annotation('x', 7, 'not_checkable', []),
      ]),
    ])
    expect(report.contradicted).toEqual([])
    expect(report.unsourced.map(({ place }) => place)).toEqual(['sentence 2', 'sentence 6'])
    expect(report.sourced).toMatchObject([
      {
        exact: 'Claim 3.',
        place: 'sentence 4',
        reviewers: { agreeing: 2, rated: 2 },
        notes: ['Note of x.', 'Note of y.'],
        evidence: [{ stance: 'supports', quote: 'mean daily count' }],
      },
    ])
  })

  test('an untouched document is listed and not counted as reviewed', () => {
    const report = reportOn([...five, document('untouched', 50, [])])
    expect(report.documents).toHaveLength(6)
    expect(report.reviewedDocuments).toBe(5)
    expect(report.coverage.checkable).toBe(50)
  })

  test('not checkable is counted beside the denominator', () => {
    const report = reportOn([
      document('d', 5, [annotation('x', 0, 'not_checkable', []), sourced('x', 1), sourced('y', 1)]),
    ])
    expect(report.claims).toMatchObject({ assessed: 1, notCheckable: 1 })
  })

  test('no documents at all', () => {
    const report = reportOn([])
    expect(report.shares).toBeNull()
    expect(report.contradicted).toEqual([])
  })
})

describe('a document that a closed session settled', () => {
  const vote = (annotationId: string, rating: Rating) => ({ annotationId, rating, late: false })
  const claim = (sentence: number, rating: Rating | null, ratings: Rating[]): AdjudicatedClaim => ({
    id: `claim ${sentence}`,
    start: sentence * 10,
    end: sentence * 10 + 9,
    exact: `Claim ${sentence}.`,
    rating,
    disputed: false,
    partial: false,
    reason: rating === null ? 'no-statement' : 'other',
    words: rating === 'contradicted' ? 'The register says otherwise.' : '',
    own: false,
    citations: rating === 'sourced' ? sourced('x', sentence).citations : contradicted('x', sentence).citations,
    votes: ratings.map((each, place) => vote(`vote ${sentence} ${place}`, each)),
  })
  const settled = (claims: AdjudicatedClaim[], annotations: ReportAnnotation[] = []): ReportDocument => ({
    ...document('d', 6, annotations),
    adjudication: {
      sessionId: 'session',
      sessionName: 'Spring',
      closedAt: '2025-03-20T00:00:00.000Z',
      minimumReviewers: 2,
      reviewerIds: ['x', 'y', 'z'],
      claims,
      decisions: [
        { authorId: 'x', start: 40, end: 49 },
        { authorId: 'y', start: 40, end: 49 },
        { authorId: 'x', start: 50, end: 59 },
      ],
      checkable: document('d', 6, []).checkable,
    },
  })
  const claims = [
    claim(0, 'contradicted', ['contradicted', 'unsourced', 'contradicted']),
    claim(1, 'sourced', ['unsourced', 'unsourced', 'sourced']),
    claim(2, null, ['not_checkable', 'unsourced']),
    claim(3, 'not_checkable', ['not_checkable']),
  ]

  test('is assessed by its verdicts alone, regardless of what reviewers marked', () => {
    const report = reportOn([settled(claims, [contradicted('x', 1), sourced('y', 5), contradicted('z', 2)])])
    expect(report.claims).toMatchObject({
      sourced: 1,
      contradicted: 1,
      unsourced: 0,
      assessed: 2,
      notCheckable: 1,
      noClaim: 1,
      open: 0,
      incomplete: 0,
    })
    expect(report.documents[0]).toMatchObject({
      reviewers: 3,
      adjudication: { sessionName: 'Spring', claims: 4, changed: 1, ties: 1 },
    })
  })

  test('states what other rules would make of the claims', () => {
    const one = [
      // The verdict follows the majority, goes against it, settles a tie, and is alone.
      claim(0, 'contradicted', ['contradicted', 'contradicted', 'unsourced']),
      claim(1, 'unsourced', ['contradicted', 'contradicted']),
      { ...claim(2, 'unsourced', ['unsourced', 'not_checkable']), disputed: true },
      claim(3, null, ['unsourced', 'unsourced']),
      claim(4, 'unsourced', ['unsourced', 'unsourced']),
      claim(5, 'unsourced', ['unsourced', 'unsourced', 'unsourced']),
      claim(6, 'not_checkable', ['not_checkable', 'not_checkable']),
    ]
    const documents = Array.from({ length: 6 }, (_, place) => ({ ...settled(one), id: `d${place}` }))
    const rows = reportOn(documents).otherRules?.map(({ rule, contradicted: c, unsourced: u, of, leftOut }) => [
      rule,
      ...[c, u, of, leftOut].map((count) => count / 6),
    ])
    expect(rows).toEqual([
      ['blind-plurality', 2, 3, 5, 1],
      ['unanimous', 1, 3, 4, 2],
      ['without-disputed', 1, 3, 4, 1],
    ])
  })

  test('lists what was contradicted with the verdict’s words, its evidence and how many dissent', () => {
    const { contradicted: findings } = reportOn([settled(claims, [contradicted('x', 1)])])
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({
      exact: 'Claim 0.',
      sentence: 1,
      open: false,
      notes: ['The register says otherwise.'],
      verdict: { reason: 'Another reason, in words', dissent: 1 },
      reviewers: { agreeing: 2, rated: 3 },
      evidence: [{ stance: 'contradicts', title: 'Register' }],
    })
  })

  test('covers a sentence by a settled claim, or by as many reviewers as the protocol asks for', () => {
    // Four claims, and one sentence in which two reviewers found no claim. The last sentence has such a decision by one reviewer only.
    expect(reportOn([settled(claims)]).coverage).toEqual({ decided: 5, checkable: 6 })
  })

  test('says in how many documents, and which claims one person alone rated', () => {
    const gatesOn = (documents: ReportDocument[]) =>
      new Map(reportOn(documents).gates.map(({ code, says }) => [code, says]))
    expect(gatesOn([settled(claims)]).has('not-adjudicated')).toBe(false)
    expect(gatesOn([settled(claims)]).has('interim')).toBe(false)
    expect(gatesOn([settled(claims)]).has('single-review')).toBe(false)
    const mixed = gatesOn([settled(claims), document('e', 2, [sourced('x', 0)])])
    expect(mixed.get('not-adjudicated')).toContain('1 of 2 reviewed documents')
    expect(mixed.get('single-review')).toContain('1 claim rests on one person alone')
  })

  test('prints the session’s question, rules, sample and verdicts', () => {
    const record = {
      id: 'session',
      name: 'Spring',
      question: 'Do the figures stand on a register?',
      closedAt: '2025-03-20T00:00:00.000Z',
      protocol: { ...defaultProtocol, minimumReviewers: 2 },
      sample: null,
      documents: { ofSource: 2, all: 5 },
    }
    const own = settled([
      { ...claim(0, 'contradicted', ['contradicted']), own: true },
      claim(1, 'sourced', ['sourced']),
    ])
    const report = computeReport({
      source: { id: 's', name: 'The Coastal Herald', kind: '', homepage: '' },
      documents: [own],
      sessions: [record, { ...record, id: 'of no document here' }],
      computedAt: '2025-03-21T00:00:00.000Z',
      inputSha256: '0'.repeat(64),
    })
    expect(report.sessions).toMatchObject([
      {
        name: 'Spring',
        question: 'Do the figures stand on a register?',
        sampleSays: 'Not random: people chose the documents.',
        documents: { counted: 1, ofSource: 2, all: 5 },
        reviewers: 3,
        claims: 2,
        ownVerdicts: 1,
      },
    ])
    expect(report.sessions[0]?.protocolSays.join(' ')).toContain('Reviewers worked blind')
    expect(report.sampling).toMatchObject({ state: 'not-random', drawn: 0, of: 1 })
    expect(report.contradicted[0]?.verdict).toMatchObject({ own: true })
    expect(report.agreement.established).toBe(false)
  })

  test('of a source nobody has reviewed, only what is missing is said', () => {
    const codes = reportOn([document('d', 5, [])]).gates.map(({ code }) => code)
    expect(codes).toEqual(['too-few-claims', 'too-few-documents'])
  })
})

import { describe, expect, test } from 'vitest'
import type { AssessedRating, Evidence, Finding, ReportView } from '../schema'
import { computeReport } from '../compute-report'
import type { ReportAnnotation, ReportDocument } from '../input-schema'
import { citeReport } from './citation'
import { anchorOf, claimRowsOf, chooseTelling } from './findings'
import { headlineOf, judgeCertainty } from './headline'
import { groupEvidence } from './claim-words'

function annotation(documentId: string, place: number, rating: AssessedRating | 'not_checkable'): ReportAnnotation {
  const stance = rating === 'sourced' ? 'supports' : rating === 'contradicted' ? 'contradicts' : null
  const about = { title: 'Register', author: '', publisher: '', issued: '', url: '', doi: '' }
  const reference = Object.assign({ id: 'r', snapshotSha256: null, snapshotAt: null }, about)
  return {
    id: `${documentId}-${String(place)}`,
    authorId: 'x',
    start: place * 10,
    end: place * 10 + 9,
    exact: `Claim ${String(place)}.`,
    rating,
    disputed: false,
    partial: false,
    phase: 'open',
    note: '',
    citations:
      stance === null
        ? []
        : [
            {
              id: `c-${documentId}-${String(place)}`,
              stance,
              quote: 'a quote',
              locator: '',
              quoteCheck: 'no-kept-text',
              quoteStart: null,
              reference,
            },
          ],
  }
}

/** A report on documents, each given by the ratings of its claims. */
function reportOn(...documents: (AssessedRating | 'not_checkable')[][]): ReportView {
  return computeReport({
    source: { id: 's', name: 'The Coastal Herald', kind: '', homepage: '' },
    computedAt: '2025-03-21T00:00:00.000Z',
    inputSha256: '0'.repeat(64),
    documents: documents.map((ratings, at): ReportDocument => {
      const sentences = ratings.map((_rating, place) => ({
        start: place * 10,
        end: place * 10 + 9,
        kind: 'sentence' as const,
      }))
      return {
        id: `d${String(at)}`,
        title: `Title ${String(at)}`,
        publishedOn: null,
        revisionId: `rev${String(at)}`,
        sha256: '',
        sentences,
        checkable: sentences,
        decisions: [],
        annotations: ratings.flatMap((rating, place) => {
          const one = annotation(`d${String(at)}`, place, rating)
          return [one, { ...one, id: `${one.id}-y`, authorId: 'y' }]
        }),
      }
    }),
  })
}

function ratings(sourced: number, unsourced: number, contradicted: number): AssessedRating[] {
  const many = (count: number, rating: AssessedRating) => Array.from({ length: count }, () => rating)
  return [...many(sourced, 'sourced'), ...many(unsourced, 'unsourced'), ...many(contradicted, 'contradicted')]
}

const say = (report: ReportView) =>
  headlineOf(report)
    .map(({ text }) => text)
    .join('')

describe('headlineOf', () => {
  test.each<[string, ReportView]>([
    ['No documents of this source are in the workspace yet.', reportOn()],
    ['No claim of this source has been assessed yet.', reportOn([])],
    [
      'No claim of this source has been assessed yet: two claims could not be checked.',
      reportOn(['not_checkable', 'not_checkable']),
    ],
    [
      'Reviewers checked one claim in one document and found evidence against it. That is too little to give shares.',
      reportOn(ratings(0, 0, 1)),
    ],
    [
      'Reviewers found no adequate evidence for or against any of the three claims that they checked in one document. That is too little to give shares.',
      reportOn(ratings(0, 3, 0)),
    ],
    [
      'Reviewers found evidence for nine of the twelve claims that they checked in two documents, and evidence against one. For the other two they found no adequate evidence either way. That is too little to give shares.',
      reportOn(ratings(5, 2, 0), ratings(4, 0, 1)),
    ],
    [
      'Reviewers found evidence for about three in four of the 195 claims that they checked in six documents, and evidence against ten. For the other 36 they found no adequate evidence either way.',
      reportOn(
        ...[ratings(25, 6, 2), ratings(25, 6, 2), ratings(25, 6, 2)],
        ...[ratings(25, 6, 2), ratings(25, 6, 1), ratings(24, 6, 1)],
      ),
    ],
    [
      'Reviewers found evidence for all of the 40 claims that they checked in eight documents, and evidence against none.',
      reportOn(...Array.from({ length: 8 }, () => ratings(5, 0, 0))),
    ],
  ])('says: %s', (words, report) => {
    expect(say(report)).toBe(words)
  })

  test.each([
    [1, 'one in ten'],
    [2, 'one in five'],
    [2.5, 'one in four'],
    [4, 'two in five'],
    [5, 'half'],
    [6, 'three in five'],
    [7.5, 'three in four'],
    [8, 'four in five'],
    [9, 'nine in ten'],
  ])('says %d of ten as “%s”, and that with weight', (sourced, words) => {
    const documents = Array.from({ length: 12 }, () => ratings(sourced * 4, 40 - sourced * 4, 0))
    const strong = headlineOf(reportOn(...documents)).filter((part) => part.strong)
    expect(strong.map(({ text }) => text)).toEqual([words, 'evidence against none'])
  })

  test('says no fraction where the interval is wide', () => {
    const report = reportOn(ratings(8, 0, 0), ratings(8, 0, 0), ratings(0, 8, 0), ratings(8, 0, 0), ratings(0, 8, 0))
    expect(say(report)).toContain('evidence for 24 of the 40 claims')
  })
})

test('the rows of the picture are the assessed claims of each document in the order of its text', () => {
  const report = reportOn(['unsourced', 'contradicted', 'not_checkable', 'sourced'], [], ['contradicted'])
  const rows = claimRowsOf(report)
  expect(rows.map(({ line, claims }) => [line.id, claims.map(({ rating }) => rating)])).toEqual([
    ['d0', ['unsourced', 'contradicted', 'sourced']],
    ['d2', ['contradicted']],
  ])
  expect(rows.flatMap(({ claims }) => claims)).toHaveLength(report.claims.assessed)
  const anchors = rows.flatMap(({ claims }) => claims.map(({ finding }) => anchorOf(finding)))
  expect(new Set(anchors).size).toBe(anchors.length)
})

describe('judgeCertainty', () => {
  test('says every gate once, and is not sure where shares are withheld', () => {
    const report = reportOn(ratings(3, 1, 0))
    const { step, points } = judgeCertainty(report)
    expect(step).toBe(1)
    for (const { says, code } of report.gates) {
      if (code !== 'no-agreement') expect(points.filter((point) => point.says === says)).toHaveLength(1)
    }
    expect(new Set(points.map(({ says }) => says)).size).toBe(points.length)
  })

  test('says nothing of too little where nothing was assessed', () => {
    expect(judgeCertainty(reportOn())).toMatchObject({ step: 0, points: [] })
  })

  test('is fairly sure where shares are given and something limits them, and sure where nothing does', () => {
    const report = reportOn(...Array.from({ length: 12 }, () => ratings(5, 1, 0)))
    expect(judgeCertainty(report).step).toBe(2)
    expect(judgeCertainty({ ...report, gates: [] }).step).toBe(3)
  })
})

function evidence(quote: string, more: Partial<Evidence> = {}): Evidence {
  return {
    referenceId: 'r',
    title: 'Register',
    author: '',
    publisher: '',
    issued: '',
    url: '',
    doi: '',
    snapshotSha256: null,
    snapshotAt: null,
    stance: 'contradicts',
    quote,
    locator: '',
    quoteCheck: 'word-for-word',
    quoteStart: null,
    ...more,
  }
}

describe('groupEvidence', () => {
  test.each<[string, Evidence[], string[]]>([
    [
      'a quote that holds another',
      [evidence('a daily mean of 27,400'), evidence('In 2024 a daily mean of 27,400 cars.')],
      ['In 2024 a daily mean of 27,400 cars.'],
    ],
    [
      'quotes that differ by a word',
      [evidence('the mean of all the days was 27,400 cars'), evidence('the mean of all days was 27,400 cars')],
      ['the mean of all the days was 27,400 cars'],
    ],
    [
      'quotes of other words',
      [evidence('Tolls ended in 1989.'), evidence('The region pays.')],
      ['Tolls ended in 1989.', 'The region pays.'],
    ],
    [
      'the one that was found',
      [evidence('a daily mean of 27400 cars in all', { quoteCheck: 'not-found' }), evidence('a daily mean of 27,400')],
      ['a daily mean of 27400 cars in all', 'a daily mean of 27,400'],
    ],
    [
      'the one that was found, of equal ones',
      [evidence('A mean of 27,400', { quoteCheck: 'not-found' }), evidence('a mean of 27,400')],
      ['a mean of 27,400'],
    ],
    ['no quote at all', [evidence('')], []],
  ])('keeps of %s', (_name, given, quotes) => {
    expect(groupEvidence(given).flatMap((group) => group.quotes.map(({ quote }) => quote))).toEqual(quotes)
  })

  test('keeps references and stances apart, what contradicts first, and the places of all', () => {
    const groups = groupEvidence([
      evidence('A quote.', { stance: 'mentions' }),
      evidence('A quote.', { locator: 'page 3' }),
      evidence('a quote', { locator: 'table 1' }),
      evidence('A quote.', { referenceId: 'other' }),
    ])
    expect(groups.map(({ first, quotes }) => [first.referenceId, first.stance, quotes[0]?.locators])).toEqual([
      ['r', 'contradicts', ['page 3', 'table 1']],
      ['other', 'contradicts', []],
      ['r', 'mentions', []],
    ])
  })
})

describe('chooseTelling', () => {
  const finding = (place: number, more: Partial<Finding> = {}): Finding => ({
    documentId: `d${String(place)}`,
    documentTitle: '',
    publishedOn: null,
    revisionId: 'rev',
    claimId: `c${String(place)}`,
    annotationIds: [],
    start: place,
    end: place + 1,
    exact: 'It carried many cars.',
    script: [],
    sentence: 1,
    place: '',
    disputed: false,
    partial: false,
    reviewers: { agreeing: 1, rated: 2 },
    open: false,
    verdict: null,
    notes: [],
    single: false,
    counted: true,
    evidence: [evidence('Few cars.')],
    ...more,
  })

  test('keeps all of a few', () => {
    const few = [finding(1), finding(2), finding(3), finding(4)]
    expect(chooseTelling(few)).toEqual(few)
  })

  test('prefers figures that differ, and other documents; without a quote nothing can be shown', () => {
    const numbers = { exact: 'It carried 40,000 cars.', evidence: [evidence('It carried 27,400 cars.')] }
    const chosen = chooseTelling([
      finding(1),
      finding(2, { evidence: [evidence('')] }),
      finding(3, numbers),
      finding(4, { ...numbers, documentId: 'd3' }),
      finding(5, numbers),
    ])
    expect(chosen.map(({ claimId }) => claimId)).toEqual(['c3', 'c5', 'c1'])
  })
})

test('a citation names workspace, source, edition, day, address and hash in three forms', () => {
  const cited = citeReport({
    workspace: 'Harbour desk',
    source: 'News & {Views}_50%',
    edition: 'Version 2',
    date: '2025-03-21',
    address: 'https://desk.example/r/1',
    sha256: 'ab'.repeat(32),
  })
  expect(cited.line).toBe(
    `Harbour desk (2025). Reliability report: News & {Views}_50%. Version 2, 2025-03-21. https://desk.example/r/1 Inputs sha256 ${'ab'.repeat(32)}.`,
  )
  expect(cited.bibtex).toContain('title = {Reliability report: News \\& \\{Views\\}\\_50\\%}')
  expect(JSON.parse(cited.cslJson)).toMatchObject([
    { type: 'report', URL: 'https://desk.example/r/1', issued: { 'date-parts': [[2025, 3, 21]] } },
  ])
  const { line, bibtex } = citeReport({
    workspace: 'W',
    source: 'S~^',
    edition: 'Live preview',
    date: '2025-03-21',
    address: null,
    sha256: '',
  })
  expect(line).not.toContain('http')
  expect(bibtex).not.toContain('url')
  expect(bibtex).toContain('S\\~{}\\^{}')
})

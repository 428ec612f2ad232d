import { describe, expect, test } from 'vitest'
import type { ReportDocument } from '../input-schema'
import { headlineOf, judgeCertainty } from '../reading/headline'
import { claimRowsOf } from '../reading/findings'
import type { ReportView } from '../schema'
import { makeDocument, makeSettled, makeSettledDocuments, mark, reportOn, settle } from './fixtures'

/** All numbers and all sentences of a report, at any depth. */
function valuesOf(value: unknown): unknown[] {
  if (value === null || typeof value !== 'object') return [value]
  return Object.values(value).flatMap(valuesOf)
}

/** Fails for a figure that is not a number, a share of no claims, or a sentence with either. */
function expectSound(report: ReportView): void {
  const values = valuesOf(report)
  for (const value of values) if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true)
  const said = [
    ...report.gates.map(({ says }) => says),
    ...headlineOf(report).map(({ text }) => text),
    ...judgeCertainty(report).points.map(({ says }) => says),
  ]
  for (const sentence of said) expect(sentence).not.toMatch(/NaN|undefined|null|Infinity|\b0 %/)
  const shares = [report.shares, ...report.documents.map((line) => line.shares)].flatMap((each) =>
    Object.values(each ?? {}),
  )
  for (const share of shares) if (share !== null) expect(share.of).toBeGreaterThan(0)
  if (report.claims.assessed === 0) expect(report.shares).toBeNull()
}

const words = 'a'.repeat(10_000)
const rightToLeft = 'پل نورویک در سال ۱۹۷۴ گشوده شد.'
const formula = '=HYPERLINK("https://example.org";"press")'

describe('a report on', () => {
  test.each<[string, ReportDocument[], string]>([
    ['no documents', [], 'No documents of this source are in the workspace yet.'],
    ['documents that nobody reviewed', [makeDocument('d', 5)], 'No claim of this source has been assessed yet.'],
    [
      'documents without a sentence',
      [makeDocument('d', 0, { annotations: [mark('x', 0, { rating: 'not_checkable' })] })],
      '1 claim could not be checked',
    ],
    [
      'one reviewer only',
      [makeDocument('d', 5, { annotations: [mark('x', 0, { rating: 'sourced' })] })],
      'judged by one person alone',
    ],
    [
      'claims of which none can be checked',
      Array.from({ length: 6 }, (_, place) =>
        makeSettled(
          `d${String(place)}`,
          10,
          Array.from({ length: 8 }, (_unused, sentence) => settle(sentence, 'not_checkable')),
        ),
      ),
      'could not be checked',
    ],
    [
      'words of which none is a claim',
      [makeSettled('d', 5, [settle(0, null), settle(1, null)])],
      'No claim of this source has been assessed yet.',
    ],
  ])('%s says so plainly', (_name, documents, says) => {
    const report = reportOn(documents)
    expectSound(report)
    expect(report).toMatchObject({ shares: null, bounds: null, claims: { assessed: 0 } })
    const headline = headlineOf(report)
      .map(({ text }) => text)
      .join('')
    expect(headline.replace(/\bone claim\b/, '1 claim')).toContain(says)
    if (documents.length > 0) expect(report.gates.map(({ code }) => code)).toContain('too-few-claims')
  })

  test('one document has counts and claims, and no share of the source', () => {
    const report = reportOn([
      makeSettled(
        'd',
        40,
        Array.from({ length: 40 }, (_, sentence) => settle(sentence, sentence === 0 ? 'contradicted' : 'sourced')),
      ),
    ])
    expectSound(report)
    expect(report).toMatchObject({ shares: null, claims: { assessed: 40, contradicted: 1 } })
    expect(report.documents[0]?.shares.contradicted).toMatchObject({ count: 1, of: 40, method: 'single-document' })
  })

  test('names that are formulas, claims from right to left and one of 10,000 characters keeps every character', () => {
    const claims = [
      settle(0, 'contradicted', { exact: words }),
      settle(1, 'contradicted', { exact: rightToLeft }),
      settle(2, 'sourced', { exact: formula }),
    ]
    const report = reportOn([{ ...makeSettled('d', 5, claims), title: formula }])
    expectSound(report)
    expect(report.contradicted.map(({ exact }) => exact)).toEqual([words, rightToLeft])
    expect(report.sourced).toMatchObject([{ exact: formula, documentTitle: formula }])
  })

  test('3,000 claims counts and lists each once', () => {
    const documents = Array.from({ length: 30 }, (_, place) =>
      makeSettled(
        `d${String(place)}`,
        100,
        Array.from({ length: 100 }, (_unused, sentence) =>
          settle(sentence, sentence % 10 === 0 ? 'contradicted' : sentence % 2 === 0 ? 'sourced' : 'unsourced'),
        ),
      ),
    )
    const report = reportOn(documents)
    expectSound(report)
    expect(report.claims).toMatchObject({ assessed: 3_000, contradicted: 300, sourced: 1_200, unsourced: 1_500 })
    expect(report.shares?.contradicted).toMatchObject({ count: 300, of: 3_000, documents: 30 })
    expect(claimRowsOf(report).reduce((sum, { claims }) => sum + claims.length, 0)).toBe(3_000)
  })

  test('a settled document beside one that is empty is the report on the settled one', () => {
    const settled = makeSettledDocuments(6)
    const { shares } = reportOn([...settled, makeDocument('empty', 0)])
    expect(shares).toEqual(reportOn(settled).shares)
  })
})

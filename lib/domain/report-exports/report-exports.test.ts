import { describe, expect, test } from 'vitest'
import { makeExportedReport } from '@/tests/setup/exported-report'
import { makeReportInputs } from '@/tests/setup/report-inputs'
import { readAnnotationFile } from '../interchange/read-file'
import { writeClaimReviews, writeDataset, writeFindingAnnotations } from './linked-data'
import { listClaims, type ExportedReport } from './exported-report'
import { claimTable, documentTable, figureTable } from './tables'

const exported = makeExportedReport()
const { claims } = exported.report

describe('tables', () => {
  test('have a row a claim, and a share never without its n and interval', () => {
    const { header, rows } = claimTable(exported)
    expect(rows).toHaveLength(claims.assessed)
    const ratings = rows.map((row) => row[header.indexOf('rating')])
    expect(ratings.filter((rating) => rating === 'contradicted')).toHaveLength(claims.contradicted)
    const shares = figureTable(exported).rows.filter(([name]) => String(name).startsWith('share '))
    expect(shares.length).toBeGreaterThan(0)
    for (const [, , , of, low, high] of shares) expect([of, low, high]).not.toContain(null)
    expect(documentTable(exported).rows).toHaveLength(exported.report.documents.length)
  })

  test('leave cells empty where nothing was reviewed, not at nought', () => {
    const [document, ...others] = makeReportInputs().documents
    if (document === undefined) throw new Error('no document')
    const bare = { ...document, adjudication: null, annotations: [], decisions: [] }
    const table = documentTable(makeExportedReport({ ...makeReportInputs(), documents: [bare, ...others] }))
    const row = table.rows.find(([title]) => title === document.title) ?? []
    expect(row[table.header.indexOf('contradicted')]).toBeNull()
    expect(JSON.stringify(figureTable(makeExportedReport({ ...makeReportInputs(), documents: [] })).rows)).not.toMatch(
      /NaN|null,0,0/,
    )
  })
})

describe('ClaimReview', () => {
  test('has what the type demands of each claim, and none that is unsourced', () => {
    const written = writeClaimReviews(exported)
    if (!written.ok) throw new Error(written.says)
    const items = written.graph['@graph']
    expect(items).toHaveLength(claims.sourced + claims.contradicted)
    for (const { claimReviewed, url, datePublished, reviewRating, ...item } of items) {
      // The fields that Google requires of a ClaimReview: claimReviewed, url, and a rating with words for it.
      expect(claimReviewed).toMatch(/\S/)
      expect(new URL(url)).toMatchObject({
        protocol: 'https:',
        pathname: '/r/abc',
        hash: `#${item['@id'].split('#')[1] ?? ''}`,
      })
      expect(datePublished).toBe('2026-03-02')
      const { alternateName, ratingValue, worstRating, bestRating, description, ratingExplanation } = reviewRating
      expect([alternateName, ratingValue]).toEqual(alternateName === 'Sourced' ? ['Sourced', 3] : ['Contradicted', 1])
      expect([worstRating, bestRating]).toEqual([1, 3])
      expect(description).toContain('ordinal')
      expect(ratingExplanation).toMatch(/Harbour register/)
    }
  })

  test.each<[string, ExportedReport, string]>([
    ['without a public address', makeExportedReport(makeReportInputs(), { address: null }), 'Publish the report'],
    ['without a settled claim', makeExportedReport({ ...makeReportInputs(), documents: [] }), 'No claim'],
  ])('%s is refused in a sentence', (_name, of, says) => {
    const written = writeClaimReviews(of)
    expect(written.ok ? '' : written.says).toContain(says)
  })
})

test('addresses of documents stand where they are known, and a claim says whether it was adjudicated', () => {
  const [document] = exported.report.documents
  const documentAddresses = new Map([[document?.id ?? '', 'https://herald.example/1']])
  const addressed = { ...exported, documentAddresses }
  const written = writeClaimReviews(addressed)
  if (!written.ok) throw new Error(written.says)
  const addresses = written.graph['@graph'].map(({ itemReviewed }) => itemReviewed.appearance.url)
  const known = addresses.filter((address) => address !== undefined)
  expect(new Set(known)).toEqual(new Set(['https://herald.example/1']))
  expect(known.length).toBeLessThan(addresses.length)
  const lines = writeDataset(addressed)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { adjudicated: boolean; document: { url: string | null } })
  expect(lines.every(({ adjudicated }) => adjudicated)).toBe(true)
  expect(new Set(lines.map(({ document: { url } }) => url))).toEqual(new Set(['https://herald.example/1', null]))
})

describe('places', () => {
  const inputs = makeReportInputs({ documents: 5 })
  const [first] = makeExportedReport(inputs).report.contradicted
  if (first === undefined) throw new Error('nothing contradicted')
  const astral = '\u{1D4B3}'
  const text = astral.repeat(first.start / 2) + first.exact
  const moved = makeExportedReport(inputs, { texts: new Map([[first.revisionId, text]]) })
  const [claim] = moved.report.contradicted.map((each) =>
    each.claimId === first.claimId ? { ...each, end: each.start + each.exact.length } : each,
  )
  if (claim === undefined) throw new Error('nothing contradicted')
  const placed = { ...moved, report: { ...moved.report, contradicted: [claim], sourced: [], unsourced: [] } }

  test('count code points, in both kinds of file', () => {
    const start = first.start / 2
    const line = JSON.parse(writeDataset(placed)) as { start: number; end: number; document: { sha256: string } }
    expect(line).toMatchObject({ start, end: start + first.exact.length, verdict: 'contradicted' })
    expect(line.document.sha256).toBe('cd'.repeat(32))
    const written = JSON.stringify(writeFindingAnnotations(placed))
    expect(written).toContain(`{"type":"TextPositionSelector","start":${start},"end":${start + first.exact.length}}`)
  })

  test('are left out where the text is not kept or has other words there', () => {
    for (const texts of [new Map<string, string>(), new Map([[first.revisionId, 'x'.repeat(10_000)]])]) {
      const line = JSON.parse(writeDataset({ ...placed, texts })) as { start: number | null }
      expect(line.start).toBeNull()
      expect(JSON.stringify(writeFindingAnnotations({ ...placed, texts }))).not.toContain('TextPositionSelector')
    }
  })
})

test('the annotations are read again by the import, with rating, words and evidence', () => {
  const written = writeFindingAnnotations(exported)
  const { first } = written as { first: { items: unknown[] } }
  const file = readAnnotationFile(JSON.stringify(first.items))
  if (!file.ok) throw new Error(file.message)
  expect(file.items).toHaveLength(claims.assessed)
  const read = JSON.stringify(file.items)
  for (const { finding } of listClaims(exported)) expect(read).toContain(JSON.stringify(finding.exact))
  expect(read.match(/"rating":"contradicted"/g)).toHaveLength(claims.contradicted)
  expect(read.match(/"stance":"contradicts"/g)).toHaveLength(claims.contradicted)
})

test('no file has the id of a reviewer', () => {
  const files = [
    JSON.stringify([claimTable(exported), figureTable(exported), documentTable(exported)]),
    JSON.stringify(writeClaimReviews(exported)),
    JSON.stringify(writeFindingAnnotations(exported)),
    writeDataset(exported),
  ]
  for (const file of files) {
    expect(file).not.toMatch(/reviewer-0|00000001-0000/)
    expect(file.length).toBeGreaterThan(500)
  }
})

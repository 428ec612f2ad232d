import { expect, test } from 'vitest'
import { makeExportedReport } from '@/tests/setup/exported-report'
import { makeReportInputs } from '@/tests/setup/report-inputs'
import { listClaims } from '../exported-report'
import { writeHtml } from './write-html'

const hostile = `</style></title><script>alert(1)</script><img src=//evil.example onerror="x('y')">`

function written() {
  const inputs = makeReportInputs()
  inputs.source.name = hostile
  for (const { adjudication } of inputs.documents) {
    for (const claim of adjudication?.claims ?? []) {
      claim.words = hostile
      for (const citation of claim.citations) {
        citation.quote = `${hostile} 12`
        citation.reference.url = 'javascript:alert(1)'
      }
    }
  }
  const addition = { kind: 'reply' as const, claimId: null, day: '2026-03-14', text: hostile, createdAt: '' }
  return writeHtml(
    makeExportedReport(inputs, {
      additions: [{ ...addition, id: 'a', url: 'javascript:alert(2)' }],
      changes: [hostile],
    }),
  )
}

test('no word of a user ends an element, and nothing is loaded or run', () => {
  const html = written()
  expect(html).not.toMatch(/<(script|img|iframe|link|object)|@import|url\(|<[^>]*\ssrc=|href="javascript/i)
  expect(html.match(/<style>/g)).toHaveLength(1)
  expect(html.match(/<\/style>/g)).toHaveLength(1)
  expect(html).toContain("default-src 'none'")
  expect(html).toContain('&lt;script&gt;alert(1)')
})

test('every claim stands in it once, in the order of the page', () => {
  const exported = makeExportedReport()
  const html = writeHtml(exported)
  for (const { finding } of listClaims(exported)) {
    expect(html.split(`id="claim-${finding.claimId ?? ''}"`)).toHaveLength(2)
  }
  const places = [
    'class="headline"',
    'The picture',
    'id="contradicted"',
    'id="unsourced"',
    'id="sourced"',
    'certainty',
    'Method and data',
  ]
  const found = places.map((place) => html.indexOf(place))
  expect(found).toEqual(found.toSorted((one, other) => one - other))
  expect(found).not.toContain(-1)
  expect(html).not.toMatch(/NaN|undefined|null/)
})

test('a source of which nothing was assessed says so, without a figure', () => {
  const html = writeHtml(makeExportedReport({ ...makeReportInputs(), documents: [] }))
  expect(html).toContain('No documents of this source')
  expect(html).not.toMatch(/NaN|undefined|\b0 %/)
})

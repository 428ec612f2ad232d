import { describe, expect, test } from 'vitest'
import { makeReportInputs } from '@/tests/setup/report-inputs'
import type { ReportInputs } from '../reports/input-schema'
import { recomputeReport } from './canonical-inputs'
import { describeChanges } from './changes'

function versionOf(inputs: ReportInputs) {
  return { inputs, report: recomputeReport(inputs, '2026-03-02T09:30:00.000Z') }
}

function changed(change: (inputs: ReportInputs) => void): string[] {
  const inputs = structuredClone(makeReportInputs())
  change(inputs)
  return describeChanges(versionOf(makeReportInputs()), versionOf(inputs))
}

describe('describeChanges', () => {
  test.each<[string, (inputs: ReportInputs) => void, string[]]>([
    [
      'two verdicts',
      ({ documents }) => {
        const claims = documents.flatMap(({ adjudication }) => adjudication?.claims ?? [])
        for (const claim of claims.filter(({ rating }) => rating === 'sourced').slice(0, 2)) claim.rating = 'unsourced'
      },
      ['two verdicts decided otherwise', 'sourced 26 → 24', 'unsourced 12 → 14'],
    ],
    [
      'a title and a text',
      ({ documents: [first, second] }) => {
        if (first !== undefined) first.title = 'Another title'
        if (second !== undefined) second.sha256 = 'ef'.repeat(32)
      },
      ['one document with another text', 'one document with another title or date'],
    ],
    [
      'a document taken out',
      (inputs) => {
        inputs.documents = inputs.documents.filter((_, place) => place > 0)
      },
      ['one document removed', 'nine verdicts removed'],
    ],
    [
      'a session closed again',
      ({ sessions: [session] }) => {
        if (session !== undefined) session.closedAt = '2026-04-01T12:00:00.000Z'
      },
      ['one review session reopened and closed again'],
    ],
    [
      'evidence and reasons',
      ({ documents }) => {
        const claim = documents[0]?.adjudication?.claims.find(({ citations }) => citations.length > 0)
        if (claim === undefined) return
        claim.words = 'Another reason.'
        claim.citations = claim.citations.map((citation) => ({ ...citation, quote: 'other words' }))
      },
      ['one verdict with other reasons', 'one verdict with other evidence'],
    ],
    ['the method', (inputs) => (inputs.methodVersion = '0.9'), ['method 0.9']],
    ['something else', (inputs) => (inputs.source.homepage = ''), ['other details of the inputs']],
  ])('names %s', (_name, change, says) => {
    const found = changed(change).join('; ')
    for (const words of says) expect(found.replace(/method \S+ → /, 'method ')).toContain(words)
  })
})

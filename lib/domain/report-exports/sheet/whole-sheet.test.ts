import { describe, expect, test } from 'vitest'
import { makeExportedReport } from '@/tests/setup/exported-report'
import { fixedId, makeReportInputs } from '@/tests/setup/report-inputs'
import { claimTable } from '../tables'
import { makeSheet } from './make-sheet'
import { paperData } from './sheet'
import { writeHtml } from './write-html'

const at = '2026-02-20T10:00:00.000Z'

/** A report with one of everything that a sheet can show. */
function makeWhole() {
  const inputs = makeReportInputs({ documents: 6, seed: 3 })
  const [first, second] = inputs.documents
  const [session] = inputs.sessions
  if (first?.adjudication == null || second?.adjudication == null || session === undefined)
    throw new Error('too few documents')
  for (const document of inputs.documents) document.reviewed = { from: '2026-02-03T09:00:00.000Z', to: at }
  const [claim, unsettled, cited] = first.adjudication.claims
  if (claim === undefined || unsettled === undefined || cited === undefined) throw new Error('too few claims')
  // Beside its evidence, with superscripts, and with evidence that has only a DOI.
  Object.assign(claim, { rating: 'contradicted', exact: 'Ferries carried 10² people.', own: true, partial: true })
  const [citation = second.adjudication.claims.flatMap(({ citations }) => citations)[0]] = claim.citations
  if (citation === undefined) throw new Error('nothing cited')
  claim.citations = [
    {
      ...citation,
      stance: 'contradicts',
      quote: 'Ferries carried 400 people.',
      reference: { ...citation.reference, url: '', doi: '10.1000/182' },
    },
  ]
  Object.assign(unsettled, { rating: 'contradicted', citations: [] })
  Object.assign(cited, { rating: 'unsourced', citations: [{ ...citation, stance: 'mentions', quote: '' }] })
  const drawn = { frame: { sourceIds: [inputs.source.id], q: '' }, frameSize: 120, size: 6, drawnAt: at }
  session.sample = {
    ...drawn,
    seed: 9,
    method: 'simple-random-without-replacement',
    methodVersion: '1',
    frameSha256: 'ef'.repeat(32),
  }
  const by = fixedId(1, 1)
  session.draws = [
    { ...drawn, seed: 3, by },
    { ...drawn, seed: 9, by },
  ]
  session.otherDraws = 2
  inputs.withdrawn = [
    {
      id: fixedId(2, 90),
      title: 'A ferry that never was',
      publishedOn: '2026-01-02',
      reason: 'Pasted from a forum.',
      at,
      by: fixedId(1, 2),
      sessionId: fixedId(8, 1),
      sessionName: 'The harbour in winter',
      adjudication: second.adjudication,
    },
  ]
  inputs.earlierSessions = [{ id: fixedId(8, 2), name: 'The harbour in autumn', closedAt: at, documents: 2 }]
  inputs.reopenedSessions = [{ id: fixedId(8, 3), name: 'Bridges of the north', reopenedAt: at }]
  const noted = { url: 'https://herald.example/reply', createdAt: at }
  return makeExportedReport(inputs, {
    additions: [
      { ...noted, id: 'a', kind: 'reply', claimId: null, day: '2026-03-14', text: 'We stand by our ferries.' },
      { ...noted, id: 'b', kind: 'correction', claimId: claim.id, day: '2026-03-15', text: 'It was 400.' },
    ],
    changes: ['one verdict decided otherwise'],
    reopened: [{ name: 'The harbour in winter', at }],
  })
}

/** The words of a page, one line for each of its parts. */
function wordsOf(html: string): string {
  return html
    .replace(/^.*<main>/s, '')
    .replaceAll(/<(?:\/(?:p|li|h\d|tr|table|section|header|blockquote)|br)>/g, '\n')
    .replaceAll(/<\/t[dh]>/g, ' | ')
    .replaceAll(/<svg[^>]*><use href="#tick-(\w)[^>]*><\/svg>/g, '[$1]')
    .replaceAll(/<\/?(?:sup|sub)>/g, '^')
    .replaceAll(/<\/?mark>/g, '*')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&#39;', '’')
    .replaceAll(/[ \t]*\n\s*/g, '\n')
}

const whole = makeWhole()

test('reads as it was last looked at, from its head to its hash', async () => {
  await expect(wordsOf(writeHtml(whole))).toMatchFileSnapshot('whole-sheet.expected.txt')
})

test('says who reviewed by name only where that was agreed to, and in no table', () => {
  const html = writeHtml(whole)
  expect(html).toContain('Reviewer A, Mina Ortiz. Reviewers are named only where they agreed to it.')
  expect(JSON.stringify(claimTable(whole))).not.toContain('Mina')
})

describe('on paper', () => {
  const textsOf = (value: unknown): string[] =>
    typeof value === 'string'
      ? [value.replaceAll('\u200B', '')]
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(textsOf)
        : []

  test('stands all that stands on the page', () => {
    const sheet = makeSheet(whole)
    const printed = new Set(textsOf(paperData(sheet)))
    const { lists, ...others } = sheet
    const claims = lists.flatMap(({ groups }) => groups.flatMap((group) => group.claims))
    // Anchors and ratings are not part of a sheet's words: paper has no links within it.
    const words = textsOf([
      others,
      lists.map(({ title, says }) => [title, says]),
      claims.map(({ anchor: _, rating: __, ...claim }) => claim),
    ])
    expect(words.filter((text) => !printed.has(text))).toEqual([])
    expect(words.length).toBeGreaterThan(300)
  })

  test('a text runs as its first letter does, and words that no line has room for may break anywhere', () => {
    const sheet = makeSheet(whole)
    const own = (text: string) => paperData({ ...sheet, notices: [text] }).notices[0]
    expect(['12 ferries', '١٢ سفينة', 'שלום', '12', ''].map((text) => own(text)?.rtl)).toEqual([
      false,
      true,
      true,
      false,
      false,
    ])
    const long = '𝒳'.repeat(100)
    expect(
      own(long)
        ?.text.split('\u200B')
        .map((part) => Array.from(part).length),
    ).toEqual([34, 34, 32])
    expect(own('x'.repeat(34))?.text).toBe('x'.repeat(34))
  })
})

test('nothing is said where there is nothing: no draws, changes, replies, names', () => {
  const html = writeHtml(makeExportedReport(makeReportInputs(), { reviewers: [], address: null }))
  for (const absent of [
    'Taken out',
    'Who reviewed',
    'Drawn before',
    'Since version',
    'publisher says',
    'Not settled',
    'reopened',
  ])
    expect(html).not.toContain(absent)
})

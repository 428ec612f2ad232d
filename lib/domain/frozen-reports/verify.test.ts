import { describe, expect, test } from 'vitest'
import { makeDice } from '@/tests/setup/dice'
import { fixedId, makeReportInputs } from '@/tests/setup/report-inputs'
import type { ReportInputs } from '../reports/input-schema'
import { bundleFormat, mostBundleBytes, sealOf, writeBundle } from './bundle'
import { canonicalInputs, hashInputs, recomputeReport } from './canonical-inputs'
import { canonicalJson } from './canonical-json'
import { hideReviewers } from './hide-reviewers'
import { verifyBundle } from './verify'

const frozenAt = '2026-03-02T09:30:00.000Z'

function freeze(inputs: ReportInputs) {
  const report = recomputeReport(inputs, frozenAt)
  return writeBundle({ number: 2, frozenAt, workspace: 'Example Desk', inputs, report })
}

const inputs = hideReviewers(makeReportInputs()).inputs
const { text } = freeze(inputs)
const bytesOf = (words: string) => new TextEncoder().encode(words)

type Json = Record<string, unknown>
function edited(change: (bundle: Json) => void): Json {
  const bundle = JSON.parse(text) as Json
  change(bundle)
  return bundle
}
/** A changed bundle with a new, valid seal, as a person who knows the format could write it. */
function resealed(bundle: Json): Uint8Array {
  return bytesOf(canonicalJson({ ...bundle, sha256: sealOf(bundle) }))
}

describe('a bundle', () => {
  test('that nobody touched is the same in every value', () => {
    const found = verifyBundle(bytesOf(text))
    if (found.outcome !== 'same') throw new Error(found.says)
    expect(found.checks.map(({ holds }) => holds)).toEqual([true, true, true])
    expect(found.report).toMatchObject({ source: 'The Coastal Herald', number: 2, workspace: 'Example Desk' })
    expect(found.parts.every(({ different }) => different.length === 0)).toBe(true)
    expect(found.figures.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'claims, assessed',
        'claims, contradicted',
        'coverage, decided',
        'shares, contradicted, low',
      ]),
    )
    // Figures are the numbers of the source as a whole: no text, and nothing of a single document or claim.
    expect(found.figures.length).toBeGreaterThan(40)
    for (const { name, stated } of found.figures) {
      expect(name).not.toMatch(/(^|, )\d+,/)
      expect(Number.isFinite(Number(stated)), name).toBe(true)
    }
  })

  test('never has an id of a member', () => {
    for (const reviewer of makeReportInputs().agreement.documents[0]?.reviewers ?? [])
      expect(text).not.toContain(reviewer.id)
    expect(text).toContain('"reviewer-0001"')
  })

  test('of which any byte is changed is found: 100 of 100', () => {
    const dice = makeDice(2026)
    const original = bytesOf(text)
    const missed = Array.from({ length: 100 }, () => {
      const bytes = Uint8Array.from(original)
      const place = dice(bytes.length)
      const before = bytes[place] ?? 0
      bytes[place] = (before + 1 + dice(255)) % 256
      return { place, before, outcome: verifyBundle(bytes).outcome }
    }).filter(({ outcome }) => outcome === 'same' || outcome === 'other-method')
    expect(missed).toEqual([])
  }, 60_000)

  test('whose figure was changed and sealed anew says which one', () => {
    const bundle = edited(({ figures }) => {
      const { claims } = figures as { claims: { contradicted: number } }
      claims.contradicted -= 1
    })
    const found = verifyBundle(resealed(bundle))
    if (found.outcome !== 'different') throw new Error(found.says)
    expect(found.figures.filter(({ same }) => !same).map(({ name }) => name)).toEqual(['claims, contradicted'])
    expect(found.checks.every(({ holds }) => holds)).toBe(true)
    expect(found.says).toContain('1 of')
  })

  test('whose figure was changed, with the right one beside it under a name that reads alike, says which ones', () => {
    const bundle = edited(({ figures }) => {
      const { claims } = figures as { claims: { contradicted: number } }
      Object.assign(figures as Json, { 'claims\ncontradicted': claims.contradicted })
      claims.contradicted -= 1
    })
    const found = verifyBundle(resealed(bundle))
    if (found.outcome !== 'different') throw new Error(found.says)
    expect(found.figures.filter(({ same }) => !same).map(({ name }) => name)).toEqual([
      'claims, contradicted',
      'claims\ncontradicted',
    ])
  })

  test('whose input was changed and sealed anew has another hash, and another figure', () => {
    const bundle = edited(({ inputs: own }) => {
      const { documents } = own as ReportInputs
      const claim = documents[0]?.adjudication?.claims.find(({ rating }) => rating === 'contradicted')
      if (claim !== undefined) claim.rating = 'unsourced'
    })
    const found = verifyBundle(resealed(bundle))
    if (found.outcome !== 'different') throw new Error(found.says)
    expect(found.checks.map(({ holds }) => holds)).toEqual([false, true, true])
    expect(found.figures.filter(({ same }) => !same).map(({ name }) => name)).toContain('claims, contradicted')
  })

  test('saved anew with line breaks is said to be so, with all figures the same', () => {
    const found = verifyBundle(bytesOf(JSON.stringify(JSON.parse(text), null, 2)))
    if (found.outcome !== 'different') throw new Error(found.says)
    expect(found.checks.map(({ holds }) => holds)).toEqual([true, true, false])
    expect(found.parts.flatMap(({ different }) => different)).toEqual([])
  })

  test('computed by another version of the method says so', () => {
    const older = { ...inputs, methodVersion: '0.9' }
    const report = { ...recomputeReport(older, frozenAt), methodVersion: '0.9' }
    const bundle = writeBundle({ number: 1, frozenAt, workspace: 'Example Desk', inputs: older, report })
    const found = verifyBundle(bytesOf(bundle.text))
    expect(found.outcome).toBe('other-method')
    expect(found.says).toContain('method 0.9')
  })

  test.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'empty'],
    ['a file that is too large', new Uint8Array(mostBundleBytes + 1), '64 MB'],
    ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0x41]), 'UTF-8'],
    ['words', bytesOf('Dear editor,'), 'not JSON'],
    ['a bundle that was cut off', bytesOf(text.slice(0, text.length / 2)), 'cut off'],
    ['other JSON', bytesOf('{"a":1}'), 'not the bundle'],
    ['a list', bytesOf('[1]'), 'not the bundle'],
    ['another format', bytesOf(text.replace(bundleFormat, 'sourcemark-report/9')), 'sourcemark-report/9'],
    ['a part of the wrong kind', bytesOf(canonicalJson(edited((bundle) => (bundle.number = 'two')))), 'number'],
    ['a part that is unknown', bytesOf(canonicalJson(edited((bundle) => (bundle.extra = 1)))), 'changed'],
    [
      'figures that lie too deep',
      bytesOf(text.replace('"figures":{', `"figures":{"a":${'['.repeat(5000)}${']'.repeat(5000)},`)),
      'deep',
    ],
  ])('%s: a plain sentence', (_name, bytes, says) => {
    const found = verifyBundle(bytes)
    expect(found).toMatchObject({ outcome: 'unreadable' })
    expect(found.says).toContain(says)
  })
})

describe('the hash', () => {
  test('is the same in any order of the rows, and another for every other word', () => {
    const { documents, sessions, agreement } = inputs
    const turned: ReportInputs = {
      ...inputs,
      documents: documents
        .map((document) => ({
          ...document,
          sentences: document.sentences.toReversed(),
          ...(document.adjudication === undefined || document.adjudication === null
            ? {}
            : { adjudication: { ...document.adjudication, claims: document.adjudication.claims.toReversed() } }),
        }))
        .reverse(),
      sessions: sessions.toReversed(),
      agreement: { ...agreement, documents: agreement.documents.toReversed() },
    }
    expect(hashInputs(turned)).toBe(hashInputs(inputs))
    expect(freeze(turned).text).toBe(text)
    expect(hashInputs({ ...inputs, softwareVersion: '0.1.1' })).not.toBe(hashInputs(inputs))
  })
})

describe('members behind codes', () => {
  const given = makeReportInputs()
  const [first] = given.documents
  const [session] = given.sessions
  if (first?.adjudication == null || session === undefined) throw new Error('nothing was settled')
  const { adjudication } = first
  const drawn = { frame: { sourceIds: [], q: '' }, frameSize: 9, size: 6, seed: 1, drawnAt: frozenAt }
  const gone = { title: '', publishedOn: null, reason: '', at: frozenAt, sessionId: fixedId(8, 1), sessionName: '' }
  const withOthers = {
    ...given,
    sessions: [
      {
        ...session,
        draws: [
          { ...drawn, by: fixedId(1, 7) },
          { ...drawn, by: '' },
        ],
      },
    ],
    withdrawn: [
      { ...gone, id: fixedId(2, 90), by: '', adjudication },
      { ...gone, id: fixedId(2, 91), by: fixedId(1, 8), adjudication },
    ],
  }

  test('are all who reviewed, drew a sample or withdrew a document, and nobody where nobody is named', () => {
    const { inputs: hidden, reviewers } = hideReviewers(withOthers)
    expect(reviewers.map(({ memberId, reviewed }) => [memberId, reviewed])).toEqual([
      [fixedId(1, 1), true],
      [fixedId(1, 2), true],
      [fixedId(1, 7), false],
      [fixedId(1, 8), false],
    ])
    expect(hidden.sessions[0]?.draws?.map(({ by }) => by)).toEqual(['reviewer-0003', ''])
    expect(hidden.withdrawn.map(({ by }) => by)).toEqual(['', 'reviewer-0004'])
    expect(JSON.stringify(hidden)).not.toMatch(/00000001-0000/)
  })

  test('the same decision of two of them has one order, and raised parts keep their places', () => {
    const scripts = [
      { start: 9, end: 10, is: 'raised' as const },
      { start: 2, end: 3, is: 'lowered' as const },
    ]
    const turned = (decisions: typeof adjudication.decisions, parts: typeof scripts) => ({
      ...given,
      documents: [
        { ...first, scripts: parts, adjudication: { ...adjudication, decisions } },
        ...given.documents.slice(1),
      ],
    })
    const one = turned(adjudication.decisions, scripts)
    expect(adjudication.decisions.map(({ start }) => start)).toEqual([360, 360])
    expect(hashInputs(turned(adjudication.decisions.toReversed(), scripts.toReversed()))).toBe(hashInputs(one))
    expect(hashInputs(turned(adjudication.decisions, []))).toBe(hashInputs(given))
    expect(canonicalInputs(one).documents[0]?.scripts?.map(({ start }) => start)).toEqual([2, 9])
  })
})

test.each([
  ['{"format":"sourcemark-report/1"}', 'no inputs'],
  ['{"inputs":{}}', 'no inputs'],
  ['[]', 'no inputs'],
  ['{"format":"other/1","inputs":{}}', 'This program reads sourcemark-report/1'],
])('a file that is no bundle is refused with what it lacks: %s', (file, says) => {
  const found = verifyBundle(bytesOf(file))
  expect(found.outcome).toBe('unreadable')
  expect(found.says).toContain(says)
})

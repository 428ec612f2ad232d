import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arbitrarySession, documentId, idOf, read, reviewerId } from '@/tests/setup/sample-sessions'
import type { Rating } from '../annotations/rating'
import { figureNames } from './figures'
import { agreementViewSchema } from './schema'
import type { BlindDocument, BlindSpan } from './statistics'
import { agreementSteps, computeAgreement, computeSessionAgreement } from './session-agreement'

describe('two ratings on the same words', () => {
  const spansOf = (kind: string, given: readonly Rating[]): BlindSpan[] =>
    given.map((rating, place) => ({ id: idOf(kind, place), start: 4, end: 30, rating }))
  const documentOf = (...given: readonly (readonly Rating[])[]): BlindDocument => ({
    id: documentId(1),
    length: 60,
    reviewers: given.map((own, place) => ({ id: reviewerId(place), spans: spansOf(String(place), own) })),
  })

  test('agree regardless of the order in which two reviewers gave them', () => {
    const { session, claims } = computeAgreement([
      documentOf(['sourced', 'unsourced'], ['unsourced', 'sourced']),
      { ...documentOf([], []), id: documentId(2) },
    ])
    expect(claims).toMatchObject({ total: 2, coMarked: 2 })
    expect([session.labelAlpha.value, session.unitizingAlpha.value, session.kappa.value]).toEqual([1, 1, 1])
  })

  test('of one reviewer leave the one that another gave there, too', () => {
    const one = computeAgreement([documentOf(['sourced', 'unsourced'], ['unsourced'])])
    expect(one.session.labelAlpha.rawAgreement).toBe(1)
    expect(one.session.unitizingAlpha.value).toBe(1)
  })
})

describe('names, ids and order', () => {
  test('change no figure', () => {
    const renamed = (id: string, key: number) => `${String((key * 7919) % 1009).padStart(4, '0')} ${id}`
    fc.assert(
      fc.property(arbitrarySession, fc.nat(1_000), (documents, key) => {
        const others = documents.map((document) => ({
          ...document,
          reviewers: [...document.reviewers].reverse().map(({ id, spans }) => ({
            id: renamed(id, Number(id.slice(-1)) + key),
            spans: [...spans].reverse().map((span, place) => ({ ...span, id: renamed(span.id, place + key) })),
          })),
        }))
        const [was, is] = [computeAgreement(documents), computeAgreement(others)]
        expect(is.claims).toEqual(was.claims)
        expect(is.coincidences).toEqual(was.coincidences)
        for (const name of figureNames) {
          const [before, after] = [was.session[name].value, is.session[name].value]
          if (before === null) expect(after).toBeNull()
          else expect(after, name).toBeCloseTo(before, 9)
        }
        expect(is.session.boundaryError).toEqual(was.session.boundaryError)
      }),
      { numRuns: 300 },
    )
  })
})

describe('a session by hand', () => {
  const documents = [
    read(1, {
      1: '..ssssssss....uuuuuuuu....cccccccc..',
      2: '..ssssssss....uuuuuuuu....cccccccc..',
      3: '..ssssssss....cccccccc..............',
    }),
    read(2, { 1: 'ssssssss......', 2: 'uuuuuuuu......' }),
    read(3, { 1: 'ssssssssssssss' }),
    read(4, {}),
  ]
  const agreement = computeAgreement(documents.slice(0, 3).concat({ id: documentId(4), length: 9, reviewers: [] }))

  test('counts documents, spans and claims', () => {
    expect(agreement.documents).toEqual({ total: 4, compared: 2, readOnce: 1, unread: 1 })
    expect(agreement.spans).toBe(11)
    expect(agreement.claims).toEqual({ total: 5, coMarked: 4, markedOnce: 0, thin: 1 })
    expect(agreement.reviewerIds).toEqual([1, 2, 3].map(reviewerId))
  })

  test('the coincidences of claims that two marked, and of all with "not marked"', () => {
    expect(agreement.coincidences.categories).toEqual([
      'sourced',
      'unsourced',
      'contradicted',
      'not_checkable',
      'not_marked',
    ])
    expect(agreement.coincidences.coMarked).toEqual([
      [3, 1, 0, 0],
      [1, 2 / 2, 2 / 2, 0],
      [0, 2 / 2, 2, 0],
      [0, 0, 0, 0],
    ])
    expect(agreement.coincidences.withUnmarked[2]).toEqual([0, 1, 1, 0, 1])
  })

  test('each figure says what it rests on and what it leaves out', () => {
    const { labelAlpha, labelAlphaWithUnmarked, boundaryAlpha: boundary, kappa } = agreement.session
    expect(labelAlpha).toMatchObject({ unit: 'claims', n: 4, pairable: 10, raters: 3 })
    expect(labelAlpha.leftOut.map(({ what, count }) => [what, count])).toEqual([['documents-read-once', 1]])
    expect(labelAlphaWithUnmarked).toMatchObject({ n: 4, pairable: 11 })
    expect(boundary).toMatchObject({ unit: 'characters', n: 36 + 14, pairable: 3 * 36 + 2 * 14 })
    expect(kappa).toMatchObject({ unit: 'pairs', n: 3, pairable: 2 * (4 + 2 + 2) })
  })

  test('prevalence counts ratings', () => {
    expect(agreement.session.prevalence).toEqual([
      { category: 'sourced', coMarked: 4, all: 4 },
      { category: 'unsourced', coMarked: 3, all: 3 },
      { category: 'contradicted', coMarked: 3, all: 3 },
      { category: 'not_checkable', coMarked: 0, all: 0 },
      { category: 'not_marked', coMarked: 0, all: 1 },
    ])
  })

  test('two reviewers who share one document have no interval, and it says why', () => {
    const [, withThird] = agreement.perPair
    expect(withThird?.reviewerIds).toEqual([reviewerId(1), reviewerId(3)])
    expect(withThird?.documents).toBe(1)
    expect(withThird?.slice.boundaryAlpha.value).not.toBeNull()
    expect(withThird?.slice.boundaryAlpha.interval).toBeNull()
    expect(withThird?.slice.boundaryAlpha.intervalReason?.code).toBe('too-few-documents')
  })

  test('a document that one person read has no figure, and it says why', () => {
    const single = agreement.perDocument.find((entry) => entry.documentId === documentId(3))
    expect(single?.slice.labelAlpha).toMatchObject({ value: null, n: 0, reason: { code: 'too-few-reviewers' } })
  })

  test('the pairwise matrix is symmetric and empty on its diagonal', () => {
    const { kappa, characterF1 } = agreement.pairwise
    kappa.forEach((row, i) => row.forEach((value, j) => expect(value).toBe(kappa[j]?.[i])))
    expect(characterF1.map((row, i) => row[i])).toEqual([null, null, null])
    expect(characterF1[0]?.[1]).toBe(1)
  })

  test('is what the view schema describes', () => {
    expect(agreementViewSchema.parse(JSON.parse(JSON.stringify(agreement)))).toEqual(agreement)
  })

  test('someone without a span has read the document', () => {
    const both = computeAgreement([read(1, { 1: 'ssss....', 2: '........' })])
    expect(both.documents.compared).toBe(1)
    expect(both.session.labelAlpha).toMatchObject({ value: null, reason: { code: 'nothing-shared' } })
    expect(both.session.labelAlphaWithUnmarked.value).toBeCloseTo(0, 9)
    expect(both.session.unitizingAlpha.value).toBeLessThan(0)
    expect(both.session.characterF1.value).toBe(0)
    expect(both.session.exactF1.leftOut).toEqual([])
  })

  test('a session without anything has no figure at all', () => {
    const none = computeAgreement([])
    expect(none.established).toBe(false)
    expect(none.reasons.map(({ code }) => code)).toEqual(['nothing-compared'])
    expect(none.session.kappa.value).toBeNull()
    const unmarked = computeAgreement([read(1, { 1: '....', 2: '....' })])
    expect(unmarked.session.unitizingAlpha.reason?.code).toBe('nothing-marked')
    expect(unmarked.session.characterF1.reason?.code).toBe('nothing-marked')
  })

  test('a document or a reviewer listed twice is refused', () => {
    const [first] = documents
    if (first === undefined) throw new Error('There is a first document.')
    expect(() => computeAgreement([first, first])).toThrow('listed twice')
    const [reviewer] = first.reviewers
    if (reviewer === undefined) throw new Error('There is a first reviewer.')
    expect(() => computeAgreement([{ ...first, reviewers: [reviewer, reviewer] }])).toThrow('listed twice')
  })
})

describe('established', () => {
  const all = 'ssss.uuuu.cccc.ssss'
  const alike = (from: number, count: number) =>
    Array.from({ length: count }, (_, place) => read(from + place, { 1: all, 2: all, 3: all }))
  const codesOf = (documents: readonly BlindDocument[]) => computeAgreement(documents).reasons.map(({ code }) => code)

  test('when ten documents or more agree throughout, over thirty claims or more', () => {
    const agreement = computeAgreement(alike(0, 10))
    expect(agreement.reasons).toEqual([])
    expect(agreement.established).toBe(true)
    expect(agreement.cautions).toEqual([])
    const { interval } = agreement.session.labelAlpha
    expect(interval).toMatchObject({ high: 1, documents: 10, method: 'no-disagreement' })
    expect(interval?.low).toBeGreaterThan(0.7)
    expect(agreement.detectionSays).toContain('|uα 1.000')
    expect(agreement.detectionSays).toContain('share 100\u00a0% of the text')
  })

  test('not by two documents with four claims that agree, nor by nine', () => {
    const two = [read(1, { 1: 'ssss.uuuu', 2: 'ssss.uuuu' }), read(2, { 1: 'ssss.uuuu', 2: 'ssss.uuuu' })]
    expect(codesOf(two)).toEqual(['few-documents', 'few-claims', 'alpha-too-low'])
    expect(codesOf(alike(0, 9))).toEqual(['few-documents'])
    const fewClaims = Array.from({ length: 14 }, (_, place) => read(place, { 1: 'ssss.uuuu', 2: 'ssss.uuuu' }))
    expect(codesOf(fewClaims)).toEqual(['few-claims'])
  })

  test('not when the interval begins too low', () => {
    const differing = [20, 21, 22].map((place) =>
      read(place, { 1: all, 2: place === 20 ? 'uuuu.cccc.ssss.uuuu' : 'uuuu.uuuu.ssss.ssss' }),
    )
    const agreement = computeAgreement([...alike(0, 9), ...differing])
    expect(agreement.session.labelAlpha.value).toBeGreaterThan(0.7)
    expect(agreement.session.labelAlpha.interval?.low).toBeLessThan(0.667)
    expect(agreement.session.labelAlpha.interval?.method).toBe('jackknife')
    expect(agreement.reasons.map(({ code }) => code)).toEqual(['alpha-too-low'])
  })

  test('not when more than a fifth of the claims stand in documents that one reviewer read', () => {
    const single = Array.from({ length: 6 }, (_, place) => read(30 + place, { 1: 'ssss.ssss.ssss.ssss' }))
    expect(codesOf([...alike(0, 20), ...single])).toEqual(['too-few-readers'])
    expect(codesOf([...alike(0, 20), ...single.slice(0, 5)])).toEqual([])
  })

  test('someone who read a document and marked nothing has read its claims', () => {
    const read2 = Array.from({ length: 6 }, (_, place) => read(30 + place, { 1: all, 2: '...................' }))
    const agreement = computeAgreement([...alike(0, 12), ...read2])
    expect(agreement.claims).toEqual({ total: 72, coMarked: 48, markedOnce: 24, thin: 0 })
    expect(agreement.established).toBe(true)
    const more = Array.from({ length: 9 }, (_, place) => read(40 + place, { 1: all, 2: '...................' }))
    expect(computeAgreement([...alike(0, 12), ...read2, ...more]).cautions.map(({ code }) => code)).toEqual([
      'marks-differ',
    ])
  })

  test('not with one document, or one rating throughout', () => {
    expect(codesOf(alike(0, 1))).toEqual(['few-documents', 'few-claims', 'no-interval'])
    const same = Array.from({ length: 15 }, (_, place) => read(place, { 1: 'ssss.ssss', 2: 'ssss.ssss' }))
    const agreement = computeAgreement(same)
    expect(agreement.reasons.map(({ code }) => code)).toEqual(['no-alpha'])
    expect(agreement.session.labelAlpha).toMatchObject({
      value: null,
      rawAgreement: 1,
      reason: { code: 'no-variation' },
    })
    expect(agreement.session.ac1.value).toBe(1)
  })

  test('not by a figure that hangs on one document', () => {
    const same = Array.from({ length: 14 }, (_, place) => read(place, { 1: 'ssss.ssss', 2: 'ssss.ssss' }))
    const agreement = computeAgreement([...same, read(14, { 1: all, 2: all })])
    expect(agreement.session.labelAlpha).toMatchObject({ value: 1, interval: null })
    expect(agreement.session.labelAlpha.intervalReason?.code).toBe('hangs-on-one-document')
    expect(agreement.reasons.map(({ code }) => code)).toEqual(['no-interval'])
  })
})

describe('claims that nobody marked', () => {
  test('are estimated from what one marked and another left, by pairs and by teams', () => {
    const two = Array.from({ length: 4 }, (_, place) =>
      read(place, { 1: 'ssss.ssss.ssss.....', 2: 'ssss.ssss......ssss' }),
    )
    const { unmarked } = computeAgreement(two)
    // 12 claims by each, 8 by both: 13 · 13 / 9 − 1 = 17.78 in all, 16 of them marked.
    expect(unmarked).toMatchObject({ marked: 16, documents: 4, method: 'chapman' })
    expect(unmarked?.unmarked).toBeCloseTo(1.7778, 4)
    expect(unmarked?.says).toMatch(
      /^About 2 claims \(0 to \d+\) in the 4 documents that two reviewers or more read were/,
    )
    const three = read(9, { 1: 'ssss.ssss.ssss.....', 2: 'ssss.ssss......ssss', 3: 'ssss...............' })
    expect(computeAgreement([...two, three]).unmarked).toMatchObject({ marked: 20, method: 'chapman-and-chao' })
    expect(computeAgreement(two.slice(0, 3)).unmarked).toBeNull()
  })
})

describe('computeSessionAgreement', () => {
  const documents = Array.from({ length: 12 }, (_, place) =>
    read(place, {
      1: 'ssss.uuuu.cccc.nnnn',
      2: 'ssss.uuuu.ssss.nnnn',
      3: place % 2 === 0 ? 'ssss.cccc' : 'uuuu.cccc.ssss',
    }),
  )

  test('gives what the steps in one go give, and pauses when its turn is over', async () => {
    let pauses = 0
    let clock = 0
    const agreement = await computeSessionAgreement(documents, {
      // A clock that advances by 3 ms with each reading.
      now: () => (clock += 3),
      pause: () => {
        pauses += 1
        return Promise.resolve()
      },
    })
    expect(agreement).toEqual(computeAgreement(documents))
    const steps = [...agreementSteps(documents)].length
    expect(steps).toBeGreaterThan(100)
    expect(pauses).toBeGreaterThan(steps / 4)
  })
})

import { describe, expect, test } from 'vitest'
import type { Rating } from '../annotations/rating'
import type { BlindDocument } from '../agreement/statistics'
import { protocolSchema } from '../review-sessions/protocol'
import { drawSample } from '../review-sessions/sample'
import { estimateShare } from '../statistics/intervals'
import { makeDocument, mark, placeOf, reportOn, settle } from './laws/fixtures'
import type { ReportInput } from './compute-report'
import type { ReportDocument, SessionRecord } from './input-schema'
import { withoutReadOnce, estimateTwoPhase } from './two-phase'

const sentences = 10
const ids = Array.from({ length: 24 }, (_, place) => `d${String(place).padStart(2, '0')}`)
const { ids: drawn, seed } = drawSample(
  ids.map((id) => ({ id })),
  8,
  20261130,
)

/** The true rating of a sentence. A single reading rates one in ten sourced claims as contradicted. */
function truth(document: number, sentence: number): Rating {
  return (document * 3 + sentence) % 6 === 0 ? 'contradicted' : 'sourced'
}
function reading(document: number, sentence: number, reader: string): Rating {
  const is = truth(document, sentence)
  return is === 'sourced' && (document + sentence + (reader === 'x' ? 0 : 5)) % 10 === 0 ? 'contradicted' : is
}

function readersOf(id: string): string[] {
  return drawn.includes(id) ? ['x', 'y'] : [ids.indexOf(id) % 2 === 0 ? 'x' : 'y']
}

const readings: BlindDocument[] = ids.map((id, document) => ({
  id,
  length: sentences * 10,
  reviewers: readersOf(id).map((reader) => ({
    id: reader,
    spans: Array.from({ length: sentences }, (_, sentence) => ({
      id: `${id} ${reader} ${String(sentence)}`,
      ...placeOf(sentence),
      rating: reading(document, sentence, reader),
    })),
  })),
}))

const documents = ids.map((id, at): ReportDocument => {
  const isDrawn = drawn.includes(id)
  const document = makeDocument(id, sentences)
  const rated = Array.from({ length: sentences }, (_, sentence) => sentence)
  const [reader = ''] = readersOf(id)
  const marks = rated.map((sentence) =>
    mark(reader, sentence, { rating: reading(at, sentence, reader), phase: 'blind', id: `${id} ${String(sentence)}` }),
  )
  return {
    ...document,
    adjudication: {
      sessionId: 'session',
      sessionName: 'Spring',
      closedAt: '2025-03-20T00:00:00.000Z',
      minimumReviewers: 1,
      ...(isDrawn ? {} : { readOnce: marks }),
      reviewerIds: readersOf(id),
      decisions: [],
      checkable: document.checkable,
      claims: isDrawn ? rated.map((sentence) => settle(sentence, truth(at, sentence))) : [],
    },
  }
})

const session: SessionRecord = {
  id: 'session',
  name: 'Spring',
  question: '',
  closedAt: '2025-03-20T00:00:00.000Z',
  sample: null,
  protocol: protocolSchema.parse({ secondReading: { how: 'number', documents: 8 } }),
  documents: { ofSource: ids.length, all: ids.length },
  secondReading: {
    documentIds: drawn,
    frameSize: ids.length,
    frameSha256: 'f'.repeat(64),
    size: 8,
    seed,
    drawnAt: '2025-03-01T00:00:00.000Z',
    drawings: 2,
  },
}

const reportOf = (given: Partial<ReportInput> = {}, of = documents) =>
  reportOn(of, { sessions: [session], readings, ...given })

describe('a report where a random part was read twice', () => {
  const report = reportOf()
  const { twoPhase } = report

  test('corrects the single readings of all documents by the adjudicated part', () => {
    const contradicted = twoPhase?.shares?.contradicted
    // Single readings call too many claims contradicted: nearly a tenth of the sourced ones.
    expect(contradicted?.once).toBeGreaterThan((contradicted?.share ?? 1) + 0.04)
    const true24 = ids.flatMap((_, at) => Array.from({ length: sentences }, (_unused, s) => truth(at, s)))
    const share = true24.filter((rating) => rating === 'contradicted').length / true24.length
    expect(contradicted?.low).toBeLessThan(share)
    expect(contradicted?.high).toBeGreaterThan(share)
    expect(twoPhase).toMatchObject({
      documents: { all: 24, twice: 8 },
      claims: { once: 240, twice: 80 },
      withheld: null,
      formula: 'difference estimator of double sampling (Cochran 1977, chapter 12)',
    })
    expect(twoPhase?.chosenSays).toContain(
      `8 of the 24 documents of the session, each as likely as any other (seed ${String(seed)}`,
    )
    expect(twoPhase?.chosenSays).toContain('drawing 2 of this session')
    expect(twoPhase?.says.join(' ')).toMatch(/the interval is [\d.]+ points wide, and [\d.]+ by the part/)
  })

  test('is the estimator itself on one reading of each document, whichever reader the seed took', () => {
    const options = ids.map((id, at) => {
      const count = (readers: readonly string[]) =>
        readers.map(
          (reader) =>
            Array.from({ length: sentences }, (_, s) => reading(at, s, reader)).filter((r) => r === 'contradicted')
              .length,
        )
      const settled = Array.from({ length: sentences }, (_, s) => truth(at, s)).filter(
        (r) => r === 'contradicted',
      ).length
      return {
        once: count(readersOf(id)),
        adjudicated: drawn.includes(id) ? { count: settled, of: sentences } : null,
      }
    })
    // The part of eight documents with two readers allows 2^8 choices of one reading each; the report made one of these.
    const shares = Array.from({ length: 2 ** 8 }, (_, way) => {
      let bit = 0
      return estimateTwoPhase(
        options.map(({ once, adjudicated }) => {
          const at = once.length === 2 ? (way >> bit++) & 1 : 0
          return { once: { count: once[at] ?? 0, of: sentences }, adjudicated }
        }),
      )?.share.toFixed(9)
    })
    expect(shares).toContain(twoPhase?.shares?.contradicted?.share.toFixed(9))
  })

  test('has the part alone beside it, which the other shares of the report are', () => {
    const alone = estimateShare(
      drawn.map((id) => {
        const at = ids.indexOf(id)
        const settled = Array.from({ length: sentences }, (_, s) => truth(at, s))
        return { count: settled.filter((rating) => rating === 'contradicted').length, of: sentences }
      }),
    )
    expect(twoPhase?.shares?.contradicted?.twice).toEqual({ share: alone?.share, low: alone?.low, high: alone?.high })
    expect(report.shares?.contradicted).toMatchObject({ share: alone?.share, low: alone?.low, of: 80 })
  })

  test('lists what was read once, counts it nowhere, and leaves no bound open for it', () => {
    expect(report.claims).toMatchObject({ assessed: 80, singleReview: 160 })
    expect(report.bounds).toBeNull()
    expect(report.gates.map(({ code }) => code)).toContain('read-once')
    expect(report.gates.map(({ code }) => code)).not.toContain('single-review')
    expect(report.gates.map(({ code }) => code)).not.toContain('interim')
    expect(report.coverage).toEqual({ decided: 240, checkable: 240 })
    expect(report.contradicted.filter(({ counted }) => !counted).length).toBeGreaterThan(10)
    expect(report.furtherDocuments?.documents ?? 99).toBeGreaterThanOrEqual(8)
    expect(report.sessions[0]?.protocolSays[0]).toContain(
      '8 documents drawn at random by 2; only those were adjudicated',
    )
  })

  test('takes agreement from what was to be read twice alone', () => {
    expect(withoutReadOnce(readings, documents).map(({ id }) => id)).toEqual(drawn)
  })

  test.each<[string, () => ReturnType<typeof reportOf>, string]>([
    [
      'a document of the list is missing',
      () => reportOf({}, documents.slice(1)),
      'Documents of the list that the part was drawn from are missing',
    ],
    [
      'a document was reviewed elsewhere, too',
      () => {
        const [first, ...rest] = documents
        if (first?.adjudication == null) throw new Error('It was settled.')
        return reportOf({}, [{ ...first, adjudication: { ...first.adjudication, sessionId: 'other' } }, ...rest])
      },
      'outside of the session',
    ],
    [
      'what was adjudicated is not what was drawn',
      () => {
        const other = [...ids.filter((id) => !drawn.includes(id)).slice(0, 1), ...drawn.slice(1)]
        return reportOf({
          sessions: [{ ...session, secondReading: { ...(session.secondReading ?? raise()), documentIds: other } }],
        })
      },
      'What was adjudicated is not what was drawn',
    ],
    ['nobody who counts read a document', () => reportOf({ readings: readings.slice(1) }), 'was read by nobody'],
  ])('gives no estimate where %s', (_name, make, says) => {
    const without = make()
    expect(without.twoPhase?.shares).toBeNull()
    expect(without.twoPhase?.withheld).toContain(says)
    expect(without.gates.find(({ code }) => code === 'two-phase-withheld')?.says).toContain(says)
  })

  test('gives none either where a gate withholds shares', () => {
    const few = drawn.slice(0, 2)
    const of = documents.map((document) => {
      const { adjudication } = document
      if (adjudication == null || few.includes(document.id)) return document
      return { ...document, adjudication: { ...adjudication, readOnce: [], claims: [] } }
    })
    const part = { ...(session.secondReading ?? raise()), documentIds: few, size: 2 }
    const report = reportOf({ sessions: [{ ...session, secondReading: part }] }, of)
    expect(report.shares).toBeNull()
    expect(report.twoPhase).toMatchObject({ shares: null, documents: { all: 24, twice: 2 } })
  })

  test('is said of no other report', () => {
    const { secondReading: _part, ...plain } = session
    expect('twoPhase' in reportOf({ sessions: [plain] })).toBe(false)
  })
})

function raise(): never {
  throw new Error('The session has a part.')
}

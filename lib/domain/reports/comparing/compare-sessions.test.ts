import { describe, expect, test } from 'vitest'
import { protocolSchema, type Protocol } from '../../review-sessions/protocol'
import type { SessionRecord } from '../input-schema'
import { makeSettled, reportOn, settle } from '../laws/fixtures'
import { describeSession } from '../report-sessions'
import { compareSessions, sessionComparisonSchema, type ComparedSession } from './compare-sessions'

interface Given {
  id: string
  /** The number of contradicted claims, of eight, in each of ten documents. */
  contradicted: number
  protocol?: Partial<Protocol>
  guidelines?: string
  documents?: string
  source?: string
}

/** A closed session of ten documents with eight settled claims each. */
function sessionOf({
  id,
  contradicted,
  protocol,
  guidelines = 'Check figures.',
  documents = id,
  source = 's',
}: Given): ComparedSession {
  const settled = Array.from({ length: 10 }, (_, place) =>
    makeSettled(
      `${documents} ${String(place)}`,
      8,
      Array.from({ length: 8 }, (_unused, at) => settle(at, at < contradicted ? 'contradicted' : 'sourced')),
    ),
  ).map((document) => {
    const { adjudication } = document
    if (adjudication == null) throw new Error('It was settled.')
    return { ...document, adjudication: { ...adjudication, sessionId: id, sessionName: id } }
  })
  const session: SessionRecord = {
    id,
    name: id,
    question: '',
    closedAt: '2025-03-20T00:00:00.000Z',
    sample: null,
    protocol: protocolSchema.parse(protocol ?? {}),
    documents: { ofSource: 10, all: 10 },
  }
  const of = { id: source, name: `Source ${source}`, kind: '', homepage: '' }
  return {
    session: describeSession(session, { sourceId: source, adjudications: [] }),
    report: reportOn(settled, { sessions: [session], source: of }),
    guidelines,
  }
}

describe('one session beside another', () => {
  const spring = sessionOf({ id: 'Spring', contradicted: 4 })

  test('states both with n, shares, agreement and rules, and the first less the second', () => {
    const found = compareSessions(spring, sessionOf({ id: 'Autumn', contradicted: 1 }))
    expect(found).toMatchObject({
      comparable: true,
      first: { session: { name: 'Spring' }, documents: 10, claims: { assessed: 80, contradicted: 40 } },
      second: { session: { name: 'Autumn' }, claims: { contradicted: 10 } },
    })
    // 40 of 80 less 10 of 80, the same difference as between two sources with these counts.
    expect(found.shares?.contradicted.difference).toBeCloseTo(0.375, 12)
    expect(found.says).toContain('told apart in claims that are sourced and contradicted')
    expect(found.changes).toEqual([
      { code: 'documents', says: 'Other documents: none of the 10 in the first is among the 10 in the second.' },
    ])
    expect(found.first.protocolSays.length).toBeGreaterThan(3)
  })

  test('ranks nothing where the intervals of the differences hold 0', () => {
    const found = compareSessions(spring, sessionOf({ id: 'Autumn', contradicted: 3 }))
    expect(found.says).toContain('cannot be told apart')
    expect(found.cautions.map(({ says }) => says).join(' ')).toContain('“Autumn”')
  })

  test('turned around it says the same of the other', () => {
    const autumn = sessionOf({ id: 'Autumn', contradicted: 1, guidelines: 'Check names.' })
    const [one, other] = [compareSessions(spring, autumn), compareSessions(autumn, spring)]
    expect(other.shares?.contradicted.difference).toBeCloseTo(-(one.shares?.contradicted.difference ?? 0), 12)
    expect(other.shares?.contradicted.low).toBeCloseTo(-(one.shares?.contradicted.high ?? 0), 12)
    expect(other.first).toEqual(one.second)
  })

  test.each<[string, Given, string, string[]]>([
    [
      'other rules',
      { id: 'Autumn', contradicted: 1, protocol: { requireQuotes: true } },
      'cannot be compared: they were worked by different rules',
      ['protocol', 'documents'],
    ],
    [
      'a part that was read twice alone',
      { id: 'Autumn', contradicted: 1, protocol: { secondReading: { how: 'share', share: 0.3 } } },
      'cannot be compared: they were worked by different rules',
      ['protocol', 'documents'],
    ],
    [
      'the same documents',
      { id: 'Autumn', contradicted: 1, documents: 'Spring' },
      '10 documents were read in both',
      [],
    ],
  ])('gives no difference of sessions with %s, and says so', (_name, given, says, codes) => {
    const found = compareSessions(spring, sessionOf(given))
    expect(found).toMatchObject({ comparable: false, shares: null })
    expect(found.says).toContain(says)
    expect(found.changes.map(({ code }) => code)).toEqual(codes)
    // The figures of each session are still there.
    expect(found.second.shares?.contradicted).toMatchObject({ count: 10, of: 80 })
  })

  test('names other guidelines and another source as what a difference can come from', () => {
    const found = compareSessions(
      spring,
      sessionOf({ id: 'Autumn', contradicted: 1, guidelines: 'Check names.', source: 'g' }),
    )
    expect(found.changes.map(({ code }) => code)).toEqual(['guidelines', 'source', 'documents'])
    expect(found.comparable).toBe(true)
    expect(sessionComparisonSchema.shape.changes.parse(found.changes)).toEqual(found.changes)
  })

  test('gives none where either has too little', () => {
    const few = { ...spring, report: { ...spring.report, shares: null } }
    const found = compareSessions(few, sessionOf({ id: 'Autumn', contradicted: 1 }))
    expect(found.says).toContain('“Spring” has too few settled claims')
  })
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { assignmentStates } from '@/lib/domain/assignments/states'
import type { SessionMatrix } from '@/lib/domain/assignments/matrix'
import { sessionStates } from '@/lib/domain/review-sessions/states'
import { packMatrix, unpackMatrix } from './packed-matrix'

const id = fc.constantFrom('one', 'two', 'three', 'four')
const count = fc.nat({ max: 99 })
const maybe = fc.option(count)
const moment = fc.option(fc.constantFrom('2026-05-01T12:00:00.000Z', '2026-06-01T12:00:00.000Z'))
const cell = fc.record({
  assignmentId: fc.uuid(),
  memberId: id,
  state: fc.constantFrom(...assignmentStates),
  dueAt: moment,
  overdue: fc.boolean(),
  decided: maybe,
  version: count,
})
const document = fc.record({
  id: fc.uuid(),
  title: fc.string({ unit: 'binary' }),
  source: id.map((sourceId) => ({ id: sourceId, name: `Source ${sourceId}` })),
  words: count,
  total: count,
  assigned: maybe,
  missing: maybe,
  readTwice: fc.constantFrom(true, false, null),
  covered: maybe,
  claims: maybe,
  openClaims: maybe,
  disagreements: maybe,
  cells: fc.array(cell, { maxLength: 4 }),
})
const matrix: fc.Arbitrary<SessionMatrix> = fc.record({
  sessionId: id,
  state: fc.constantFrom(...sessionStates),
  at: fc.constant('2026-05-01T12:00:00.000Z'),
  dueAt: moment,
  shows: fc.constantFrom('everyone' as const, 'own' as const),
  reviewersPerDocument: count,
  minimumReviewers: count,
  reviewers: fc.constant([]),
  documents: fc.array(document, { maxLength: 6 }),
  totals: fc.record({
    documents: count,
    assignments: count,
    finished: count,
    overdue: count,
    missing: maybe,
    decided: count,
    total: count,
    covered: maybe,
    coverable: count,
    claims: maybe,
    openClaims: maybe,
    disagreements: maybe,
  }),
  blockers: fc.constant([]),
})

it('gives back the matrix that was packed', () => {
  fc.assert(
    fc.property(matrix, (given) => {
      expect(unpackMatrix(packMatrix(given))).toEqual(given)
    }),
  )
})

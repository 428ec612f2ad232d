import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reveals } from './protocol'
import { sessionStates } from './states'
import {
  isBlindNow,
  maySeeMark,
  mustReadBlind,
  type AssignmentStanding,
  type MarkPlace,
  secrecyOf,
  seesMarkIn,
} from './visibility'

const document = 'd1'
const blind = { id: 's1', blind: true, reveal: 'after_phase', state: 'active' } as const
const revealing = { ...blind, reveal: 'after_submission' } as const
const other = { ...blind, id: 's2' } as const

function standing(given: Partial<AssignmentStanding> = {}): AssignmentStanding {
  return { session: blind, documentId: document, submitted: false, withdrawn: false, ...given }
}
function mark(given: Partial<MarkPlace> = {}): MarkPlace {
  return { authorId: 'other', documentId: document, session: blind, authorSubmitted: false, ...given }
}

interface Case {
  assignments?: AssignmentStanding[]
  mark: MarkPlace
  seen: boolean
}

const cases: Record<string, Case> = {
  'their own, in the blind phase': { assignments: [standing()], mark: mark({ authorId: 'me' }), seen: true },
  'their own, though their work was withdrawn': {
    assignments: [standing({ withdrawn: true })],
    mark: mark({ authorId: 'me' }),
    seen: true,
  },
  'another reviewer’s, in the blind phase': { assignments: [standing()], mark: mark(), seen: false },
  'another reviewer’s, after submitting, when the phase decides': {
    assignments: [standing({ submitted: true })],
    mark: mark({ authorSubmitted: true }),
    seen: false,
  },
  'a reviewer’s, as a lead or viewer without an assignment': { mark: mark({ authorSubmitted: true }), seen: false },
  'a reviewer’s, as a reviewer of another document': {
    assignments: [standing({ documentId: 'd2' })],
    mark: mark(),
    seen: false,
  },
  'when both have submitted and submitting decides': {
    assignments: [standing({ session: revealing, submitted: true })],
    mark: mark({ session: revealing, authorSubmitted: true }),
    seen: true,
  },
  'when only the author has submitted': {
    assignments: [standing({ session: revealing })],
    mark: mark({ session: revealing, authorSubmitted: true }),
    seen: false,
  },
  'when only the viewer has submitted': {
    assignments: [standing({ session: revealing, submitted: true })],
    mark: mark({ session: revealing }),
    seen: false,
  },
  'when the viewer’s submitted work was withdrawn': {
    assignments: [standing({ session: revealing, submitted: true, withdrawn: true })],
    mark: mark({ session: revealing, authorSubmitted: true }),
    seen: false,
  },
  'when the viewer submitted another document of the session': {
    assignments: [standing({ session: revealing, documentId: 'd2', submitted: true })],
    mark: mark({ session: revealing, authorSubmitted: true }),
    seen: false,
  },
  'made in open reading, by someone who reads the document blind': {
    assignments: [standing()],
    mark: mark({ session: null }),
    seen: false,
  },
  'made in open reading, by someone whose blind work was withdrawn and may be reinstated': {
    assignments: [standing({ withdrawn: true })],
    mark: mark({ session: null }),
    seen: false,
  },
  'made in open reading, to everyone else': { mark: mark({ session: null }), seen: true },
  'made in a closed session, by someone who reads the document blind in another': {
    assignments: [standing()],
    mark: mark({ session: { ...other, state: 'closed' } }),
    seen: false,
  },
  'made in a blind session, by someone with an open assignment of the document': {
    assignments: [standing({ session: { ...other, blind: false } })],
    mark: mark(),
    seen: false,
  },
  'in two blind sessions at once: revealed in one, not in the other': {
    assignments: [standing({ session: revealing, submitted: true }), standing({ session: other })],
    mark: mark({ session: revealing, authorSubmitted: true }),
    seen: false,
  },
  'once the session is in adjudication': {
    assignments: [standing({ session: { ...blind, state: 'adjudication' } })],
    mark: mark({ session: { ...blind, state: 'adjudication' } }),
    seen: true,
  },
  'in an open session': {
    assignments: [standing({ session: { ...blind, blind: false } })],
    mark: mark({ session: { ...blind, blind: false } }),
    seen: true,
  },
}

describe('maySeeMark: a mark', () => {
  test.each(Object.entries(cases))('%s', (_name, { assignments = [], mark: place, seen }) => {
    expect(maySeeMark({ memberId: 'me', assignments }, place)).toBe(seen)
  })
})

const session = fc.record({
  id: fc.constantFrom('s1', 's2'),
  blind: fc.boolean(),
  reveal: fc.constantFrom(...reveals),
  state: fc.constantFrom(...sessionStates),
})
const assignment = fc.record({
  session,
  documentId: fc.constantFrom('d1', 'd2'),
  submitted: fc.boolean(),
  withdrawn: fc.boolean(),
})
const viewer = fc.record({
  memberId: fc.constantFrom('me', 'you'),
  assignments: fc.array(assignment, { maxLength: 4 }),
})
const place = fc.record({
  authorId: fc.constantFrom('me', 'you', 'they'),
  documentId: fc.constantFrom('d1', 'd2'),
  session: fc.option(session),
  authorSubmitted: fc.boolean(),
})

describe('the rule of blindness', () => {
  test('hides nothing of one’s own', () => {
    fc.assert(fc.property(viewer, place, (who, what) => maySeeMark(who, { ...what, authorId: who.memberId })))
  })

  test('hides nothing when no session is in its blind phase', () => {
    const ended = (of: AssignmentStanding['session']) => !isBlindNow(of)
    fc.assert(
      fc.property(viewer, place, (who, what) => {
        fc.pre(who.assignments.every((one) => ended(one.session)) && (what.session === null || ended(what.session)))
        return maySeeMark(who, what)
      }),
    )
  })

  test('an assignment more never shows more, but where one has submitted it', () => {
    fc.assert(
      fc.property(viewer, place, assignment, (who, what, more) => {
        fc.pre(!more.submitted)
        const after = maySeeMark({ ...who, assignments: [...who.assignments, more] }, what)
        return !after || maySeeMark(who, what)
      }),
    )
  })

  test('who must read a document blind sees only their own marks in it', () => {
    fc.assert(
      fc.property(viewer, place, (who, what) => {
        fc.pre(mustReadBlind(what.documentId, who.assignments))
        return maySeeMark(who, what) === (what.authorId === who.memberId)
      }),
    )
  })

  test('nobody without an assignment in a session in its blind phase sees a mark of it', () => {
    fc.assert(
      fc.property(viewer, place, session, (who, what, of) => {
        fc.pre(isBlindNow(of) && what.authorId !== who.memberId)
        const elsewhere = who.assignments.filter((one) => one.session.id !== of.id)
        return !maySeeMark({ ...who, assignments: elsewhere }, { ...what, session: of })
      }),
    )
  })

  test('a snapshot without the session says that it hides nothing', () => {
    const empty = secrecyOf([], [])
    expect(seesMarkIn(empty, 'me', { authorId: 'you', documentId: 'd1', sessionId: 's1' })).toBe(true)
  })
})

import { describe, expect, test } from 'vitest'
import { assignmentStates } from './states'
import { findAssigningObstacle, planLocked, type AssigningFacts } from './obstacles'

const free: AssigningFacts = {
  session: { name: 'Spring', state: 'active', isTemplate: false },
  document: { title: 'The pier', inSession: true, deleted: false },
  member: { name: 'Ana', role: 'reviewer', status: 'active', reviewsHere: true },
  conflict: null,
  existing: null,
  elsewhere: null,
}

describe('findAssigningObstacle', () => {
  test('finds none where nothing is in the way', () => {
    expect(findAssigningObstacle(free)).toBeNull()
    expect(findAssigningObstacle({ ...free, member: { ...free.member, role: 'owner' } })).toBeNull()
  })

  test.each<[string, Partial<AssigningFacts>, string]>([
    ['a template', { session: { ...free.session, isTemplate: true } }, 'is a template'],
    ['adjudication', { session: { ...free.session, state: 'adjudication' } }, 'is in adjudication. Reopen it'],
    ['a closed session', { session: { ...free.session, state: 'closed' } }, 'is closed. Reopen it'],
    ['a deleted document', { document: { ...free.document, deleted: true } }, 'Restore it first'],
    ['another document', { document: { ...free.document, inSession: false } }, 'Add it to the session first'],
    ['a suspended member', { member: { ...free.member, status: 'suspended' } }, 'Reinstate them first'],
    ['a viewer', { member: { ...free.member, role: 'viewer' } }, 'is a viewer'],
    ['who does not review here', { member: { ...free.member, reviewsHere: false } }, 'as a reviewer first'],
    ['a conflict with the document', { conflict: { about: 'document', reason: '' } }, 'declared for it.'],
    [
      'a conflict with the source',
      { conflict: { about: 'source', reason: 'Kin.' } },
      'declared for its source (Kin.).',
    ],
    ['work elsewhere', { elsewhere: 'Autumn' }, 'in “Autumn” as well'],
    ['work taken back', { existing: 'withdrawn' }, 'Reinstate that assignment'],
  ])('names %s', (_name, given, says) => {
    expect(findAssigningObstacle({ ...free, ...given })).toContain(says)
  })

  test.each(assignmentStates)('never gives a document twice: %s', (existing) => {
    expect(findAssigningObstacle({ ...free, existing })).not.toBeNull()
  })
})

test('a plan is open in a draft and while the session is active', () => {
  expect(planLocked({ ...free.session, state: 'draft' })).toBeNull()
  expect(planLocked(free.session)).toBeNull()
})

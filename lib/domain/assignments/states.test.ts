import { describe, expect, test } from 'vitest'
import { phaseOfMark } from './phase'
import {
  assignmentStateAfter,
  assignmentStates,
  assignmentTransitions,
  isFinished,
  isOpenForMarks,
  dueOf,
  isOverdue,
} from './states'

describe('due dates', () => {
  test.each([
    [5, 9, 5],
    [null, 9, 9],
    [12, null, 12],
    [null, null, null],
  ])('own %s, session %s: %s', (own, session, due) => {
    expect(dueOf(own, session)).toBe(due)
  })

  test.each(assignmentStates)('%s work is late only while it is waited for', (state) => {
    expect(isOverdue({ state, due: 10, now: 11 })).toBe(!isFinished(state))
    expect(isOverdue({ state, due: 10, now: 10 })).toBe(false)
    expect(isOverdue({ state, due: null, now: 11 })).toBe(false)
  })
})

describe('states', () => {
  test('work is either open for marks or finished, never both or neither', () => {
    for (const state of assignmentStates) expect(isOpenForMarks(state)).toBe(!isFinished(state))
  })

  test('all open work can be submitted and taken back, and taking back can be undone', () => {
    for (const state of assignmentStates.filter(isOpenForMarks)) {
      expect(assignmentStateAfter(state, 'submit')).toBe('submitted')
      expect(assignmentStateAfter(state, 'withdraw')).toBe('withdrawn')
    }
    expect(isOpenForMarks(assignmentStateAfter('withdrawn', 'reinstate') ?? 'withdrawn')).toBe(true)
  })

  test('no transition leads back to `assigned`', () => {
    for (const state of assignmentStates)
      for (const transition of assignmentTransitions)
        expect(assignmentStateAfter(state, transition)).not.toBe('assigned')
  })
})

describe('phases', () => {
  test.each([
    [false, false, false, 'open'],
    [false, true, true, 'open'],
    [true, false, false, 'blind'],
    [true, false, true, 'post'],
    [true, true, false, 'post'],
    [true, true, true, 'post'],
  ])('blind %s, ended %s, submitted %s: %s', (blind, blindEnded, submitted, phase) => {
    expect(phaseOfMark({ blind, blindEnded, submitted })).toBe(phase)
  })
})

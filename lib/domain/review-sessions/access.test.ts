import { describe, expect, test } from 'vitest'
import { roles, type Role } from '../access/policy'
import { adjudicatesIn, maySeeSession, seesClaims, seesWorkOfAll } from './access'
import { sessionStates, type SessionState } from './states'

describe('maySeeSession', () => {
  const seen: Record<string, SessionState[]> = {
    'owner elsewhere': [...sessionStates],
    'owner member': [...sessionStates],
    'lead elsewhere': [...sessionStates],
    'lead member': [...sessionStates],
    'reviewer elsewhere': ['closed'],
    'reviewer member': ['active', 'adjudication', 'closed'],
    'viewer elsewhere': ['closed'],
    'viewer member': ['closed'],
  }
  test.each(roles.flatMap((role) => [true, false].map((isMember) => [role, isMember] as const)))(
    'a %s, member: %s',
    (role, isMember) => {
      expect(sessionStates.filter((state) => maySeeSession({ role, isMember }, state))).toEqual(
        seen[`${role} ${isMember ? 'member' : 'elsewhere'}`],
      )
    },
  )
})

describe('seesWorkOfAll', () => {
  test.each(roles)('a %s is kept from the others’ progress only in the blind phase, unless they lead', (role) => {
    for (const blind of [true, false]) {
      for (const state of sessionStates) {
        const hidden = blind && state === 'active' && (role === 'reviewer' || role === 'viewer')
        expect(seesWorkOfAll(role, { blind, state }), `${String(blind)} ${state}`).toBe(!hidden)
      }
    }
  })
})

describe('adjudicatesIn', () => {
  test.each<[Role, { adjudicates: boolean } | null, boolean]>([
    ['owner', null, false],
    ['owner', { adjudicates: false }, true],
    ['lead', { adjudicates: false }, true],
    ['reviewer', { adjudicates: false }, false],
    ['reviewer', { adjudicates: true }, true],
    ['reviewer', null, false],
    ['viewer', { adjudicates: true }, false],
  ])('a %s with the part %j: %s', (role, part, expected) => {
    expect(adjudicatesIn(role, part)).toBe(expected)
  })
})

describe('seesClaims', () => {
  test('nobody before adjudication, everyone after closing, and between only who settles or leads', () => {
    const shown = (role: Role, adjudicates: boolean) =>
      sessionStates.filter((state) => seesClaims({ role, adjudicates }, state))
    expect(shown('reviewer', false)).toEqual(['closed'])
    expect(shown('viewer', false)).toEqual(['closed'])
    expect(shown('reviewer', true)).toEqual(['adjudication', 'closed'])
    expect(shown('lead', false)).toEqual(['adjudication', 'closed'])
  })
})

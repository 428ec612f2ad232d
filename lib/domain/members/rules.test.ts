import { describe, expect, it } from 'vitest'
import { invitationState, losesLastOwner, type MemberFacts } from './rules'
import type { MemberChange } from './schema'

const owner: MemberFacts = { role: 'owner', status: 'active' }

describe('losesLastOwner', () => {
  interface Case {
    name: string
    member: MemberFacts
    change: MemberChange
    activeOwners: number
    lost: boolean
  }
  const suspended: MemberFacts = { role: 'owner', status: 'suspended' }
  const reviewer: MemberFacts = { role: 'reviewer', status: 'active' }
  it.each<Case>([
    { name: 'the last owner is demoted', member: owner, change: { role: 'lead' }, activeOwners: 1, lost: true },
    {
      name: 'the last owner is suspended',
      member: owner,
      change: { status: 'suspended' },
      activeOwners: 1,
      lost: true,
    },
    { name: 'both', member: owner, change: { role: 'viewer', status: 'suspended' }, activeOwners: 1, lost: true },
    {
      name: 'nothing changes',
      member: owner,
      change: { role: 'owner', status: 'active' },
      activeOwners: 1,
      lost: false,
    },
    { name: 'another owner remains', member: owner, change: { role: 'lead' }, activeOwners: 2, lost: false },
    { name: 'a suspended one is demoted', member: suspended, change: { role: 'viewer' }, activeOwners: 1, lost: false },
    { name: 'a suspended one returns', member: suspended, change: { status: 'active' }, activeOwners: 1, lost: false },
    { name: 'a reviewer goes', member: reviewer, change: { status: 'suspended' }, activeOwners: 1, lost: false },
  ])('$name', ({ member, change, activeOwners, lost }) => {
    expect(losesLastOwner(member, change, activeOwners)).toBe(lost)
  })
})

describe('invitationState', () => {
  const now = new Date('2026-05-01T00:00:00Z')
  const later = new Date('2026-05-02T00:00:00Z')
  const earlier = new Date('2026-04-30T00:00:00Z')
  it.each([
    ['open', { acceptedAt: null, revokedAt: null, expiresAt: later }, 'pending'],
    ['over at the very moment', { acceptedAt: null, revokedAt: null, expiresAt: now }, 'expired'],
    ['accepted, then over', { acceptedAt: earlier, revokedAt: null, expiresAt: earlier }, 'accepted'],
    ['revoked, then over', { acceptedAt: null, revokedAt: earlier, expiresAt: earlier }, 'revoked'],
  ] as const)('%s', (_name, invitation, state) => {
    expect(invitationState(invitation, now)).toBe(state)
  })
})

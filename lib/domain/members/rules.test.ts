import { describe, expect, it } from 'vitest'
import { invitationState, losesLastOwner, type MemberStanding } from './rules'
import type { MemberChange } from './schema'

const owner: MemberStanding = { role: 'owner', status: 'active' }

describe('losesLastOwner', () => {
  it.each<[string, MemberStanding, MemberChange, number, boolean]>([
    ['the last owner is demoted', owner, { role: 'lead' }, 1, true],
    ['the last owner is suspended', owner, { status: 'suspended' }, 1, true],
    ['both at once', owner, { role: 'viewer', status: 'suspended' }, 1, true],
    ['the last owner stays what they are', owner, { role: 'owner', status: 'active' }, 1, false],
    ['another owner remains', owner, { role: 'lead' }, 2, false],
    ['a suspended owner is demoted', { role: 'owner', status: 'suspended' }, { role: 'viewer' }, 1, false],
    ['a suspended owner comes back', { role: 'owner', status: 'suspended' }, { status: 'active' }, 1, false],
    ['a reviewer is suspended', { role: 'reviewer', status: 'active' }, { status: 'suspended' }, 1, false],
  ])('%s', (_name, member, change, activeOwners, lost) => {
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

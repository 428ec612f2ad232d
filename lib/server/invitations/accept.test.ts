import { expect, it } from 'vitest'
import { describeOnBothDatabases } from '@/tests/setup/databases'
import { createMember, createWorkspace, makeId } from '@/tests/setup/factories'
import { permit } from '../access/gate'
import { createInvitation } from './mutations'
import { admitOidc } from './accept'

describeOnBothDatabases('someone from the OpenID Connect provider', (context) => {
  const profile = {
    iss: 'https://id.example',
    sub: 'noa',
    email: 'Noa@Example.org',
    email_verified: true,
    name: 'Noa Lindqvist',
  }

  async function invited(workspaces = 1) {
    const { database } = context
    for (let number = 0; number < workspaces; number += 1) {
      const { id: workspaceId } = await createWorkspace(database)
      const owner = await createMember(database, { workspaceId, role: 'owner' })
      await createInvitation(permit(owner, 'invitation.create'), {
        id: makeId(),
        email: 'noa@example.org',
        role: 'reviewer',
      })
    }
    return database
  }

  it('becomes a member of every workspace that invited them, and is known again by issuer and subject alone', async () => {
    const database = await invited(2)
    const user = await admitOidc(profile)
    expect(user).toMatchObject({ email: 'noa@example.org', name: 'Noa Lindqvist' })
    const id = typeof user === 'string' ? '' : user.id
    expect(await database.read.member.count({ where: { userId: id, role: 'reviewer' } })).toBe(2)
    expect(await admitOidc({ iss: profile.iss, sub: profile.sub })).toMatchObject({ id })
    expect(await admitOidc({ ...profile, email: 'changed@example.org', email_verified: false })).toMatchObject({ id })
  })

  it('is linked to the account with their verified address', async () => {
    const { database } = context
    const { id: workspaceId } = await createWorkspace(database)
    const { userId } = await createMember(database, { workspaceId, email: 'noa@example.org' })
    expect(await admitOidc({ ...profile, email_verified: 'true' })).toMatchObject({ id: userId })
    expect(await database.read.identity.findMany({ select: { issuer: true, subject: true, userId: true } })).toEqual([
      { issuer: 'https://id.example', subject: 'noa', userId },
    ])
  })

  it.each([
    ['without an address', { email: undefined }, 'oidc-email-missing'],
    ['with something else than an address', { email: 'noa' }, 'oidc-email-missing'],
    ['with an address that was not verified', { email_verified: false }, 'oidc-email-unverified'],
    ['with an address of which that is not said', { email_verified: undefined }, 'oidc-email-unverified'],
    ['whom nobody invited', { email: 'stranger@example.org' }, 'oidc-not-invited'],
  ])('%s is refused, and leaves nothing behind', async (_name, change, refusal) => {
    const database = await invited()
    const users = await database.read.user.count()
    const given = Object.fromEntries(
      Object.entries({ ...profile, ...change }).filter(([, value]) => value !== undefined),
    )
    expect(await admitOidc(given as unknown as typeof profile)).toBe(refusal)
    expect(await database.read.user.count()).toBe(users)
    expect(await database.read.identity.count()).toBe(0)
  })

  it('is not taken for the same subject of another issuer', async () => {
    await invited()
    await admitOidc(profile)
    expect(await admitOidc({ ...profile, iss: 'https://other.example', email: 'stranger@example.org' })).toBe(
      'oidc-not-invited',
    )
  })

  it('is one user and one identity when coming twice at the same moment', async () => {
    const database = await invited()
    const users = await database.read.user.count()
    const results = await Promise.all([admitOidc(profile), admitOidc(profile)])
    const ids = new Set(results.map((result) => (typeof result === 'string' ? result : result.id)))
    expect(ids.size).toBe(1)
    expect(await database.read.user.count()).toBe(users + 1)
    expect(await database.read.identity.count()).toBe(1)
  })
})

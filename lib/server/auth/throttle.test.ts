import { beforeEach, describe, expect, it } from 'vitest'
import { describeOnBothDatabases } from '@/tests/setup/databases'
import { createMember, createWorkspace } from '@/tests/setup/factories'
import { hashPassword } from './passwords'
import { signInWithPassword } from './sign-in'
import { beginSignIn, endSignIn, forgetAttempts } from './throttle'

beforeEach(forgetAttempts)

async function fail(times: number, email: string, address: string): Promise<void> {
  for (let attempt = 0; attempt < times; attempt += 1) await beginSignIn(email, address)
}

describe('the throttle', () => {
  it('lets five attempts through, then makes the address wait, longer each time', async () => {
    await fail(5, 'a@example.org', '192.0.2.1')
    await expect(beginSignIn('a@example.org', '192.0.2.1')).rejects.toMatchObject({
      code: 'too-many-requests',
      details: { retryAfter: 1 },
    })
    await new Promise((resolve) => setTimeout(resolve, 1050))
    await beginSignIn('a@example.org', '192.0.2.1')
    await expect(beginSignIn('a@example.org', '192.0.2.1')).rejects.toMatchObject({ details: { retryAfter: 2 } })
  })

  it('never locks the account: another address and another account still work', async () => {
    await fail(5, 'owner@example.org', '192.0.2.1')
    await expect(beginSignIn('owner@example.org', '192.0.2.1')).rejects.toThrow(/Too many/)
    await beginSignIn('owner@example.org', '192.0.2.2')
    await beginSignIn('other@example.org', '192.0.2.1')
  })

  it('counts attempts that run at the same time', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, () => beginSignIn('a@example.org', '192.0.2.1')),
    )
    const through = results.filter(({ status }) => status === 'fulfilled').length
    expect(through).toBe(5)
  })

  it('slows an address that tries many accounts once each', async () => {
    for (let place = 0; place < 30; place += 1) await beginSignIn(`person${place}@example.org`, '192.0.2.9')
    await expect(beginSignIn('one-more@example.org', '192.0.2.9')).rejects.toThrow(/Too many/)
    await beginSignIn('one-more@example.org', '192.0.2.10')
  })

  it('forgets an account’s failures after a success, but not the address’s others', async () => {
    await fail(4, 'a@example.org', '192.0.2.1')
    await beginSignIn('a@example.org', '192.0.2.1')
    await endSignIn('a@example.org', '192.0.2.1')
    await fail(5, 'a@example.org', '192.0.2.1')
    await expect(beginSignIn('a@example.org', '192.0.2.1')).rejects.toThrow(/Too many/)
    for (let place = 0; place < 21; place += 1) await beginSignIn(`person${place}@example.org`, '192.0.2.1')
    await expect(beginSignIn('fresh@example.org', '192.0.2.1')).rejects.toThrow(/Too many/)
  })
})

describeOnBothDatabases('signing in', (context) => {
  const password = 'gutter mosaic plankton verb'
  const address = '192.0.2.1'

  async function person() {
    const { id: workspaceId } = await createWorkspace(context.database)
    const given = { workspaceId, email: 'ines@example.org', passwordHash: await hashPassword(password) }
    return createMember(context.database, given)
  }

  it('takes the address in any case and with spaces around it', async () => {
    const { userId } = await person()
    expect(await signInWithPassword({ email: ' Ines@Example.ORG', password, address })).toMatchObject({ id: userId })
  })

  it.each([
    ['a wrong password', { email: 'ines@example.org', password: 'gutter mosaic plankton verbs' }],
    ['no password', { email: 'ines@example.org', password: '' }],
    ['an unknown address', { email: 'nobody@example.org', password }],
    ['no address', { email: '', password }],
    ['something else than an address', { email: "' OR 1=1 --", password }],
    ['a huge password', { email: 'ines@example.org', password: 'x'.repeat(1_000_000) }],
  ])('with %s answers the same', async (_name, attempt) => {
    await person()
    await expect(signInWithPassword({ ...attempt, address })).rejects.toMatchObject({
      code: 'unauthenticated',
      message: expect.stringContaining('do not belong together') as string,
    })
  })

  it('works as hard for an unknown address as for a wrong password', async () => {
    await person()
    // Processor time of the whole process, the threads of Argon2 included, over many runs in turn: a single one is too short for its clock.
    const effort = async (email: string, from: string) => {
      const start = process.cpuUsage()
      await expect(signInWithPassword({ email, password: 'wrong', address: from })).rejects.toThrow()
      return process.cpuUsage(start).user
    }
    const efforts = { known: 0, unknown: 0 }
    for (let round = 1; round <= 12; round++) {
      const from = `198.51.100.${String(round)}`
      efforts.known += await effort('ines@example.org', from)
      efforts.unknown += await effort(`nobody${String(round)}@example.org`, from)
    }
    // Both are one Argon2 run; without the dummy run the unknown one would take a twentieth.
    expect(efforts.unknown / efforts.known).toBeGreaterThan(0.2)
    expect(efforts.unknown / efforts.known).toBeLessThan(5)
  })

  it('refuses even the right password while the address has to wait, and takes it from elsewhere', async () => {
    await person()
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await expect(signInWithPassword({ email: 'ines@example.org', password: 'wrong', address })).rejects.toThrow(
        /belong/,
      )
    }
    const right = { email: 'ines@example.org', password }
    await expect(signInWithPassword({ ...right, address })).rejects.toMatchObject({ code: 'too-many-requests' })
    expect(await signInWithPassword({ ...right, address: '198.51.100.7' })).toMatchObject({ email: 'ines@example.org' })
  })

  it('does not take a password for an account that has none', async () => {
    const { id: workspaceId } = await createWorkspace(context.database)
    await createMember(context.database, { workspaceId, email: 'oidc@example.org' })
    await expect(
      signInWithPassword({ email: 'oidc@example.org', password: 'no account has this one', address }),
    ).rejects.toMatchObject({ code: 'unauthenticated' })
  })
})

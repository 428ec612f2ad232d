import pino from 'pino'
import { beforeEach, describe, expect, it } from 'vitest'
import { describeOnBothDatabases } from '@/tests/setup/databases'
import { createMember, createWorkspace } from '@/tests/setup/factories'
import { hashPassword } from './passwords'
import { useLogger } from '../log'
import type { Caller } from './address'
import { actorOfRequest } from './current'
import { deviceOf, makeDevice } from './cookies'
import { signInWithPassword } from './sign-in'
import {
  beginPasswordCheck,
  beginPasswordMail,
  beginSignIn,
  countWrongSecret,
  endPasswordCheck,
  endSignIn,
  forgetAttempts,
} from './throttle'

beforeEach(forgetAttempts)

/** An address of its own for each number. */
function from(number: number): Caller {
  return { address: `192.0.${String(number >> 8)}.${String(number & 255)}`, isShared: false }
}

const proxy: Caller = { address: '127.0.0.1', isShared: true }

function attempt(email: string, caller: Caller = from(1), device: string | null = null) {
  beginSignIn({ email, caller, device })
}

/** How many of the attempts were let through. */
function countThrough(attempts: readonly (() => void)[]): number {
  return attempts.filter((run) => {
    try {
      run()
      return true
    } catch (error) {
      expect(error).toMatchObject({ code: 'too-many-requests' })
      return false
    }
  }).length
}

const times = (number: number) => Array.from({ length: number }, (_nothing, place) => place)

describe('the throttle', () => {
  it('lets five attempts through, then makes the address wait, longer each time', async () => {
    for (const _ of times(5)) attempt('a@example.org')
    expect(() => {
      attempt('a@example.org')
    }).toThrow(expect.objectContaining({ code: 'too-many-requests', details: { retryAfter: 1 } }) as Error)
    await new Promise((resolve) => setTimeout(resolve, 1050))
    attempt('a@example.org')
    expect(() => {
      attempt('a@example.org')
    }).toThrow(expect.objectContaining({ details: { retryAfter: 2 } }) as Error)
    attempt('a@example.org', from(2))
    attempt('other@example.org')
  })

  it('looks at few guesses at one account, however many addresses they come from', () => {
    const guesses = times(600).map((number) => () => {
      attempt('owner@example.org', from(number % 150))
    })
    expect(countThrough(guesses)).toBeLessThanOrEqual(25)
  })

  it('never makes a known device wait for what others do', () => {
    countThrough(
      times(600).map((number) => () => {
        attempt('owner@example.org', from(number % 150))
      }),
    )
    countThrough(
      times(600).map((number) => () => {
        attempt(`person${String(number)}@example.org`)
      }),
    )
    attempt('owner@example.org', from(1), 'known')
    expect(
      countThrough(
        times(50).map(() => () => {
          attempt('owner@example.org', from(1), 'known')
        }),
      ),
    ).toBe(4)
    attempt('owner@example.org', from(1), 'another')
  })

  it('slows an address that tries many accounts once each', () => {
    expect(
      countThrough(
        times(200).map((number) => () => {
          attempt(`person${String(number)}@example.org`)
        }),
      ),
    ).toBe(30)
    attempt('one-more@example.org', from(2))
  })

  it('lets ten times as many through where the address is a whole site’s', () => {
    const spread = times(600).map((number) => () => {
      attempt(`person${String(number)}@example.org`, proxy)
    })
    expect(countThrough(spread)).toBe(300)
  })

  it('forgets an account’s failures after a success, but not the address’s others', () => {
    for (const _ of times(5)) attempt('a@example.org')
    endSignIn({ email: 'a@example.org', caller: from(1), device: null })
    for (const _ of times(5)) attempt('a@example.org')
    expect(
      countThrough(
        times(200).map((number) => () => {
          attempt(`person${String(number)}@example.org`)
        }),
      ),
    ).toBe(21)
  })

  it('counts links and tokens that nobody has apart from signing in, and from each other', () => {
    expect(
      countThrough(
        times(200).map(() => () => {
          countWrongSecret('token', from(1))
        }),
      ),
    ).toBe(30)
    countWrongSecret('link', from(1))
    attempt('owner@example.org')
  })

  it('lets a few mails go to one person, and never makes those behind a proxy wait for each other', () => {
    expect(
      countThrough(
        times(50).map(() => () => {
          beginPasswordMail('a@example.org', proxy)
        }),
      ),
    ).toBe(3)
    beginPasswordMail('b@example.org', proxy)
  })

  it('counts looks at the present password by the user', () => {
    expect(
      countThrough(
        times(50).map(() => () => {
          beginPasswordCheck('someone')
        }),
      ),
    ).toBe(5)
    beginPasswordCheck('someone else')
    endPasswordCheck('someone')
    beginPasswordCheck('someone')
  })
})

describe('a device', () => {
  it('is known to the account it signed in to, and to no other', () => {
    const value = makeDevice('a@example.org')
    expect(deviceOf(value, 'a@example.org')).toBe(value.split('.')[0])
    expect(deviceOf(value, 'b@example.org')).toBeNull()
    const [nonce = '', proof = ''] = value.split('.')
    const other = makeDevice('a@example.org').split('.')[0] ?? ''
    for (const forged of [
      undefined,
      '',
      nonce,
      `${nonce}.`,
      `${other}.${proof}`,
      `${nonce}.${'A'.repeat(43)}`,
      `${value}x`,
    ])
      expect(deviceOf(forged, 'a@example.org')).toBeNull()
  })
})

describeOnBothDatabases('signing in', (context) => {
  const password = 'gutter mosaic plankton verb'
  const caller = from(1)

  async function person() {
    const { id: workspaceId } = await createWorkspace(context.database)
    const given = { workspaceId, email: 'ines@example.org', passwordHash: await hashPassword(password) }
    return createMember(context.database, given)
  }

  it('takes the address in any case and with spaces around it', async () => {
    const { userId } = await person()
    expect(await signInWithPassword({ email: ' Ines@Example.ORG', password, caller })).toMatchObject({ id: userId })
  })

  it.each([
    ['a wrong password', { email: 'ines@example.org', password: 'gutter mosaic plankton verbs' }],
    ['no password', { email: 'ines@example.org', password: '' }],
    ['an unknown address', { email: 'nobody@example.org', password }],
    ['no address', { email: '', password }],
    ['something else than an address', { email: "' OR 1=1 --", password }],
    ['a huge password', { email: 'ines@example.org', password: 'x'.repeat(1_000_000) }],
  ])('with %s answers the same', async (_name, given) => {
    await person()
    await expect(signInWithPassword({ ...given, caller })).rejects.toMatchObject({
      code: 'unauthenticated',
      message: expect.stringContaining('do not belong together') as string,
    })
  })

  it('works as hard for an unknown address as for a wrong password', async () => {
    await person()
    // Processor time of the whole process, the threads of Argon2 included, over many runs in turn: a single one is too short for its clock.
    const effort = async (email: string, caller: Caller) => {
      const start = process.cpuUsage()
      await expect(signInWithPassword({ email, password: 'wrong', caller })).rejects.toThrow()
      return process.cpuUsage(start).user
    }
    const efforts = { known: 0, unknown: 0 }
    for (let round = 1; round <= 12; round++) {
      efforts.known += await effort('ines@example.org', from(round))
      efforts.unknown += await effort(`nobody${String(round)}@example.org`, from(round))
    }
    // Both are one Argon2 run; without the dummy run the unknown one would take a twentieth.
    expect(efforts.unknown / efforts.known).toBeGreaterThan(0.2)
    expect(efforts.unknown / efforts.known).toBeLessThan(5)
  })

  it('refuses even the right password while a stranger’s address has to wait, and takes it from elsewhere and from a known device', async () => {
    await person()
    const right = { email: 'ines@example.org', password }
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await expect(signInWithPassword({ ...right, password: 'wrong', caller })).rejects.toThrow(/belong/)
    }
    await expect(signInWithPassword({ ...right, caller })).rejects.toMatchObject({ code: 'too-many-requests' })
    const device = makeDevice('someone.else@example.org')
    await expect(signInWithPassword({ ...right, caller, device })).rejects.toMatchObject({ code: 'too-many-requests' })
    expect(await signInWithPassword({ ...right, caller: from(7) })).toMatchObject({ email: 'ines@example.org' })
    const known = { ...right, caller, device: makeDevice('ines@example.org') }
    expect(await signInWithPassword(known)).toMatchObject({ email: 'ines@example.org' })
  })

  it('does not hash a password while the caller has to wait', async () => {
    await person()
    const wrong = { email: 'ines@example.org', password: 'wrong', caller }
    for (const _ of times(5)) await expect(signInWithPassword(wrong)).rejects.toThrow(/belong/)
    const start = process.cpuUsage()
    await expect(signInWithPassword({ ...wrong, caller: from(200) })).rejects.toThrow(/belong/)
    const hashed = process.cpuUsage(start).user
    const again = process.cpuUsage()
    for (const _ of times(100)) await expect(signInWithPassword(wrong)).rejects.toThrow(/Too many/)
    expect(process.cpuUsage(again).user / 100).toBeLessThan(hashed / 2)
  })

  it('works from an address that sent invalid tokens', async () => {
    await person()
    const wrong = new Request('http://localhost/api/v1/me', { headers: { authorization: 'Bearer smk_none' } })
    const codes = new Set<unknown>()
    for (const _ of times(60)) {
      codes.add(await actorOfRequest(wrong).catch((error: unknown) => (error as { code: string }).code))
    }
    expect(codes).toEqual(new Set(['unauthenticated', 'too-many-requests']))
    const unknown: Caller = { address: 'unknown', isShared: true }
    expect(await signInWithPassword({ email: 'ines@example.org', password, caller: unknown })).toMatchObject({
      email: 'ines@example.org',
    })
  })

  it('does not take a password for an account that has none', async () => {
    const { id: workspaceId } = await createWorkspace(context.database)
    await createMember(context.database, { workspaceId, email: 'oidc@example.org' })
    await expect(
      signInWithPassword({ email: 'oidc@example.org', password: 'no account has this one', caller }),
    ).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  it('is logged with who and from where, once a wait when it is throttled, and never with what was typed', async () => {
    const { userId } = await person()
    const lines: Record<string, unknown>[] = []
    useLogger(pino({ level: 'info' }, { write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>) }))
    const typed = { email: 'ines@example.org', password: 'typed by mistake', caller }
    await signInWithPassword({ ...typed, password })
    for (const _ of times(20)) await signInWithPassword(typed).catch(() => null)
    await signInWithPassword({ ...typed, email: 'secret-typed-as-address@example.org', caller: from(2) }).catch(
      () => null,
    )
    await actorOfRequest(
      new Request('http://localhost/api/v1/me', { headers: { authorization: 'Bearer smk_none' } }),
    ).catch(() => null)
    useLogger(pino({ level: 'silent' }))
    const told = lines.map(({ security, userId: who, address, reason }) => ({ security, who, address, reason }))
    expect(told[0]).toMatchObject({ security: 'sign-in', who: userId, address: caller.address })
    expect(told.filter(({ security }) => security === 'sign-in-failed')).toHaveLength(6)
    expect(told.at(-2)).toMatchObject({ security: 'sign-in-failed', who: undefined, reason: 'no such account' })
    expect(told.filter(({ security }) => security === 'throttled')).toHaveLength(1)
    expect(told.at(-1)).toMatchObject({ security: 'token-refused' })
    expect(JSON.stringify(lines)).not.toMatch(/typed by|secret-typed|ines@|smk_none|gutter/)
  })
})

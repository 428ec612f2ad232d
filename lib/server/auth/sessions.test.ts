import { describe, expect, it } from 'vitest'
import { describeOnBothDatabases, type DatabaseContext } from '@/tests/setup/databases'
import { createMember, createWorkspace, makeId } from '@/tests/setup/factories'
import { permit, type Actor } from '../access/gate'
import { changeMember } from '../members/mutations'
import { changePassword, endMySessions } from '../me/mutations'
import { createPasswordResetLink, resetPassword } from '../password-resets/mutations'
import { createToken, revokeToken } from '../tokens/mutations'
import { sessionCookieName } from './cookies'
import { actorOfRequest } from './current'
import { hashPassword, verifyPassword } from './passwords'
import { decodeSession, encodeSession, newSessionClaims, sessionLife } from './session-token'
import { endSession } from './sessions'
import { signInWithPassword } from './sign-in'
import { forgetAttempts } from './throttle'

const password = 'gutter mosaic plankton verb'
const caller = { address: '192.0.2.1', isShared: false }

async function sessionOf(database: DatabaseContext['database'], userId: string): Promise<string> {
  const user = await database.read.user.findUniqueOrThrow({
    where: { id: userId },
    select: { id: true, sessionEpoch: true },
  })
  return encodeSession(newSessionClaims(user))
}

function request(headers: Record<string, string>): Request {
  return new Request('http://localhost/api/v1/me', { headers })
}

function bySession(value: string, workspaceId?: string): Promise<Actor | null> {
  const workspace = workspaceId === undefined ? '' : `; sourcemark-workspace=${workspaceId}`
  return actorOfRequest(request({ cookie: `theme=dark; ${sessionCookieName()}=${value}${workspace}` }))
}

describe('a session cookie', () => {
  it.each([
    ['nothing', ''],
    ['no token', 'abc'],
    [
      'another server’s token',
      'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..QR1Owv2ug2WyPBnb.QRRYrArAeL4DJ1bG.XFBoMYUZodetZdvTiFvSkQ',
    ],
    ['far too long a one', 'a'.repeat(5000)],
  ])('with %s is nobody’s', async (_name, value) => {
    expect(await decodeSession(value)).toBeNull()
  })

  it('is nobody’s when a character was changed, or when it is over', async () => {
    const claims = newSessionClaims({ id: makeId(), sessionEpoch: 1 })
    const value = await encodeSession(claims)
    expect(await decodeSession(value)).toMatchObject(claims)
    expect(await decodeSession(value.slice(0, -6) + (value.endsWith('AAAAAA') ? 'BBBBBB' : 'AAAAAA'))).toBeNull()
    const over = await encodeSession({ ...claims, startedAt: claims.startedAt - sessionLife - 1 })
    expect(await decodeSession(over)).toBeNull()
  })
})

describeOnBothDatabases('sessions', (context) => {
  async function team() {
    const { database } = context
    const { id: workspaceId } = await createWorkspace(database)
    const owner = await createMember(database, { workspaceId, role: 'owner' })
    const member = await createMember(database, {
      workspaceId,
      role: 'reviewer',
      email: 'someone@example.org',
      passwordHash: await hashPassword(password),
    })
    forgetAttempts()
    return { database, workspaceId, owner, member, session: await sessionOf(database, member.userId) }
  }

  it('make the member the actor', async () => {
    const { member, session } = await team()
    expect(await bySession(session)).toEqual(member)
    expect(await actorOfRequest(request({}))).toBeNull()
  })

  it('work in the chosen workspace, when it is one of the person’s', async () => {
    const { database, member, session, workspaceId } = await team()
    const other = await createWorkspace(database)
    const foreign = await createWorkspace(database)
    await database.write.member.create({
      data: {
        id: makeId(),
        workspaceId: other.id,
        userId: member.userId,
        role: 'lead',
        createdAt: new Date(),
        updatedAt: new Date(),
      },
    })
    expect(await bySession(session)).toMatchObject({ workspaceId, role: 'reviewer' })
    expect(await bySession(session, other.id)).toMatchObject({ workspaceId: other.id, role: 'lead' })
    expect(await bySession(session, foreign.id)).toMatchObject({ workspaceId })
  })

  const endings: [string, (given: Awaited<ReturnType<typeof team>>) => Promise<unknown>, { othersToo: boolean }][] = [
    [
      'signing out',
      async ({ session }) => endSession((await decodeSession(session)) ?? expect.fail()),
      { othersToo: false },
    ],
    ['signing out everywhere', ({ member }) => endMySessions(permit(member, 'account.update')), { othersToo: true }],
    [
      'a new password',
      ({ member }) =>
        changePassword(permit(member, 'account.update'), {
          currentPassword: password,
          newPassword: 'cask thistle orbit lamp',
        }),
      { othersToo: true },
    ],
    [
      'a password link',
      async () => {
        const { url } = await createPasswordResetLink('Someone@Example.org ')
        await resetPassword(url.slice(url.lastIndexOf('/') + 1), 'cask thistle orbit lamp')
      },
      { othersToo: true },
    ],
    [
      'a new role',
      ({ owner, member }) =>
        changeMember(permit(owner, 'member.update'), { memberId: member.memberId, change: { role: 'viewer' } }),
      { othersToo: true },
    ],
    [
      'suspension',
      ({ owner, member }) =>
        changeMember(permit(owner, 'member.update'), { memberId: member.memberId, change: { status: 'suspended' } }),
      { othersToo: true },
    ],
  ]

  it.each(endings)('end at once with %s', async (_name, end, { othersToo }) => {
    const given = await team()
    const elsewhere = await sessionOf(given.database, given.member.userId)
    const owners = await sessionOf(given.database, given.owner.userId)
    expect(await bySession(given.session)).not.toBeNull()
    await end(given)
    expect(await bySession(given.session)).toBeNull()
    expect((await bySession(elsewhere)) === null).toBe(othersToo)
    expect(await bySession(owners)).not.toBeNull()
  })

  it('can be signed out twice at the same moment', async () => {
    const { session } = await team()
    const claims = (await decodeSession(session)) ?? expect.fail()
    await Promise.all([endSession(claims), endSession(claims), endSession(claims)])
    expect(await bySession(session)).toBeNull()
  })

  it('of a suspended member stay useless after signing in again, until reinstated', async () => {
    const { owner, member, database } = await team()
    const pass = permit(owner, 'member.update')
    await changeMember(pass, { memberId: member.memberId, change: { status: 'suspended' } })
    const user = await signInWithPassword({ email: 'someone@example.org', password, caller })
    expect(await bySession(await encodeSession(newSessionClaims(user)))).toBeNull()
    await changeMember(pass, { memberId: member.memberId, change: { status: 'active' } })
    expect(await bySession(await sessionOf(database, member.userId))).toMatchObject({ memberId: member.memberId })
  })

  it('are told of in the audit trail, without any password', async () => {
    const { member, database } = await team()
    await changePassword(permit(member, 'account.update'), {
      currentPassword: password,
      newPassword: 'cask thistle orbit lamp',
    })
    const events = await database.read.event.findMany({ select: { type: true, data: true, subjectId: true } })
    expect(events).toEqual([{ type: 'member.password-changed', data: {}, subjectId: member.memberId }])
    const { passwordHash } = await database.read.user.findUniqueOrThrow({
      where: { id: member.userId },
      select: { passwordHash: true },
    })
    expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await verifyPassword(passwordHash, 'cask thistle orbit lamp')).toBe(true)
    expect(await verifyPassword(passwordHash, password)).toBe(false)
  })

  it.each([
    [
      'the wrong current password',
      { currentPassword: 'not this one', newPassword: 'cask thistle orbit lamp' },
      'currentPassword',
    ],
    ['a common new one', { currentPassword: password, newPassword: 'password1234' }, 'newPassword'],
    ['the address as the new one', { currentPassword: password, newPassword: 'someone@example.org' }, 'newPassword'],
  ])('do not end by %s', async (_name, change, field) => {
    const { member, session } = await team()
    await expect(changePassword(permit(member, 'account.update'), change)).rejects.toMatchObject({
      code: 'invalid',
      details: { fields: [{ path: field }] },
    })
    expect(await bySession(session)).not.toBeNull()
  })
})

describeOnBothDatabases('personal tokens', (context) => {
  async function tokenOf(role: 'lead' | 'reviewer' = 'lead', change: { expiresAt?: string | null } = {}) {
    const { database } = context
    forgetAttempts()
    const { id: workspaceId } = await createWorkspace(database)
    const actor = await createMember(database, { workspaceId, role })
    const { row, secret } = await createToken(permit(actor, 'token.create'), {
      id: makeId(),
      name: 'Import',
      scopes: ['read', 'manage'],
      expiresAt: change.expiresAt ?? null,
    })
    return { database, workspaceId, actor, row, secret }
  }
  const byToken = (secret: string) => actorOfRequest(request({ authorization: `Bearer ${secret}` }))

  it('act as their member, within their scopes', async () => {
    const { actor, secret, row, database } = await tokenOf()
    expect(secret).toMatch(/^smk_[\w-]{43}$/)
    const found = await byToken(secret)
    expect(found).toEqual({ ...actor, via: 'token', scopes: ['read', 'manage'] })
    expect(() => permit(found ?? expect.fail(), 'document.create')).not.toThrow()
    expect(() => permit(found ?? expect.fail(), 'annotation.create')).toThrow(/lacks the scope "annotate"/)
    const kept = await database.read.apiToken.findUniqueOrThrow({ where: { id: row.id } })
    expect(JSON.stringify(kept)).not.toContain(secret)
    expect(kept.hint).toBe(secret.slice(-4))
  })

  it('note their last use once a minute', async () => {
    const { secret, row, database } = await tokenOf()
    const lastUse = async () => (await database.read.apiToken.findUniqueOrThrow({ where: { id: row.id } })).lastUsedAt
    expect(await lastUse()).toBeNull()
    await byToken(secret)
    const first = await lastUse()
    expect(first).not.toBeNull()
    await byToken(secret)
    expect(await lastUse()).toEqual(first)
    const before = new Date(Date.now() - 61_000)
    await database.write.apiToken.update({ where: { id: row.id }, data: { lastUsedAt: before } })
    await byToken(secret)
    expect((await lastUse())?.getTime()).toBeGreaterThan(before.getTime() + 60_000)
  })

  it('stop working when revoked, over, or when their member is suspended', async () => {
    const revoked = await tokenOf()
    await revokeToken(permit(revoked.actor, 'token.revoke'), revoked.row.id)
    await revokeToken(permit(revoked.actor, 'token.revoke'), revoked.row.id)
    await expect(byToken(revoked.secret)).rejects.toMatchObject({ code: 'unauthenticated', message: /revoked/ })

    const over = await tokenOf('lead', { expiresAt: new Date(Date.now() + 60_000).toISOString() })
    expect(await byToken(over.secret)).not.toBeNull()
    await over.database.write.apiToken.update({
      where: { id: over.row.id },
      data: { expiresAt: new Date(Date.now() - 1) },
    })
    await expect(byToken(over.secret)).rejects.toMatchObject({ code: 'unauthenticated', message: /expired/ })

    const suspended = await tokenOf()
    await suspended.database.write.member.update({
      where: { id: suspended.actor.memberId },
      data: { status: 'suspended' },
    })
    await expect(byToken(suspended.secret)).rejects.toMatchObject({ code: 'unauthenticated', message: /suspended/ })
  })

  it('are refused when nobody made them, and guessing is throttled', async () => {
    const { secret } = await tokenOf()
    for (let guess = 0; guess < 29; guess += 1) {
      await expect(byToken(`smk_${'x'.repeat(43)}`)).rejects.toMatchObject({ code: 'unauthenticated' })
    }
    await expect(byToken('something else')).rejects.toMatchObject({ code: 'unauthenticated' })
    await expect(byToken(`smk_${'y'.repeat(43)}`)).rejects.toMatchObject({
      code: 'too-many-requests',
      details: { retryAfter: 1 },
    })
    expect(await byToken(secret)).not.toBeNull()
  })

  it('cannot make a token that may do more, nor change the account, nor touch another member’s', async () => {
    const { actor, row, workspaceId, database } = await tokenOf()
    const token: Actor = { ...actor, via: 'token', scopes: ['read', 'administer'] }
    const wish = {
      id: makeId(),
      name: 'More',
      scopes: ['read', 'annotate'] as ('read' | 'annotate')[],
      expiresAt: null,
    }
    await expect(createToken(permit(token, 'token.create'), wish)).rejects.toMatchObject({
      code: 'forbidden',
      message: /annotate/,
    })
    await expect(endMySessions(permit(token, 'account.update'))).rejects.toMatchObject({ code: 'forbidden' })
    const colleague = await createMember(database, { workspaceId, role: 'owner' })
    await expect(revokeToken(permit(colleague, 'token.revoke'), row.id)).rejects.toMatchObject({ code: 'not-found' })
  })
})

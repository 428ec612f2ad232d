import { describe, expect, it } from 'vitest'
import { describeOnBothDatabases, type DatabaseContext } from '@/tests/setup/databases'
import { createMember, createWorkspace, makeId } from '@/tests/setup/factories'
import { permit, type Actor } from '../../access/gate'
import { changeMember } from '../../members/mutations'
import { listSignIns } from '../../me/data'
import { changePassword, endMySessions, endSignIn, renameMe } from '../../me/mutations'
import { createPasswordResetLink, resetPassword } from '../../me/password-resets'
import { createToken, revokeMemberToken, revokeToken, listMemberTokens } from '../../me/tokens'
import { sessionCookieName } from '../cookies'
import { actorOfRequest } from '../current'
import { hashPassword, verifyPassword } from '../passwords'
import { endSession, decodeSession, encodeSession, idleLimit, newSessionClaims, sessionLife } from './sessions'
import { signInWithPassword } from '../sign-in'
import { forgetAttempts } from '../throttle'

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
    expect(await bySession(session)).toMatchObject(member)
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
          keepTokens: false,
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
      keepTokens: false,
    })
    const events = await database.read.event.findMany({ select: { type: true, data: true, subjectId: true } })
    expect(events).toEqual([
      { type: 'member.password-changed', data: { tokensKept: false }, subjectId: member.memberId },
    ])
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
    await expect(
      changePassword(permit(member, 'account.update'), { ...change, keepTokens: false }),
    ).rejects.toMatchObject({
      code: 'invalid',
      details: { fields: [{ path: field }] },
    })
    expect(await bySession(session)).not.toBeNull()
  })

  it('of someone renamed go on, and the audit trail has the name before and after', async () => {
    const { member, session, database } = await team()
    await renameMe(permit(member, 'account.update'), 'Ines Achterberg')
    expect(await bySession(session)).toMatchObject({ name: 'Ines Achterberg' })
    expect(await database.read.event.findFirstOrThrow({ where: { type: 'member.renamed' } })).toMatchObject({
      data: { before: { name: member.name }, after: { name: 'Ines Achterberg' } },
    })
  })

  it('are shown to their person with the device, and can be ended one by one', async () => {
    const { member, session, database } = await team()
    const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
    const used = (value: string) =>
      actorOfRequest(request({ cookie: `${sessionCookieName()}=${value}`, 'user-agent': agent }))
    const lost = await sessionOf(database, member.userId)
    const actor = (await used(session)) ?? expect.fail()
    await used(lost)
    await used(lost)
    const listed = await listSignIns(permit(actor, 'sign-in.list'))
    expect(listed).toHaveLength(2)
    expect(listed).toContainEqual(
      expect.objectContaining({ device: 'Firefox on Linux', current: true, id: actor.signInId }),
    )
    const other = listed.find(({ current }) => !current) ?? expect.fail()
    const stranger = await createMember(database, { workspaceId: member.workspaceId })
    await expect(endSignIn(permit(stranger, 'sign-in.end'), other.id)).rejects.toMatchObject({ code: 'not-found' })
    await endSignIn(permit(actor, 'sign-in.end'), other.id)
    expect(await used(lost)).toBeNull()
    expect(await used(session)).not.toBeNull()
    expect(await listSignIns(permit(actor, 'sign-in.list'))).toMatchObject([{ current: true }])
    const events = await database.read.event.findMany({ select: { type: true, subjectId: true } })
    expect(events).toEqual([{ type: 'member.session-ended', subjectId: member.memberId }])
    await endMySessions(permit(actor, 'account.update'))
    expect(await listSignIns(permit(actor, 'sign-in.list'))).toEqual([])
  })

  it('end when they are not used for a week, and not before', async () => {
    const { session, database } = await team()
    expect(await bySession(session)).not.toBeNull()
    const lastUsed = (ago: number) =>
      database.write.signIn.updateMany({ data: { lastUsedAt: new Date(Date.now() - ago) } })
    await lastUsed(idleLimit - 60_000)
    expect(await bySession(session)).not.toBeNull()
    const noted = await database.read.signIn.findFirstOrThrow()
    expect(Date.now() - noted.lastUsedAt.getTime()).toBeLessThan(60_000)
    await lastUsed(idleLimit + 1000)
    expect(await bySession(session)).toBeNull()
  })

  it('that nobody noted for a week do not come back to life', async () => {
    const { member, database } = await team()
    const claims = newSessionClaims({ id: member.userId, sessionEpoch: 1 })
    const old = await encodeSession({ ...claims, startedAt: claims.startedAt - idleLimit / 1000 - 1 })
    expect(await bySession(old)).toBeNull()
    expect(await database.read.signIn.count()).toBe(0)
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
    expect(found).toMatchObject({ ...actor, via: 'token', scopes: ['read', 'manage'] })
    expect(() => permit(found ?? expect.fail(), 'document.create')).not.toThrow()
    expect(() => permit(found ?? expect.fail(), 'annotation.create')).toThrow(/lacks the scope "annotate"/)
    const kept = await database.read.apiToken.findFirstOrThrow({ where: { id: row.id } })
    expect(JSON.stringify(kept)).not.toContain(secret)
    expect(kept.hint).toBe(secret.slice(-4))
  })

  it('note their last use once a minute', async () => {
    const { secret, row, database } = await tokenOf()
    const lastUse = async () => (await database.read.apiToken.findFirstOrThrow({ where: { id: row.id } })).lastUsedAt
    expect(await lastUse()).toBeNull()
    await byToken(secret)
    const first = await lastUse()
    expect(first).not.toBeNull()
    await byToken(secret)
    expect(await lastUse()).toEqual(first)
    const before = new Date(Date.now() - 61_000)
    await database.write.apiToken.updateMany({ where: { id: row.id }, data: { lastUsedAt: before } })
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
    await over.database.write.apiToken.updateMany({
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

  it('cannot make a token that outlives them, by its end or by being revoked', async () => {
    const end = new Date(Date.now() + 3_600_000)
    const { actor, workspaceId } = await tokenOf()
    const made = await createToken(permit(actor, 'token.create'), {
      id: makeId(),
      name: 'Deploy',
      scopes: ['administer'],
      expiresAt: end.toISOString(),
    })
    const token = (await byToken(made.secret)) ?? expect.fail()
    const wish = (expiresAt: Date | null) => ({
      id: makeId(),
      name: 'Child',
      scopes: ['administer' as const],
      expiresAt: expiresAt?.toISOString() ?? null,
    })
    for (const later of [null, new Date(end.getTime() + 1)]) {
      await expect(createToken(permit(token, 'token.create'), wish(later))).rejects.toMatchObject({
        code: 'invalid',
        details: { fields: [{ path: 'expiresAt' }] },
      })
    }
    const child = await createToken(permit(token, 'token.create'), wish(end))
    const grandchild = await createToken(
      permit((await byToken(child.secret)) ?? expect.fail(), 'token.create'),
      wish(end),
    )
    await revokeToken(permit(actor, 'token.revoke'), made.row.id)
    for (const { secret } of [made, child, grandchild])
      await expect(byToken(secret)).rejects.toMatchObject({ message: /revoked/ })
    // Its maker was let in before it was revoked.
    await expect(createToken(permit(token, 'token.create'), wish(end))).rejects.toMatchObject({
      code: 'unauthenticated',
    })
    const events = await context.database.read.event.findMany({
      where: { workspaceId, type: 'token.revoked' },
      select: { data: true },
    })
    expect(events).toHaveLength(3)
    expect(events[0]?.data).toMatchObject({ before: { name: 'Deploy', memberId: actor.memberId } })
  })

  const accountChanges: [string, (given: { actor: Actor; keepTokens: boolean }) => Promise<unknown>][] = [
    [
      'signing out everywhere',
      ({ actor, keepTokens }) => endMySessions(permit(actor, 'account.update'), { keepTokens }),
    ],
    [
      'a new password',
      ({ actor, keepTokens }) =>
        changePassword(permit(actor, 'account.update'), {
          currentPassword: password,
          newPassword: 'cask thistle orbit lamp',
          keepTokens,
        }),
    ],
  ]
  it.each(accountChanges)('end in every workspace with %s, unless the person keeps them', async (_name, change) => {
    const { actor, secret, database } = await tokenOf()
    const passwordHash = await hashPassword(password)
    await database.write.user.update({ where: { id: actor.userId }, data: { passwordHash } })
    const elsewhere = await createWorkspace(database)
    const times = { createdAt: new Date(), updatedAt: new Date() }
    const membership = {
      id: makeId(),
      workspaceId: elsewhere.id,
      userId: actor.userId,
      role: 'viewer' as const,
      ...times,
    }
    await database.write.member.create({ data: membership })
    const there: Actor = { ...actor, workspaceId: elsewhere.id, memberId: membership.id, role: 'viewer' }
    const second = await createToken(permit(there, 'token.create'), {
      id: makeId(),
      name: 'Reader',
      scopes: ['read'],
      expiresAt: null,
    })
    await change({ actor, keepTokens: true })
    expect(await byToken(secret)).not.toBeNull()
    await database.write.user.update({ where: { id: actor.userId }, data: { passwordHash } })
    await change({ actor, keepTokens: false })
    for (const ended of [secret, second.secret])
      await expect(byToken(ended)).rejects.toMatchObject({ message: /revoked/ })
    const events = await database.read.event.findMany({
      where: { type: 'token.revoked' },
      select: { workspaceId: true, actorId: true },
    })
    expect(new Set(events.map(({ workspaceId, actorId }) => `${workspaceId} ${actorId}`))).toEqual(
      new Set([actor, there].map(({ workspaceId, memberId }) => `${workspaceId} ${memberId}`)),
    )
  })

  it('end with a password link', async () => {
    const { actor, secret, database } = await tokenOf()
    const { email } = await database.read.user.findUniqueOrThrow({ where: { id: actor.userId } })
    const { url } = await createPasswordResetLink(email)
    await resetPassword(url.slice(url.lastIndexOf('/') + 1), 'cask thistle orbit lamp')
    await expect(byToken(secret)).rejects.toMatchObject({ message: /revoked/ })
  })

  it('are shown to owners with whose they are, and revoked by them, with an event', async () => {
    const { actor, secret, row, workspaceId, database } = await tokenOf()
    const owner = await createMember(database, { workspaceId, role: 'owner' })
    const listed = await listMemberTokens(permit(owner, 'member-token.list'))
    expect(listed).toMatchObject([{ id: row.id, member: { id: actor.memberId, user: { name: actor.name } } }])
    expect(JSON.stringify(listed)).not.toContain('tokenHash')
    expect(() => permit(actor, 'member-token.list')).toThrow(/owner/)
    const foreign = await createMember(database, { workspaceId: (await createWorkspace(database)).id, role: 'owner' })
    await expect(revokeMemberToken(permit(foreign, 'member-token.revoke'), row.id)).rejects.toMatchObject({
      code: 'not-found',
    })
    await revokeMemberToken(permit(owner, 'member-token.revoke'), row.id)
    await expect(byToken(secret)).rejects.toMatchObject({ message: /revoked/ })
    const event = await database.read.event.findFirstOrThrow({ where: { type: 'token.revoked' } })
    expect(event).toMatchObject({
      actorId: owner.memberId,
      subjectId: row.id,
      data: { before: { name: 'Import', memberId: actor.memberId } },
    })
  })
})

import { expect, it } from 'vitest'
import { describeOnBothDatabases } from '@/tests/setup/databases'
import { createMember, createWorkspace, makeId } from '@/tests/setup/factories'
import type { Role } from '@/lib/domain/access/policy'
import { permit } from '../access/gate'
import { acceptInvitation } from './accept'
import { listInvitations, readOpenInvitation } from './data'
import { createInvitation, revokeInvitation } from './mutations'

describeOnBothDatabases('invitations', (context) => {
  async function invite(email = 'new@example.org', role: Role = 'reviewer') {
    const { database } = context
    const { id: workspaceId } = await createWorkspace(database, { name: 'Harbour desk' })
    const owner = await createMember(database, { workspaceId, role: 'owner' })
    const { row, secret } = await createInvitation(permit(owner, 'invitation.create'), { id: makeId(), email, role })
    return { database, workspaceId, owner, row, secret }
  }
  const newcomer = { name: 'Noa Lindqvist', passwordHash: 'hash' }

  it('make someone new a member with the invited address and role', async () => {
    const { secret, workspaceId, row, database } = await invite('new@example.org', 'lead')
    expect(await readOpenInvitation(secret, new Date())).toMatchObject({
      workspaceName: 'Harbour desk',
      email: 'new@example.org',
      role: 'lead',
      hasUser: false,
    })
    const user = await acceptInvitation(secret, newcomer)
    expect(user).toMatchObject({ email: 'new@example.org', name: 'Noa Lindqvist', sessionEpoch: 1, workspaceId })
    const member = await database.read.member.findFirstOrThrow({ where: { userId: user.id } })
    expect(member).toMatchObject({ workspaceId, role: 'lead', status: 'active' })
    const events = await database.read.event.findMany({ orderBy: { sequence: 'asc' } })
    expect(events).toMatchObject([
      { type: 'invitation.created', data: { after: { email: 'new@example.org', role: 'lead' } } },
      { type: 'member.joined', subjectId: member.id, actorId: member.id, data: { after: { invitationId: row.id } } },
    ])
    expect(JSON.stringify(events)).not.toContain(secret)
    await expect(acceptInvitation(secret, newcomer)).rejects.toMatchObject({ code: 'gone' })
  })

  it('let a user of another workspace join with their account', async () => {
    const { secret, workspaceId, database } = await invite()
    const elsewhere = await createWorkspace(database)
    const guest = await createMember(database, { workspaceId: elsewhere.id })
    expect(await acceptInvitation(secret, { userId: guest.userId })).toMatchObject({ id: guest.userId, workspaceId })
    expect(await database.read.member.count({ where: { userId: guest.userId } })).toBe(2)
  })

  it('leave no account behind when the address has one, and stay open', async () => {
    const { secret, database } = await invite('known@example.org')
    const elsewhere = await createWorkspace(database)
    const known = await createMember(database, { workspaceId: elsewhere.id, email: 'known@example.org' })
    expect(await readOpenInvitation(secret, new Date())).toMatchObject({ hasUser: true })
    await expect(acceptInvitation(secret, newcomer)).rejects.toMatchObject({ code: 'conflict' })
    expect(await acceptInvitation(secret, { userId: known.userId })).toMatchObject({ id: known.userId })
  })

  it('are not used up by a member', async () => {
    const { secret, owner } = await invite()
    await expect(acceptInvitation(secret, { userId: owner.userId })).rejects.toMatchObject({ code: 'conflict' })
    expect(await acceptInvitation(secret, newcomer)).toMatchObject({ name: 'Noa Lindqvist' })
  })

  it('are won by one of several who accept at once', async () => {
    const { secret, workspaceId, database } = await invite()
    const elsewhere = await createWorkspace(database)
    const guests = await Promise.all(
      Array.from({ length: 4 }, () => createMember(database, { workspaceId: elsewhere.id })),
    )
    const results = await Promise.allSettled([
      acceptInvitation(secret, newcomer),
      ...guests.map(({ userId }) => acceptInvitation(secret, { userId })),
    ])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'gone' })
    expect(await database.read.member.count({ where: { workspaceId } })).toBe(2)
  })

  it('stop working when withdrawn, over, or replaced', async () => {
    const { secret, owner, row, database } = await invite()
    await revokeInvitation(permit(owner, 'invitation.revoke'), row.id)
    await revokeInvitation(permit(owner, 'invitation.revoke'), row.id)
    await expect(acceptInvitation(secret, newcomer)).rejects.toMatchObject({ code: 'gone', message: /withdrawn/ })

    const pass = permit(owner, 'invitation.create')
    const first = await createInvitation(pass, { id: makeId(), email: 'again@example.org', role: 'viewer' })
    const second = await createInvitation(pass, { id: makeId(), email: 'again@example.org', role: 'lead' })
    await expect(acceptInvitation(first.secret, newcomer)).rejects.toMatchObject({ code: 'gone' })
    await database.write.invitation.updateMany({
      where: { id: second.row.id },
      data: { expiresAt: new Date(Date.now() - 1) },
    })
    await expect(acceptInvitation(second.secret, newcomer)).rejects.toMatchObject({
      code: 'gone',
      message: /seven days/,
    })
    await expect(acceptInvitation('nobody-made-this', newcomer)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('of another workspace do not exist, and accepted ones are not withdrawn', async () => {
    const { row, secret, owner } = await invite()
    const foreign = await invite('other@example.org')
    await expect(revokeInvitation(permit(foreign.owner, 'invitation.revoke'), row.id)).rejects.toMatchObject({
      code: 'not-found',
    })
    expect(await listInvitations(permit(foreign.owner, 'invitation.list'), new Date())).toHaveLength(1)
    await acceptInvitation(secret, newcomer)
    await expect(revokeInvitation(permit(owner, 'invitation.revoke'), row.id)).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('are refused for a member’s address and for an id that is taken', async () => {
    const { owner, row, database, workspaceId } = await invite()
    await createMember(database, { workspaceId, email: 'member@example.org' })
    const pass = permit(owner, 'invitation.create')
    await expect(
      createInvitation(pass, { id: makeId(), email: 'member@example.org', role: 'lead' }),
    ).rejects.toMatchObject({ code: 'conflict' })
    await expect(createInvitation(pass, { id: row.id, email: 'else@example.org', role: 'lead' })).rejects.toMatchObject(
      { code: 'conflict' },
    )
  })
})

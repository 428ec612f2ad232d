import { expect, it } from 'vitest'
import { describeOnBothDatabases } from '@/tests/setup/databases'
import { createMember, createWorkspace } from '@/tests/setup/factories'
import { permit } from '../access/gate'
import { openDatabase, useDatabase } from '../db/client'
import { changeMember } from './mutations'

describeOnBothDatabases('members', (context) => {
  async function team(owners: number) {
    const { database } = context
    const { id: workspaceId } = await createWorkspace(database)
    const all = await Promise.all(
      Array.from({ length: owners }, () => createMember(database, { workspaceId, role: 'owner' })),
    )
    const [owner, second] = all
    const reviewer = await createMember(database, { workspaceId, role: 'reviewer' })
    return { database, workspaceId, owner: owner ?? expect.fail(), second: second ?? reviewer, reviewer }
  }

  it('get another role, with an event and a new version', async () => {
    const { database, owner, reviewer } = await team(1)
    const row = await changeMember(permit(owner, 'member.update'), {
      memberId: reviewer.memberId,
      change: { role: 'lead', status: 'suspended' },
      version: 1,
    })
    expect(row).toMatchObject({ role: 'lead', status: 'suspended', version: 2 })
    const events = await database.read.event.findMany({ orderBy: { sequence: 'asc' } })
    expect(events).toMatchObject([
      {
        type: 'member.role-changed',
        subjectId: reviewer.memberId,
        actorId: owner.memberId,
        data: { before: 'reviewer', after: 'lead' },
      },
      { type: 'member.suspended', data: { before: 'active', after: 'suspended' } },
    ])
  })

  it('stay as they are, without an event, when nothing changes', async () => {
    const { database, owner, reviewer } = await team(1)
    const row = await changeMember(permit(owner, 'member.update'), {
      memberId: reviewer.memberId,
      change: { role: 'reviewer' },
    })
    expect(row.version).toBe(1)
    expect(await database.read.event.count()).toBe(0)
  })

  it('are not changed on top of someone else’s change', async () => {
    const { owner, reviewer } = await team(1)
    const pass = permit(owner, 'member.update')
    await changeMember(pass, { memberId: reviewer.memberId, change: { role: 'lead' }, version: 1 })
    await expect(
      changeMember(pass, { memberId: reviewer.memberId, change: { role: 'viewer' }, version: 1 }),
    ).rejects.toMatchObject({ code: 'version-mismatch', details: { current: { role: 'lead', version: 2 } } })
  })

  it('of another workspace do not exist', async () => {
    const { owner } = await team(1)
    const foreign = await team(1)
    await expect(
      changeMember(permit(owner, 'member.update'), { memberId: foreign.reviewer.memberId, change: { role: 'owner' } }),
    ).rejects.toMatchObject({ code: 'not-found' })
  })

  it.each([{ role: 'lead' }, { status: 'suspended' }] as const)(
    'keep their last owner: %j is refused',
    async (change) => {
      const { owner, workspaceId, database } = await team(1)
      // An owner who is suspended, and one of another workspace, do not count.
      const suspended = await createMember(database, { workspaceId, role: 'owner' })
      await database.write.member.update({ where: { id: suspended.memberId }, data: { status: 'suspended' } })
      await team(2)
      await expect(
        changeMember(permit(owner, 'member.update'), { memberId: owner.memberId, change }),
      ).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('last active owner') as string })
    },
  )

  it.each([1, 2])('keep one owner when two remove each other at the same time, on %i instances', async (instances) => {
    const { database, owner, second, workspaceId } = await team(2)
    const other = instances === 2 ? await openDatabase(database.location) : database
    try {
      const first = changeMember(permit(owner, 'member.update'), {
        memberId: second.memberId,
        change: { role: 'viewer' },
      })
      // A change that has begun keeps its connection, so the second one comes from another instance.
      useDatabase(other)
      const changes = [
        first,
        changeMember(permit(second, 'member.update'), { memberId: owner.memberId, change: { status: 'suspended' } }),
      ]
      const results = await Promise.allSettled(changes)
      expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
      expect(await database.read.member.count({ where: { workspaceId, role: 'owner', status: 'active' } })).toBe(1)
    } finally {
      if (other !== database) await other.close()
    }
  })
})

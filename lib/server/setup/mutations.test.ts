import { expect, it } from 'vitest'
import { describeOnBothDatabases } from '@/tests/setup/databases'
import { createMember, createWorkspace } from '@/tests/setup/factories'
import { checkSetupLink, createSetupLink, setUpWorkspace } from './mutations'

describeOnBothDatabases('the set-up link', (context) => {
  const owner = {
    workspaceName: 'Harbour desk',
    name: 'Ines Achterberg',
    email: 'ines@example.org',
    password: 'gutter mosaic plankton verb',
  }
  async function makeSecret(): Promise<string> {
    const url = (await createSetupLink()) ?? expect.fail('there are users')
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:3000\/set-up\/[\w-]{43}$/)
    return url.slice(url.lastIndexOf('/') + 1)
  }

  it('makes the workspace and its owner, once', async () => {
    const { database } = context
    const secret = await makeSecret()
    const user = await setUpWorkspace(secret, owner)
    const member = await database.read.member.findFirstOrThrow({ where: { userId: user.id } })
    expect(member).toMatchObject({ workspaceId: user.workspaceId, role: 'owner', status: 'active' })
    const events = await database.read.event.findMany({ orderBy: { sequence: 'asc' } })
    expect(events.map(({ type }) => type)).toEqual(['workspace.created', 'member.joined'])
    await expect(setUpWorkspace(secret, owner)).rejects.toMatchObject({ code: 'gone' })
    expect(await createSetupLink()).toBeNull()
    const links = await database.read.setupLink.findMany()
    expect(JSON.stringify(links)).not.toContain(secret)
  })

  it('is won by one of two who use it at once', async () => {
    const { database } = context
    const secret = await makeSecret()
    const results = await Promise.allSettled([
      setUpWorkspace(secret, owner),
      setUpWorkspace(secret, { ...owner, email: 'rival@example.org' }),
    ])
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await database.read.user.count()).toBe(1)
    expect(await database.read.workspace.count()).toBe(1)
  })

  it('stops working when another is made, when it is over, and when there is a user', async () => {
    const { database } = context
    const first = await makeSecret()
    const second = await makeSecret()
    await expect(checkSetupLink(first, new Date())).rejects.toMatchObject({ code: 'not-found' })
    await checkSetupLink(second, new Date(Date.now() + 23 * 60 * 60 * 1000))
    await expect(checkSetupLink(second, new Date(Date.now() + 24 * 60 * 60 * 1000 + 1))).rejects.toMatchObject({
      code: 'gone',
      message: /24 hours/,
    })
    const { id: workspaceId } = await createWorkspace(database)
    await createMember(database, { workspaceId, role: 'owner' })
    await expect(checkSetupLink(second, new Date())).rejects.toMatchObject({ code: 'gone' })
    await expect(setUpWorkspace(second, owner)).rejects.toMatchObject({ code: 'gone' })
    expect(await database.read.user.count()).toBe(1)
  })
})

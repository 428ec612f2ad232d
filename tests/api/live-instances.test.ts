import { afterEach, expect, it } from 'vitest'
import { describeOnBothDatabases } from '../setup/databases'
import { makeId } from '../setup/factories'
import { tokenOf } from './calls'
import { endInstances, killInstance, startInstance, startProxy } from './instances'
import { LiveListener } from './listener'
import { makeSaver } from './saver'
import { firstSentence, makeWorld } from './world'

const listeners: LiveListener[] = []
afterEach(endInstances)
afterEach(async () => {
  await Promise.all(listeners.splice(0).map((listener) => listener.close()))
})

async function listen(given: Parameters<LiveListener['open']>[0]): Promise<LiveListener> {
  const listener = new LiveListener()
  listeners.push(listener)
  return listener.open(given)
}

describeOnBothDatabases('two instances behind a proxy', (context) => {
  it('tell each other what was written, in order, once each, also after a broken connection between them', async () => {
    const { database, engine } = context
    const world = await makeWorld(database)
    const [one, two] = await Promise.all([startInstance(database.location), startInstance(database.location)])
    const proxy = await startProxy([one.port, two.port])
    const as = world.sessions.viewer
    // The proxy distributes them among the instances in turn.
    const [first, second] = [await listen({ port: proxy, as }), await listen({ port: proxy, as })]
    const { authorization = '' } = await tokenOf(database, world.members.reviewer, ['annotate'])
    const saver = makeSaver({ port: proxy, token: authorization.replace('Bearer ', ''), sockets: 4 })
    const acknowledged: string[] = []
    const write = async (count: number) => {
      await Promise.all(
        Array.from({ length: count }, async () => {
          const id = makeId()
          const answer = await saver.save(world.document.revisionId, { id, ...firstSentence, rating: 'unsourced' })
          expect(answer?.status).toBe(201)
          acknowledged.push(id)
        }),
      )
    }
    const expectAll = async () => {
      for (const listener of [first, second]) {
        await listener.until(() => listener.heard.length >= acknowledged.length)
        expect(listener.subjects().sort()).toEqual([...acknowledged].sort())
        const numbers = listener.heard.map(({ message }) => message.sequence)
        expect(numbers).toEqual([...numbers].sort((left, right) => left - right))
      }
    }
    await write(20)
    await expectAll()
    if (engine === 'postgresql') {
      const ended = await database.write.$queryRaw<unknown[]>`
        SELECT pg_terminate_backend(pid)::text AS "ended" FROM pg_stat_activity
        WHERE application_name = 'sourcemark-live' AND datname = current_database()`
      expect(ended).toHaveLength(2)
    }
    await write(10)
    await expectAll()

    // The listener of a lost instance continues at the other one.
    await killInstance(two)
    await second.ended()
    const rest = makeSaver({ port: one.port, token: authorization.replace('Bearer ', ''), sockets: 4 })
    const id = makeId()
    await rest.save(world.document.revisionId, { id, ...firstSentence, rating: 'unsourced' })
    acknowledged.push(id)
    await second.open({ port: one.port, as })
    await expectAll()
    saver.close()
    rest.close()
  })

  it('know who is at the other', async () => {
    const { database, engine } = context
    const world = await makeWorld(database)
    const [one, two] = await Promise.all([startInstance(database.location), startInstance(database.location)])
    const query = `documents=${world.document.id}`
    const lead = await listen({ port: one.port, as: world.sessions.lead, query })
    const viewer = await listen({ port: two.port, as: world.sessions.viewer, query })
    const names = (listener: LiveListener) => listener.presence.at(-1)?.members.map(({ name }) => name) ?? []
    if (engine === 'sqlite') {
      // A database file serves a single instance; listeners at another one get nothing.
      await new Promise((resolve) => setTimeout(resolve, 500))
      expect([...names(lead), ...names(viewer)]).toEqual([])
      return
    }
    await lead.until(() => names(lead).includes(world.members.viewer.name))
    await viewer.until(() => names(viewer).includes(world.members.lead.name))
    await viewer.close()
    await lead.until(() => names(lead).length === 0)
  })
})

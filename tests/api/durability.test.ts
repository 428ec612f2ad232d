import { afterEach, expect, it } from 'vitest'
import { describeOnBothDatabases } from '../setup/databases'
import { makeId } from '../setup/factories'
import { tokenOf } from './calls'
import { endInstances, killInstance, startInstance } from './instances'
import { makeSaver } from './saver'
import { firstSentence, makeWorld } from './world'

/** How often the server is killed; DURABILITY_ROUNDS=50 for a long run. */
const rounds = Number(process.env.DURABILITY_ROUNDS ?? '3')
const writers = 8

afterEach(endInstances)

describeOnBothDatabases('a killed server', (context) => {
  it(
    `loses no acknowledged annotation and doubles none, killed ${String(rounds)} times`,
    { timeout: 60_000 + rounds * 30_000 },
    async () => {
      const world = await makeWorld(context.database)
      const { authorization = '' } = await tokenOf(context.database, world.members.reviewer, ['annotate'])
      const token = authorization.replace('Bearer ', '')
      const acknowledged = new Set<string>()
      const answered = new Map<number, number>()
      let open: string[] = []
      for (let round = 0; round < rounds; round++) {
        const instance = await startInstance(context.database.location)
        const saver = makeSaver({ port: instance.port, token, sockets: writers })
        // Like a browser's outbox: unacknowledged changes are sent again, with the same id and content.
        const waiting = open
        open = []
        let running = true
        const before = acknowledged.size
        const writing = Array.from({ length: writers }, async () => {
          while (running) {
            const id = waiting.pop() ?? makeId()
            const answer = await saver.save(world.document.revisionId, { id, ...firstSentence, rating: 'unsourced' })
            if (answer === null) open.push(id)
            else {
              answered.set(answer.status, (answered.get(answer.status) ?? 0) + 1)
              if (answer.status < 300) acknowledged.add(id)
            }
          }
        })
        while (acknowledged.size < before + 20) await new Promise((resolve) => setTimeout(resolve, 5))
        await new Promise((resolve) => setTimeout(resolve, (round * 37) % 150))
        await killInstance(instance)
        running = false
        await Promise.all(writing)
        saver.close()
        open.push(...waiting)
      }
      expect([...answered.keys()].every((status) => status === 200 || status === 201)).toBe(true)
      const rows = await context.database.read.annotation.findMany({ where: firstSentence, select: { id: true } })
      const events = await context.database.read.event.findMany({
        where: { type: 'annotation.created' },
        select: { subjectId: true },
      })
      const stored = new Set(rows.map(({ id }) => id))
      expect(
        [...acknowledged].filter((id) => !stored.has(id)),
        'acknowledged and lost',
      ).toEqual([])
      expect(events.map(({ subjectId }) => subjectId).sort(), 'one event for each row').toEqual([...stored].sort())
      const sent = new Set([...acknowledged, ...open])
      expect(
        [...stored].filter((id) => !sent.has(id)),
        'stored and never sent',
      ).toEqual([])
    },
  )
})

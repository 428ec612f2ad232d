import { expect, it } from 'vitest'
import { DomainError } from '@/lib/domain/errors'
import { describeOnBothDatabases } from '../../../tests/setup/databases'
import { createMember, createWorkspace, makeId } from '../../../tests/setup/factories'
import { permit, type Actor } from '../access/gate'
import type { Database } from './client'
import { write, type WriteContext } from './write'

function insertSource(context: WriteContext, actor: Actor, name: string): Promise<unknown> {
  const { tx, now } = context
  context.record({ type: 'source.created', subjectId: name, data: { after: { name } } })
  return tx.source.create({
    data: { id: makeId(), workspaceId: actor.workspaceId, name, createdAt: now, updatedAt: now },
    select: { id: true },
  })
}

async function namesIn(database: Database): Promise<string[]> {
  const rows = await database.read.source.findMany({ orderBy: { name: 'asc' }, select: { name: true } })
  return rows.map(({ name }) => name)
}

describeOnBothDatabases('write', (context) => {
  async function makeLead(): Promise<Actor> {
    const { id: workspaceId } = await createWorkspace(context.database)
    return createMember(context.database, { workspaceId, role: 'lead' })
  }

  it('stores change and event together, or neither', async () => {
    const lead = await makeLead()
    const pass = permit(lead, 'source.create')
    await write(pass, (inside) => insertSource(inside, lead, 'a'))
    const failing = write(pass, async (inside) => {
      await insertSource(inside, lead, 'b')
      throw new DomainError('conflict', 'No.')
    })
    await expect(failing).rejects.toThrow('No.')
    expect(await namesIn(context.database)).toEqual(['a'])
    expect(await context.database.read.event.findMany({ select: { subjectId: true, actorId: true } })).toEqual([
      { subjectId: 'a', actorId: lead.memberId },
    ])
  })

  it('keeps a failure of one from the others of its group, also one that the database finds', async () => {
    const lead = await makeLead()
    const pass = permit(lead, 'source.create')
    const writes = Array.from({ length: 30 }, (_, place) =>
      write(pass, async (inside) => {
        const name = String(place).padStart(2, '0')
        await insertSource(inside, lead, name)
        if (place % 10 === 3) throw new DomainError('invalid', `Not ${name}.`)
        if (place % 10 === 7) await insertSource(inside, { ...lead, workspaceId: makeId() }, 'nowhere')
        return name
      }).then(
        (name) => name,
        (error: unknown) => (error instanceof DomainError ? error.message : 'database'),
      ),
    )
    const outcomes = await Promise.all(writes)
    expect(outcomes[3]).toBe('Not 03.')
    expect(outcomes[7]).toBe('database')
    const good = outcomes.filter((_, place) => place % 10 !== 3 && place % 10 !== 7)
    expect(good).toHaveLength(24)
    expect(await namesIn(context.database)).toEqual(good)
    const events = await context.database.read.event.findMany({
      orderBy: { sequence: 'asc' },
      select: { subjectId: true },
    })
    expect(events.map(({ subjectId }) => subjectId).sort()).toEqual(good)
  })

  it('is run once more when someone else has taken its id in the meantime', async () => {
    const lead = await makeLead()
    const pass = permit(lead, 'source.create')
    const id = makeId()
    const data = { id, workspaceId: lead.workspaceId, name: 'a', createdAt: new Date(), updatedAt: new Date() }
    const insert = ({ tx }: WriteContext) => tx.source.create({ data, select: { id: true } })
    await write(pass, insert)
    let runs = 0
    const found = await write(pass, async (inside) => {
      // As if the other were committed after this one had looked.
      if (++runs === 1) await insert(inside)
      return inside.tx.source.count({ where: { id } })
    })
    expect([found, runs]).toEqual([1, 2])
    await expect(write(pass, insert)).rejects.toMatchObject({ code: 'P2002' })
  })

  it('is on disk when it returns: another connection reads it', async () => {
    const lead = await makeLead()
    const pass = permit(lead, 'source.create')
    await Promise.all(
      Array.from({ length: 12 }, async (_, place) => {
        const name = `s${String(place)}`
        await write(pass, (inside) => insertSource(inside, lead, name))
        expect(await context.database.read.source.count({ where: { name } })).toBe(1)
      }),
    )
  })

  it('gives events numbers in the order in which they can be read', async () => {
    const lead = await makeLead()
    const pass = permit(lead, 'source.create')
    let last = 0
    const writes = { areUnderWay: true }
    const seen: number[] = []
    const reading = (async () => {
      while (writes.areUnderWay) {
        const rows = await context.database.read.event.findMany({
          where: { sequence: { gt: last } },
          orderBy: { sequence: 'asc' },
          select: { sequence: true },
        })
        for (const { sequence } of rows) seen.push((last = sequence))
        // Reads of SQLite never leave this turn of the loop by themselves, and the writes need theirs.
        await new Promise((resolve) => setImmediate(resolve))
      }
    })()
    await Promise.all(
      Array.from({ length: 60 }, (_, place) =>
        write(pass, (inside) => insertSource(inside, lead, `s${String(place)}`)),
      ),
    )
    writes.areUnderWay = false
    await reading
    const all = await context.database.read.event.findMany({ orderBy: { sequence: 'asc' }, select: { sequence: true } })
    expect(all).toHaveLength(60)
    expect(all.map(({ sequence }) => sequence).slice(0, seen.length)).toEqual(seen)
  })

  it('goes on after a body that throws at once', async () => {
    const lead = await makeLead()
    const pass = permit(lead, 'source.create')
    await expect(
      write(pass, () => {
        throw new DomainError('invalid', 'At once.')
      }),
    ).rejects.toThrow('At once.')
    await expect(
      write(
        pass,
        () => Promise.reject(new DomainError('invalid', 'The body.')),
        () => {
          throw new DomainError('invalid', 'The shortcut.')
        },
      ),
    ).rejects.toThrow('The body.')
    await write(pass, (inside) => insertSource(inside, lead, 'after'))
    expect(await namesIn(context.database)).toEqual(['after'])
  })
})

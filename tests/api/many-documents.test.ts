/** One action on many documents: each is authorised and reported separately. */
import { Client } from 'pg'
import { expect, it } from 'vitest'
import type { Database } from '@/lib/server/db/client'
import { describeOnBothDatabases } from '../setup/databases'
import { createDocument, createSource, createWorkspace, makeId } from '../setup/factories'
import { call, type Credentials } from './calls'
import { makeWorld, type World } from './world'

interface Told {
  changed: string[]
  unchanged: string[]
  refused: { id: string; title: string; message: string }[]
}

async function change(as: Credentials, json: object): Promise<Told> {
  const answer = await call({ method: 'post', path: '/documents/bulk', as, json })
  expect(answer.status, answer.text).toBe(200)
  return answer.json as unknown as Told
}

async function readDocument({ sessions }: World, id: string) {
  return call({ method: 'get', path: `/documents/${id}`, as: sessions.viewer })
}

/** Waits until a statement of this database waits for a lock. */
async function waitForLock({ read }: Database): Promise<void> {
  await expect
    .poll(
      () => read.$queryRaw<unknown[]>`
        SELECT 1 AS "waits" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    .toHaveLength(1)
}

describeOnBothDatabases('many documents', (context) => {
  it('are changed as they are now when another instance was faster, or told in plain words', async () => {
    // Only on this database can another instance write between the reads and the writes of one transaction.
    if (context.database.location.engine === 'sqlite') return
    const world = await makeWorld(context.database)
    const { id } = world.document
    const tag = (name: string) => change(world.sessions.lead, { action: 'tag', ids: [id], add: [name] })
    const other = new Client({ connectionString: context.database.location.url })
    await other.connect()
    try {
      await other.query('BEGIN')
      await other.query('UPDATE "Document" SET "version" = "version" + 1 WHERE "id" = $1', [id])
      const told = tag('Harbour')
      await waitForLock(context.database)
      await other.query('COMMIT')
      expect(await told).toEqual({ changed: [id], unchanged: [], refused: [] })
      expect((await readDocument(world, id)).json).toMatchObject({ tags: ['Harbour'], version: 3 })

      // As if it changed anew each time.
      await other.query(`
        CREATE FUNCTION leave() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
        CREATE TRIGGER leave BEFORE UPDATE ON "Document" FOR EACH ROW EXECUTE FUNCTION leave()`)
      expect((await tag('Spring')).refused).toMatchObject([
        { id, message: 'Someone else is changing this document at the same time. Try it again in a moment.' },
      ])
    } finally {
      await other.query('DROP TRIGGER IF EXISTS leave ON "Document"; DROP FUNCTION IF EXISTS leave')
      await other.end()
    }
  })

  it('are tagged, each beside the tags it has, and the tags are taken off again', async () => {
    const world = await makeWorld(context.database)
    const { lead } = world.sessions
    const other = await createDocument(context.database, { workspaceId: world.workspaceId })
    const ids = [world.document.id, other.id]
    await change(lead, { action: 'tag', ids: [other.id], add: ['Harbour'] })
    expect(await change(lead, { action: 'tag', ids, add: ['harbour', 'Spring'] })).toEqual({
      changed: ids,
      unchanged: [],
      refused: [],
    })
    // An existing spelling stays.
    expect((await readDocument(world, other.id)).json).toMatchObject({ tags: ['Harbour', 'Spring'], version: 3 })
    expect((await readDocument(world, world.document.id)).json).toMatchObject({
      tags: ['harbour', 'Spring'],
      version: 2,
    })
    expect(await change(lead, { action: 'tag', ids, add: ['SPRING'] })).toMatchObject({ changed: [], unchanged: ids })
    expect(await change(lead, { action: 'tag', ids, remove: ['HARBOUR'] })).toMatchObject({ changed: ids })
    expect((await readDocument(world, other.id)).json).toMatchObject({ tags: ['Spring'], version: 4 })
    const events = await context.database.read.event.findMany({
      where: { subjectId: world.document.id, type: 'document.updated' },
      orderBy: { sequence: 'asc' },
      select: { data: true },
    })
    expect(events.map(({ data }) => data)).toEqual([
      { before: { tags: [] }, after: { tags: ['harbour', 'Spring'] } },
      { before: { tags: ['harbour', 'Spring'] }, after: { tags: ['Spring'] } },
    ])

    // The document with the most tags allowed is reported, and the other one is still tagged.
    const full = Array.from({ length: 20 }, (_, number) => `tag ${String(number)}`)
    await change(lead, { action: 'tag', ids: [other.id], add: full, remove: ['Spring'] })
    expect(await change(lead, { action: 'tag', ids, add: ['One more'] })).toMatchObject({
      changed: [world.document.id],
      refused: [
        {
          id: other.id,
          title: expect.stringMatching(/./) as string,
          message: 'A document has at most 20 tags. Take one off first.',
        },
      ],
    })

    // Several documents together have more tags than one may have, and all can be removed at once.
    await change(lead, { action: 'tag', ids: [world.document.id], add: ['Summer'] })
    expect(
      await change(lead, { action: 'tag', ids, remove: [...full, 'HARBOUR', 'One more', 'Summer'] }),
    ).toMatchObject({
      changed: ids,
    })
    expect((await readDocument(world, other.id)).json).toMatchObject({ tags: [] })
  })

  it('are deleted but for those under review, those of others and unknown ones, and brought back', async () => {
    const world = await makeWorld(context.database)
    const { lead, viewer } = world.sessions
    const { id: elsewhere } = await createWorkspace(context.database)
    const foreign = await createDocument(context.database, { workspaceId: elsewhere })
    const unknown = makeId()
    const free = await createDocument(context.database, { workspaceId: world.workspaceId })
    const ids = [free.id, world.sessionDocument.id, foreign.id, unknown, free.id]
    const told = await change(lead, { action: 'delete', ids })
    expect(told).toMatchObject({
      changed: [free.id],
      refused: [
        { id: world.sessionDocument.id, message: expect.stringContaining('is under review in') as string },
        { id: foreign.id, title: '', message: expect.stringContaining('no such document') as string },
        { id: unknown, title: '' },
      ],
    })
    expect(told.refused[2]?.message).toBe(told.refused[1]?.message)
    expect((await readDocument(world, free.id)).status).toBe(404)
    expect((await call({ method: 'get', path: `/documents/${world.sessionDocument.id}`, as: viewer })).status).toBe(200)
    expect(await context.database.read.document.count({ where: { id: foreign.id, deletedAt: null } })).toBe(1)

    expect(await change(lead, { action: 'delete', ids: [free.id] })).toMatchObject({
      changed: [],
      unchanged: [free.id],
    })
    // A deleted document is not tagged, and its title is not revealed.
    expect(await change(lead, { action: 'tag', ids: [free.id], add: ['x'] })).toMatchObject({
      refused: [{ id: free.id, title: '' }],
    })
    expect(await change(lead, { action: 'restore', ids: [free.id, foreign.id] })).toMatchObject({
      changed: [free.id],
      refused: [{ id: foreign.id }],
    })
    expect((await readDocument(world, free.id)).json).toMatchObject({ version: 3 })

    const source = await createSource(context.database, { workspaceId: world.workspaceId })
    const orphan = await createDocument(context.database, { workspaceId: world.workspaceId, sourceId: source.id })
    await change(lead, { action: 'delete', ids: [orphan.id] })
    await call({ method: 'delete', path: `/sources/${source.id}`, as: lead, version: 1 })
    expect(await change(lead, { action: 'restore', ids: [orphan.id] })).toMatchObject({
      refused: [{ id: orphan.id, message: expect.stringContaining('Restore the source first') as string }],
    })
  })

  it('are at most two hundred, and changed by leads alone', async () => {
    const world = await makeWorld(context.database)
    const post = (json: object, as = world.sessions.lead) => call({ method: 'post', path: '/documents/bulk', as, json })
    const ids = Array.from({ length: 201 }, makeId)
    for (const action of ['tag', 'delete', 'restore']) {
      expect((await post({ action, ids })).status).toBe(422)
      expect((await post({ action, ids: [] })).status).toBe(422)
      expect((await post({ action, ids: [world.document.id] }, world.sessions.reviewer)).status).toBe(403)
    }
    expect((await post({ action: 'tag', ids: ids.slice(1), add: ['a,b'] })).status).toBe(422)
    expect(await post({ action: 'delete', ids: ids.slice(1) })).toMatchObject({ status: 200, json: { changed: [] } })
    expect((await readDocument(world, world.document.id)).json).toMatchObject({ version: 1, tags: [] })
  })
})

/** Duplicate references, the order of references, and what the library shows during a blind session. */
import { expect, it } from 'vitest'
import { describeOnBothDatabases } from '../setup/databases'
import { makeId } from '../setup/factories'
import { call, type Answer, type Credentials } from './calls'
import { makeReviewWorld, type ReviewWorld } from './review-world'
import { firstSentence, makeWorld, secondSentence, type World } from './world'

const address = 'https://tides.example/tables'

async function makeReference(as: Credentials, csl: object, snapshotText: string | null = null) {
  const made = await call({
    method: 'post',
    path: '/references',
    as,
    json: { csl: { type: 'webpage', ...csl }, snapshotText },
  })
  expect(made.status, made.text).toBe(201)
  return made.json as { id: string; version: number; title: string }
}

async function cite(world: World, referenceId: string, given: { quote?: string; span?: object } = {}) {
  const { quote = '', span = firstSentence } = given
  const made = await call({
    method: 'post',
    path: `/revisions/${world.document.revisionId}/annotations`,
    as: world.sessions.reviewer,
    json: { ...span, rating: 'sourced', citations: [{ referenceId, stance: 'supports', quote }] },
  })
  expect(made.status, made.text).toBe(201)
  return made.json as { id: string; version: number; citations: { id: string; reference: { id: string } }[] }
}

function merge(
  world: World,
  [kept, gone]: readonly { id: string; version: number }[],
  as = world.sessions.lead,
): Promise<Answer> {
  return call({
    method: 'post',
    path: `/references/${kept?.id ?? ''}/merge`,
    as,
    version: kept?.version ?? 0,
    json: { otherId: gone?.id ?? '', otherVersion: gone?.version ?? 0 },
  })
}

const unmerge = (id: string, as: Credentials) => call({ method: 'post', path: `/references/${id}/unmerge`, as })

const search = (as: Credentials, q: string) =>
  call({ method: 'get', path: `/references?q=${encodeURIComponent(q)}`, as })
const titlesOf = ({ json }: Answer) => (json.items as { title: string }[]).map(({ title }) => title)

describeOnBothDatabases('references that stand twice', (context) => {
  it('are suggested with the reason', async () => {
    const world = await makeWorld(context.database)
    const one = await makeReference(world.sessions.lead, { title: 'Tide tables', URL: address })
    const other = await makeReference(world.sessions.lead, {
      title: 'Tables',
      URL: 'http://www.tides.example/tables/?utm_source=m',
    })
    const { json } = await call({ method: 'get', path: '/reference-twins', as: world.sessions.viewer })
    expect(json).toMatchObject({ items: [{ one: { id: one.id }, other: { id: other.id }, because: 'address' }] })
  })

  it('are merged: citations move, fields and kept text are taken over, and the other one is gone', async () => {
    const world = await makeWorld(context.database)
    const { lead, reviewer } = world.sessions
    const kept = await makeReference(lead, { title: 'Tables – tides.example', URL: address })
    const gone = await makeReference(lead, { title: 'Tide tables', publisher: 'Harbour press' }, 'High water at 06:12.')
    const mark = await cite(world, gone.id, { quote: 'High water' })
    const own = await cite(world, kept.id, { quote: '06:12', span: secondSentence })
    const merged = await merge(world, [kept, gone])
    expect(merged.status, merged.text).toBe(200)
    expect(merged.json).toMatchObject({
      id: kept.id,
      version: 2,
      title: 'Tide tables',
      publisher: 'Harbour press',
      url: address,
      hasSnapshot: true,
      citationCount: 2,
    })
    expect((await call({ method: 'get', path: `/references/${gone.id}`, as: lead })).status).toBe(404)
    const read = async ({ id }: { id: string }) =>
      (await call({ method: 'get', path: `/annotations/${id}`, as: reviewer })).json
    expect(await read(mark)).toMatchObject({ citations: [{ reference: { id: kept.id }, quoteStart: 0 }] })
    // A quote that could not be looked up before is found now.
    expect(await read(own)).toMatchObject({ citations: [{ reference: { id: kept.id }, quoteStart: 14 }] })
    const events = await context.database.read.event.findMany({
      where: { subjectId: { in: [kept.id, gone.id] } },
      orderBy: { sequence: 'asc' },
      select: { type: true, subjectId: true },
    })
    expect(events.slice(-2)).toEqual([
      { type: 'reference.merged', subjectId: gone.id },
      { type: 'reference.updated', subjectId: kept.id },
    ])

    // A request of a page that has only the old id is stored under the new one.
    const [citation] = mark.citations
    const saved = await call({
      method: 'patch',
      path: `/annotations/${mark.id}`,
      as: reviewer,
      version: mark.version,
      json: { citations: [{ id: citation?.id, referenceId: gone.id, stance: 'mentions' }] },
    })
    expect(saved.status, saved.text).toBe(200)
    expect(saved.json).toMatchObject({ citations: [{ reference: { id: kept.id }, stance: 'mentions' }] })
  })

  it('are not merged when it would lose something, and nothing is changed then', async () => {
    const world = await makeWorld(context.database)
    const { lead, reviewer } = world.sessions
    const one = await makeReference(lead, { title: 'A' }, 'High water at 06:12.')
    const other = await makeReference(lead, { title: 'B' }, 'Low water at noon.')
    expect(await merge(world, [one, other])).toMatchObject({
      status: 409,
      json: { detail: expect.stringContaining('texts differ') as string },
    })
    expect(await merge(world, [one, one])).toMatchObject({ status: 409 })
    expect(await merge(world, [one, { id: makeId(), version: 1 }])).toMatchObject({ status: 404 })
    expect(await merge(world, [one, { ...other, version: 2 }])).toMatchObject({ status: 412 })
    expect(await merge(world, [{ ...one, version: 2 }, other])).toMatchObject({ status: 412 })
    expect(await merge(world, [one, other], reviewer)).toMatchObject({ status: 403 })
    for (const { id } of [one, other])
      expect(await call({ method: 'get', path: `/references/${id}`, as: lead })).toMatchObject({ json: { version: 1 } })
  })

  it('are two again when the merge is undone, each with its own citations, fields and kept text', async () => {
    const world = await makeWorld(context.database)
    const { lead, reviewer } = world.sessions
    const kept = await makeReference(lead, { title: 'Tables – tides.example', URL: address })
    const gone = await makeReference(lead, { title: 'Tide tables', publisher: 'Harbour press' }, 'High water at 06:12.')
    const moved = await cite(world, gone.id, { quote: 'High water' })
    const own = await cite(world, kept.id, { quote: '06:12', span: secondSentence })
    expect((await merge(world, [kept, gone])).status).toBe(200)
    const since = await cite(world, kept.id, { quote: 'water' })

    const undone = await unmerge(gone.id, lead)
    expect(undone.status, undone.text).toBe(200)
    expect(undone.json).toMatchObject({ id: gone.id, title: 'Tide tables', hasSnapshot: true, citationCount: 1 })
    const { json: stayed } = await call({ method: 'get', path: `/references/${kept.id}`, as: lead })
    expect(stayed).toMatchObject({
      title: 'Tables – tides.example',
      publisher: '',
      hasSnapshot: false,
      citationCount: 2,
    })
    const citedBy = async ({ id }: { id: string }) =>
      (await call({ method: 'get', path: `/annotations/${id}`, as: reviewer })).json
    expect(await citedBy(moved)).toMatchObject({ citations: [{ reference: { id: gone.id }, quoteStart: 0 }] })
    expect(await citedBy(own)).toMatchObject({ citations: [{ reference: { id: kept.id }, quoteStart: null }] })
    // A page that read the mark before the merge does not overwrite the merge.
    const stale = await call({
      method: 'patch',
      path: `/annotations/${moved.id}`,
      as: reviewer,
      version: moved.version,
      json: { citations: [{ id: moved.citations[0]?.id, referenceId: kept.id, stance: 'supports', quote: 'water' }] },
    })
    expect(stale).toMatchObject({ status: 412, json: { current: { citations: [{ reference: { id: gone.id } }] } } })
    expect(await citedBy(own)).toMatchObject({ version: own.version })
    expect(await citedBy(since)).toMatchObject({ citations: [{ reference: { id: kept.id }, quoteStart: null }] })
    const events = await context.database.read.event.findMany({
      where: { subjectId: { in: [kept.id, gone.id] } },
      orderBy: { sequence: 'asc' },
      select: { type: true, subjectId: true },
    })
    expect(events.slice(-2)).toEqual([
      { type: 'reference.unmerged', subjectId: gone.id },
      { type: 'reference.updated', subjectId: kept.id },
    ])

    // A repeated request changes nothing.
    expect(await unmerge(gone.id, lead)).toMatchObject({ status: 200, json: { version: 3 } })
    // After another merge and undo, all is as before; an old id again means its own reference.
    expect(
      (
        await merge(world, [
          { ...kept, version: 3 },
          { ...gone, version: 3 },
        ])
      ).status,
    ).toBe(200)
    expect(await unmerge(gone.id, lead)).toMatchObject({ status: 200, json: { citationCount: 1, version: 5 } })
    const again = await cite(world, gone.id, { quote: 'High' })
    expect(again.citations).toMatchObject([{ reference: { id: gone.id } }])

    // When it is deleted later, it does not mean the other one.
    const [one, other] = [await makeReference(lead, { title: 'Log' }), await makeReference(lead, { title: 'A log' })]
    expect((await merge(world, [one, other])).status).toBe(200)
    expect((await unmerge(other.id, lead)).status).toBe(200)
    const deleted = await call({ method: 'delete', path: `/references/${other.id}`, as: lead, version: 3 })
    expect(deleted.status, deleted.text).toBe(204)
    const cited = await call({
      method: 'post',
      path: `/revisions/${world.document.revisionId}/annotations`,
      as: reviewer,
      json: { ...firstSentence, rating: 'sourced', citations: [{ referenceId: other.id, stance: 'supports' }] },
    })
    expect(cited.status, cited.text).toBe(422)
  })

  it('are cited as before when a merge is undone after a citation was changed without its id', async () => {
    const world = await makeWorld(context.database)
    const { lead, reviewer } = world.sessions
    const kept = await makeReference(lead, { title: 'Tables' })
    const gone = await makeReference(lead, { title: 'Tide tables' })
    const mark = await cite(world, gone.id, { quote: 'High water' })
    expect((await merge(world, [kept, gone])).status).toBe(200)
    const changed = await call({
      method: 'patch',
      path: `/annotations/${mark.id}`,
      as: reviewer,
      version: mark.version,
      json: { citations: [{ referenceId: kept.id, stance: 'mentions', quote: 'High water' }] },
    })
    expect(changed.status, changed.text).toBe(200)
    expect((await unmerge(gone.id, lead)).status).toBe(200)
    expect(await call({ method: 'get', path: `/annotations/${mark.id}`, as: reviewer })).toMatchObject({
      json: { citations: [{ stance: 'mentions', reference: { id: gone.id } }] },
    })
  })

  it('stay merged when one of the two was changed since, and nothing is changed then', async () => {
    const world = await makeWorld(context.database)
    const { lead, reviewer } = world.sessions
    const pair = async () => {
      const kept = await makeReference(lead, { title: 'Tables' })
      const gone = await makeReference(lead, { title: 'Tide tables' })
      expect((await merge(world, [kept, gone])).status).toBe(200)
      return { kept, gone }
    }
    const refused = { status: 409, json: { detail: expect.stringContaining('was changed since') as string } }

    const edited = await pair()
    await call({
      method: 'patch',
      path: `/references/${edited.kept.id}`,
      as: lead,
      version: 2,
      json: { csl: { type: 'webpage', title: 'Tables of the tides' } },
    })
    expect(await unmerge(edited.gone.id, lead)).toMatchObject(refused)
    expect(await call({ method: 'get', path: `/references/${edited.kept.id}`, as: lead })).toMatchObject({
      json: { title: 'Tables of the tides', version: 3 },
    })

    const restored = await pair()
    await call({ method: 'post', path: `/references/${restored.gone.id}/restore`, as: lead })
    expect(await unmerge(restored.gone.id, lead)).toMatchObject({
      status: 409,
      json: { detail: expect.stringContaining('is in the library again: cite it again') as string },
    })

    const chained = await pair()
    const third = await makeReference(lead, { title: 'All tables' })
    expect((await merge(world, [third, { ...chained.kept, version: 2 }])).status).toBe(200)
    expect(await unmerge(chained.gone.id, lead)).toMatchObject(refused)
    // Merges are undone one by one from the last, but only while nothing else has changed.
    expect(await unmerge(chained.kept.id, lead)).toMatchObject({ status: 200 })
    expect(await unmerge(chained.gone.id, lead)).toMatchObject(refused)

    const alone = await makeReference(lead, { title: 'Never merged' })
    expect(await unmerge(alone.id, lead)).toMatchObject({
      status: 409,
      json: { detail: expect.stringContaining('was not merged') as string },
    })
    // Merged by a version that kept no record of merges.
    const early = await pair()
    await context.database.write.referenceMerge.deleteMany({ where: { goneId: early.gone.id } })
    expect(await unmerge(early.gone.id, lead)).toMatchObject({
      status: 409,
      json: { detail: expect.stringContaining('cannot be undone any more') as string },
    })
    expect(await unmerge(makeId(), lead)).toMatchObject({ status: 404 })
    expect(await unmerge(alone.id, reviewer)).toMatchObject({ status: 403 })
  })

  it('are listed by title and by their last use, page by page', async () => {
    const world = await makeWorld(context.database)
    const { lead } = world.sessions
    const made: { id: string; title: string }[] = []
    for (const title of ['Zebra 2', 'zebra 10', 'Ängel', 'anchor']) made.push(await makeReference(lead, { title }))
    await cite(world, made[1]?.id ?? '')
    await cite(world, made[3]?.id ?? '', { span: secondSentence })
    const list = async (order: string) => {
      const found: string[] = []
      let cursor = ''
      do {
        const page = await call({ method: 'get', path: `/references?order=${order}&limit=2${cursor}`, as: lead })
        expect(page.status, page.text).toBe(200)
        found.push(...titlesOf(page))
        const { next } = page.json as { next: string | null }
        cursor = next === null ? '' : `&cursor=${next}`
      } while (cursor !== '')
      return found.filter((title) => made.some((each) => each.title === title))
    }
    expect(await list('title')).toEqual(['anchor', 'Ängel', 'Zebra 2', 'zebra 10'])
    expect((await list('used')).slice(0, 2)).toEqual(['anchor', 'zebra 10'])
    expect(await list('used')).toHaveLength(4)
    expect(await list('added')).toEqual(['anchor', 'Ängel', 'zebra 10', 'Zebra 2'])
  })
})

async function activate({ lead, sessionId, ana, ben, documents }: ReviewWorld): Promise<void> {
  const moved = await call({
    method: 'post',
    path: `/review-sessions/${sessionId}/transitions`,
    as: lead.as,
    version: 1,
    json: { name: 'activate' },
  })
  expect(moved.status, moved.text).toBe(200)
  for (const { actor } of [ana, ben]) {
    const assigned = await call({
      method: 'post',
      path: `/review-sessions/${sessionId}/assignments`,
      as: lead.as,
      json: { documentId: documents[0].id, memberId: actor.memberId },
    })
    expect(assigned.status, assigned.text).toBeLessThan(300)
  }
}

describeOnBothDatabases('the library while a blind session runs', (context) => {
  it('shows colleagues what a reviewer had added before, and not what is added in it', async () => {
    const review = await makeReviewWorld(context.database, { state: 'draft', protocol: { reviewersPerDocument: 2 } })
    const { ana, ben, lead } = review
    const before = await makeReference(ana.as, { title: 'Added in the open', URL: address })
    await activate(review)
    const during = await makeReference(ana.as, { title: 'Added while blind', URL: `${address}/` })
    for (const as of [ben.as, lead.as]) {
      expect(titlesOf(await search(as, 'Added'))).toEqual(['Added in the open'])
      const same = await call({ method: 'get', path: `/references?identifier=${encodeURIComponent(address)}`, as })
      expect(titlesOf(same)).toEqual(['Added in the open'])
      expect((await call({ method: 'get', path: `/references/${during.id}`, as })).status).toBe(404)
      expect((await call({ method: 'get', path: '/reference-twins', as })).text).not.toContain(during.id)
      for (const order of ['title', 'used'])
        expect((await call({ method: 'get', path: `/references?order=${order}`, as })).text).not.toContain(during.id)
    }
    expect(titlesOf(await search(ana.as, 'Added'))).toEqual(['Added while blind', 'Added in the open'])
    // Not even with the id known, and not through a mark that cites the merged reference.
    expect(await merge(review.world, [before, during])).toMatchObject({ status: 404 })
  })
})

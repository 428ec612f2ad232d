import { expect, it } from 'vitest'
import type { ReadText } from '@/lib/domain/references/kept-file'
import { makePdf } from '../setup/pdf'
import { describeOnBothDatabases } from '../setup/databases'
import { makeId } from '../setup/factories'
import { call, type Answer } from './calls'
import { firstSentence, makeWorld, secondSentence, type World } from './world'

const csl = {
  type: 'report',
  title: 'Harbour log',
  author: [{ family: 'Olsen', given: 'Kaja' }],
  DOI: 'https://doi.org/10.1000/ABC',
}

function send(
  world: World,
  method: string,
  path: string,
  change: { json?: object; version?: number } = {},
): Promise<Answer> {
  return call({ method, path, as: world.sessions.lead, ...change })
}

describeOnBothDatabases('sources and references', (context) => {
  it.each([
    ['/sources', { name: 'Gazette' }, { name: 'Other' }],
    ['/references', { csl }, { csl: { ...csl, title: 'Other' } }],
  ])('%s are one for one request', async (path, json, other) => {
    const world = await makeWorld(context.database)
    const id = makeId()
    const first = await send(world, 'post', path, { json: { id, ...json } })
    expect(first.status, first.text).toBe(201)
    expect(await send(world, 'post', path, { json: { id, ...json } })).toMatchObject({ status: 200, json: first.json })
    expect(await send(world, 'post', path, { json: { id, ...other } })).toMatchObject({
      status: 409,
      json: { current: { id } },
    })
    expect((await send(world, 'delete', `${path}/${id}`, { version: 1 })).status).toBe(204)
    expect((await send(world, 'get', `${path}/${id}`)).status).toBe(404)
    expect(await send(world, 'post', path, { json: { id, ...json } })).toMatchObject({ status: 410 })
    const restored = await send(world, 'post', `${path}/${id}/restore`)
    expect(restored).toMatchObject({ status: 200, json: { version: 3 } })
    const events = await context.database.read.event.findMany({
      where: { subjectId: id },
      orderBy: { sequence: 'asc' },
      select: { type: true },
    })
    expect(events.map(({ type }) => type.split('.')[1])).toEqual(['created', 'deleted', 'restored'])
  })

  it.each([
    ['sources', { name: 'A' }, 'kind'],
    ['references', { csl }, 'snapshotText'],
  ])('of two edits of one version of %s exactly one wins', async (noun, json, field) => {
    const world = await makeWorld(context.database)
    const { json: made } = await send(world, 'post', `/${noun}`, { json })
    const path = `/${noun}/${String(made.id)}`
    const answers = await Promise.all(
      ['one', 'two', 'three'].map((value) => send(world, 'patch', path, { json: { [field]: value }, version: 1 })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412])
    const won = answers.find(({ status }) => status === 200)
    expect((await send(world, 'get', path)).json[field]).toBe(won?.json[field])
  })

  it('a source with documents stays, and says which', async () => {
    const world = await makeWorld(context.database)
    const refused = await send(world, 'delete', `/sources/${world.document.sourceId}`, { version: 1 })
    expect(refused).toMatchObject({ status: 409, json: { current: { documents: [{ id: world.document.id }] } } })
    expect((await send(world, 'get', `/sources/${world.document.sourceId}`)).json.documentCount).toBe(1)
  })

  it.each<[string, object, string[]]>([
    [
      'a web address',
      { URL: 'http://www.Tides.example/Tables/?utm_source=mail&year=2025#may' },
      [
        'https://tides.example/Tables?year=2025',
        'tides.example/Tables/?year=2025',
        'https://TIDES.example/Tables?year=2025&fbclid=1',
      ],
    ],
    [
      'an address with letters of its own',
      { URL: 'https://tides.example/gezeiten/höhe' },
      ['https://tides.example/gezeiten/h%C3%B6he'],
    ],
    ['an address without a path', { URL: 'https://WWW.Tides.example' }, ['http://tides.example/']],
    ['a DOI', { DOI: 'doi:10.1234/ABC' }, ['10.1234/abc', 'https://doi.org/10.1234/abc']],
    ['a DOI kept as an address', { URL: 'https://dx.doi.org/10.1234/ABC' }, ['doi:10.1234/abc']],
  ])('are found by %s, however it is written', async (_name, identifier, written) => {
    const world = await makeWorld(context.database)
    const made = await send(world, 'post', '/references', { json: { csl: { ...csl, DOI: '', ...identifier } } })
    const find = (words: string) => send(world, 'get', `/references?identifier=${encodeURIComponent(words)}`)
    for (const words of written)
      expect((await find(words)).json, words).toMatchObject({ items: [{ id: made.json.id }] })
    for (const other of [
      'https://tides.example/other',
      'https://tides.example/Tables?year=2024',
      '10.1234/abcd',
      'Harbour log',
    ])
      expect((await find(other)).json, other).toMatchObject({ items: [] })
  })

  it('a reference that is cited stays, and says where', async () => {
    const world = await makeWorld(context.database)
    const json = {
      ...firstSentence,
      rating: 'sourced',
      citations: [{ referenceId: world.reference.id, stance: 'supports' }],
    }
    const annotation = await send(world, 'post', `/revisions/${world.document.revisionId}/annotations`, { json })
    const path = `/references/${world.reference.id}`
    const refused = await send(world, 'delete', path, { version: 1 })
    expect(refused).toMatchObject({
      status: 409,
      json: {
        current: { citationCount: 1, annotations: [{ id: annotation.json.id, document: { id: world.document.id } }] },
      },
    })
    await send(world, 'delete', `/annotations/${String(annotation.json.id)}`, { version: 1 })
    expect((await send(world, 'delete', path, { version: 1 })).status).toBe(204)
  })

  it('a reference keeps its snapshot with its hash, and shows columns from its CSL', async () => {
    const world = await makeWorld(context.database)
    const made = await send(world, 'post', '/references', { json: { csl, snapshotText: 'Day 3.' } })
    expect(made.json).toMatchObject({
      author: 'Olsen, Kaja',
      doi: '10.1000/abc',
      hasSnapshot: true,
      snapshotText: 'Day 3.',
      csl,
    })
    expect(made.json.snapshotSha256).toMatch(/^[0-9a-f]{64}$/)
    const path = `/references/${String(made.json.id)}`
    const cleared = await send(world, 'patch', path, { json: { snapshotText: null }, version: 1 })
    expect(cleared.json).toMatchObject({ hasSnapshot: false, snapshotAt: null, version: 2 })
    for (const q of ['olsen', 'HARBOUR', '10.1000']) {
      const found = await send(world, 'get', `/references?q=${q}`)
      expect(found.json.items).toMatchObject([{ id: made.json.id }])
    }
  })

  it('the text of a reference is read from a file, with its pages, which go when the text changes', async () => {
    const world = await makeWorld(context.database)
    const line = (text: string) => [{ text, x: 60, y: 700 }]
    const form = new FormData()
    const pdf = makePdf([line('The log of the harbour begins here.'), line('The ferry sank twice in May.')])
    form.append('file', new File([new Uint8Array(pdf)], 'log.pdf', { type: 'application/pdf' }))
    const as = world.sessions.reviewer
    const read = await call({ method: 'post', path: '/references/text', as, body: form })
    const { text, file } = read.json as unknown as ReadText
    expect({ status: read.status, name: file.name, labels: file.pages.map(({ label }) => label) }, read.text).toEqual({
      status: 200,
      name: 'log.pdf',
      labels: ['1', '2'],
    })
    expect(text.slice(file.pages[1]?.start)).toBe('The ferry sank twice in May.')

    const made = await send(world, 'post', '/references', { json: { csl, snapshotText: text, snapshotFile: file } })
    expect(made.json).toMatchObject({ snapshotText: text, snapshotFile: file })
    const path = `/references/${String(made.json.id)}`
    const renamed = await send(world, 'patch', path, { json: { csl: { ...csl, title: 'Log' } }, version: 1 })
    expect(renamed.json).toMatchObject({ snapshotFile: file, snapshotAt: made.json.snapshotAt })
    const typed = await send(world, 'patch', path, { json: { snapshotText: 'Typed.' }, version: 2 })
    expect(typed.json).toMatchObject({ snapshotText: 'Typed.', snapshotFile: null })

    for (const wrong of [
      { snapshotFile: file },
      { snapshotText: 'Short.', snapshotFile: file },
      { snapshotText: text, snapshotFile: { ...file, pages: [...file.pages].reverse() } },
    ])
      expect((await send(world, 'patch', path, { json: wrong, version: 3 })).status).toBe(422)
  })

  it('a file that cannot be the text of a reference is refused with a sentence', async () => {
    const world = await makeWorld(context.database)
    const read = (bytes: Uint8Array<ArrayBuffer>, name: string) => {
      const form = new FormData()
      form.append('file', new File([bytes], name))
      return call({ method: 'post', path: '/references/text', as: world.sessions.reviewer, body: form })
    }
    for (const [bytes, name, status] of [
      [new Uint8Array(makePdf([[]])), 'scan.pdf', 422],
      [new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]), 'picture.png', 415],
      [new TextEncoder().encode('word '.repeat(450_000)), 'long.txt', 413],
    ] as const) {
      const answer = await read(bytes, name)
      expect([answer.status, String(answer.json.detail)], name).toEqual([status, expect.stringMatching(/\.$/)])
    }
  })
})

describeOnBothDatabases('sentence decisions', (context) => {
  it('take whole sentences, once each', async () => {
    const world = await makeWorld(context.database)
    const path = `/revisions/${world.document.revisionId}/sentence-decisions`
    const decide = (json: object) => call({ method: 'post', path, as: world.sessions.reviewer, json })
    const id = makeId()
    expect(await decide({ id, ...firstSentence })).toMatchObject({ status: 201, json: { id } })
    expect(await decide({ id, ...firstSentence })).toMatchObject({ status: 200, json: { id } })
    expect(await decide({ id: makeId(), ...firstSentence })).toMatchObject({ status: 200, json: { id } })
    expect(await decide({ start: 0, end: 24 })).toMatchObject({ status: 422, json: { fields: [{ path: 'start' }] } })
    expect((await decide({ start: 1, end: 25 })).text).toContain('No sentence of this revision starts at 1')
    const events = await context.database.read.event.findMany({ where: { subjectId: id }, select: { type: true } })
    expect(events).toHaveLength(1)
  })

  it('are taken back by who made them, and may be made again', async () => {
    const world = await makeWorld(context.database)
    const path = `/sentence-decisions/${world.decisionId}`
    expect((await call({ method: 'delete', path, as: world.sessions.lead })).status).toBe(403)
    expect((await call({ method: 'delete', path, as: world.sessions.reviewer })).status).toBe(204)
    expect((await call({ method: 'delete', path, as: world.sessions.reviewer })).status, 'repeated').toBe(204)
    expect(
      (await call({ method: 'delete', path: `/sentence-decisions/${makeId()}`, as: world.sessions.reviewer })).status,
    ).toBe(404)
    const json = { id: world.decisionId, ...secondSentence }
    const again = await call({
      method: 'post',
      path: `/revisions/${world.document.revisionId}/sentence-decisions`,
      as: world.sessions.reviewer,
      json,
    })
    expect(again.status).toBe(201)
  })

  it('come many at once, all or none', async () => {
    const world = await makeWorld(context.database)
    const path = `/revisions/${world.document.revisionId}/sentence-decisions`
    const bulk = (decisions: object[]) =>
      call({ method: 'post', path: `${path}/bulk`, as: world.sessions.reviewer, json: { decisions } })
    expect(await bulk([firstSentence, { start: 3, end: 9 }])).toMatchObject({
      status: 422,
      json: { fields: [{ path: 'decisions.1.start' }] },
    })
    expect(await context.database.read.sentenceDecision.count()).toBe(1)
    const made = await bulk([firstSentence, secondSentence])
    expect(made.json).toMatchObject({ created: 1, items: [{ ...firstSentence }, { id: world.decisionId }] })
    expect(await context.database.read.event.count({ where: { type: 'sentence-decision.created' } })).toBe(1)
    expect(await bulk(Array.from({ length: 501 }, () => firstSentence))).toMatchObject({ status: 422 })
    const listed = await call({
      method: 'get',
      path: `${path}?author=${world.members.reviewer.memberId}`,
      as: world.sessions.viewer,
    })
    expect(listed.json.items).toHaveLength(2)
  })
})

describeOnBothDatabases('scope changes and events', (context) => {
  it('keep who said what counts, in order', async () => {
    const world = await makeWorld(context.database)
    const path = `/revisions/${world.document.revisionId}/scope-changes`
    const change = (json: object) => call({ method: 'post', path, as: world.sessions.reviewer, json })
    const id = makeId()
    const out = { id, start: 0, end: 25, inScope: false, reason: 'navigation' }
    expect(await change(out)).toMatchObject({
      status: 201,
      json: { ...out, member: { id: world.members.reviewer.memberId } },
    })
    expect(await change(out)).toMatchObject({ status: 200 })
    expect(await change({ ...out, reason: '' })).toMatchObject({ status: 409 })
    expect(await change({ start: 0, end: 999, inScope: true, reason: '' })).toMatchObject({ status: 422 })
    expect(await change({ start: 0, end: 25, inScope: true })).toMatchObject({ status: 201, json: { reason: '' } })
    const listed = await call({ method: 'get', path, as: world.sessions.viewer })
    expect((listed.json.items as { inScope: boolean }[]).map(({ inScope }) => inScope)).toEqual([false, true])
  })

  it('tell who did what by which way, in the order of their numbers', async () => {
    const world = await makeWorld(context.database)
    await send(world, 'post', '/sources', { json: { name: 'One' } })
    await send(world, 'patch', `/documents/${world.document.id}`, { json: { title: 'Two' }, version: 1 })
    const all = await send(world, 'get', '/events?after=0')
    expect(all.json.items).toMatchObject([
      {
        type: 'source.created',
        actor: { id: world.members.lead.memberId, name: world.members.lead.name },
        via: 'session',
        data: { after: { name: 'One' } },
      },
      { type: 'document.updated', subjectId: world.document.id, data: { after: { title: 'Two' } } },
    ])
    const next = all.json.next as number
    expect((await send(world, 'get', `/events?after=${String(next)}`)).json).toEqual({ items: [], next })
    const first = (await send(world, 'get', '/events?limit=1')).json
    expect(first.items).toHaveLength(1)
    expect((await send(world, 'get', `/events?after=${String(first.next)}`)).json.items).toHaveLength(1)
  })
})

import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { makeArchive } from '../setup/archive'
import { describeOnBothDatabases } from '../setup/databases'
import { createDocument, createSource, createWorkspace, makeId } from '../setup/factories'
import { makePdf } from '../setup/pdf'
import { call, tokenOf, type Answer } from './calls'
import { makeWorld, type World } from './world'

const text = 'The harbour froze twice.\n\nNobody kept a log — “not one”.'
const source = { name: 'Gazette' }

function post(world: World, json: object): Promise<Answer> {
  return call({ method: 'post', path: '/documents', as: world.sessions.lead, json })
}

function get(world: World, path: string): Promise<Answer> {
  return call({ method: 'get', path, as: world.sessions.viewer })
}

function form(
  files: [name: string, content: string | Uint8Array<ArrayBuffer>][],
  fields: Record<string, string>,
): FormData {
  const made = new FormData()
  for (const [name, value] of Object.entries(fields)) made.append(name, value)
  for (const [name, content] of files) made.append('file', new File([content], name))
  return made
}

describeOnBothDatabases('documents', (context) => {
  it('have the sentences of the language that was chosen', async () => {
    const world = await makeWorld(context.database)
    const counts = ['tr', 'de'].map(async (language) => {
      const made = await post(world, {
        source,
        text: 'Das Tor schließt um 5. Sonra gitti sagt niemand.',
        language,
        allowDuplicate: true,
      })
      return [made.status, (made.json.revision as { sentenceCount: number }).sentenceCount]
    })
    expect(await Promise.all(counts)).toEqual([
      [201, 2],
      [201, 1],
    ])
  })

  it('are stored with their revision and original, and read back byte by byte', async () => {
    const world = await makeWorld(context.database)
    const made = await post(world, {
      source,
      text,
      title: 'A cold winter',
      language: 'en',
      publishedOn: '2024-02-29',
      url: 'https://gazette.example/1',
    })
    expect(made.status, made.text).toBe(201)
    expect(made.json).toMatchObject({
      title: 'A cold winter',
      publishedOn: '2024-02-29',
      version: 1,
      annotationCount: 0,
      source: { name: 'Gazette' },
    })
    const { id } = made.json.revision as { id: string }
    const plain = await get(world, `/revisions/${id}/text`)
    expect(plain.text).toBe(text)
    expect(plain.headers.get('etag')).toBe(`"${createHash('sha256').update(text).digest('hex')}"`)
    const known = await call({
      method: 'get',
      path: `/revisions/${id}/text`,
      as: world.sessions.viewer,
      headers: { 'if-none-match': plain.headers.get('etag') ?? '' },
    })
    expect(known.status).toBe(304)
    const original = await get(world, `/revisions/${id}/original`)
    expect(original.text).toBe(text)
    expect(Object.fromEntries(original.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': expect.stringMatching(/^attachment; /) as string,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    })
    const revision = await get(world, `/revisions/${id}`)
    expect(revision.json).toMatchObject({
      text,
      origin: 'paste',
      number: 1,
      scopeChanges: [],
      content: { type: 'doc' },
    })
    expect((await get(world, `/documents/${String(made.json.id)}/revisions`)).json.items).toMatchObject([
      { id, original: { encoding: 'utf-8', byteLength: Buffer.byteLength(text) } },
    ])
  })

  it('are one for one request, regardless of what was edited since', async () => {
    const world = await makeWorld(context.database)
    const json = { id: makeId(), source, text, title: 'A' }
    const first = await post(world, json)
    expect(first.status, first.text).toBe(201)
    await call({
      method: 'patch',
      path: `/documents/${json.id}`,
      as: world.sessions.lead,
      json: { title: 'B' },
      version: 1,
    })
    expect(await post(world, json)).toMatchObject({ status: 200, json: { id: json.id, title: 'B' } })
    expect(await post(world, { ...json, title: 'C' })).toMatchObject({
      status: 409,
      json: { current: { id: json.id } },
    })
    expect(await post(world, { ...json, source: { name: 'Other' } })).toMatchObject({ status: 409 })
    expect(await call({ method: 'post', path: '/documents', as: world.sessions.owner, json })).toMatchObject({
      status: 409,
    })
    expect(await context.database.read.document.count({ where: { id: json.id } })).toBe(1)
    expect(await context.database.read.source.count({ where: { name: 'Gazette' } })).toBe(1)
  })

  it('are stored once when the same request comes six times at once', async () => {
    const world = await makeWorld(context.database)
    const json = { id: makeId(), source, text }
    const answers = await Promise.all(Array.from({ length: 6 }, () => post(world, json)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 201])
  })

  it('notice a text that is already here, also as other bytes', async () => {
    const world = await makeWorld(context.database)
    const first = await post(world, { source, text })
    expect(await post(world, { source, text })).toMatchObject({
      status: 409,
      json: { code: 'conflict', current: { id: first.json.id } },
    })
    const withMark = form([['winter.txt', `\uFEFF${text.replaceAll('\n', '\r\n')}`]], { sourceName: 'Gazette' })
    const again = await call({ method: 'post', path: '/documents/files', as: world.sessions.lead, body: withMark })
    expect(again).toMatchObject({ status: 409, json: { current: { id: first.json.id } } })
    expect(await post(world, { source, text, allowDuplicate: true })).toMatchObject({ status: 201 })
    const preview = await call({ method: 'post', path: '/documents/preview', as: world.sessions.lead, json: { text } })
    expect(preview.json.existing).toEqual({ id: first.json.id, title: first.json.title })
  })

  it('come as several files, of which one may fail', async () => {
    const world = await makeWorld(context.database)
    const files = form(
      [
        ['winter.txt', text],
        ['spring.md', '# Spring\n\nThe ice broke in **March**.'],
        ['page.html', '<!doctype html><title>Page</title><h1>Page</h1><p>One <script>alert(1)</script>two.'],
        ['binary.txt', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0])],
      ],
      { sourceName: 'Gazette', author: 'K. Olsen' },
    )
    const answer = await call({ method: 'post', path: '/documents/files', as: world.sessions.lead, body: files })
    expect(answer.status, answer.text).toBe(200)
    expect(answer.json.items).toMatchObject([
      { fileName: 'winter.txt', document: { author: 'K. Olsen' } },
      { fileName: 'spring.md', document: { title: 'Spring' } },
      { fileName: 'page.html', document: { title: 'Page' } },
      { fileName: 'binary.txt', problem: { code: 'unsupported-media-type', status: 415 } },
    ])
    expect(await context.database.read.revisionOriginal.count({ where: { NOT: { fileName: '' } } })).toBe(3)
    const preview = await call({
      method: 'post',
      path: '/documents/files/preview',
      as: world.sessions.lead,
      body: form([['spring.md', '# Spring\n\nIce.']], {}),
    })
    expect(preview.json.items).toMatchObject([{ fileName: 'spring.md', preview: { title: 'Spring', existing: null } }])
  })

  it('come from Word and PDF files, also under wrong names; a damaged one leaves nothing', async () => {
    const world = await makeWorld(context.database)
    const word = makeArchive({
      '[Content_Types].xml': '<Types/>',
      'word/document.xml': '<document><body><p><r><t>The harbour froze twice.</t></r></p></body></document>',
    })
    const pdf = makePdf([[{ text: 'Nobody kept a log.', x: 60, y: 700 }]])
    const made = await call({
      method: 'post',
      path: '/documents/files',
      as: world.sessions.lead,
      body: form(
        [
          ['winter.txt', new Uint8Array(word)],
          ['log.pdf', new Uint8Array(pdf)],
          ['cut.docx', new Uint8Array(word.subarray(0, 200))],
        ],
        { sourceName: 'Gazette' },
      ),
    })
    expect(made.json.items).toMatchObject([
      { document: { revision: { wordCount: 4 } } },
      { document: { revision: { wordCount: 4 } } },
      { problem: { status: 422, detail: expect.stringMatching(/damaged/) as string } },
    ])
    expect(await context.database.read.document.count({ where: { source: { name: 'Gazette' } } })).toBe(2)
  })

  it('are decoded as the caller says, else as the bytes suggest', async () => {
    const world = await makeWorld(context.database)
    const bytes = new Uint8Array([0x54, 0x68, 0x65, 0x20, 0xb3, 0x6f, 0x64, 0x6b, 0x61, 0x2e])
    const preview = async (fields: Record<string, string>) =>
      call({
        method: 'post',
        path: '/documents/files/preview',
        as: world.sessions.lead,
        body: form([['boat.txt', bytes]], fields),
      })
    expect((await preview({})).json.items).toMatchObject([{ preview: { original: { ground: 'guessed' } } }])
    const sha256 = createHash('sha256').update('The łodka.').digest('hex')
    expect((await preview({ encoding: 'windows-1250' })).json.items).toMatchObject([
      { preview: { sha256, original: { encoding: 'windows-1250', ground: 'chosen' } } },
    ])
    expect((await preview({ encoding: 'latin-42' })).status).toBe(422)
    expect((await preview({ language: 'no such one' })).status).toBe(422)
    // Sentences are split by the rules of the chosen language, before anything is stored.
    const counted = async (language: string) =>
      (
        await call({
          method: 'post',
          path: '/documents/preview',
          as: world.sessions.lead,
          json: { text: 'Am 12. Mai fror der Hafen zu. Niemand war da.', language },
        })
      ).json.sentenceCount
    expect([await counted('de'), await counted('en')]).toEqual([2, 3])
    const made = await call({
      method: 'post',
      path: '/documents/files',
      as: world.sessions.lead,
      body: form([['boat.txt', bytes]], { sourceName: 'Gazette', encoding: 'windows-1250' }),
    })
    expect(made.json.items).toMatchObject([{ document: { revision: { sha256 } } }])
  })

  it.each([
    ['no text', { text: '' }, 422, 'no text'],
    ['white space', { text: ' \n\t' }, 422, 'no text'],
    ['U+0000', { text: 'a\u0000b\u0000c' }, 415, 'zero character'],
    ['half a character', { text: 'a\ud800b' }, 422, 'surrogate'],
    ['an invalid date', { text, publishedOn: '2023-02-29' }, 422, 'no such day'],
    ['an empty title', { text, title: ' ' }, 422, 'title'],
    ['another kind of address', { text, url: 'javascript:alert(1)' }, 422, 'web address'],
    ['an unknown source', { text, source: { id: makeId() } }, 422, 'no such source'],
    ['a source by both', { text, source: { id: makeId(), name: 'A' } }, 422, 'source'],
    ['more than 5 MB', { text: 'word '.repeat(1_100_000) }, 413, '5 MB'],
    ['more table cells than anyone would wait for', { text: '\t'.repeat(4_900_000) + 'a' }, 413, 'Split it into'],
    ['more than the body may have', { text: 'word '.repeat(3_500_000) }, 413, '16.0 MB'],
    ['HTML ten thousand levels deep', { text: '<div>'.repeat(10_000) + 'x', format: 'html' }, 422, ''],
  ])('refuse %s and leave nothing', async (_name, json, status, says) => {
    const world = await makeWorld(context.database)
    const before = await context.database.read.revision.count()
    const answer = await post(world, { source, ...json })
    expect(answer.status, answer.text.slice(0, 300)).toBe(status)
    expect(answer.text).toContain(says)
    expect(await context.database.read.revision.count()).toBe(before)
    expect(await context.database.read.source.count({ where: { name: 'Gazette' } })).toBe(0)
    expect(await context.database.read.event.count()).toBe(0)
  })

  it('refuse a source of another workspace', async () => {
    const world = await makeWorld(context.database)
    const { id: elsewhere } = await createWorkspace(context.database)
    const foreign = await createSource(context.database, { workspaceId: elsewhere })
    expect(await post(world, { source: { id: foreign.id }, text })).toMatchObject({ status: 422 })
    const path = `/documents/${world.document.id}`
    expect(
      await call({ method: 'patch', path, as: world.sessions.lead, json: { sourceId: foreign.id }, version: 1 }),
    ).toMatchObject({ status: 422 })
  })

  it('are found by title, author and text in any case and script, and signs of patterns are only signs', async () => {
    const world = await makeWorld(context.database)
    const make = (title: string, words: string) =>
      createDocument(context.database, { workspaceId: world.workspaceId, title, text: words })
    await make('Zehn Straßen', 'ÄRZTE streiken.')
    await make('تهران', 'یک خبر')
    await make('100% wool', 'Under_score here.')
    const titles = async (q: string) =>
      ((await get(world, `/documents?q=${encodeURIComponent(q)}`)).json.items as { title: string }[]).map(
        ({ title }) => title,
      )
    expect(await titles('ärzte')).toEqual(['Zehn Straßen'])
    expect(await titles('تهران')).toEqual(['تهران'])
    expect(await titles('0% W')).toEqual(['100% wool'])
    expect(await titles('under_score')).toEqual(['100% wool'])
    expect(await titles('0_ w')).toEqual([])
    expect(await titles('\'; DROP TABLE "Document"; --')).toEqual([])
    expect(await titles('!')).toEqual([])
    expect(await get(world, '/documents?q=%00')).toMatchObject({ status: 422 })
  })

  it('come page by page, by source', async () => {
    const world = await makeWorld(context.database)
    const { id: sourceId } = world.emptySource
    const made = []
    for (let place = 0; place < 5; place++)
      made.push((await createDocument(context.database, { workspaceId: world.workspaceId, sourceId })).id)
    const seen: string[] = []
    let next: string | null = ''
    while (next !== null) {
      const page: Answer = await get(
        world,
        `/documents?source=${sourceId}&limit=2${next === '' ? '' : `&cursor=${next}`}`,
      )
      seen.push(...(page.json.items as { id: string }[]).map(({ id }) => id))
      next = page.json.next as string | null
    }
    expect(seen).toEqual(made.toReversed())
  })

  it('are hidden and restored, but not into a source that is gone', async () => {
    const world = await makeWorld(context.database)
    const path = `/documents/${world.document.id}`
    const lead = world.sessions.lead
    expect((await call({ method: 'delete', path, as: lead, version: 1 })).status).toBe(204)
    expect((await call({ method: 'delete', path, as: lead, version: 1 })).status, 'repeated').toBe(204)
    for (const hidden of [
      path,
      `${path}/revisions`,
      `/revisions/${world.document.revisionId}`,
      `/revisions/${world.document.revisionId}/text`,
    ]) {
      expect((await get(world, hidden)).status, hidden).toBe(404)
    }
    const sourcePath = `/sources/${world.document.sourceId}`
    expect((await call({ method: 'delete', path: sourcePath, as: lead, version: 1 })).status).toBe(204)
    expect(await call({ method: 'post', path: `${path}/restore`, as: lead })).toMatchObject({ status: 409 })
    await call({ method: 'post', path: `${sourcePath}/restore`, as: lead })
    expect(await call({ method: 'post', path: `${path}/restore`, as: lead })).toMatchObject({
      status: 200,
      json: { version: 3 },
    })
    expect((await get(world, path)).status).toBe(200)
  })

  it('by token say that they came through the API', async () => {
    const world = await makeWorld(context.database)
    const as = await tokenOf(context.database, world.members.lead, ['manage'])
    const made = await call({ method: 'post', path: '/documents', as, json: { source, text } })
    expect(made.status, made.text).toBe(201)
    const { id } = made.json.revision as { id: string }
    expect((await get(world, `/revisions/${id}`)).json.origin).toBe('api')
  })
})

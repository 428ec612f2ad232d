import { createServer } from 'node:http'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { useFetchRules } from '@/lib/server/fetching/guard'
import { describeOnBothDatabases } from '../setup/databases'
import { call, type Answer } from './calls'
import { makeWorld, type World } from './world'

const own = 'https://www.harbour-gazette.example/news/a-cold-winter'
const head = `<title>A cold winter</title><link rel="canonical" href="${own}"><meta property="og:site_name" content="Harbour Gazette">`
const page = `<!doctype html><html lang="en"><head>${head}</head><body><article><h1>A cold winter</h1><p>The harbour froze twice in 1904. “Nobody” kept a <a href="/log">log</a>.</p></article></body></html>`

describeOnBothDatabases('a page that is imported by its address', (context) => {
  let port = 0
  let published = page
  const server = createServer((request, response) => {
    if (request.url === '/robots.txt') response.writeHead(200).end('User-agent: *\nDisallow: /private')
    else if (request.url === '/gone') response.writeHead(404).end()
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', etag: '"1"' }).end(published)
  })
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    port = typeof address === 'object' && address !== null ? address.port : 0
    // All host names in this test lead to the publisher on this machine.
    useFetchRules({ isAllowed: (_address, asked) => asked === port, resolve: () => Promise.resolve(['127.0.0.1']) })
  })
  afterAll(() => {
    useFetchRules(null)
    server.close()
    server.closeAllConnections()
  })
  afterEach(() => {
    published = page
  })

  const addressOf = (path: string) => `http://harbour-gazette.example:${String(port)}${path}`
  const preview = (world: World, json: object): Promise<Answer> =>
    call({ method: 'post', path: '/documents/preview', as: world.sessions.lead, json })
  const store = (world: World, json: object): Promise<Answer> =>
    call({
      method: 'post',
      path: '/documents',
      as: world.sessions.lead,
      json: { source: { id: world.document.sourceId }, ...json },
    })

  it('has the same text as when it is pasted or sent as a file', async () => {
    const world = await makeWorld(context.database)
    const form = new FormData()
    form.append('file', new File([page], 'winter.html'))
    const upload = call({ method: 'post', path: '/documents/files/preview', as: world.sessions.lead, body: form })
    const pasted = await preview(world, { text: page, format: 'html' })
    const fetched = await preview(world, { address: addressOf('/winter') })
    expect(fetched.status, fetched.text).toBe(200)
    const { items } = (await upload).json as { items: { preview: { sha256: string } }[] }
    expect([pasted.json.sha256, items[0]?.preview.sha256]).toEqual([fetched.json.sha256, fetched.json.sha256])
    // A pasted page has no file name and no address; its structure is the same except for the targets of its links.
    expect(fetched.json).toMatchObject({ title: 'A cold winter', language: 'en', url: own })
  })

  it('keeps what its site answered, and says where it stands', async () => {
    const world = await makeWorld(context.database)
    const looked = await preview(world, { address: addressOf('/winter') })
    const stored = await store(world, { address: addressOf('/winter'), expectedSha256: looked.json.sha256 })
    expect(stored.status, stored.text).toBe(201)
    expect(stored.json).toMatchObject({ title: 'A cold winter', url: own })
    const revisions = await call({
      method: 'get',
      path: `/documents/${String(stored.json.id)}/revisions`,
      as: world.sessions.viewer,
    })
    expect(revisions.json).toMatchObject({
      items: [
        {
          origin: 'address',
          fetched: {
            requestedUrl: addressOf('/winter'),
            url: addressOf('/winter'),
            status: 200,
            headers: { etag: '"1"', 'content-type': 'text/html; charset=utf-8' },
          },
        },
      ],
    })
    const pasted = await store(world, { text: 'The weir was built in 1904.' })
    const other = await call({
      method: 'get',
      path: `/documents/${String(pasted.json.id)}/revisions`,
      as: world.sessions.viewer,
    })
    expect(other.json).toMatchObject({ items: [{ origin: 'paste', fetched: null }] })
  })

  it('suggests the source of the same domain, else the name of the site', async () => {
    const world = await makeWorld(context.database)
    const before = await preview(world, { address: addressOf('/winter') })
    expect(before.json).toMatchObject({ suggestedSource: { name: 'Harbour Gazette', isKnown: false } })
    const source = { name: 'The Gazette', kind: 'site', homepage: 'https://harbour-gazette.example/', description: '' }
    await call({ method: 'post', path: '/sources', as: world.sessions.lead, json: source })
    const after = await preview(world, { address: addressOf('/winter') })
    expect(after.json).toMatchObject({ suggestedSource: { name: 'The Gazette', isKnown: true } })
    const text = await preview(world, { text: 'The weir was built in 1904.' })
    expect(text.json).toMatchObject({ suggestedSource: null, url: '' })
  })

  it('is not stored when it was edited after it was looked at', async () => {
    const world = await makeWorld(context.database)
    const looked = await preview(world, { address: addressOf('/winter') })
    published = page.replace('twice', 'three times')
    const before = await context.database.read.revision.count()
    const stored = await store(world, { address: addressOf('/winter'), expectedSha256: looked.json.sha256 })
    expect([stored.status, stored.text]).toEqual([409, expect.stringContaining('has changed since you previewed it')])
    expect(await context.database.read.revision.count()).toBe(before)
  })

  it('becomes the next revision of its document', async () => {
    const world = await makeWorld(context.database)
    const stored = await store(world, { address: addressOf('/winter') })
    published = page.replace('twice', 'three times')
    const revised = await call({
      method: 'post',
      path: `/documents/${String(stored.json.id)}/revisions`,
      as: world.sessions.lead,
      json: { address: addressOf('/winter') },
    })
    expect(revised.status, revised.text).toBe(201)
    expect(revised.json).toMatchObject({ revision: { number: 2, origin: 'address', fetched: { status: 200 } } })
  })

  it('is refused with what would work, and nothing is stored', async () => {
    const world = await makeWorld(context.database)
    const before = await context.database.read.revision.count()
    const cases: [address: string, says: RegExp][] = [
      [addressOf('/private/a'), /robots\.txt .* paste its text/],
      [addressOf('/gone'), /answered 404/],
      ['http://127.0.0.1:8099/', /no public site/],
      [`http://user:secret@harbour-gazette.example:${String(port)}/`, /user name or a password/],
      ['ftp://harbour-gazette.example/', /web address in full/],
      ['winter', /web address in full/],
    ]
    for (const [address, says] of cases) {
      for (const answer of [await preview(world, { address }), await store(world, { address })]) {
        expect(answer.status, address).toBe(422)
        expect(answer.text).toMatch(says)
      }
    }
    for (const both of [{}, { text: 'A text.', address: addressOf('/winter') }])
      expect(await store(world, both)).toMatchObject({
        status: 422,
        text: expect.stringMatching(/Give a text, or/) as string,
      })
    expect(await context.database.read.revision.count()).toBe(before)
  })
})

import { expect, it } from 'vitest'
import { encodeCursor } from '@/lib/server/http/pagination'
import { describeOnBothDatabases } from '../setup/databases'
import { call, type Answer } from './calls'
import { firstSentence, makeWorld, type World } from './world'

/** Bodies that are not JSON, or JSON that none of our schemas accept: each must be answered with a 4xx. */
const brokenBodies: [name: string, body: string | Uint8Array<ArrayBuffer>][] = [
  ['nothing', ''],
  ['a lone bracket', '['],
  ['a lone brace', '{'],
  ['a trailing comma', '{"name":"a",}'],
  ['two values', '{"name":"a"}{}'],
  ['a comment', '{"name":"a"/* b */}'],
  ['single quotes', "{'name':'a'}"],
  ['an unquoted key', '{name:"a"}'],
  ['NaN', '{"name":NaN}'],
  ['Infinity', '{"version":-Infinity}'],
  ['a number too large', '{"version":1e999}'],
  ['a leading zero', '[012]'],
  ['a hexadecimal number', '[0x1F]'],
  ['a tab in a string', '{"name":"a\tb"}'],
  ['a broken escape', '{"name":"\\x41"}'],
  ['an open string', '{"name":"a'],
  ['null', 'null'],
  ['true', 'true'],
  ['a number', '7'],
  ['a string', '"name"'],
  ['a list', '["name"]'],
  ['half a character', '{"name":"\\ud83d"}'],
  ['halves in the wrong order', '{"name":"\\udc1f\\ud83d"}'],
  ['U+0000', '{"name":"a\\u0000b"}'],
  ['a key twice, then wrong', '{"name":"a","name":7}'],
  ['a hundred thousand brackets', '['.repeat(100_000)],
  ['five hundred nested lists', `${'['.repeat(500)}${']'.repeat(500)}`],
  ['a byte that is no UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d])],
  ['an overlong slash', new Uint8Array([0x22, 0xc0, 0xaf, 0x22])],
  ['UTF-16 with a mark', new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00])],
  ['UTF-16 without a mark', new Uint8Array([0x00, 0x7b, 0x00, 0x7d])],
  ['Latin-1', new Uint8Array([0x7b, 0x22, 0xe9, 0x22, 0x3a, 0x31, 0x7d])],
]

/** Texts that programs often damage; each must come back unchanged. */
const hardTexts: [name: string, text: string][] = [
  ['a script', '<script>alert(1)</script>'],
  ['an image with a handler', '"><img src=x onerror=alert(1)>'],
  ['a template', '${7*7} {{7*7}} <%= 7*7 %> #{7*7}'],
  ['SQL', `'; DROP TABLE "Annotation"; -- %_!`],
  ['a formula', '=HYPERLINK("https://example.org","x")'],
  ['a path', '../../etc/passwd'],
  ['shell', '$(touch x) `touch x` | ; &&'],
  ['quotation marks', `'"\`“”‘’«»`],
  ['backslashes', String.raw`\ \\ \n \u0041 \0`],
  ['signs of JSON', '{"a":[1,null]}'],
  ['control characters', '\u0001\u0007\u0008\u000b\u000c\u001b[31m\u007f\u0085'],
  ['line ends', 'a\r\nb\rc\n\u2028d\u2029e'],
  ['white space', '\u00a0\u1680\u2003\u202f\u3000 x'],
  ['nothing to see', '\u200b\u200c\u200d\u2060\ufeffx'],
  ['right to left', 'تهران‎ (12٪) שלום'],
  ['overridden direction', '\u202eevil\u202c \u2066x\u2069'],
  ['combining marks', 'Z̴̢͑a̵l̶g̷o e\u0301 é'],
  ['Hangul in two forms', '한글 한글'],
  ['beyond the basic plane', '🐟👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿𝒳𠮷'],
  ['noncharacters', '\ufffe\uffff\u{1fffe}'],
  ['the replacement character', '\ufffd'],
  ['private use', '\ue000\u{f0000}'],
  ['case that changes length', 'İıẞßŉﬃ'],
  ['a long word', 'x'.repeat(250)],
  ['words with a meaning', '__proto__ constructor toString null undefined NaN true'],
]

function lead(world: World, method: string, path: string, rest: object = {}): Promise<Answer> {
  return call({ method, path, as: world.sessions.lead, ...rest })
}

describeOnBothDatabases('bad input', (context) => {
  it('that is no JSON is refused by every operation that reads some, and the next request works', async () => {
    const world = await makeWorld(context.database)
    const targets = [
      ['post', '/sources'],
      ['patch', `/sources/${world.document.sourceId}`],
      ['post', '/documents'],
      ['post', '/documents/preview'],
      ['post', '/references'],
      ['post', `/revisions/${world.document.revisionId}/annotations`],
      ['post', `/revisions/${world.document.revisionId}/sentence-decisions/bulk`],
      ['post', `/revisions/${world.document.revisionId}/scope-changes`],
    ] as const
    const wrong: string[] = []
    for (const [name, body] of brokenBodies) {
      for (const [method, path] of targets) {
        const answer = await lead(world, method, path, {
          body,
          version: 1,
          headers: { 'content-type': 'application/json' },
        })
        if (answer.status < 400 || answer.status > 499 || answer.json.code === undefined)
          wrong.push(`${name} to ${path}: ${String(answer.status)}`)
      }
    }
    expect(wrong).toEqual([])
    expect(await context.database.read.event.count()).toBe(0)
    expect((await lead(world, 'get', '/sources')).status).toBe(200)
  })

  it('of hard text comes back as it went, from every field', async () => {
    const world = await makeWorld(context.database)
    const wrong: string[] = []
    const compare = (place: string, name: string, sent: unknown, got: unknown) => {
      if (JSON.stringify(got) !== JSON.stringify(sent)) wrong.push(`${place}, ${name}: ${JSON.stringify(got)}`)
    }
    for (const [name, text] of hardTexts) {
      const source = { name: `n${text}`, kind: text.slice(0, 100), description: text }
      const { json: madeSource } = await lead(world, 'post', '/sources', { json: source })
      const { json: readSource } = await lead(world, 'get', `/sources/${String(madeSource.id)}`)
      compare('source', name, source, {
        name: readSource.name,
        kind: readSource.kind,
        description: readSource.description,
      })

      const csl = {
        type: 'book',
        title: `t${text}`,
        author: [{ literal: text }],
        publisher: text,
        note: text,
        custom: { [`k${text}`]: [text] },
      }
      const { json: madeReference } = await lead(world, 'post', '/references', {
        json: { csl, snapshotText: `a ${text} b` },
      })
      const { json: reference } = await lead(world, 'get', `/references/${String(madeReference.id)}`)
      compare('snapshot', name, `a ${text} b`, reference.snapshotText)
      expect(reference.csl, `csl, ${name}`).toEqual(csl)

      const citations = [{ referenceId: madeReference.id, stance: 'supports', quote: text, locator: text }]
      const { json: made } = await lead(world, 'post', `/revisions/${world.document.revisionId}/annotations`, {
        json: { ...firstSentence, rating: 'sourced', note: text, citations },
      })
      const { json: annotation } = await lead(world, 'get', `/annotations/${String(made.id)}`)
      compare('note', name, text, annotation.note)
      const [citation] = annotation.citations as { quote: string; locator: string; quoteStart: number | null }[]
      compare('citation', name, [text, text, true], [citation?.quote, citation?.locator, citation?.quoteStart !== null])

      const metadata = { title: `t${text}`, author: text }
      const imported = await lead(world, 'post', '/documents', {
        json: {
          source: { id: madeSource.id },
          text: `Title\n\nBefore ${text} after.`,
          format: 'text',
          ...metadata,
          allowDuplicate: true,
        },
      })
      if (imported.status !== 201) {
        compare('document', name, 201, [imported.status, imported.json.detail])
        continue
      }
      compare('document', name, metadata, { title: imported.json.title, author: imported.json.author })
      const { text: canonical } = await lead(
        world,
        'get',
        `/revisions/${(imported.json.revision as { id: string }).id}/text`,
      )
      const squeezed = (words: string) => words.replaceAll(/\s+/g, ' ').trim()
      compare('text', name, squeezed(`Title Before ${text} after.`), squeezed(canonical))

      const event = await lead(world, 'get', '/events?limit=200')
      expect(event.status, event.text.slice(0, 200)).toBe(200)
      const found = await lead(world, 'get', `/documents?q=${encodeURIComponent(text.slice(0, 100))}`)
      if (found.status !== 200) compare('search', name, 200, [found.status, found.text])
    }
    expect(wrong).toEqual([])
  })

  it('of long text is refused with the limit', async () => {
    const world = await makeWorld(context.database)
    const path = `/revisions/${world.document.revisionId}/annotations`
    const note = (length: number) =>
      lead(world, 'post', path, { json: { ...firstSentence, rating: 'unsourced', note: 'é'.repeat(length) } })
    expect((await note(20_000)).status).toBe(201)
    expect(await note(20_001)).toMatchObject({
      status: 422,
      json: { fields: [{ path: 'note', message: 'At most 20000 characters fit here.' }] },
    })
    expect(
      await lead(world, 'post', path, { json: { ...firstSentence, rating: 'unsourced', note: 'x'.repeat(3_000_000) } }),
    ).toMatchObject({ status: 413 })
  })

  it('in a cursor is refused by every list, and the longest of our own is taken', async () => {
    const world = await makeWorld(context.database)
    const { document, sessionId, adjudication } = world
    const session = `/review-sessions/${sessionId}`
    const lists = [
      ...[
        '/sources',
        '/dashboard',
        '/documents',
        '/documents?sort=title',
        '/references',
        '/review-sessions',
        '/assignments',
      ],
      ...[`${session}/documents`, `${session}/members`, `/review-sessions/${adjudication.adjudicationId}/claims`],
      ...['annotations', 'sentence-decisions'].map((noun) => `/revisions/${document.revisionId}/${noun}`),
      ...[`/documents/${document.id}/threads`, '/conflicts-of-interest', '/notifications'],
    ]
    const large = 2_147_483_648
    const zero = '0000-01-01T00:00:00.000Z'
    const keys = [
      ['\u0000'],
      [zero, '\u0000'],
      [zero, 'x'],
      [large, 'x'],
      [0, '\u0000'],
      [0, large, 'x'],
      [large, 0, 'x'],
    ]
    const wrong: string[] = []
    for (const path of lists) {
      for (const key of keys) {
        // In a cursor of a list ordered by name, any text is valid.
        if (key[0] === zero && key[1] === 'x' && /^\/sources|sort=title/.test(path)) continue
        const cursor = `${path.includes('?') ? '&' : '?'}cursor=${encodeCursor(key)}`
        const { status, text } = await lead(world, 'get', path + cursor)
        if (status !== 422) wrong.push(`${path} ${JSON.stringify(key)}: ${text}`)
      }
    }
    expect(wrong).toEqual([])
    for (const letter of 'ab')
      await lead(world, 'post', '/documents', {
        json: { source: { id: document.sourceId }, text: `A harbour ${letter}.`, title: '\u0001'.repeat(999) + letter },
      })
    const { json } = await lead(world, 'get', '/documents?sort=title&limit=1')
    const next = await lead(world, 'get', `/documents?sort=title&limit=1&cursor=${String(json.next)}`)
    expect(next.json).toMatchObject({ items: [{ title: expect.stringContaining('b') as string }] })
  })

  it.each(['\u0000', '9999999999999999999999', '-1', '1e3', 'true', '[]', '%'])(
    '%j in a query is refused',
    async (value) => {
      const world = await makeWorld(context.database)
      for (const key of ['limit', 'cursor']) {
        const answer = await lead(world, 'get', `/documents?${key}=${encodeURIComponent(value)}`)
        expect([200, 422], answer.text).toContain(answer.status)
        if (key === 'cursor') expect(answer.status).toBe(422)
      }
    },
  )
})

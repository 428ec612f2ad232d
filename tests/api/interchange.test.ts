import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { maxImportItems } from '@/lib/domain/interchange/read-file'
import { importReportSchema, type ImportReport } from '@/lib/domain/interchange/schema'
import { describeOnBothDatabases, type DatabaseContext } from '../setup/databases'
import { createAnnotation, createDocument, createMember, createReference } from '../setup/factories'
import { makeBlindWorld, secretWords } from './blind-world'
import { call, sessionOf, type Answer, type Credentials } from './calls'
import { makeWorld, worldText, type World } from './world'

const samples = path.resolve(process.cwd(), '../shared/testdata/web-annotation/samples/incorrect')
const present = existsSync(samples)

interface Sending {
  as: Credentials
  revisionId: string
  content: string
  more?: { preview?: boolean; defaultRating?: string }
}

function send({ as, revisionId, content, more = {} }: Sending): Promise<Answer> {
  return call({ method: 'post', path: `/revisions/${revisionId}/annotations/import`, as, json: { content, ...more } })
}

async function importFile(sending: Sending): Promise<ImportReport> {
  const answer = await send(sending)
  expect(answer.status, answer.text).toBe(200)
  return importReportSchema.parse(answer.json)
}

async function exportFile(as: Credentials, revisionId: string, format: string): Promise<string> {
  const answer = await call({ method: 'get', path: `/revisions/${revisionId}/annotations/export?format=${format}`, as })
  expect(answer.status, answer.text).toBe(200)
  return answer.text
}

function countMarks({ database }: DatabaseContext, revisionId: string): Promise<number> {
  return database.read.annotation.count({ where: { revisionId } })
}

function ofReviewer({ document, sessions }: World, content: string, more: Sending['more'] = {}): Sending {
  return { as: sessions.reviewer, revisionId: document.revisionId, content, more }
}

const fish = worldText.indexOf('🐟')
const csv = `start,end,exact,rating,note,tags
0,10,Sales rose,unsourced,Which month?,"trade, May"
,,The mayor,,Nobody asked.,
${fish},${fish + 1},🐟,not checkable,,
,,The harbour,sourced,,
,,a,unsourced,,
`

/** A Web Annotation from another tool. */
function webAnnotation(change: object = {}) {
  return {
    '@context': 'http://www.w3.org/ns/anno.jsonld',
    id: 'https://notes.example/17',
    type: 'Annotation',
    body: [
      { type: 'TextualBody', value: 'Who says so?', purpose: 'commenting' },
      { type: 'TextualBody', value: 'unsourced', purpose: 'tagging' },
    ],
    target: {
      source: 'https://gazette.example/may',
      selector: { type: 'TextQuoteSelector', exact: 'was glad', prefix: 'The mayor ', suffix: ' 🐟' },
    },
    ...change,
  }
}

describeOnBothDatabases('annotations of files', (context) => {
  it('attaches each item of a table where its words stand, or says why not', async () => {
    const world = await makeWorld(context.database)
    const before = await countMarks(context, world.document.revisionId)
    const report = await importFile(ofReviewer(world, csv))
    expect(report).toMatchObject({ form: 'csv', preview: false, counts: { attached: 2, present: 0, refused: 3 } })
    expect(report.items).toMatchObject([
      { outcome: 'attached', attachment: 'same-place', start: 0, end: 10, exact: 'Sales rose' },
      { outcome: 'refused', refusal: 'no-rating' },
      { outcome: 'attached', attachment: 'same-place', start: fish, end: fish + 2, exact: '🐟' },
      { outcome: 'refused', refusal: 'not-found' },
      { outcome: 'refused', refusal: 'ambiguous' },
    ])
    expect(report.items[1]?.reason).toContain('defaultRating')
    expect(await countMarks(context, world.document.revisionId)).toBe(before + 2)
    const made = await call({
      method: 'get',
      path: `/annotations/${report.items[0]?.annotationId ?? ''}`,
      as: world.sessions.reviewer,
    })
    expect(made.json).toMatchObject({ rating: 'unsourced', note: 'Which month?', tags: ['May', 'trade'] })
  })

  it('stores nothing in a preview, and nothing twice', async () => {
    const world = await makeWorld(context.database)
    const { revisionId } = world.document
    const before = await countMarks(context, revisionId)
    const rated = { defaultRating: 'unsourced' }
    const preview = await importFile(ofReviewer(world, csv, { ...rated, preview: true }))
    expect(preview.counts).toEqual({ attached: 3, present: 0, refused: 2 })
    expect(await countMarks(context, revisionId)).toBe(before)
    expect((await importFile(ofReviewer(world, csv, rated))).counts).toEqual({ attached: 3, present: 0, refused: 2 })
    const again = await importFile(ofReviewer(world, csv, rated))
    expect(again.counts).toEqual({ attached: 0, present: 3, refused: 2 })
    expect(await countMarks(context, revisionId)).toBe(before + 3)
    const events = await context.database.read.event.count({
      where: { workspaceId: world.workspaceId, type: 'annotation.created' },
    })
    expect(events).toBe(3)
  })

  it('takes a Web Annotation of another tool, and cites what the library has', async () => {
    const world = await makeWorld(context.database)
    const { url, id } = await referenceWithAddress(world)
    const link = (source: string) => ({ type: 'SpecificResource', purpose: 'linking', source })
    const content = JSON.stringify(
      webAnnotation({ body: [...webAnnotation().body, link(url), link('https://elsewhere.example/')] }),
    )
    const report = await importFile(ofReviewer(world, content))
    const [item] = report.items
    expect(item).toMatchObject({ outcome: 'attached', attachment: 'other-place', exact: 'was glad' })
    expect(item?.leftOut.join()).toContain('https://elsewhere.example/')
    const made = await call({
      method: 'get',
      path: `/annotations/${item?.annotationId ?? ''}`,
      as: world.sessions.reviewer,
    })
    expect(made.json).toMatchObject({
      note: 'Who says so?',
      rating: 'unsourced',
      tags: [],
      citations: [{ stance: 'mentions', reference: { id } }],
    })
  })

  it.each(['jsonld', 'jsonl', 'csv'])(
    'brings what it exported as %s onto the same text elsewhere, whole',
    async (format) => {
      const world = await makeWorld(context.database)
      const { workspaceId } = world
      const reference = await createReference(context.database, { workspaceId })
      const written = await call({
        method: 'post',
        path: `/revisions/${world.document.revisionId}/annotations`,
        as: world.sessions.reviewer,
        json: {
          start: fish - 5,
          end: fish + 2,
          rating: 'contradicted',
          disputed: true,
          note: '=1+1\n"quoted", and more',
          tags: ['May', 'trade'],
          citations: [{ referenceId: reference.id, stance: 'contradicts', quote: 'It fell.', locator: 'p. 3' }],
        },
      })
      expect(written.status, written.text).toBe(201)
      const file = await exportFile(world.sessions.reviewer, world.document.revisionId, format)
      const copy = await createDocument(context.database, { workspaceId, text: worldText })
      const other = await sessionOf(await createMember(context.database, { workspaceId, role: 'reviewer' }))
      const report = await importFile({ as: other, revisionId: copy.revisionId, content: file })
      expect(report.counts).toEqual({ attached: 2, present: 0, refused: 0 })
      expect(report.items.every(({ attachment }) => attachment === 'same-place')).toBe(true)
      const listed = async (revisionId: string) => {
        const answer = await call({ method: 'get', path: `/revisions/${revisionId}/annotations`, as: other })
        return (answer.json.items as Record<string, unknown>[]).map(
          ({ start, end, exact, rating, disputed, partial, note, tags, citations }) => ({
            start,
            end,
            exact,
            rating,
            disputed,
            partial,
            note,
            tags,
            citations: (citations as Record<string, unknown>[]).map(({ id: _id, ...rest }) => rest),
          }),
        )
      }
      expect(await listed(copy.revisionId)).toEqual(await listed(world.document.revisionId))
      // Importing it into the revision that it came from adds nothing, whoever sends it.
      const home = { as: other, revisionId: world.document.revisionId, content: file }
      expect((await importFile(home)).counts).toEqual({ attached: 0, present: 2, refused: 0 })
    },
  )

  it('exports to a blind reviewer only what is theirs', async () => {
    const blind = await makeBlindWorld(context.database)
    const { actor, as } = blind.onlookers.reviewer
    await createAnnotation(context.database, { author: actor, document: blind.document, words: 'The lamps were gas' })
    for (const format of ['jsonld', 'jsonl', 'csv']) {
      const file = await exportFile(as, blind.document.revisionId, format)
      expect(file).not.toContain('Hanna Hidden')
      for (const word of secretWords) expect(file).not.toContain(word)
      expect(await exportFile(blind.asHidden, blind.document.revisionId, format)).toContain('Hanna Hidden')
    }
  })

  it('says of a member whose marks are locked what locks them', async () => {
    const world = await makeWorld(context.database)
    await context.database.write.assignment.updateMany({
      where: { id: world.assignmentId },
      data: { state: 'submitted', submittedAt: new Date() },
    })
    const report = await importFile({
      as: world.sessions.reviewer,
      revisionId: world.sessionDocument.revisionId,
      content: 'exact,rating\nThe weir was built,unsourced\n',
    })
    expect(report.items).toMatchObject([{ outcome: 'refused', refusal: 'not-stored' }])
    expect(report.items[0]?.reason).toContain('locked')
  })

  it('refuses files that it cannot read, and too many items, without a row', async () => {
    const world = await makeWorld(context.database)
    const before = await countMarks(context, world.document.revisionId)
    for (const [content, says] of [
      ['', 'empty'],
      ['this is not json', 'neither JSON nor CSV'],
      ['{"a": [', 'not valid JSON'],
      ['{}', 'not an annotation'],
      ['[1, 2]', 'no annotations'],
      ['exact,rating\n"Sales', 'never closed'],
      [`[${'{"exact":"Sales"},'.repeat(maxImportItems)}{}]`, `more than ${maxImportItems} items`],
      [`exact,rating\n${'Sales,unsourced\n'.repeat(maxImportItems + 1)}`, `more than ${maxImportItems + 1} lines`],
    ] as const) {
      const answer = await send(ofReviewer(world, content))
      expect(answer, answer.text).toMatchObject({ status: 422, json: { fields: [{ path: 'content' }] } })
      expect(answer.json.detail).toContain(says)
    }
    const huge = await send(ofReviewer(world, 'x'.repeat(17 * 1024 * 1024)))
    expect(huge.status).toBe(413)
    const odd = webAnnotation({ body: { type: 'TextualBody', value: 'x\u0000y' } })
    const report = await importFile(ofReviewer(world, JSON.stringify([odd, null, 7, []]), { defaultRating: 'sourced' }))
    expect(report.counts).toEqual({ attached: 0, present: 0, refused: 4 })
    expect(await countMarks(context, world.document.revisionId)).toBe(before)
  })

  it.skipIf(!present)(
    `makes no row of the incorrect samples of the W3C${present ? '' : ' (skipped: the shared test data are not beside the project)'}`,
    async () => {
      const world = await makeWorld(context.database)
      const before = await countMarks(context, world.document.revisionId)
      for (const name of readdirSync(samples)) {
        const content = readFileSync(path.join(samples, name), 'utf8')
        const answer = await send(ofReviewer(world, content, { defaultRating: 'unsourced' }))
        if (answer.status === 422) expect(answer.json.detail, name).toMatch(/JSON/)
        else expect(answer.json, name).toMatchObject({ counts: { attached: 0, present: 0, refused: 1 } })
      }
      expect(await countMarks(context, world.document.revisionId)).toBe(before)
    },
  )
})

async function referenceWithAddress(world: World): Promise<{ id: string; url: string }> {
  const url = 'https://register.example/may'
  const answer = await call({
    method: 'post',
    path: '/references',
    as: world.sessions.reviewer,
    json: { csl: { type: 'webpage', title: 'Register', URL: url } },
  })
  expect(answer.status, answer.text).toBe(201)
  return { id: answer.json.id as string, url }
}

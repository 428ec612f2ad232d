import { expect, it } from 'vitest'
import { foldRevisions } from '@/lib/server/search/data'
import { describeOnBothDatabases } from '../setup/databases'
import { createAnnotation, createDocument, createMember, createReference, createSource } from '../setup/factories'
import { call } from './calls'
import { makeWorld, type World } from './world'

const text =
  'The mayor’s office counted 5\u00a0million visitors. The Donau\u00addampf\u00adschiff\u00adfahrt opened a cafe\u0301 in 1914–1918.\n\nIt froze\ntwice. 100% of the oﬃces closed.'

/** Words as people type them, and words that must not be found. */
const found = [
  "mayor's office",
  '5 million',
  'Donaudampfschifffahrt',
  'café',
  'cafe',
  '1914-1918',
  'froze twice',
  'offices closed',
  'MAYOR’S',
  '100%',
]
const missed = ['100_', '1%', 'mayors', 'froze%twice', '\u00ad']

async function idsOf({ sessions }: World, path: string, q: string): Promise<unknown[]> {
  const answer = await call({ method: 'get', path: `${path}?q=${encodeURIComponent(q)}`, as: sessions.viewer })
  expect(answer.status, answer.text).toBe(200)
  return (answer.json['items'] as { id: string }[]).map(({ id }) => id)
}

describeOnBothDatabases('a search', (context) => {
  it('finds words in texts however they are set, before and after a text was folded', async () => {
    const { database } = context
    const world = await makeWorld(database)
    const { id } = await createDocument(database, { workspaceId: world.workspaceId, title: 'Notes', text })
    const check = async () => {
      for (const q of found) expect(await idsOf(world, '/documents', q), q).toEqual([id])
      for (const q of missed) expect(await idsOf(world, '/documents', q), q).toEqual([])
    }
    await check()
    const { length: revisions } = await database.read.revision.findMany({ select: { id: true } })
    expect(await foldRevisions(database)).toBe(revisions)
    await check()
    expect(await foldRevisions(database), 'and nothing is left to fold').toBe(0)
    const [stored] = await database.read.revision.findMany({ where: { documentId: id }, select: { text: true } })
    expect(stored?.text, 'what is stored stays as it is').toBe(text)
  })

  it('finds imported texts at once', async () => {
    const world = await makeWorld(context.database)
    const made = await call({
      method: 'post',
      path: '/documents',
      as: world.sessions.lead,
      json: { text, title: 'Notes', source: { name: 'Gazette' } },
    })
    expect(made.status, made.text).toBe(201)
    const unfolded = await context.database.read.revision.findMany({
      where: { documentId: String(made.json['id']), folded: null },
      select: { id: true },
    })
    expect(unfolded).toEqual([])
    for (const q of found) expect(await idsOf(world, '/documents', q), q).toEqual([made.json['id']])
  })

  it('finds names of documents, sources, references, members, and marks, however they are set', async () => {
    const { database } = context
    const world = await makeWorld(database)
    const { workspaceId } = world
    const document = await createDocument(database, { workspaceId, title: 'L’écho de l’aﬀaire', text })
    const source = await createSource(database, { workspaceId, name: 'Zeitung für Lüneburg – Süd' })
    const reference = await createReference(database, { workspaceId, title: '„Hochwasser“ an der Elbe' })
    const member = await createMember(database, { workspaceId, name: 'Renée O’Brien' })
    const mark = await createAnnotation(database, { author: world.members.reviewer, document, words: 'mayor’s office' })
    expect(await idsOf(world, '/documents', "l'echo de l'affaire")).toEqual([document.id])
    expect(await idsOf(world, '/sources', 'luneburg - sud')).toEqual([source.id])
    expect(await idsOf(world, '/references', '"hochwasser" an der elbe')).toEqual([reference.id])
    const search = async (q: string) => {
      const answer = await call({
        method: 'get',
        path: `/search?q=${encodeURIComponent(q)}`,
        as: world.sessions.viewer,
      })
      return (answer.json['items'] as { kind: string; id: string }[]).map(({ kind, id }) => `${kind} ${id}`)
    }
    expect(await search("renee o'brien")).toContain(`member ${member.memberId}`)
    expect(await search("mayor's office")).toEqual(
      expect.arrayContaining([`annotation ${mark.id}`, `document ${document.id}`]),
    )
  })
})

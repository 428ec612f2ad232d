import { expect, it } from 'vitest'
import type { DocumentContent } from '@/lib/domain/text/model'
import { loadCitedPlaces } from '@/lib/server/references/loaders'
import { describeOnBothDatabases } from '../setup/databases'
import { createDocument, makeId } from '../setup/factories'
import { call } from './calls'
import { makeWorld } from './world'

const content: DocumentContent = {
  type: 'doc',
  content: [
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'The dam holds 3 × 10' },
        { type: 'text', text: '6', marks: [{ type: 'superscript' }] },
        { type: 'text', text: ' tonnes of H' },
        { type: 'text', text: '2', marks: [{ type: 'subscript' }] },
        { type: 'text', text: 'O.' },
      ],
    },
  ],
}

describeOnBothDatabases('words with raised and lowered characters', (context) => {
  it('are quoted with what is raised and lowered in them, beside the exact words', async () => {
    const { database } = context
    const world = await makeWorld(database)
    const document = await createDocument(database, { workspaceId: world.workspaceId, title: 'The dam', content })
    const as = world.sessions.reviewer
    const exact = '3 × 106 tonnes of H2O'
    const start = document.text.indexOf(exact)
    const script = [
      { start: 6, end: 7, is: 'raised' },
      { start: 19, end: 20, is: 'lowered' },
    ]
    const id = makeId()
    const json = {
      revisionId: document.revisionId,
      start,
      end: start + exact.length,
      rating: 'contradicted',
      citations: [{ referenceId: world.reference.id, stance: 'contradicts', quote: 'It holds less.' }],
    }
    const made = await call({ method: 'put', path: `/annotations/${id}`, as, json })
    expect(made.json, made.text).toMatchObject({ exact, script })
    const read = await call({ method: 'get', path: `/annotations/${id}`, as })
    expect(read.json).toMatchObject({ exact, script })
    const short = await call({
      method: 'patch',
      path: `/annotations/${id}`,
      as,
      json: { start, end: start + 5 },
      version: 1,
    })
    expect(short.json, short.text).toMatchObject({ exact: '3 × 1' })
    expect(short.json).not.toHaveProperty('script')
    await call({
      method: 'patch',
      path: `/annotations/${id}`,
      as,
      json: { start, end: start + exact.length },
      version: 2,
    })
    const report = await call({ method: 'get', path: `/sources/${document.sourceId}/report`, as })
    expect(report.json['contradicted'], report.text).toMatchObject([{ exact, script }])

    // In places where they are found, and where a reference is cited.
    const found = await call({ method: 'get', path: '/search?q=tonnes', as })
    expect(found.json['items'], found.text).toMatchObject([
      { kind: 'document' },
      { kind: 'annotation', id, label: '3 × 10⁶ tonnes of H₂O' },
    ])
    const cited = await loadCitedPlaces(world.members.reviewer, world.reference.id)
    expect(cited.map(({ annotation }) => annotation)).toMatchObject([{ id, exact, script }])

    // And in the details of the reference.
    for (const about of [
      { annotationId: id },
      { passage: { revisionId: document.revisionId, start, end: start + exact.length } },
    ]) {
      const body = { id: makeId(), comment: { id: makeId(), body: 'So much?' }, ...about }
      const thread = await call({ method: 'post', path: `/documents/${document.id}/threads`, as, json: body })
      const subject = thread.json['about'] as { passage?: object }
      expect(subject.passage ?? subject, thread.text).toMatchObject({ exact, script })
    }
  })
})

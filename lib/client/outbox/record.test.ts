import { describe, expect, test } from 'vitest'
import { annotation } from '@/tests/setup/annotation-server'
import { makeRecord, readRecord } from './record'

const place = {
  workspaceId: 'w',
  memberId: 'm',
  memberName: 'Mina Reyes',
  documentId: 'd',
  revisionId: 'r',
  title: 'The bridge',
}
const data = { annotations: new Map(), decisions: new Map(), scopeChanges: [] }
const record = (tags?: string[]) => {
  const { tags: _tags, ...older } = annotation('a1')
  const view = tags === undefined ? older : { ...older, tags }
  const made = makeRecord({
    write: { kind: 'create-annotation', view: annotation('a1') },
    place,
    data,
    version: null,
    last: null,
    id: 'x',
    madeAt: '2025-03-14T09:00:00.000Z',
  })
  return { ...made, write: { ...made.write, view }, seen: view }
}

describe('readRecord', () => {
  test('a record from before there were tags has none', () => {
    const read = readRecord(record())
    expect(read?.seen?.tags).toEqual([])
    expect(read?.write).toMatchObject({ view: { id: 'a1', tags: [] } })
  })

  test('a record from before problems were kept has none', () => {
    const { problem: _problem, ...older } = record()
    expect(readRecord(older)?.problem).toBeNull()
  })

  test('a record with tags keeps them', () => {
    expect(readRecord(record(['ice']))?.write).toMatchObject({ view: { tags: ['ice'] } })
  })

  test.each([null, 'text', {}, { schema: 2, write: {}, place: {} }, { schema: 1, write: {} }])(
    '%j is no record',
    (value) => {
      expect(readRecord(value)).toBeNull()
    },
  )
})

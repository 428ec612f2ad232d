import { describe, expect, it } from 'vitest'
import { maxTags } from '../tags/tag'
import { bulkDocumentsSchema, maxRemovedTags } from './schema'

const id = '0197a000-0000-7000-8000-000000000001'
const tags = (count: number) => Array.from({ length: count }, (_, at) => `tag ${String(at)}`)

describe('one action on many documents', () => {
  it.each<[string, object, boolean]>([
    ['as many tags as fit are added', { add: tags(maxTags) }, true],
    ['more than fit are not', { add: tags(maxTags + 1) }, false],
    ['all tags that two hundred documents can have are taken off', { remove: tags(maxRemovedTags) }, true],
    ['more than that are not', { remove: tags(maxRemovedTags + 1) }, false],
  ])('%s', (_name, part, isTaken) => {
    expect(bulkDocumentsSchema.safeParse({ action: 'tag', ids: [id], ...part }).success).toBe(isTaken)
  })
})

import { describe, expect, it } from 'vitest'
import type { BulkDocuments, DocumentsChanged } from '@/lib/domain/documents/schema'
import { toldInWords } from './selection-bar'

const remove: BulkDocuments = { action: 'delete', ids: [] }
const restore: BulkDocuments = { action: 'restore', ids: [] }
const tag = (add: string[], off: string[] = []): BulkDocuments => ({ action: 'tag', ids: [], add, remove: off })

const spring = 'This document is under review in “Spring”.'
const autumn = 'This document is under review in “Autumn”.'
const because = (message: string, title = 'A') => ({ id: message, title, message })
const told = (part: Partial<DocumentsChanged>): DocumentsChanged => ({
  changed: [],
  unchanged: [],
  refused: [],
  ...part,
})

describe('what became of many documents', () => {
  it.each<[string, DocumentsChanged, BulkDocuments, string]>([
    ['all changed', told({ changed: ['a', 'b'] }), remove, '2 documents deleted.'],
    [
      'some deleted before',
      told({ changed: ['a'], unchanged: ['b'] }),
      remove,
      '1 document deleted. 1 document was deleted already.',
    ],
    ['all back before', told({ unchanged: ['a', 'b'] }), restore, '2 documents were brought back already.'],
    ['the tag there before', told({ unchanged: ['a', 'b'] }), tag(['x']), '2 documents had the tag already.'],
    ['the tags there before', told({ unchanged: ['a'] }), tag(['x', 'y']), '1 document had the tags already.'],
    ['the tag not there', told({ unchanged: ['a', 'b'] }), tag([], ['x']), '2 documents did not have the tag.'],
    ['some on, some off', told({ unchanged: ['a'] }), tag(['x'], ['y']), '1 document needed no change.'],
    [
      'one refused, by its title',
      told({ changed: ['a'], refused: [because(spring, 'Low water')] }),
      remove,
      `1 document deleted. “Low water” was not deleted: ${spring}`,
    ],
    [
      'one refused that has no title to see',
      told({ refused: [because('Gone.', '')] }),
      tag(['x']),
      '1 document was not changed: Gone.',
    ],
    [
      'several refused, the most common reason first',
      told({ refused: [because(spring), because(autumn), because(autumn)] }),
      remove,
      `2 documents were not deleted: ${autumn} 1 document was not deleted: ${spring}`,
    ],
    [
      'one for a third reason',
      told({ refused: [because(spring), because(autumn), because('Gone.')] }),
      remove,
      `1 document was not deleted: ${spring} 1 document was not deleted: ${autumn} 1 other was not deleted, for another reason.`,
    ],
    [
      'many reasons',
      told({
        refused: [
          because(spring),
          because(spring),
          ...Array.from({ length: 13 }, (_, at) => because(`${String(at)}.`)),
        ],
      }),
      remove,
      `2 documents were not deleted: ${spring} 1 document was not deleted: 0. 12 others were not deleted, for other reasons.`,
    ],
  ])('%s', (_name, outcome, input, words) => {
    expect(toldInWords(outcome, input)).toBe(words)
  })
})

import { describe, expect, it } from 'vitest'
import { summariseStructure } from '@/lib/domain/text/summary'
import type { ImportPreview } from '@/lib/domain/documents/schema'
import { reduceItems, refusalOfFile, type ImportItem, type ItemAction } from './import-items'

const item: ImportItem = {
  id: 'a',
  origin: { kind: 'paste', text: 'A text.' },
  name: 'Pasted text',
  bytes: 7,
  state: { is: 'waiting' },
}

const preview = (part: Partial<ImportPreview> = {}): ImportPreview => ({
  fileName: '',
  title: 'A title',
  author: '',
  publishedOn: null,
  language: 'und',
  url: '',
  suggestedSource: null,
  sha256: '0'.repeat(64),
  wordCount: 2,
  sentenceCount: 1,
  content: { type: 'doc', content: [] },
  summary: summariseStructure({ type: 'doc', content: [] }, { text: '', blocks: [], scripts: [], size: 0 }, []),
  notices: [],
  original: { sha256: '0'.repeat(64), byteLength: 7, mediaType: 'text/plain', encoding: 'utf-8', ground: 'certain' },
  existing: null,
  similar: null,
  ...part,
})

const after = (...actions: ItemAction[]) => actions.reduce<readonly ImportItem[]>(reduceItems, [item])[0]?.state

describe('a text on its way in', () => {
  it('is ready with what the text says of itself', () => {
    expect(after({ type: 'read', id: 'a', preview: preview({ publishedOn: '2024-05' }) })).toMatchObject({
      is: 'ready',
      included: true,
      values: { title: 'A title', publishedOn: '2024-05', language: '' },
    })
  })

  it('is left out when the text is already here, until the person says otherwise', () => {
    const read: ItemAction = { type: 'read', id: 'a', preview: preview({ existing: { id: 'x', title: 'Same' } }) }
    expect(after(read)).toMatchObject({ included: false })
    expect(after(read, { type: 'include', id: 'a', included: true })).toMatchObject({ included: true })
  })

  it('is left out when storing finds the text already here', () => {
    expect(
      after(
        { type: 'read', id: 'a', preview: preview() },
        { type: 'storing', id: 'a' },
        { type: 'duplicate', id: 'a', existing: { id: 'x', title: 'Same' } },
      ),
    ).toMatchObject({ is: 'ready', included: false, preview: { existing: { id: 'x' } } })
  })

  it('counts its sentences anew in another language, and keeps what was typed', () => {
    const values = { title: 'Mine', author: '', publishedOn: '', language: 'de', url: '' }
    expect(
      after(
        { type: 'read', id: 'a', preview: preview() },
        { type: 'edit', id: 'a', values },
        { type: 'recount', id: 'a', preview: preview({ sentenceCount: 7, title: 'As read again' }) },
      ),
    ).toMatchObject({ is: 'ready', values, preview: { sentenceCount: 7, title: 'A title' } })
  })

  it('keeps what was typed when storing fails', () => {
    const values = { title: 'Mine', author: '', publishedOn: '', language: 'en', url: '' }
    expect(
      after(
        { type: 'read', id: 'a', preview: preview() },
        { type: 'edit', id: 'a', values },
        { type: 'storing', id: 'a' },
        { type: 'invalid', id: 'a', errors: { title: 'No.' }, refusal: null },
      ),
    ).toMatchObject({ is: 'ready', values, errors: { title: 'No.' } })
  })

  it.each<[string, ItemAction]>([
    [
      'typing before it was read',
      { type: 'edit', id: 'a', values: { title: 'x', author: '', publishedOn: '', language: '', url: '' } },
    ],
    ['an answer for another text', { type: 'read', id: 'gone', preview: preview() }],
    ['storing before it was read', { type: 'storing', id: 'a' }],
  ])('%s changes nothing', (_name, action) => {
    expect(after(action)).toEqual({ is: 'waiting' })
  })

  it('is read with the encoding that the person chose from then on', () => {
    const origin = { kind: 'file', file: new File(['x'], 'a.txt'), encoding: 'macintosh' } as const
    expect(reduceItems([item], { type: 'decode', id: 'a', origin })[0]?.origin).toBe(origin)
  })

  it('goes when it is taken away', () => {
    expect(reduceItems([item], { type: 'remove', id: 'a' })).toEqual([])
  })
})

describe('files refused before they are sent', () => {
  const megabyte = 1024 * 1024
  it.each<[string, { name: string; size: number; type: string }, RegExp | null]>([
    ['plain text', { name: 'a.txt', size: 10, type: 'text/plain' }, null],
    ['capital ending', { name: 'A.HTML', size: 10, type: '' }, null],
    ['no ending at all', { name: 'data', size: 10, type: '' }, null],
    ['text as large as may be', { name: 'a.md', size: 5 * megabyte, type: '' }, null],
    ['text of one byte more', { name: 'a.md', size: 5 * megabyte + 1, type: '' }, /5\.0 MB; at most 5 MB/],
    ['a Word document of 20 MB', { name: 'a.docx', size: 20 * megabyte, type: '' }, null],
    ['a Word document of 26 MB', { name: 'a.docx', size: 26 * megabyte, type: '' }, /26\.0 MB; at most 25 MB/],
    ['empty', { name: 'a.txt', size: 0, type: 'text/plain' }, /empty/],
    ['a picture', { name: 'a.png', size: 10, type: 'image/png' }, /Word \(\.docx\).*or plain text\./],
  ])('%s', (_name, file, expected) => {
    const found = refusalOfFile(file)
    if (expected === null) expect(found).toBeNull()
    else expect(found).toMatch(expected)
  })
})

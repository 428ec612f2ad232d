import { describe, expect, it } from 'vitest'
import { maxJobItems } from '@/lib/domain/jobs/schema'
import { addFiles, addressesOf, filesOf, folderOf, type BatchDraft } from './batch-draft'

const empty: BatchDraft = { id: 'a', texts: [], refused: [] }
const file = (name: string) => new File(['x'], name)
const names = (count: number) => Array.from({ length: count }, (_, at) => file(`${String(at)}.txt`))

describe('a batch that is put together', () => {
  it('leaves out what cannot be imported, and what is too many, with the reason', () => {
    const refusal = ({ name }: File) => (name === '3.txt' ? 'Empty.' : null)
    const { texts, refused } = addFiles(empty, names(maxJobItems + 2), refusal)
    expect(texts).toHaveLength(maxJobItems)
    expect(refused).toMatchObject([
      { name: '3.txt', why: 'Empty.' },
      { why: /At most 1000 files/.exec('At most 1000 files make one batch.')?.input },
    ])
  })

  it.each([
    ['press/Gazette/a.txt', 'Gazette'],
    ['press/a.txt', 'press'],
    ['a.txt', ''],
  ])('knows the folder of %s', (name, folder) => {
    expect(folderOf(name)).toBe(folder)
  })

  it('takes the source that was typed, then that of the folder, then the one for all', () => {
    const draft = addFiles(empty, [file('press/Gazette/a.txt'), file('b.txt'), file('c.txt')], () => null)
    const typed = { ...draft, texts: draft.texts.map((text, at) => (at === 2 ? { ...text, source: ' Board ' } : text)) }
    const sources = (origin: 'one' | 'folder') => filesOf(typed, origin).map(({ source }) => source)
    expect(sources('folder')).toEqual(['Gazette', null, 'Board'])
    expect(sources('one')).toEqual([null, null, 'Board'])
  })

  it('sends an address with a source of its own, or without', () => {
    const texts = [
      { name: 'https://a.example/', file: null, source: '' },
      { name: 'https://b.example/', file: null, source: 'B' },
    ]
    expect(addressesOf({ ...empty, texts }, 'text')).toEqual([
      { address: 'https://a.example/' },
      { address: 'https://b.example/', source: { name: 'B' } },
    ])
  })
})

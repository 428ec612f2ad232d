import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDocument } from '@/lib/server/importing/read-document'
import { buildTextIndex } from '../text/text-index'
import { placeFinder } from './locate'
import { readAnnotationFile } from './read-file'

const folder = path.resolve(process.cwd(), '../shared/testdata/anchoring/hypothesis-baselines')
const present = existsSync(folder)

const target = [{ source: 'https://gazette.example/ferry', selector: [{ type: 'TextQuoteSelector', exact: 'late' }] }]

function readOne(annotation: object) {
  const file = readAnnotationFile(JSON.stringify({ total: 1, rows: [annotation] }))
  if (!file.ok) throw new Error(file.message)
  const [item] = file.items
  if (item === undefined) throw new Error('There is no item')
  return item
}

describe('annotations of Hypothesis', () => {
  it('takes the text as a note, and a tag that names a rating as the rating', () => {
    expect(readOne({ id: 'x', text: 'Says who?', tags: ['Unsourced', 'ferries'], target })).toMatchObject({
      ok: true,
      annotation: { id: 'x', note: 'Says who?', rating: 'unsourced', tags: ['ferries'] },
    })
  })

  it('leaves tags alone that name two ratings', () => {
    expect(readOne({ id: 'x', tags: ['sourced', 'contradicted'], target })).toMatchObject({
      annotation: { rating: null, tags: ['sourced', 'contradicted'] },
    })
  })

  it.each([
    ['a note on a page', { target: [{ source: 'https://gazette.example/ferry' }] }, 'whole page'],
    ['a reply', { references: ['y'], target }, 'reply'],
    ['a range of nodes alone', { target: [{ selector: [{ type: 'RangeSelector' }] }] }, 'RangeSelector'],
  ])('keeps %s in the report', (_, annotation, says) => {
    const item = readOne({ id: 'x', ...annotation })
    expect(item).toMatchObject({ ok: false, refusal: 'not-attachable' })
    expect(item.ok ? '' : item.reason).toContain(says)
  })

  it('reads a list of them as well', () => {
    expect(readAnnotationFile(JSON.stringify([{ id: 'x', target }]))).toMatchObject({ ok: true, form: 'hypothesis' })
  })
})

describe.skipIf(!present)(
  `pages with annotations${present ? '' : ' (skipped: the shared test data are not beside the project)'}`,
  () => {
    it.each([
      ['minimal', 1],
      ['wikipedia-regression-testing', 5],
    ])('%s: all %i on the same words', async (name, count) => {
      const result = await readDocument({
        bytes: readFileSync(path.join(folder, `${name}.html`)),
        fileName: `${name}.html`,
      })
      if (!result.ok) throw new Error(result.problem.message)
      const { text } = buildTextIndex(result.document.content)
      const file = readAnnotationFile(readFileSync(path.join(folder, `${name}.json`), 'utf8'))
      if (!file.ok) throw new Error(file.message)
      expect(file.items).toHaveLength(count)
      const find = placeFinder(text, 'hash')
      for (const item of file.items) {
        if (!item.ok) throw new Error(item.reason)
        const place = find(item.annotation.place)
        if (!place.ok) throw new Error(place.reason)
        expect(text.slice(place.start, place.end)).toBe(item.annotation.place.quote?.exact)
      }
    })
  },
)

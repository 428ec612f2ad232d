import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnnotationView } from '../annotations/schema'
import { writeCsv } from './csv'
import { annotated } from '@/tests/setup/annotated-texts'
import { cellsOf, rowColumns, writeRows } from './annotation-rows'
import type { ExportedRevision } from './exported-revision'
import type { ForeignAnnotation } from './foreign-annotation'
import { placeFinder } from './locate'
import { readAnnotationFile } from './read-file'
import { writeWebAnnotations } from './write-web-annotations'

type Write = (revision: ExportedRevision, annotations: readonly AnnotationView[]) => string

const formats: [name: string, form: string, write: Write][] = [
  ['Web Annotations', 'web-annotation', (...given) => JSON.stringify(writeWebAnnotations(...given))],
  [
    'JSONL',
    'jsonl',
    (...given) =>
      writeRows(...given)
        .map((row) => `${JSON.stringify(row)}\n`)
        .join(''),
  ],
  ['CSV', 'csv', (...given) => writeCsv(rowColumns, writeRows(...given).map(cellsOf))],
]

/** The content of an annotation, whichever way it was made. */
function contentOf({ id, rating, disputed, partial, note, tags, citations }: ForeignAnnotation) {
  return {
    id,
    rating,
    disputed,
    partial,
    note,
    tags,
    citations: citations.map(({ referenceId, title, stance, quote, locator, quoteStart }) => ({
      referenceId,
      title,
      stance,
      quote,
      locator,
      quoteStart,
    })),
  }
}

function contentOfView({ id, rating, disputed, partial, note, tags, citations }: AnnotationView) {
  return {
    id,
    rating,
    disputed,
    partial,
    note,
    tags,
    citations: citations.map(({ reference, stance, quote, locator, quoteStart }) => ({
      referenceId: reference.id,
      title: reference.title,
      stance,
      quote,
      locator,
      quoteStart,
    })),
  }
}

describe.each(formats)('%s', (_, form, write) => {
  it('brings back every annotation as it was, at its place', () => {
    fc.assert(
      fc.property(
        annotated.filter(({ annotations }) => annotations.length > 0),
        ({ revision, annotations }) => {
          const file = readAnnotationFile(write(revision, annotations))
          if (!file.ok) throw new Error(file.message)
          expect(file.form).toBe(form)
          const find = placeFinder(revision.text, revision.sha256)
          const read = file.items.map((item) => {
            if (!item.ok) throw new Error(item.reason)
            const place = find(item.annotation.place)
            if (!place.ok) throw new Error(place.reason)
            const { start, end, attachment } = place
            return { ...contentOf(item.annotation), start, end, attachment }
          })
          expect(read).toEqual(
            annotations.map((view) => ({
              ...contentOfView(view),
              start: view.start,
              end: view.end,
              attachment: 'same-place',
            })),
          )
        },
      ),
      { numRuns: 300 },
    )
  })

  it('says on which page each stands, where there are pages', () => {
    const [given] = fc.sample(
      annotated.filter(({ annotations }) => annotations.length > 0),
      { numRuns: 1, seed: 4 },
    )
    if (given === undefined) throw new Error('There is no sample.')
    const { revision, annotations } = given
    const onPages = (first: string, last: string) =>
      write({ ...revision, pagesOf: () => ({ first, last }) }, annotations)
    expect(onPages('iv', 'iv')).toMatch(/\biv\b/)
    expect(onPages('12', '13')).toContain('12–13')
    expect(write({ ...revision, pagesOf: () => null }, annotations)).not.toContain('sm:page')
  })

  it('finds the words again in a text that has more before them', () => {
    fc.assert(
      fc.property(annotated, ({ revision, annotations }) => {
        const before = '🐟 Another paragraph came before it.\n'
        const find = placeFinder(before + revision.text, 'another hash')
        const file = readAnnotationFile(write(revision, annotations))
        for (const [index, item] of (file.ok ? file.items : []).entries()) {
          const place = item.ok ? find(item.annotation.place) : null
          if (place?.ok === true && place.attachment !== 'typography')
            expect((before + revision.text).slice(place.start, place.end)).toBe(annotations[index]?.exact)
        }
      }),
      { numRuns: 100 },
    )
  })
})

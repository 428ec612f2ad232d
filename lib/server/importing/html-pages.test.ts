import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'parse5'
import { describe, expect, it } from 'vitest'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import { readText } from './html-tree'
import { readDocument } from './read-document'

const folder = path.resolve(process.cwd(), '../shared/testdata/import/html-pages')
const present = existsSync(folder)

const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

/** The harmonic mean of precision and recall of the words of `found` against `expected`, each word as often as it stands. */
function wordScore(found: readonly string[], expected: readonly string[]): number {
  const left = new Map<string, number>()
  for (const word of expected) left.set(word, (left.get(word) ?? 0) + 1)
  let hits = 0
  for (const word of found) {
    const count = left.get(word) ?? 0
    if (count > 0) hits += 1
    left.set(word, count - 1)
  }
  return hits === 0 ? 0 : (2 * hits) / (found.length + expected.length)
}

describe.skipIf(!present)(
  `real pages${present ? '' : ' (skipped: the shared test data are not beside the project)'}`,
  () => {
    it('the in-scope text is the article: mean word score at least 0.985, none below 0.9, and nine titles in ten', async () => {
      const scores: number[] = []
      let titles = 0
      const pages = readdirSync(folder)
      for (const name of pages) {
        const result = await readDocument({
          bytes: readFileSync(path.join(folder, name, 'source.html')),
          fileName: 'source.html',
        })
        if (!result.ok) throw new Error(`${name}: ${result.problem.message}`)
        const index = buildTextIndex(result.document.content)
        const inScope = index.blocks
          .filter(({ scope }) => scope === null)
          .map(({ start, end }) => index.text.slice(start, end))
        const expected = readText(parse(readFileSync(path.join(folder, name, 'expected.html'), 'utf8')), 1_000_000)
        scores.push(wordScore(words(inScope.join('\n')), words(expected)))
        const { title } = JSON.parse(readFileSync(path.join(folder, name, 'expected-metadata.json'), 'utf8')) as {
          title: string | null
        }
        if (words(result.document.title).join(' ') === words(title ?? '').join(' ')) titles += 1
      }
      const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length
      process.stdout.write(
        `${String(pages.length)} pages: mean word score ${mean.toFixed(4)}, worst ${Math.min(...scores).toFixed(3)}, titles ${String(titles)}\n`,
      )
      expect(mean).toBeGreaterThanOrEqual(0.985)
      expect(Math.min(...scores)).toBeGreaterThanOrEqual(0.9)
      expect(titles / pages.length).toBeGreaterThanOrEqual(0.9)
    }, 120_000)
  },
)

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'parse5'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import { readText } from '@/lib/server/importing/html-tree'
import { readDocument } from '@/lib/server/importing/read-document'
import { z } from 'zod'

/** The folder of real web pages, each with the article that it contains. Not part of the project. */
export const pagesFolder = path.resolve(process.cwd(), '../shared/testdata/import/html-pages')

const metadataSchema = z.object({
  title: z.string().nullish(),
  byline: z.string().nullish(),
  publishedTime: z.string().nullish(),
  lang: z.string().nullish(),
})

/** Whether one detail of a page was read correctly; null when the page does not give it. */
type Right = boolean | null

/** How faithfully one page was read. Precision and recall are of words in scope, from 0 to 1. */
export interface PageScore {
  page: string
  precision: number
  recall: number
  f1: number
  title: Right
  author: Right
  date: Right
  language: Right
  /** The read and the wanted value of each wrong detail. */
  wrong: string[]
  /** Words that should count and do not, and words that should not count and do. */
  missing: string[]
  surplus: string[]
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

function withoutThose(words: readonly string[], taken: readonly string[]): string[] {
  const left = new Map<string, number>()
  for (const word of taken) left.set(word, (left.get(word) ?? 0) + 1)
  return words.filter((word) => {
    const count = left.get(word) ?? 0
    left.set(word, count - 1)
    return count <= 0
  })
}

/** Whether two bylines name the same author, without introductory words and without a date behind the name. */
function isSameName(read: readonly string[], wanted: readonly string[]): boolean {
  const rest = withoutThose(wanted, read)
  return (
    withoutThose(read, wanted).length === 0 &&
    rest.every((word) =>
      /^(?:by|written|posted|am|pm|utc|on|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/.test(word),
    )
  )
}

/** The names of the pages, in order; empty when the folder is absent. */
export function listPages(): string[] {
  return existsSync(pagesFolder) ? readdirSync(pagesFolder).sort() : []
}

/** Reads one page and compares it with the wanted article. */
export async function scorePage(page: string): Promise<PageScore> {
  const file = (name: string) => readFileSync(path.join(pagesFolder, page, name))
  const result = await readDocument({ bytes: file('source.html'), fileName: 'source.html' })
  if (!result.ok) throw new Error(`${page}: ${result.problem.message}`)
  const { content, title, author, publishedOn, language } = result.document
  const index = buildTextIndex(content)
  const counted = index.blocks.filter(({ scope }) => scope === null)
  const found = wordsOf(counted.map(({ start, end }) => index.text.slice(start, end)).join('\n'))
  const wanted = wordsOf(readText(parse(file('expected.html').toString('utf8')), 1_000_000))
  const surplus = withoutThose(found, wanted)
  const missing = withoutThose(wanted, found)
  const precision = found.length === 0 ? 0 : 1 - surplus.length / found.length
  const recall = wanted.length === 0 ? 0 : 1 - missing.length / wanted.length
  const expected = metadataSchema.parse(JSON.parse(file('expected-metadata.json').toString('utf8')))
  const wrong: string[] = []
  const check = (name: string, read: string | null, want: string | null | undefined): Right => {
    if (want == null || want === '') return null
    const [is, should] = [wordsOf(read ?? ''), wordsOf(want)]
    const right =
      is.length > 0 &&
      (is.join(' ') === should.join(' ') || (name === 'author' && isSameName(is, wordsOf(want.replace(/\d+/g, ' ')))))
    if (!right) wrong.push(`${name}: read "${read ?? ''}", wanted "${want}"`)
    return right
  }
  return {
    page,
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
    title: check('title', title, expected.title),
    author: check('author', author, expected.byline),
    date: check('date', publishedOn, expected.publishedTime?.slice(0, 10)),
    language: check('language', language.split('-')[0] ?? null, expected.lang?.split('-')[0]),
    wrong,
    missing,
    surplus,
  }
}

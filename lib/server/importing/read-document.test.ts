import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDate } from './read-date'
import { hashText, readDocument } from './read-document'

const article =
  'A Bridge Nobody Wanted\nBy Ada Holm\n5 March 2019\n\nThe harbour bridge was built over eleven years. Nobody had asked the ferrymen.\n'

describe('readDocument', () => {
  it('reads text with its guesses, counts, hashes and original', async () => {
    const bytes = Buffer.from(article)
    const result = await readDocument({ bytes, fileName: 'bridge.txt' })
    expect(result).toMatchObject({
      ok: true,
      document: {
        title: 'A Bridge Nobody Wanted',
        author: 'Ada Holm',
        publishedOn: '2019-03-05',
        language: 'en',
        format: 'text',
        wordCount: 23,
        sentenceCount: 4,
        summary: { checkable: 4, paragraphs: 3, headings: [{ level: 1 }] },
        original: {
          mediaType: 'text/plain',
          encoding: 'utf-8',
          fileName: 'bridge.txt',
          sha256: createHash('sha256').update(bytes).digest('hex'),
        },
      },
    })
    if (result.ok) expect(result.document.sha256).toBe(hashText(result.document.text))
  })

  const refused: [name: string, input: Parameters<typeof readDocument>[0], code: string, says: RegExp][] = [
    ['nothing', {}, 'empty', /at least one word/],
    ['white space', { text: ' \n\t\u00a0 ' }, 'empty', /at least one word/],
    ['a byte order mark alone', { bytes: Buffer.from([0xef, 0xbb, 0xbf]) }, 'empty', /at least one word/],
    ['a page without text', { text: '<html><body><script>x</script></body></html>' }, 'empty', /No readable text/],
    ['more than 5 MB', { text: 'x'.repeat(5 * 1024 * 1024 + 1) }, 'too-large', /5\.0 MB; at most 5 MB/],
    ['zero characters', { text: 'a\0b\0c' }, 'binary', /zero character at position 2/],
    ['half a surrogate pair', { text: 'a\ud800' }, 'malformed-text', /position 2/],
    [
      'a file that is no text',
      { bytes: Buffer.from('%!PS-Adobe-3.0\n%%BoundingBox'), fileName: 'a.txt' },
      'unsupported-format',
      /PS file.*PDF/,
    ],
    ['too many blocks', { text: '- a\n'.repeat(300_000) }, 'too-complex', /at most 500000 nodes.*Split/],
  ]
  it.each(refused)('refuses %s', async (...[, input, code, says]) => {
    const result = await readDocument(input)
    expect(result.ok ? 'read' : result.problem.code).toBe(code)
    expect(result.ok ? '' : result.problem.message).toMatch(says)
  })

  it.each<[string, Parameters<typeof readDocument>[0], string]>([
    ['file name', { text: '# A', fileName: 'a.md' }, 'markdown'],
    ['media type', { text: '<p>A', mediaType: 'text/html; charset=utf-8' }, 'html'],
    ['what was asked for', { text: '# A', fileName: 'a.md', format: 'text' }, 'text'],
    ['the look of a page', { text: '<!DOCTYPE html><p>A' }, 'html'],
    ['nothing', { text: 'a <b> c' }, 'text'],
    ['a text file stays text', { text: '<html>A', fileName: 'a.txt' }, 'text'],
  ])('takes the format from %s', async (_name, input, format) => {
    const result = await readDocument(input)
    expect(result.ok && result.document.format).toBe(format)
  })

  it.each<[string, string]>([
    ['de', 'Die Brücke wurde in elf Jahren gebaut, und niemand hatte die Fährleute gefragt, was sie davon hielten.'],
    ['fa', 'پل در یازده سال ساخته شد و هیچ کس از قایقرانان نپرسید که نظرشان چیست.'],
    ['ko', '다리는 십일 년 동안 지어졌고 아무도 뱃사공들에게 묻지 않았다.'],
    ['ja', '橋は十一年かけて建設され、誰も渡し守に尋ねなかった。'],
    ['ru', 'Мост строили одиннадцать лет, и никто не спросил паромщиков.'],
  ])('recognises %s', async (language, text) => {
    const result = await readDocument({ text })
    expect(result.ok && result.document.language).toBe(language)
  })

  it.each([
    ['tr', 2],
    ['de', 1],
  ])('divides into sentences as the chosen language %s does', async (language, count) => {
    const result = await readDocument({ text: 'Das Tor schließt um 5. Sonra gitti sagt niemand hier.', language })
    expect(result.ok && result.document.sentenceCount).toBe(count)
    expect(result).toMatchObject({ document: { language } })
  })

  it('prefers a declared language that detection cannot contradict', async () => {
    const result = await readDocument({
      text: '<html lang="en-GB"><p>The bridge was built over eleven years and nobody asked the ferrymen.',
      format: 'html',
    })
    expect(result.ok && result.document.language).toBe('en-GB')
  })

  const file = path.resolve(process.cwd(), '../shared/testdata/strings/naughty-strings.json')
  const present = existsSync(file)
  it.skipIf(!present)(
    `reads or refuses every hostile string in every format${present ? '' : ' (skipped: the shared test data are not beside the project)'}`,
    async () => {
      const strings = JSON.parse(readFileSync(file, 'utf8')) as string[]
      for (const text of strings) {
        for (const format of ['text', 'html', 'markdown'] as const) {
          const result = await readDocument({ text, format })
          if (!result.ok) expect(result.problem.message).toMatch(/\.$/)
          else if (format === 'text') expect(result.document.text.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
        }
      }
    },
    120_000,
  )
})

describe('readDate', () => {
  it.each<[string, string | null]>([
    ['2019-03-05T23:30:00Z', '2019-03-05'],
    ['Published: March 5, 2019', '2019-03-05'],
    ['5 March 2019, 14:00', '2019-03-05'],
    ['5th of March', null],
    ['5. März 2019', '2019-03-05'],
    ['5 de marzo de 2019', '2019-03-05'],
    ['5 марта 2019', '2019-03-05'],
    ['2019年3月5日', '2019-03-05'],
    ['05.03.2019', '2019-03-05'],
    ['3/4/2019', null],
    ['31 February 2019', null],
    ['', null],
  ])('%j', (text, date) => {
    expect(readDate(text)).toBe(date)
  })
})

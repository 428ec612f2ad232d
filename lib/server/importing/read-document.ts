import { createHash } from 'node:crypto'
import type { EncodingGround } from '@/lib/domain/documents/encodings'
import { importFormats, type ImportFormat } from '@/lib/domain/documents/import-formats'
import { findReadingProblem } from '@/lib/domain/documents/reading-cost'
import { maxFileBytes, maxTextBytes } from '@/lib/domain/documents/schema'
import { parsePlainText } from '@/lib/domain/text/plain/parse-plain'
import { findSizeProblem } from '@/lib/domain/text/schema'
import type { PageStart } from '@/lib/domain/text/pages'
import { findSentences } from '@/lib/domain/text/sentences'
import { summariseStructure } from '@/lib/domain/text/summary'
import { buildTextIndex, type TextIndex } from '@/lib/domain/text/text-index'
import { countWords } from '@/lib/domain/text/words'
import { acceptText, decodeBytes, readMetaCharset, readTypeCharset, type DecodeResult } from './decoding/decode'
import { parseHtml } from './html'
import { parseMarkdown } from './markdown'
import { readFile, recogniseFile } from './formats/read-file'
import { looksLikeSubtitles, parseSubtitles } from './formats/subtitles'
import type { FoundPageStart, ParsedSource, ReadInput, ReadProblem, ReadResult, TextFormat } from './imported-document'
import { readDate } from './read-date'

const bylinePattern =
  /^(?:(?:written |words |text |story |reported )?by|von|par|por|di|door|av|автор:?|author:)\s+(?!the\s|a\s)(\p{Lu}[^\n|•·,;–—]{2,80})/iu

const dateLabel = /^(?:(?:first )?published|updated|posted|date|last (?:updated|modified))\b/i

/** Metadata from the first lines of a document. Empty strings and null for missing values. */
interface GuessedMetadata {
  title: string
  author: string
  publishedOn: string | null
}

const sampleLength = 12_000

/** The hash of a revision: hex SHA-256 of its canonical text in UTF-8. */
export function hashText(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** Hex SHA-256 of original bytes, to recognise a file that was imported before. */
export function hashBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function problem(code: ReadProblem['code'], message: string): ReadResult {
  return { ok: false, problem: { code, message } }
}

/** The requested format, else that of the media type, else that of the file name; null when none is known. */
function namedFormat({ format, mediaType, fileName }: ReadInput): TextFormat | null {
  if (format) return format
  const type = (mediaType ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const extension = /\.([a-z0-9]{1,8})$/i.exec(fileName ?? '')?.[1]?.toLowerCase() ?? ''
  if (['html', 'htm', 'xhtml'].includes(extension)) return 'html'
  if (['md', 'markdown', 'mdown', 'mkd'].includes(extension)) return 'markdown'
  if (['srt', 'vtt'].includes(extension)) return 'subtitles'
  if (['txt', 'text'].includes(extension)) return 'text'
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'html'
  if (type === 'text/markdown' || type === 'text/x-markdown') return 'markdown'
  return type === 'text/plain' && fileName !== undefined ? 'text' : null
}

function sniffFormat(text: string): TextFormat {
  if (looksLikeSubtitles(text)) return 'subtitles'
  return /^\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b/i.test(
    text.slice(0, 4000),
  )
    ? 'html'
    : 'text'
}

async function parseSource(
  text: string,
  format: TextFormat,
  address: string | null,
): Promise<ParsedSource | ReadProblem> {
  if (format === 'html') return parseHtml(text, address)
  if (format === 'markdown') return parseMarkdown(text)
  if (format === 'subtitles') return parseSubtitles(text)
  return { content: parsePlainText(text) }
}

/**
 * Reads a document from bytes (a file, a request body) or text (a paste): decodes it, recognises structure, derives canonical text and sentences, and
 * guesses title, author, date and language. The same bytes give the same canonical text from any channel. Stores nothing. At most `maxTextBytes` (5
 * MB) of text and `maxFileBytes` (25 MB) for a file that contains text; every failure is a value that says what would work. There is no time limit:
 * the server calls it in a separate process (lib/server/reading).
 */
export async function readDocument(input: ReadInput): Promise<ReadResult> {
  const bytes = input.bytes ?? new TextEncoder().encode(input.text ?? '')
  const file = input.bytes === undefined ? null : recogniseFile(bytes)
  const limit = file === null ? maxTextBytes : maxFileBytes
  if (bytes.length > limit) return problem('too-large', tooManyBytes(bytes.length, limit))
  const source = file === null ? await readText(input, bytes) : await readFile(file, bytes)
  if ('code' in source) return { ok: false, problem: source }
  return finish(source, input, bytes)
}

/** The result of a format's reader, and how the bytes were decoded. */
interface ReadSource {
  parsed: ParsedSource
  format: ImportFormat
  encoding: string
  ground: EncodingGround | null
}

function tooManyBytes(length: number, limit: number): string {
  const inMegabytes = (count: number) => (count / (1024 * 1024)).toFixed(count % (1024 * 1024) === 0 ? 0 : 1)
  return `The ${limit === maxTextBytes ? 'text' : 'file'} is ${(length / (1024 * 1024)).toFixed(1)} MB; at most ${inMegabytes(limit)} MB can be imported at once. Split it into parts.`
}

/** Reads formats that are text themselves: plain, Markdown or HTML. */
async function readText(input: ReadInput, bytes: Uint8Array): Promise<ReadSource | ReadProblem> {
  const named = namedFormat(input)
  const decoded = await decodeInput(input, bytes, named)
  if (!decoded.ok) return decoded.problem
  const { text, encoding, ground } = decoded
  const format = named ?? sniffFormat(text)
  if (text.replace(/^\uFEFF/, '').trim() === '')
    return { code: 'empty', message: 'There is no text in it. Paste or choose a document with at least one word.' }
  const tooLong = findReadingProblem(text, format === 'subtitles' ? 'text' : format)
  if (tooLong !== null) return { code: 'too-large', message: tooLong }
  const parsed = await parseSource(text, format, input.address ?? null)
  if ('code' in parsed) return parsed
  return { parsed: { ...parsed, notices: [...decoded.notices, ...(parsed.notices ?? [])] }, format, encoding, ground }
}

/** Derives text, sentences and guesses from the result of a format's reader. */
async function finish(
  { parsed, format, encoding, ground }: ReadSource,
  input: ReadInput,
  bytes: Uint8Array,
): Promise<ReadResult> {
  const oversize = findSizeProblem(parsed.content)
  if (oversize !== null) return problem('too-complex', `${oversize} Split the document into parts.`)
  const index = buildTextIndex(parsed.content)
  if (index.text.trim() === '')
    return problem('empty', 'No readable text was found in it. Paste or choose a document with at least one word.')
  const textBytes = Buffer.byteLength(index.text)
  if (textBytes > maxTextBytes) return problem('too-large', tooManyBytes(textBytes, maxTextBytes))
  const language = tidyLanguage(input.language) ?? (await detectLanguage(index, parsed.language))
  const sentences = findSentences(index, language)
  const guessed = guessMetadata(index, input.fileName ?? null)
  return {
    ok: true,
    document: {
      content: parsed.content,
      text: index.text,
      sha256: hashText(index.text),
      sentences,
      format,
      title: (parsed.title ? tidy(parsed.title) : '') || guessed.title,
      author: (parsed.author ? tidy(parsed.author) : '') || guessed.author,
      publishedOn: parsed.publishedOn ?? guessed.publishedOn ?? parsed.madeOn ?? null,
      language,
      wordCount: countWords(index.text),
      sentenceCount: sentences.filter(({ kind }) => kind === 'sentence').length,
      summary: summariseStructure(parsed.content, index, sentences),
      notices: parsed.notices ?? [],
      canonicalUrl: parsed.canonicalUrl ?? null,
      publisher: parsed.publisher ?? null,
      pages: placePages(index.text, parsed.pageStarts ?? []),
      original: {
        bytes,
        sha256: hashBytes(bytes),
        mediaType: importFormats[format].mediaType,
        encoding,
        ground,
        fileName: input.fileName ?? null,
      },
    },
  }
}

/** Offsets of page starts in the canonical text. It has the counted characters, with white space between them. */
function placePages(text: string, found: readonly FoundPageStart[]): PageStart[] {
  const pages: PageStart[] = []
  let written = 0
  let at = 0
  for (const { written: before, label } of found) {
    for (; at < text.length && (written < before || /\s/u.test(text.charAt(at))); at += 1)
      if (!/\s/u.test(text.charAt(at))) written += 1
    // A page without kept text begins where the next one does, and is replaced by it.
    if (pages.at(-1)?.start === at) pages.pop()
    if (at < text.length) pages.push({ start: at, label })
  }
  return pages
}

function decodeInput(
  input: ReadInput,
  bytes: Uint8Array,
  named: TextFormat | null,
): DecodeResult | Promise<DecodeResult> {
  if (!input.bytes && input.text !== undefined) return acceptText(input.text, 'utf-8', 'certain')
  const declared =
    readTypeCharset(input.mediaType) ?? (named === 'html' || named === null ? readMetaCharset(bytes) : null)
  return decodeBytes(bytes, declared, input.encoding ?? null)
}

/** The in-scope running text of a document up to a limit, for language detection. */
function sampleText(index: TextIndex): string {
  let sample = ''
  for (const block of index.blocks) {
    if (block.scope !== null || block.kind === 'codeBlock') continue
    sample += `${index.text.slice(block.start, Math.min(block.end, block.start + 2000))}\n`
    if (sample.length >= sampleLength) break
  }
  return sample === '' ? index.text.slice(0, sampleLength) : sample
}

/** A normalised language tag ("EN_us" becomes "en-US"); null for an invalid one. */
function tidyLanguage(tag: string | null | undefined): string | null {
  if (!tag) return null
  try {
    return Intl.getCanonicalLocales(tag.trim().replace(/_/g, '-').slice(0, 35))[0] ?? null
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/**
 * The language of a document as BCP 47. The declared language wins when detection (eld) agrees or is unsure. A confident detection wins over a
 * declaration that contradicts it, because templates often declare the wrong language. `und` without either.
 */
async function detectLanguage(index: TextIndex, declared: string | null | undefined): Promise<string> {
  const tidy = tidyLanguage(declared)
  const { eld } = await import('eld/small')
  const result = eld.detect(sampleText(index))
  const detected = result.language === '' ? null : result.language
  const sure = detected !== null && result.isReliable()
  if (tidy && (!sure || tidy.split('-')[0] === detected)) return tidy
  return sure || (detected !== null && index.text.length > 200) ? detected : (tidy ?? 'und')
}

/**
 * Guesses title, author and date from the text: the first heading (of level 1 when there is one), a byline ("By Ada Holm") and a line with little
 * more than a date, both among the first ten blocks. `fallback` (a file name) is the title of a document without headings; without one, its first
 * words are.
 */
function guessMetadata(index: TextIndex, fallback: string | null): GuessedMetadata {
  const { blocks, text } = index
  const headings = blocks.filter((block) => block.kind === 'heading' && block.scope === null && block.end > block.start)
  const heading = headings.find((block) => block.level === 1) ?? (headings[0] === blocks[0] ? headings[0] : undefined)
  const guessed: GuessedMetadata = {
    title: heading ? tidy(text.slice(heading.start, heading.end)) : (readStem(fallback) ?? firstWords(text)),
    author: '',
    publishedOn: null,
  }
  for (const block of blocks.slice(0, 10)) {
    const line = text.slice(block.start, Math.min(block.end, block.start + 200))
    if (block.end - block.start > 160 || block.kind === 'heading') continue
    const byline = bylinePattern.exec(line)?.[1]
    if (guessed.author === '' && byline)
      guessed.author = tidy(
        byline.replace(/\s(?:on\s)?(?:\d{1,2}\s\p{L}{3,12}|\p{L}{3,12}\s\d{1,2},)?\s?\d{4}.*$/u, ''),
      ).slice(0, 200)
    const date = readDate(line)
    if (guessed.publishedOn === null && date !== null && (line.length <= 60 || dateLabel.test(line) || byline))
      guessed.publishedOn = date
  }
  return guessed
}

/** A title on one line: single spaces, no colon at the end, at most 500 characters. */
function tidy(text: string): string {
  return text.replace(/\s+/gu, ' ').trim().replace(/:$/, '').slice(0, 500)
}

function readStem(fileName: string | null): string | null {
  const stem = fileName
    ?.split(/[/\\]/)
    .at(-1)
    ?.replace(/\.[A-Za-z0-9]{1,8}$/, '')
    .replace(/[-_]+/g, ' ')
  return stem ? tidy(stem) : null
}

function firstWords(text: string): string {
  const start = text.trimStart().slice(0, 200)
  const line = /^[^\n]*/.exec(start)?.[0] ?? ''
  if (line.length <= 80) return tidy(line) || 'Untitled'
  return `${line.slice(0, 80).replace(/\s+\S*$/u, '')}…`
}

import { createHash } from 'node:crypto'
import { findReadingProblem } from '@/lib/domain/documents/reading-cost'
import { maxTextBytes } from '@/lib/domain/documents/schema'
import { parsePlainText } from '@/lib/domain/text/plain/parse-plain'
import { findSizeProblem } from '@/lib/domain/text/schema'
import { findSentences } from '@/lib/domain/text/sentences'
import { summariseStructure } from '@/lib/domain/text/summary'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import { countWords } from '@/lib/domain/text/words'
import { decodeBytes, findTextProblem, readMetaCharset, readTypeCharset } from './decode'
import { detectLanguage } from './detect-language'
import { guessMetadata, tidy } from './guess-metadata'
import { parseHtml } from './html'
import { parseMarkdown } from './markdown'
import type { ImportFormat, ParsedSource, ReadInput, ReadProblem, ReadResult } from './imported-document'

const mediaTypes: Record<ImportFormat, string> = { text: 'text/plain', html: 'text/html', markdown: 'text/markdown' }

/** Hex SHA-256 of a canonical text in UTF-8: the hash by which a revision is known. */
export function hashText(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** Hex SHA-256 of original bytes: how the same file is noticed when it comes twice. */
export function hashBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function problem(code: ReadProblem['code'], message: string): ReadResult {
  return { ok: false, problem: { code, message } }
}

/** The format by what was asked for, then the media type, then the file name; null when none of them says. */
function namedFormat({ format, mediaType, fileName }: ReadInput): ImportFormat | null {
  if (format) return format
  const type = (mediaType ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const extension = /\.([a-z0-9]{1,8})$/i.exec(fileName ?? '')?.[1]?.toLowerCase() ?? ''
  if (['html', 'htm', 'xhtml'].includes(extension)) return 'html'
  if (['md', 'markdown', 'mdown', 'mkd'].includes(extension)) return 'markdown'
  if (['txt', 'text'].includes(extension)) return 'text'
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'html'
  if (type === 'text/markdown' || type === 'text/x-markdown') return 'markdown'
  return type === 'text/plain' && fileName !== undefined ? 'text' : null
}

function sniffFormat(text: string): ImportFormat {
  return /^\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b/i.test(
    text.slice(0, 4000),
  )
    ? 'html'
    : 'text'
}

/** Lets requests that wait go first. */
function giveWay(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

async function parseSource(text: string, format: ImportFormat): Promise<ParsedSource | ReadProblem> {
  if (format === 'html') return parseHtml(text)
  if (format === 'markdown') return parseMarkdown(text)
  return { content: parsePlainText(text) }
}

/**
 * Reads a document from bytes (a file, a request body) or text (a paste): decodes, recognises structure, derives canonical text and
 * sentences, and guesses title, author, date and language. The same bytes give the same canonical text whichever way they come.
 * Nothing is saved. At most `maxTextBytes` (5 MB), and no more than can be read in about a second; every failure is a value that says what would
 * have worked. Gives way to other requests between its steps.
 */
export async function readDocument(input: ReadInput): Promise<ReadResult> {
  const bytes = input.bytes ?? new TextEncoder().encode(input.text ?? '')
  if (bytes.length > maxTextBytes) {
    const size = (bytes.length / (1024 * 1024)).toFixed(1)
    return problem(
      'too-large',
      `The text is ${size} MB; at most ${String(maxTextBytes / (1024 * 1024))} MB can be imported at once. Split it into parts.`,
    )
  }
  const named = namedFormat(input)
  const decoded = await decodeInput(input, bytes, named)
  if (!decoded.ok) return decoded
  const { text, encoding } = decoded
  const format = named ?? sniffFormat(text)
  if (text.replace(/^\uFEFF/, '').trim() === '')
    return problem('empty', 'There is no text in it. Paste or choose a document with at least one word.')
  const tooLong = input.isAlone === true ? null : findReadingProblem(text, format)
  if (tooLong !== null) return problem('too-large', tooLong)
  await giveWay()
  const parsed = await parseSource(text, format)
  if ('code' in parsed) return { ok: false, problem: parsed }
  const oversize = findSizeProblem(parsed.content)
  if (oversize !== null) return problem('too-complex', `${oversize} Split the document into parts.`)
  await giveWay()
  const index = buildTextIndex(parsed.content)
  if (index.text.trim() === '')
    return problem('empty', 'No readable text was found in it. Paste or choose a document with at least one word.')
  const language = await detectLanguage(index, parsed.language)
  await giveWay()
  const sentences = findSentences(index, language)
  await giveWay()
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
      publishedOn: parsed.publishedOn ?? guessed.publishedOn,
      language,
      wordCount: countWords(index.text),
      sentenceCount: sentences.filter(({ kind }) => kind === 'sentence').length,
      summary: summariseStructure(parsed.content, index, sentences),
      original: {
        bytes,
        sha256: hashBytes(bytes),
        mediaType: mediaTypes[format],
        encoding,
        fileName: input.fileName ?? null,
      },
    },
  }
}

async function decodeInput(
  input: ReadInput,
  bytes: Uint8Array,
  named: ImportFormat | null,
): Promise<{ ok: true; text: string; encoding: string } | { ok: false; problem: ReadProblem }> {
  if (!input.bytes && input.text !== undefined) {
    const found = findTextProblem(input.text)
    return found ? { ok: false, problem: found } : { ok: true, text: input.text, encoding: 'utf-8' }
  }
  const declared =
    readTypeCharset(input.mediaType) ?? (named === 'html' || named === null ? readMetaCharset(bytes) : null)
  return decodeBytes(bytes, declared)
}

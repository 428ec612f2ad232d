import { parse, serialize } from 'parse5'
import iconv from 'iconv-lite'
import { parsePlainText } from '@/lib/domain/text/plain/parse-plain'
import type { BlockNode, DocumentContent } from '@/lib/domain/text/model'
import { decodeBytes, readMetaCharset } from '../../decoding/decode'
import { parseHtml } from '../../html'
import { isElement, listElements } from '../../html-tree'
import type { ParsedSource, ReadProblem } from '../../imported-document'
import { readDate } from '../../read-date'
import { UnreadableFile } from '../unreadable'

const knownHeaders =
  /^(?:received|return-path|delivered-to|message-id|mime-version|content-type|x-[\w-]+|from|to|cc|date|subject|reply-to|dkim-signature|authentication-results|arc-[\w-]+|snapshot-content-location)$/

/** Whether bytes begin with the headers of a message: only header lines before the first empty line, with some that no paper letter has. */
export function looksLikeMail(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 16_384))
    .toString('latin1')
    .replace(/^From [^\n]*\n/, '')
  const head = start.split(/\r?\n[ \t]*\r?\n/)[0] ?? ''
  const lines = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)
  const names = lines.map((line) => /^([\w-]{2,60}):/.exec(line)?.[1]?.toLowerCase() ?? null)
  if (names.length < 3 || names.includes(null)) return false
  const known = names.filter((name) => name !== null && knownHeaders.test(name))
  return (
    known.length >= 3 && names.some((name) => name === 'message-id' || name === 'mime-version' || name === 'received')
  )
}

/**
 * Reads a message (.eml): its HTML, or its plain text. The subject and the correspondents come first, out of scope; attachments are left out and
 * named.
 * @throws UnreadableFile
 */
export async function readMail(bytes: Uint8Array): Promise<ParsedSource | ReadProblem> {
  const message = parseMime(bytes)
  const body = findBody(message)
  if (body === null)
    throw new UnreadableFile('empty', 'There is no text in this message. Import its attachments as files of their own.')
  const text = await decodePart(body)
  const parsed = body.type === 'text/html' ? parseHtml(innerHtml(text)) : { content: parsePlainText(text) }
  if ('code' in parsed) return parsed
  const header = (name: string) => decodeHeader(message.headers.get(name) ?? '')
  const from = header('from')
  return {
    content: withHeaders(
      parsed.content,
      ['from', 'to', 'cc', 'date', 'subject'].map((name) => [name, header(name)]),
    ),
    title: header('subject') || null,
    author: from.replace(/\s*<[^>]*>\s*$/, '').replace(/^"(.*)"$/, '$1') || null,
    publishedOn: readMailDate(header('date')),
    notices: describeAttachments(message, body),
  }
}

/** Reads a web page saved by a browser in one file (.mhtml). @throws UnreadableFile */
export async function readWebArchive(bytes: Uint8Array): Promise<ParsedSource | ReadProblem> {
  const message = parseMime(bytes)
  const page = flatten(message).find(({ type }) => type === 'text/html' || type === 'application/xhtml+xml')
  if (page === undefined)
    throw new UnreadableFile('empty', 'There is no web page in this file. Save the page anew, as HTML.')
  const parsed = parseHtml(await decodePart(page))
  if ('code' in parsed) return parsed
  const subject = decodeHeader(message.headers.get('subject') ?? '')
  return {
    ...parsed,
    title: parsed.title ?? (subject || null),
    madeOn: readMailDate(decodeHeader(message.headers.get('date') ?? '')),
  }
}

/** Whether a message is a saved web page instead of a letter. */
export function isWebArchive(bytes: Uint8Array): boolean {
  const head =
    Buffer.from(bytes.subarray(0, 16_384))
      .toString('latin1')
      .split(/\r?\n[ \t]*\r?\n/)[0] ?? ''
  return (
    /^snapshot-content-location:/im.test(head) ||
    (/^content-type:\s*multipart\/related/im.test(head) && !/^(?:to|received|delivered-to):/im.test(head))
  )
}

function flatten(part: MimePart): MimePart[] {
  return [part, ...part.parts.flatMap(flatten)]
}

function isAttached({ headers }: MimePart): boolean {
  return /^attachment/i.test(headers.get('content-disposition') ?? '')
}

/** Chooses the part to read: the first HTML with text, else the first plain text. */
function findBody(message: MimePart): MimePart | null {
  const texts = flatten(message).filter((part) => part.parts.length === 0 && !isAttached(part))
  const hasText = ({ body }: MimePart) =>
    /[^\s<>]/.test(
      Buffer.from(body.subarray(0, 100_000))
        .toString('latin1')
        .replace(/<[^>]*>/g, ''),
    )
  return (
    texts.find((part) => part.type === 'text/html' && hasText(part)) ??
    texts.find((part) => part.type === 'text/plain' && hasText(part)) ??
    null
  )
}

async function decodePart({ body, parameters, type }: MimePart): Promise<string> {
  const declared = parameters.get('charset') ?? (type === 'text/plain' ? null : readMetaCharset(body))
  const decoded = await decodeBytes(body, declared)
  if (!decoded.ok) throw new UnreadableFile(decoded.problem.code, decoded.problem.message)
  return decoded.text
}

/** The content of an HTML page's body, so that all of it is read, without a search for the main article. */
function innerHtml(source: string): string {
  const body = listElements(parse(source)).find((element) => isElement(element) && element.tagName === 'body')
  return body === undefined ? source : serialize(body)
}

function withHeaders(content: DocumentContent, headers: readonly (readonly [string, string])[]): DocumentContent {
  const lines = headers.filter(([, value]) => value !== '')
  const title = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)
  const inline = lines.flatMap(([name, value], at) => [
    ...(at > 0 ? [{ type: 'hardBreak' } as const] : []),
    { type: 'text', text: `${title(name)}: ${value}` } as const,
  ])
  const block: BlockNode = { type: 'paragraph', attrs: { scope: 'boilerplate' }, content: inline }
  return lines.length === 0 ? content : { ...content, content: [block, ...content.content] }
}

/** The date of a message in its sender's time zone: "Fri, 9 Apr 2021 23:30:00 +0200". */
function readMailDate(value: string): string | null {
  return readDate(/\d{1,2}\s+\p{L}{3,9}\s+\d{4}/u.exec(value)?.[0] ?? '')
}

function describeAttachments(message: MimePart, body: MimePart): string[] {
  const names = flatten(message)
    .filter((part) => part !== body && part.parts.length === 0 && isAttached(part))
    .map(({ headers, parameters }) => {
      const given = /filename\*?=(?:"([^"]{1,200})"|([^;\s]{1,200}))/i.exec(headers.get('content-disposition') ?? '')
      return decodeHeader(given?.[1] ?? given?.[2] ?? parameters.get('name') ?? 'a file without a name')
    })
  if (names.length === 0) return []
  const shown = names.slice(0, 5).join(', ')
  return [
    `${names.length === 1 ? '1 attachment was' : `${String(names.length)} attachments were`} left out: ${shown}${names.length > 5 ? ' and more' : ''}.`,
  ]
}

/** A part of a message: its headers by name in lower case, and its undecoded body. */
interface MimePart {
  headers: ReadonlyMap<string, string>
  /** The media type in lower case: "text/html". */
  type: string
  /** The parameters of the media type, by name in lower case. */
  parameters: ReadonlyMap<string, string>
  /** The decoded body of a part without parts of its own. */
  body: Uint8Array
  parts: MimePart[]
}

const maxDepth = 20

const maxParts = 2000

/**
 * Parses a message, or a part of one, with its parts: quoted-printable and base64 are decoded, headers unfolded and their encoded words decoded.
 * @throws UnreadableFile for one of more than 2,000 parts
 */
function parseMime(bytes: Uint8Array): MimePart {
  const counted = { parts: 0 }
  return parsePart(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'), 0, counted)
}

function parsePart(source: string, depth: number, counted: { parts: number }): MimePart {
  counted.parts += 1
  if (counted.parts > maxParts) {
    throw new UnreadableFile(
      'too-complex',
      'This message has more than 2,000 parts. Save its text alone and import that.',
    )
  }
  const gap = /\r?\n[ \t]*\r?\n/.exec(source)
  const head = gap === null ? source : source.slice(0, gap.index)
  const body = gap === null ? '' : source.slice(gap.index + gap[0].length)
  const headers = readHeaders(head)
  const { type, parameters } = readType(headers.get('content-type') ?? 'text/plain')
  const boundary = parameters.get('boundary')
  const isMultipart = type.startsWith('multipart/') && boundary !== undefined && depth < maxDepth
  const parts = isMultipart ? splitParts(body, boundary).map((part) => parsePart(part, depth + 1, counted)) : []
  const coding = (headers.get('content-transfer-encoding') ?? '').trim().toLowerCase()
  return { headers, type, parameters, body: isMultipart ? new Uint8Array() : decodeBody(body, coding), parts }
}

/** The headers of a message. A line that begins with white space continues the one before. The first of several with one name counts. */
function readHeaders(head: string): Map<string, string> {
  const headers = new Map<string, string>()
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).trim().toLowerCase()
    if (colon > 0 && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim())
  }
  return headers
}

function readType(value: string): { type: string; parameters: Map<string, string> } {
  const type = /^[^;\s]+/.exec(value)?.[0].toLowerCase() ?? 'text/plain'
  const parameters = new Map<string, string>()
  for (const [, name = '', quoted, plain] of value.matchAll(
    /;\s*([\w!#$&+.^`|~-]+)\*?\s*=\s*(?:"([^"]{0,500})"|([^;\s]{0,500}))/g,
  ))
    parameters.set(name.toLowerCase(), quoted ?? plain ?? '')
  return { type, parameters }
}

function splitParts(body: string, boundary: string): string[] {
  const pieces = `\n${body}`.split(`\n--${boundary}`)
  const parts: string[] = []
  for (const piece of pieces.slice(1)) {
    if (piece.startsWith('--')) break
    parts.push(piece.replace(/^[^\n]*\n/, '').replace(/\r$/, ''))
  }
  return parts
}

function decodeBody(body: string, coding: string): Uint8Array {
  if (coding === 'base64') return Buffer.from(body, 'base64')
  return Buffer.from(
    coding === 'quoted-printable' ? decodeQuoted(body.replace(/[ \t]*=[ \t]*\r?\n/g, '')) : body,
    'latin1',
  )
}

function decodeQuoted(text: string): string {
  return text.replace(/=([\da-f]{2})/gi, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}

function decodeWord(word: string): string {
  const [, language = '', kind = '', text = ''] = word.split('?')
  const charset = language.replace(/\*.*/, '')
  if (!iconv.encodingExists(charset)) return word
  const bytes =
    kind.toLowerCase() === 'b'
      ? Buffer.from(text, 'base64')
      : Buffer.from(decodeQuoted(text.replaceAll('_', ' ')), 'latin1')
  return iconv.decode(bytes, charset)
}

/** The text of a header: encoded words ("=?utf-8?B?…?=") are decoded, other bytes are read as UTF-8 if they are valid. */
function decodeHeader(value: string): string {
  const joined = value.replace(/\?=\s+=\?/g, '?==?')
  const decoded = joined.replace(/=\?[\w.:-]{2,40}(?:\*[\w-]*)?\?[bq]\?[^?]*\?=/gi, decodeWord)
  const isPlain = joined === decoded && /[\x80-\xff]/.test(value)
  return (isPlain ? new TextDecoder().decode(Buffer.from(value, 'latin1')) : decoded).replace(/[\p{Cc}]+/gu, ' ').trim()
}

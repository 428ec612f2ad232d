import iconv from 'iconv-lite'
import { UnreadableFile } from '../unreadable'

/** A part of a message: its headers by name in lower case, and its body as it is written. */
export interface MimePart {
  headers: ReadonlyMap<string, string>
  /** The media type in lower case: "text/html". */
  type: string
  /** The parameters of the media type, by name in lower case. */
  parameters: ReadonlyMap<string, string>
  /** The decoded body of a part that holds no others. */
  body: Uint8Array
  parts: MimePart[]
}

const maxDepth = 20
const maxParts = 2000

/**
 * Reads a message, or a part of one, with the parts in it: quoted-printable and base64 are decoded, headers unfolded and their words decoded.
 * @throws UnreadableFile for one of more than 2,000 parts
 */
export function parseMime(bytes: Uint8Array): MimePart {
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

/** The headers of a message; a line that begins with white space goes on the one before. The first of several with one name counts. */
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

/** The text of a header: its encoded words ("=?utf-8?B?…?=") as they are meant, its other bytes as UTF-8 when they are. */
export function decodeHeader(value: string): string {
  const joined = value.replace(/\?=\s+=\?/g, '?==?')
  const decoded = joined.replace(/=\?[\w.:-]{2,40}(?:\*[\w-]*)?\?[bq]\?[^?]*\?=/gi, decodeWord)
  const isPlain = joined === decoded && /[\x80-\xff]/.test(value)
  return (isPlain ? new TextDecoder().decode(Buffer.from(value, 'latin1')) : decoded).replace(/[\p{Cc}]+/gu, ' ').trim()
}

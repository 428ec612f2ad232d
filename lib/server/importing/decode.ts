import { analyse } from 'chardet'
import { fileTypeFromBuffer } from 'file-type'
import iconv from 'iconv-lite'
import { nameFormats } from '@/lib/domain/documents/import-formats'
import type { ReadProblem } from './imported-document'

/** Text from bytes with the encoding that was used, or why there is none. */
export type DecodeResult = { ok: true; text: string; encoding: string } | { ok: false; problem: ReadProblem }

const byteOrderMarks: { bytes: number[]; encoding: string }[] = [
  { bytes: [0xff, 0xfe, 0, 0], encoding: 'utf-32le' },
  { bytes: [0, 0, 0xfe, 0xff], encoding: 'utf-32be' },
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
]

const sampleLength = 64 * 1024
const saveAs = `Save it as one of these and import that: ${nameFormats('or')}.`

const namedTypes: Record<string, string> = {
  pdf: 'a PDF file',
  rtf: 'a rich text (RTF) file',
  zip: 'a ZIP archive',
}

/**
 * Decodes bytes to text. In order: byte order mark, UTF-16 without one (by its zero bytes), UTF-8 when valid (text in another encoding hardly
 * ever is, and declarations are often wrong), the charset that was declared, then detection (chardet; ISO-8859-1 read as windows-1252, as
 * browsers do). Files that are not text are refused by signature, zero bytes or control characters, regardless of their name.
 */
export async function decodeBytes(bytes: Uint8Array, declared: string | null): Promise<DecodeResult> {
  const marked = byteOrderMarks.find((mark) => mark.bytes.every((byte, at) => bytes[at] === byte))
  if (marked) return finish(bytes, marked.encoding)
  const type = await fileTypeFromBuffer(bytes.subarray(0, sampleLength))
  if (type && !/xml|^text\//.test(type.mime)) return refuse(type.ext)
  const wide = guessWideEncoding(bytes)
  if (wide) return finish(bytes, wide)
  if (bytes.subarray(0, sampleLength).includes(0)) return refuse(null)
  if (isUtf8(bytes)) return finish(bytes, 'utf-8')
  if (declared !== null && iconv.encodingExists(declared)) {
    const encoding = canonicalName(declared)
    if (encoding !== 'utf-8') return finish(bytes, encoding)
  }
  return finish(bytes, detect(bytes))
}

function refuse(extension: string | null): DecodeResult {
  if (extension === null) {
    return {
      ok: false,
      problem: { code: 'binary', message: `This is not a text file: it holds binary data. ${saveAs}` },
    }
  }
  const name = namedTypes[extension] ?? `a ${extension.toUpperCase()} file`
  return {
    ok: false,
    problem: { code: 'unsupported-format', message: `This is ${name}, which cannot be read. ${saveAs}` },
  }
}

function canonicalName(encoding: string): string {
  const name = encoding.trim().toLowerCase()
  if (name === 'utf8') return 'utf-8'
  return /^(?:iso-?8859-?1|latin-?1|us-ascii|ascii)$/.test(name) ? 'windows-1252' : name
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

/** UTF-16 without a mark: in most scripts nearly every second byte of spaces, digits and Latin letters is zero. */
function guessWideEncoding(bytes: Uint8Array): string | null {
  const length = Math.min(bytes.length, sampleLength) & ~1
  if (length < 4) return null
  let even = 0
  let odd = 0
  for (let at = 0; at < length; at += 2) {
    if (bytes[at] === 0) even += 1
    if (bytes[at + 1] === 0) odd += 1
  }
  const pairs = length / 2
  if (odd / pairs > 0.3 && even / pairs < 0.02) return 'utf-16le'
  return even / pairs > 0.3 && odd / pairs < 0.02 ? 'utf-16be' : null
}

/** The best guess of chardet among encodings that can be decoded. Short Western texts are windows-1252 more often than anything else. */
function detect(bytes: Uint8Array): string {
  const guesses = analyse(bytes.subarray(0, sampleLength)).filter(
    ({ name }) => iconv.encodingExists(name) && !/^utf/i.test(name),
  )
  const best = guesses[0]
  return best ? canonicalName(best.name) : 'windows-1252'
}

function finish(bytes: Uint8Array, encoding: string): DecodeResult {
  const text = iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), encoding)
  const problem = findTextProblem(text)
  return problem ? { ok: false, problem } : { ok: true, text, encoding }
}

/**
 * Why a string cannot be a document's text, or null: zero characters (databases refuse them), halves of surrogate pairs (no UTF-8 for
 * them), or so many control characters that it is not text.
 */
export function findTextProblem(text: string): ReadProblem | null {
  const zero = text.indexOf('\0')
  if (zero >= 0) {
    return {
      code: 'binary',
      message: `There is a zero character at position ${String(zero + 1)}, so this is not plain text. ${saveAs}`,
    }
  }
  if (!text.isWellFormed()) {
    const half = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.exec(text)
    return {
      code: 'malformed-text',
      message: `There is half of a surrogate pair at position ${String((half?.index ?? 0) + 1)}. Send well-formed Unicode text.`,
    }
  }
  const sample = text.slice(0, sampleLength)
  const controls = countControls(sample)
  if (controls > 8 && controls / sample.length > 0.02) {
    return { code: 'binary', message: `This is not a text file: it holds control characters. ${saveAs}` }
  }
  return null
}

function countControls(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code < 32 && code !== 9 && code !== 10 && code !== 12 && code !== 13 && code !== 11 && code !== 27) count += 1
  }
  return count
}

/** The charset an HTML page declares in its first 4 KB (XML declaration, `<meta charset>` or `http-equiv`), comments left out; or null. */
export function readMetaCharset(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 4096))
    .toString('latin1')
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
  const declaration = /^\s*<\?xml\s[^>]{0,200}encoding\s*=\s*["']([\w:.-]{2,40})/i.exec(head)?.[1]
  if (declaration) return declaration.toLowerCase()
  return /<meta\s[^>]{0,300}charset\s*=\s*["']?\s*([\w:.-]{2,40})/i.exec(head)?.[1]?.toLowerCase() ?? null
}

/** The charset parameter of a media type, or null. */
export function readTypeCharset(mediaType: string | undefined): string | null {
  return /;\s*charset\s*=\s*"?([\w:.-]{2,40})/i.exec(mediaType ?? '')?.[1]?.toLowerCase() ?? null
}

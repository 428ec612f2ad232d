import { fileTypeFromBuffer } from 'file-type'
import iconv from 'iconv-lite'
import { analyse } from 'chardet'
import type { EncodingGround } from '@/lib/domain/documents/encodings'
import { nameFormats } from '@/lib/domain/documents/import-formats'
import type { ReadProblem } from '../imported-document'

/** Decoded text with its encoding, how the encoding is known, and what was changed; or why decoding failed. */
export type DecodeResult = Decoded | { ok: false; problem: ReadProblem }

interface Decoded {
  ok: true
  text: string
  encoding: string
  ground: EncodingGround
  /** Sentences on changes. Usually empty. */
  notices: string[]
}

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
 * Decodes bytes to text. Tries in order: the encoding chosen by a person, a byte order mark, valid UTF-8 (other encodings are hardly ever valid
 * UTF-8, and declarations are often wrong), UTF-16 without a mark, the declared charset, then a guess from the letters. Binary files are refused by
 * signature, zero bytes or control characters, regardless of their name; a few zero characters in a text are replaced.
 */
export async function decodeBytes(
  bytes: Uint8Array,
  declared: string | null,
  chosen: string | null = null,
): Promise<DecodeResult> {
  const marked = byteOrderMarks.find((mark) => mark.bytes.every((byte, at) => bytes[at] === byte))
  if (chosen !== null && iconv.encodingExists(chosen)) return finish(bytes, chosen, 'chosen')
  if (marked) return finish(bytes, marked.encoding, 'certain')
  const type = await fileTypeFromBuffer(bytes.subarray(0, sampleLength))
  if (type && !/xml|^text\//.test(type.mime)) return refuse(type.ext)
  const zeros = bytes.subarray(0, sampleLength).filter((byte) => byte === 0).length
  const wide = zeros > 0 || !isUtf8(bytes) ? guessWideEncoding(bytes) : null
  if (wide) return finish(bytes, wide, 'guessed')
  if (zeros > mostZeros(Math.min(bytes.length, sampleLength))) return refuse(null)
  if (isUtf8(bytes)) return finish(bytes, 'utf-8', 'certain')
  if (declared !== null && iconv.encodingExists(declared)) {
    const encoding = canonicalEncoding(declared)
    if (encoding !== 'utf-8') return finish(bytes, encoding, 'declared')
  }
  return finish(bytes, guessEncoding(bytes), 'guessed')
}

/** The most zeros in a text of a given number of bytes that may be mistakes. */
function mostZeros(length: number): number {
  return Math.max(1, Math.floor(length / 1000))
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

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

function finish(bytes: Uint8Array, encoding: string, ground: EncodingGround): DecodeResult {
  return acceptText(
    iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), encoding),
    encoding,
    ground,
  )
}

/** Replaces a text's few zero characters, which no database accepts; or says why it is not text. */
export function acceptText(given: string, encoding: string, ground: EncodingGround): DecodeResult {
  const zeros = given.split('\0').length - 1
  const isRepaired = zeros > 0 && zeros <= mostZeros(given.length)
  const text = isRepaired ? given.replaceAll('\0', '\ufffd') : given
  const problem = findTextProblem(text)
  if (problem) return { ok: false, problem }
  const notice = `${zeros === 1 ? 'A zero character was' : `${String(zeros)} zero characters were`} replaced by �, since no text can hold one.`
  return { ok: true, text, encoding, ground, notices: isRepaired ? [notice] : [] }
}

/**
 * Why a string cannot be a document's text, or null: it has zero characters (databases refuse them), lone surrogates (UTF-8 cannot encode them), or
 * too many control characters for text.
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

/** The charset declared in the first 4 KB of an HTML page (XML declaration, `<meta charset>` or `http-equiv`), outside comments; or null. */
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

const guessLength = 64 * 1024

/** The project's name for an encoding; ISO-8859-1 is read as windows-1252, as browsers do. */
function canonicalEncoding(encoding: string): string {
  const name = encoding.trim().toLowerCase()
  if (name === 'utf8') return 'utf-8'
  if (/^(?:x-)?mac-?roman$|^x-mac-roman$/.test(name)) return 'macintosh'
  return /^(?:iso-?8859-?1|latin-?1|us-ascii|ascii)$/.test(name) ? 'windows-1252' : name
}

/** Recognises UTF-16 without a mark by the zero bytes of spaces, digits and Latin letters, else by the characters it would give; or null. */
function guessWideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const length = Math.min(bytes.length, guessLength) & ~1
  if (length < 4) return null
  let even = 0
  let odd = 0
  for (let at = 0; at < length; at += 2) {
    if (bytes[at] === 0) even += 1
    if (bytes[at + 1] === 0) odd += 1
  }
  const pairs = length / 2
  if (odd / pairs > 0.3 && even / pairs < 0.02) return 'utf-16le'
  if (even / pairs > 0.3 && odd / pairs < 0.02) return 'utf-16be'
  if (bytes.length % 2 !== 0 || even + odd === 0) return null
  const little = shareOfWriting(bytes.subarray(0, length), 'utf-16le')
  const big = shareOfWriting(bytes.subarray(0, length), 'utf-16be')
  if (Math.max(little, big) < 0.98 || Math.min(little, big) > 0.9) return null
  return little > big ? 'utf-16le' : 'utf-16be'
}

/** The share of letters, digits, punctuation and spaces of living scripts in a decoded text. */
function shareOfWriting(bytes: Uint8Array, encoding: string): number {
  const text = iconv.decode(Buffer.from(bytes), encoding)
  const known = text.match(
    /[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Devanagari}\p{sc=Thai}\u4e00-\u9fff\uac00-\ud7a3\u3000-\u303f\uff00-\uffef\u2010-\u2030 -~\s]/gu,
  )
  const isDivided = /[\s\u3000-\u3002\uff0c]/.test(text)
  return isDivided ? (known?.length ?? 0) / text.length : 0
}

/** The most probable encoding by chardet that can be decoded; Mac Roman, which chardet lacks, if its letters make more sense. */
function guessEncoding(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, guessLength)
  const best = analyse(sample).find(({ name }) => iconv.encodingExists(name) && !/^utf/i.test(name))
  const guess = best ? canonicalEncoding(best.name) : 'windows-1252'
  if (!/^(?:windows-125[0247]|iso-8859-(?:1|2|9|15))$/.test(guess)) return guess
  const oddities = countOddities(sample, guess)
  const onMac = countOddities(sample, 'macintosh')
  return oddities > 0 && onMac * 3 < oddities ? 'macintosh' : guess
}

/** Character sequences that text never has: an accented capital behind a small letter, a sign between letters, control characters. */
function countOddities(bytes: Uint8Array, encoding: string): number {
  const text = iconv.decode(Buffer.from(bytes), encoding)
  return (
    text.match(/\p{Ll}(?=[^\x00-\x7f])\p{Lu}|\p{L}[^\x00-\x7f\p{L}\p{M}\p{P}\s]\p{L}|[\x80-\x9f\ufffd]/gu)?.length ?? 0
  )
}

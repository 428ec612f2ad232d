import { analyse } from 'chardet'
import iconv from 'iconv-lite'

const sampleLength = 64 * 1024

/** The name by which an encoding is known here; ISO-8859-1 is read as windows-1252, as browsers do. */
export function canonicalEncoding(encoding: string): string {
  const name = encoding.trim().toLowerCase()
  if (name === 'utf8') return 'utf-8'
  if (/^(?:x-)?mac-?roman$|^x-mac-roman$/.test(name)) return 'macintosh'
  return /^(?:iso-?8859-?1|latin-?1|us-ascii|ascii)$/.test(name) ? 'windows-1252' : name
}

/** UTF-16 without a mark, or null: by the zero bytes of spaces, digits and Latin letters, else by what its characters would be. */
export function guessWideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
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
  if (even / pairs > 0.3 && odd / pairs < 0.02) return 'utf-16be'
  if (bytes.length % 2 !== 0 || even + odd === 0) return null
  const little = shareOfWriting(bytes.subarray(0, length), 'utf-16le')
  const big = shareOfWriting(bytes.subarray(0, length), 'utf-16be')
  if (Math.max(little, big) < 0.98 || Math.min(little, big) > 0.9) return null
  return little > big ? 'utf-16le' : 'utf-16be'
}

/** How much of a decoded text is letters, digits, punctuation and spaces of scripts that are written today. */
function shareOfWriting(bytes: Uint8Array, encoding: string): number {
  const text = iconv.decode(Buffer.from(bytes), encoding)
  const known = text.match(
    /[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Devanagari}\p{sc=Thai}\u4e00-\u9fff\uac00-\ud7a3\u3000-\u303f\uff00-\uffef\u2010-\u2030 -~\s]/gu,
  )
  const isDivided = /[\s\u3000-\u3002\uff0c]/.test(text)
  return isDivided ? (known?.length ?? 0) / text.length : 0
}

/** The best guess of chardet among encodings that can be decoded; Mac Roman, which it does not know, where its letters make more sense. */
export function guessEncoding(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, sampleLength)
  const best = analyse(sample).find(({ name }) => iconv.encodingExists(name) && !/^utf/i.test(name))
  const guess = best ? canonicalEncoding(best.name) : 'windows-1252'
  if (!/^(?:windows-125[0247]|iso-8859-(?:1|2|9|15))$/.test(guess)) return guess
  const oddities = countOddities(sample, guess)
  const onMac = countOddities(sample, 'macintosh')
  return oddities > 0 && onMac * 3 < oddities ? 'macintosh' : guess
}

/** What no text has: a capital letter with an accent behind a small one, a sign between letters, characters that steer devices. */
function countOddities(bytes: Uint8Array, encoding: string): number {
  const text = iconv.decode(Buffer.from(bytes), encoding)
  return (
    text.match(/\p{Ll}(?=[^\x00-\x7f])\p{Lu}|\p{L}[^\x00-\x7f\p{L}\p{M}\p{P}\s]\p{L}|[\x80-\x9f\ufffd]/gu)?.length ?? 0
  )
}

import { dashes, doubleQuotes, singleQuotes, unseen } from './typography'

/** Further differences to fold, besides typography. */
export interface FoldOptions {
  /** Capital and small letters, by full case folding: `ß` is `ss`. */
  case?: boolean
  /** Accents and vowel points, where readers of the script leave them out: `é` is `e`, `ø` is `o`, Hebrew and Arabic points go. */
  marks?: boolean
}

/** A folded text and the way back. The arrays have an entry for each UTF-16 code unit of `folded`. */
export interface FoldedText {
  folded: string
  /** The start in the text of the character that the code unit comes from. */
  starts: Uint32Array
  /** The end of that character in the text; a run of white space is one character. */
  ends: Uint32Array
}

/** The most code units that count as one character with its marks, and the most characters whose folded form is cached. */
const mostUnits = 32
const mostForms = 10_000

/** Marks and joining characters belong to the letter before them; the two half-width sound marks of katakana do, too. */
const follows = /[\p{M}\uFF9E\uFF9F]/u
const whiteSpace = /[\s\u0085]/
/** Raised and lowered digits, fractions and circled numbers: `10⁶` is not `106`, nor `5½` the same as `51/2`. */
const kept = /^[\p{No}\u1D2C-\u1D6A\u02B0-\u02B8\u00AA\u00BA]/u
const jamo = /^[\u1100-\u115F\uA960-\uA97F]$/

/** Letters that fold to others, but carry no mark that could be removed. */
const plainLetters: Readonly<Record<string, string>> = {
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ħ: 'h',
  Ħ: 'H',
  ı: 'i',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  þ: 'th',
  Þ: 'Th',
  ð: 'd',
  Ð: 'D',
}

/**
 * Folds a text so that the same words compare alike however they are typeset: compatible forms (NFKC: ligatures, full width, decomposed letters),
 * quotation marks, dashes and white space become their plain forms, and invisible characters are removed. Raised and lowered digits and fractions
 * stay as they are, because they mean another number. For comparing only: never store or show the result. Linear in the text.
 */
export function foldText(text: string, options: FoldOptions = {}): FoldedText {
  const output = new FoldedOutput(text.length)
  const forms = new Map<string, string>()
  let at = 0
  while (at < text.length) {
    const plainEnd = plainRunEnd(text, at)
    if (plainEnd > at) {
      output.addRun(options.case === true ? text.slice(at, plainEnd).toLowerCase() : text.slice(at, plainEnd), at)
      at = plainEnd
      continue
    }
    const end = characterEnd(text, at)
    const character = text.slice(at, end)
    let form = forms.get(character)
    if (form === undefined) {
      form = foldCharacter(character, options)
      if (forms.size < mostForms) forms.set(character, form)
    }
    output.add(form, { start: at, end })
    at = end
  }
  return output.finish()
}

/** The folded text so far. White space after white space only extends the range of the first. */
class FoldedOutput {
  readonly #parts: string[] = []
  #starts: Uint32Array<ArrayBuffer>
  #ends: Uint32Array<ArrayBuffer>
  #length = 0
  #isSpace = false

  constructor(expected: number) {
    this.#starts = new Uint32Array(expected + 16)
    this.#ends = new Uint32Array(expected + 16)
  }

  /** Adds the form of one character of the text. */
  add(form: string, { start, end }: { start: number; end: number }): void {
    if (form === '') return
    if (form === ' ' && this.#isSpace) {
      this.#ends[this.#length - 1] = end
      return
    }
    this.#isSpace = form === ' '
    this.#reserve(form.length)
    const filled = this.#length + form.length
    while (this.#length < filled) {
      this.#starts[this.#length] = start
      this.#ends[this.#length] = end
      this.#length += 1
    }
    this.#parts.push(form)
  }

  /** Adds consecutive characters of one code unit each, beginning at `start`; none of them is white space. */
  addRun(run: string, start: number): void {
    this.#isSpace = false
    this.#reserve(run.length)
    for (let at = 0; at < run.length; at += 1) {
      this.#starts[this.#length + at] = start + at
      this.#ends[this.#length + at] = start + at + 1
    }
    this.#length += run.length
    this.#parts.push(run)
  }

  finish(): FoldedText {
    return {
      folded: this.#parts.join(''),
      starts: this.#starts.subarray(0, this.#length),
      ends: this.#ends.subarray(0, this.#length),
    }
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#starts.length) return
    const size = Math.max(this.#length + more, this.#starts.length * 2)
    const [starts, ends] = [new Uint32Array(size), new Uint32Array(size)]
    starts.set(this.#starts)
    ends.set(this.#ends)
    this.#starts = starts
    this.#ends = ends
  }
}

/** The folded text alone, without white space at its ends: what a search compares. Folding it again changes nothing. */
export function foldWords(text: string, options: FoldOptions = {}): string {
  return foldText(text, options).folded.trim()
}

/**
 * Maps a range of the folded text to the range of the text. Half-open, in UTF-16 code units; a range that begins or ends inside a character that was
 * folded to several (the `i` of `ﬁ`) takes in the whole character. Null for an empty range or one outside.
 */
export function unfoldRange(
  { starts, ends }: Pick<FoldedText, 'starts' | 'ends'>,
  range: { start: number; end: number },
): { start: number; end: number } | null {
  if (range.start >= range.end) return null
  const start = starts[range.start]
  const end = ends[range.end - 1]
  return start === undefined || end === undefined ? null : { start, end }
}

/** The start of the first occurrence of `words` in a text, both folded; null when there is none, or `words` is empty. */
export function findFolded(
  text: string,
  words: string,
  options: FoldOptions = {},
): { start: number; end: number } | null {
  const wanted = foldWords(words, options)
  if (wanted === '') return null
  const folded = foldText(text, options)
  const start = folded.folded.indexOf(wanted)
  return start === -1 ? null : unfoldRange(folded, { start, end: start + wanted.length })
}

/**
 * Finds the occurrences of `words` in a folded text, by start, without overlaps; at most `most`.
 * @param folded the text, folded with the same `options`
 */
export function findAllFolded(
  folded: FoldedText,
  words: string,
  { most, ...options }: FoldOptions & { most: number },
): { start: number; end: number }[] {
  const wanted = foldWords(words, options)
  const places: { start: number; end: number }[] = []
  if (wanted === '') return places
  let from = folded.folded.indexOf(wanted)
  while (from !== -1 && places.length < most) {
    const place = unfoldRange(folded, { start: from, end: from + wanted.length })
    if (place !== null) places.push(place)
    from = folded.folded.indexOf(wanted, from + wanted.length)
  }
  return places
}

/** The end of the run of plain ASCII that begins at `start`: no white space, no grave accent, no character with a mark after it. */
function plainRunEnd(text: string, start: number): number {
  let at = start
  for (;;) {
    const code = text.charCodeAt(at)
    if (!(code > 0x20 && code < 0x7f) || code === 0x60) break
    at += 1
  }
  // A mark belongs to the last letter, which is then not a plain one.
  return at > start && text.charCodeAt(at) >= 0x300 ? at - 1 : at
}

/** The end of the character at `start`, with its marks, and for Korean with all letters of its syllable. At most 32 code units. */
function characterEnd(text: string, start: number): number {
  let at = start + ((text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1)
  // In plain text, which is nearly all text, no mark follows.
  if (!(text.charCodeAt(at) >= 0x300)) return at
  if (isWhiteSpace(text.charAt(start))) return at
  const most = start + mostUnits
  if (jamo.test(text.charAt(start)) || isSyllable(text.charCodeAt(start)))
    while (at < most && /^[\u1160-\u11FF\uD7B0-\uD7FF]$/.test(text.charAt(at))) at += 1
  while (at < most) {
    const next = text.codePointAt(at)
    if (next === undefined || next < 0x300 || !follows.test(String.fromCodePoint(next))) return at
    at += next > 0xffff ? 2 : 1
  }
  return at
}

function isSyllable(code: number): boolean {
  return code >= 0xac00 && code <= 0xd7a3
}

function isWhiteSpace(character: string): boolean {
  return whiteSpace.test(character)
}

/**
 * Makes capital and small letters alike. Upper-casing brings `ß` and `ss`, and both small sigmas, to one form; lower-casing comes first, for the
 * capital `ẞ`.
 */
export function foldCase(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase()
}

function foldCharacter(character: string, options: FoldOptions): string {
  const seen = character.replaceAll(unseen, '')
  if (seen === '') return ''
  const set = seen.replaceAll(singleQuotes, "'").replaceAll(doubleQuotes, '"').replaceAll(dashes, '-')
  if (isWhiteSpace(set.charAt(0))) return ' '
  if (kept.test(set)) return set
  const wide = set.normalize('NFKC').replaceAll(dashes, '-').replaceAll(/\s+/g, ' ')
  // A single character for a whole phrase is left alone: a text of such characters would become many times as long.
  const compatible = wide.length > set.length * 4 ? set : wide
  const bare = options.marks === true ? withoutMarks(compatible) : compatible
  return options.case === true ? foldCase(bare).normalize('NFKC') : bare
}

function withoutMarks(letters: string): string {
  const bare = letters
    .normalize('NFD')
    .replaceAll(/([\p{Script=Latin}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}])\p{Mn}+/gu, '$1')
    // Of Cyrillic only stress and the dots of ё: й and ї are letters of their own.
    .replaceAll(/([\p{Script=Cyrillic}])[\u0300\u0301]+/gu, '$1')
    .replaceAll(/([еЕ])\u0308/g, '$1')
    .normalize('NFC')
  return Array.from(bare, (letter) => plainLetters[letter] ?? letter).join('')
}

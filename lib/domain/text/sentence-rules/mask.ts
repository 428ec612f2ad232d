/**
 * Prepares one block of text for `Intl.Segmenter`: full stops that do not end a sentence, citation markers and line ends are
 * replaced by characters of the same length that the Unicode sentence rules (UAX #29) pass over. Offsets stay as they are.
 */
import type { LanguageRules } from './abbreviations'

/** Text for the segmenter, and boundaries (offsets into the text) that it cannot find by itself. */
export interface MaskedText {
  text: string
  forced: number[]
}

/** A citation marker: digits, ranges, one letter or a known word in square brackets. */
export const citationPattern =
  /\[(?:\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,8}|[a-z]|(?:note|nb|n|fn|lower-alpha)\s?\d{1,3}|citation needed|clarification needed|who\?|when\?|by whom\?|page needed)\]/g

const lineEnds = /[\n\r\t\v\f\u0085\u2028\u2029]/g
const superscripts = /(?<=[.!?…,"”’)])[¹²³⁰⁴-⁹]{1,3}/g
const unmaskedStop = '.'
const neutral = '_'
const wordBefore = /[\p{L}\p{M}](?:[\p{L}\p{M}\p{N}]|[.’'/-](?=[\p{L}\p{M}]))*$/u
const elision = /^(?:l|d|dell|dall|nell|sull|all|un|qu|s|c|n|m|j)['’]/i
const numberBefore = /(?:^|[^\p{L}\p{N}.,])(\d{1,4})$/u
const groupedNumber = /(?:^|[^\p{L}\p{N}.,])\d{1,3}(?:,\d{3})+$/u
const timeZones =
  /^(?:[ECMP][SD]?T|GMT|UTC|BST|CES?T|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\p{L}*)\b/u
const wordAfter = /^[\p{L}\p{M}’']+/u
const siteEndings = new Set(
  'com org net edu gov mil int info biz io co uk de fr ru js ts py md pdf html php txt'.split(' '),
)

const isUpper = (character: string) => /^\p{Lu}/u.test(character)
const isLower = (character: string) => /^\p{Ll}/u.test(character)
const isLetter = (character: string) => /^\p{L}/u.test(character)
const isDigit = (character: string) => /^\p{N}/u.test(character)
const isCased = (character: string) => isUpper(character) || isLower(character)

/** The text around one full stop. `after` begins at the first character that is not a space, quote or bracket. */
interface StopContext {
  before: string
  word: string
  next: string
  after: string
  atStart: boolean
}

function isStarter(after: string, rules: LanguageRules): boolean {
  const word = wordAfter.exec(after)?.[0] ?? ''
  return rules.starters.has(word) || rules.starters.has(/^\p{L}+['’]/u.exec(word)?.[0] ?? '')
}

/** The key to look an abbreviation up by: the last of words run together, without an article ("l'Ing"), in lower case. */
function lookUpForm(word: string): string {
  return word
    .replace(/^.*\p{Ll}\p{Ll}\.(?=\p{Lu})/u, '')
    .replace(elision, '')
    .toLowerCase()
}

/**
 * Finds the part of a stop in an abbreviation of several parts, spaced or not ("z. B.", "u. Ä."): `inside` it, or the last stop of one that never
 * ends a sentence (`leading`) or may end one (`either`). Null outside of such abbreviations.
 */
function readParts(before: string, rest: string, rules: LanguageRules): 'inside' | 'leading' | 'either' | null {
  const written = /(?:\p{L}{1,3}\.\s?){0,3}\p{L}{1,4}$/u.exec(before)?.[0] ?? ''
  if (/[AP]\.M$/.test(written)) return null
  const parts = written.toLowerCase().split(/\.\s?/)
  const next = /^\s?(\p{L}{1,4})\./u.exec(rest)?.[1]?.toLowerCase()
  for (let from = 0; from < parts.length; from += 1) {
    const form = parts.slice(from).join('.')
    if (next !== undefined && (rules.leading.has(`${form}.${next}`) || rules.either.has(`${form}.${next}`)))
      return 'inside'
    if (from === parts.length - 1) break
    if (rules.leading.has(form)) return 'leading'
    if (rules.either.has(form)) return 'either'
  }
  return null
}

/** Whether a full stop followed by a space, a closing mark or the end ends a sentence. */
function endsSentence(context: StopContext, rules: LanguageRules): boolean {
  if (context.after === '') return true
  return context.word === '' ? endsAfterNumber(context, rules) : endsAfterWord(context, rules)
}

/** Decides where the form of a word and the text right before it suffice: degrees, hours and years; null for all else. */
function settleByForm({ before, word, after }: StopContext, rules: LanguageRules): boolean | null {
  const front = before.slice(0, before.length - word.length)
  if (front.endsWith('°')) return true
  if (!isUpper(after)) return null
  if (/^[AP]\.M$/.test(word)) return !timeZones.test(after)
  return rules.afterYear.has(lookUpForm(word)) && /\d\s$/.test(front) ? true : null
}

/** Abbreviations, initials and numbered headings keep the sentence open; most words end it. */
function endsAfterWord(context: StopContext, rules: LanguageRules): boolean {
  const { before, word, after, atStart } = context
  const lower = lookUpForm(word)
  if (rules.leading.has(lower) || (isDigit(after) && rules.beforeNumber.has(lower))) return false
  if (atStart && /^(?:[ivxlcm]{1,6}|\p{L})$/iu.test(word) && before === word) return false
  const settled = settleByForm(context, rules)
  if (settled !== null) return settled
  const initials = /^\p{L}(?:\.\p{L})*$/u.test(word) && !/^\p{Ll}$/u.test(word)
  if (initials && !isCased(word)) return !/^[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(word)
  const roman = rules.ordinals && /^[IVX]+$/.test(word)
  if (initials || roman || rules.either.has(lower)) return isStarter(after, rules) || (isDigit(after) && !initials)
  return true
}

/** A number that begins the text ("3.") numbers it, and some languages write ordinals with a stop ("3. Mai"). */
function endsAfterNumber({ before, after, atStart }: StopContext, rules: LanguageRules): boolean {
  const digits = numberBefore.exec(before)?.[1]
  if (digits === undefined) return !(/(?:^|\P{L})n[°º]$/iu.test(before) && isDigit(after))
  if (atStart && digits.length <= 3 && before.trim() === digits) return false
  return !(rules.ordinals && digits.length <= 2 && isUpper(after) && !isStarter(after, rules))
}

/** Whether a stop with a letter right behind it ends a sentence: words run together do, a name like "example.org" does not. */
function isGlued({ before, word, next, after }: StopContext, rules: LanguageRules): boolean {
  const last = before.slice(-1)
  if (!isUpper(next) || /[/@\\]\S*$/.test(before.slice(-40)) || /^[^\s@]*@/.test(after)) return false
  const following = wordAfter.exec(after)?.[0] ?? ''
  if (isDigit(last)) return (numberBefore.test(before) || groupedNumber.test(before)) && rules.starters.has(following)
  if (/^[)\]"”’»]$/.test(last)) return /[\p{Ll}\p{N}][.!?]?[)\]"”’»]+$/u.test(before)
  if (!isLower(last) || word.length < 2 || word.includes('.') || rules.leading.has(word.toLowerCase())) return false
  if (rules.starters.has(following)) return true
  return word.length >= 3 && !siteEndings.has(following.toLowerCase()) && /^\p{Lu}(?:\p{Ll}|\s|[’'])/u.test(after)
}

function readContext(text: string, at: number): StopContext {
  const before = text.slice(Math.max(0, at - 48), at)
  const rest = text.slice(at + 1, at + 60)
  return {
    before,
    word: wordBefore.exec(before)?.[0] ?? '',
    next: rest.slice(0, 2),
    after: rest.replace(/^[\s"'“”„‘’«»()[\]{}]+/u, ''),
    atStart:
      at < 12 &&
      text.slice(0, at).trim().length === before.trim().length &&
      /^\s*[\p{L}\d]{1,6}$/u.test(text.slice(0, at)),
  }
}

function maskStop(text: string, at: number, rules: LanguageRules): 'keep' | 'mask' | 'force' {
  const next = text.charAt(at + 1)
  if (next === '.' || text.charAt(at - 1) === '.') return 'keep'
  const context = readContext(text, at)
  if (isLetter(context.next) || isDigit(context.next)) {
    if (isGlued(context, rules)) return 'force'
    const unspaced =
      isLetter(context.next) && !isCased(context.next) && context.word.length >= 2 && !isCased(context.word.slice(-1))
    return unspaced ? 'keep' : 'mask'
  }
  if (/^[/\\_@=&%#-]/.test(next)) return 'mask'
  const parts = readParts(context.before, text.slice(at + 1, at + 10), rules)
  if (parts === 'inside' || (parts === 'leading' && context.after !== '')) return 'mask'
  if (parts === 'either' && context.after !== '' && !isStarter(context.after, rules)) return 'mask'
  return endsSentence(context, rules) ? 'keep' : 'mask'
}

/** "?" and "!" inside an address or a name do not end a sentence: something other than a space or a closing mark follows. */
function keepsMark(text: string, at: number): boolean {
  const next = text.charAt(at + 1)
  if (!/[A-Za-z0-9&=/_%#-]/.test(next)) return true
  return isLower(text.charAt(at - 1)) && isUpper(next) && !/[/@]\S*$/.test(text.slice(Math.max(0, at - 60), at))
}

const filler = (text: string) => neutral.repeat(text.length)
const closing = (text: string) => ')'.repeat(text.length)

/**
 * Masks what its form alone tells: marks in a title between title marks, an omission in brackets, dots before "I" (which is always a capital), a
 * marker behind a stop ("policies. [2] Then", "fell.(3) He"), the space before a closing guillemet. The length stays.
 */
function prepare(text: string, rules: LanguageRules): string {
  const prepared = text
    .replace(/《[^《》]{1,60}》|〈[^〈〉]{1,60}〉/gu, (title) => title.replace(/[。．！？!?.…]/gu, neutral))
    .replace(/\[\s?(?:\. ?){3}\]/g, (omission) => filler(omission))
    .replace(/(?<!\.\s?)(?:\.\s\.\s\.|\.\.\.)(?=\sI\b)/g, (dots) => filler(dots))
    .replace(/(?<=[.!?]["”’»)]{0,2})\s\[\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,8}\](?=\s["“‘«(]?\p{Lu}|$)/gu, closing)
    .replace(/(?<=[.!?]["”’»)]{0,2})\(\d{1,3}\)(?=\s|$)/g, closing)
    .replace(/(?<=[.!?…])[ \u00a0\u202f](?=»)/g, closing)
  return rules.colonEnds ? prepared.replace(/:(?=\s|$)/g, '։') : prepared
}

/**
 * Masks one block, whose length stays. `quiet` are ranges of the text known to be citation markers or kept syntax; forced boundaries lie inside it.
 */
export function maskText(
  text: string,
  quiet: readonly { start: number; end: number; kind: 'citation' | 'syntax' }[],
  rules: LanguageRules,
): MaskedText {
  const forced: number[] = []
  let plain = text.replace(lineEnds, ' ')
  if (quiet.length > 0) {
    const pieces: string[] = []
    let done = 0
    for (const { start, end, kind } of quiet) {
      pieces.push(plain.slice(done, start), (kind === 'citation' ? ')' : ' ').repeat(end - start))
      done = end
    }
    plain = pieces.join('') + plain.slice(done)
  }
  plain = prepare(plain, rules)
  const items = findInlineItems(plain)
  forced.push(...items.starts)
  plain = plain.replace(citationPattern, (marker, at: number) =>
    at > 0 && /[^\s([{]/.test(plain.charAt(at - 1)) ? ')'.repeat(marker.length) : marker,
  )
  plain = plain.replace(superscripts, (marker) => ')'.repeat(marker.length))
  const masked = plain.replace(/[.!?…]/g, (mark, at: number) => {
    if (mark === '…') {
      if (
        /^…[)\]"”’»]*\s+["“‘«(]?\p{Lu}/u.test(plain.slice(at, at + 12)) &&
        /[\p{L}\p{N}]/u.test(plain.charAt(at - 1))
      ) {
        forced.push(at + 1 + (/^[)\]"”’»]*/.exec(plain.slice(at + 1, at + 10))?.[0].length ?? 0))
      }
      return mark
    }
    if (mark !== '.') return keepsMark(plain, at) ? mark : neutral
    if (items.stops.has(at)) return neutral
    const decision = maskStop(plain, at, rules)
    if (decision === 'force') forced.push(at + 1)
    // UAX #29 looks past a figure for a lower-case letter ("in 2012. 300 people") and would not split there.
    const closing =
      decision === 'keep' && /(?:\p{Ll}{4}|\d{2})$/u.test(plain.slice(Math.max(0, at - 4), at))
        ? /^\.([)\]"”’»]*)\s+\d/.exec(plain.slice(at, at + 24))
        : null
    if (closing) forced.push(at + 1 + (closing[1]?.length ?? 0))
    return decision === 'mask' ? neutral : unmaskedStop
  })
  return { text: masked, forced }
}

/** Finds lists that continue within one block: "1) The first 2) The second". */

interface ListStyle {
  /** Matches a marker with the space behind it; the first group is the number or letter. */
  marker: RegExp
  ordinal: (label: string) => number
  /** The fewest markers in order that make a list. */
  least: number
}

const styles: ListStyle[] = [
  { marker: /(?<=^|\s)(\d{1,2})\.?\)\s+(?=\S)/gu, ordinal: Number, least: 2 },
  { marker: /(?<=^|\s)(\d{1,2})\.\s+(?=["“‘«(]?\p{Lu})/gu, ordinal: Number, least: 2 },
  { marker: /(?<=^|\s)\(?([a-z])[.)]\s+(?=\p{Lu})/gu, ordinal: (label) => label.charCodeAt(0) - 96, least: 2 },
]
const bullets = /[•⁃◦▪●]\s?(?=\S)/gu

/** Words that a number belongs to, so that it does not begin an item: "in section 2. The rule". */
const beforeFigures =
  /(?:^|\s)(?:sections?|chapters?|articles?|pages?|figures?|tables?|parts?|steps?|phases?|types?|grades?|levels?|rules?|numbers?|nos?\.|of|in|at|to|and|or|than|is|was|were|by|for|on|from|the|a)\s+$/i

/** The starts of the items within a text except the first, and the stops in their markers: offsets into the text. */
interface InlineItems {
  starts: number[]
  stops: ReadonlySet<number>
}

/**
 * Finds a list within a text that begins with the marker of an item: further markers follow in order. Bullets need a second one of the same sign.
 * Empty where a figure belongs to the words before it.
 */
function findInlineItems(text: string): InlineItems {
  const first = /^\s*(\S)/u.exec(text)?.[1] ?? ''
  const none: InlineItems = { starts: [], stops: new Set() }
  if (/[•⁃◦▪●]/u.test(first)) {
    const found = [...text.matchAll(bullets)].filter((match) => match[0].startsWith(first))
    const stops = found.flatMap((match) => {
      const number = /^\d{1,2}(?=\.\s)/.exec(text.slice(match.index + match[0].length, match.index + 8))
      return number ? [match.index + match[0].length + number[0].length] : []
    })
    return { starts: found.slice(1).map(({ index }) => index), stops: new Set(stops) }
  }
  if (!/[\da-z(]/.test(first)) return none
  for (const { marker, ordinal, least } of styles) {
    const items: { at: number; length: number }[] = []
    let next: number | null = null
    for (const match of text.matchAll(marker)) {
      const number = ordinal(match[1] ?? '')
      if (next === null) {
        if (text.slice(0, match.index).trim() !== '') break
      } else if (number !== next || beforeFigures.test(text.slice(Math.max(0, match.index - 24), match.index))) continue
      items.push({ at: match.index, length: match[0].length })
      next = number + 1
    }
    if (items.length < least) continue
    const stops = items.flatMap(({ at, length }) => {
      const stop = text.slice(at, at + length).indexOf('.')
      return stop < 0 ? [] : [at + stop]
    })
    return { starts: items.slice(1).map(({ at }) => at), stops: new Set(stops) }
  }
  return none
}

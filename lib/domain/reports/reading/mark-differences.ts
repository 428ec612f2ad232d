import { joinRanges, type TextRange } from '@/lib/domain/ranges/text-range'

/** The kind of a number: a year, a day of a month, a time, a percentage, or any other. Only numbers of one kind are compared. */
type NumberKind = 'year' | 'day' | 'time' | 'percent' | 'quantity'

/** A number in a text with its value, written in digits of any script or in English words. Offsets are UTF-16 code units. */
interface NumberToken extends TextRange {
  value: number
  kind: NumberKind
}

const unitWords =
  'two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
const tenWords = 'twenty thirty forty fifty sixty seventy eighty ninety'

/** "One" is seldom a number by itself; it counts only after tens, as in "twenty-one". */
const wordValues: ReadonlyMap<string, number> = new Map<string, number>([
  ...unitWords.split(' ').map((word, place): [string, number] => [word, place + 2]),
  ...tenWords.split(' ').map((word, place): [string, number] => [word, (place + 2) * 10]),
  ['twice', 2],
  ['dozen', 12],
])

const scales: ReadonlyMap<string, number> = new Map([
  ['hundred', 100],
  ['thousand', 1e3],
  ['million', 1e6],
  ['millions', 1e6],
  ['bn', 1e9],
  ['billion', 1e9],
  ['billions', 1e9],
  ['trillion', 1e12],
])

/** English words after a number that counts days of a month or a period of time. */
const following = {
  day: /^[ \u00A0](?:January|February|March|April|May|June|July|August|September|October|November|December)\b/,
  time: /^[- \u00A0](?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?)\b/i,
} as const

const scaleNames = [...scales.keys()].join('|')
const figures = String.raw`(?:\p{Nd}{1,3}(?:[.,٫٬’'\u00A0\u202F\u2009 ]\p{Nd}{3}(?!\p{Nd}))+|\p{Nd}+)(?:[.,٫]\p{Nd}+)?`
const words = [...wordValues.keys()].join('|')
const numberPattern = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:(?<figures>${figures})|(?<words>(?:${words})(?:[- ](?:${words}|one))?)(?![\p{L}\p{N}]))(?<scale>[ \u00A0](?:${scaleNames})(?![\p{L}\p{N}]))?(?<percent>[ \u00A0\u202F]?[%٪]|[ \u00A0]per ?cent(?!\p{L}))?`,
  'giu',
)

/** The value of a decimal digit of any script. */
function digitValue(digit: string): number {
  const code = digit.normalize('NFKC').codePointAt(0) ?? 0
  // The digits of a script are ten consecutive code points, starting at a multiple of sixteen or six above one.
  const low = code & 0xf
  return low < 10 && /\p{Nd}/u.test(String.fromCodePoint(code - low)) ? low : low - 6
}

function valueOfFigures(text: string): number {
  const plain = [...text].map((sign) => (/\p{Nd}/u.test(sign) ? String(digitValue(sign)) : sign)).join('')
  const groups = plain.split(/[.,٫٬’'\u00A0\u202F\u2009 ]/)
  const last = groups.at(-1) ?? ''
  const isDecimal = groups.length > 1 && (last.length !== 3 || (groups.length === 2 && groups[0] === '0'))
  return isDecimal ? Number(`${groups.slice(0, -1).join('')}.${last}`) : Number(groups.join(''))
}

function valueOfWords(text: string): number {
  return text
    .toLowerCase()
    .split(/[- ]/)
    .reduce((sum, word) => sum + (word === 'one' ? 1 : (wordValues.get(word) ?? 0)), 0)
}

function kindOf(
  { figures: digits, percent, scale }: Partial<Record<string, string>>,
  { value, after }: { value: number; after: string },
): NumberKind {
  if (percent !== undefined) return 'percent'
  if (following.day.test(after)) return 'day'
  if (following.time.test(after)) return 'time'
  const isYear = digits?.length === 4 && scale === undefined && Number.isInteger(value) && value >= 1500 && value < 2100
  return isYear ? 'year' : 'quantity'
}

/** The numbers of a text in order. A number joined to letters, as in “B12”, is part of a name and left out. */
export function numbersIn(text: string): NumberToken[] {
  return [...text.matchAll(numberPattern)].map((match) => {
    const groups: Partial<Record<string, string>> = match.groups ?? {}
    const base =
      groups['figures'] === undefined ? valueOfWords(groups['words'] ?? '') : valueOfFigures(groups['figures'])
    const value = base * (scales.get((groups['scale'] ?? '').trim().toLowerCase()) ?? 1)
    const end = match.index + match[0].length
    // The most characters of the word after a number, with the space before it.
    return { start: match.index, end, value, kind: kindOf(groups, { value, after: text.slice(end, end + 12) }) }
  })
}

/** The differences between a claim and the quotes beside it, as ascending ranges of each text (UTF-16 code units). */
export interface Differences {
  claim: TextRange[]
  /** One list of ranges per quote, in the order of the quotes. */
  quotes: TextRange[][]
}

/** The most words of a text that is compared by words, which takes the product of both lengths. Longer texts are compared by their numbers alone. */
const mostWords = 250

/** Two texts are compared word by word when they share this fraction of the shorter one's words, in order. */
const leastAlike = 0.5

/** Texts with fewer words are too short to be called alike. */
const leastWords = 4

/** Names are compared in texts that share at least this many words, quiet words aside. */
const leastShared = 2

/** When more than this fraction of the words would be marked, only numbers are marked. */
const mostMarked = 0.6

/** Function words whose difference does not change the meaning. "No" and "not" do not belong to them. */
const quiet = new Set(
  'a an the of in on at to for and or by with from as is was were are be been it its that this which had has have'.split(
    ' ',
  ),
)

interface Word extends TextRange {
  folded: string
}

function wordsIn(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{M}\p{N}]+(?:[’'.,][\p{L}\p{N}]+)*/gu)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    folded: match[0].normalize('NFKC').toLowerCase(),
  }))
}

/** The longest common subsequence of words, as pairs of indexes: [in the first, in the second]. */
function sharedWords(one: readonly Word[], other: readonly Word[]): [number, number][] {
  const width = other.length + 1
  const longest = new Uint16Array((one.length + 1) * width)
  const at = (i: number, j: number) => longest[i * width + j] ?? 0
  for (let i = one.length - 1; i >= 0; i--) {
    for (let j = other.length - 1; j >= 0; j--) {
      longest[i * width + j] =
        one[i]?.folded === other[j]?.folded ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const found: [number, number][] = []
  for (let i = 0, j = 0; i < one.length && j < other.length;) {
    if (one[i]?.folded === other[j]?.folded) found.push([i++, j++])
    else if (at(i + 1, j) >= at(i, j + 1)) i++
    else j++
  }
  return found
}

/** The words between the first and the last shared word that are not shared. Words outside of these are context. */
function unsharedWithin(words: readonly Word[], shared: readonly number[]): { marked: Word[]; of: number } {
  const [first, last] = [shared[0] ?? 0, shared.at(-1) ?? -1]
  const kept = new Set(shared)
  const marked = words.filter(
    ({ folded }, place) => place > first && place < last && !kept.has(place) && !quiet.has(folded),
  )
  return { marked, of: last - first + 1 }
}

/** Compares two texts word by word; null where they have too little in common to be compared. */
function compareWords(claim: string, quote: string): { claim: Word[]; quote: Word[]; alike: number } | null {
  const [one, other] = [wordsIn(claim), wordsIn(quote)]
  const shorter = Math.min(one.length, other.length)
  if (shorter < leastWords || Math.max(one.length, other.length) > mostWords) return null
  const shared = sharedWords(one, other)
  const alike = shared.filter(([place]) => !quiet.has(one[place]?.folded ?? '')).length / shorter
  if (shared.length / shorter < leastAlike) return null
  const inClaim = unsharedWithin(
    one,
    shared.map(([place]) => place),
  )
  const inQuote = unsharedWithin(
    other,
    shared.map(([, place]) => place),
  )
  const isTooMuch = ({ marked, of }: typeof inClaim) => marked.length > of * mostMarked
  if (isTooMuch(inClaim) || isTooMuch(inQuote)) return null
  return { claim: inClaim.marked, quote: inQuote.marked, alike }
}

/** Numbers that only one side has, of the kinds that both sides have: a date that only the claim gives contradicts nothing. */
function compareNumbers(claim: readonly NumberToken[], quotes: readonly (readonly NumberToken[])[]) {
  const all = quotes.flat()
  const isAmong = (numbers: readonly NumberToken[], { kind, value }: NumberToken) =>
    numbers.some((each) => each.kind === kind && each.value === value)
  const inClaim = claim.filter((number) => !isAmong(all, number))
  const inQuotes = quotes.map((numbers) => numbers.filter((number) => !isAmong(claim, number)))
  const kinds = new Set(
    inClaim.map(({ kind }) => kind).filter((kind) => inQuotes.flat().some((number) => number.kind === kind)),
  )
  const ofKinds = (numbers: readonly NumberToken[]) => numbers.filter(({ kind }) => kinds.has(kind))
  return { claim: ofKinds(inClaim), quotes: inQuotes.map(ofKinds) }
}

interface CountedThing extends NumberToken {
  /** The word after the number, folded. */
  unit: string
}

/** Numbers with the word after them, as in "44 metres". Numbers before a quiet word or before no word are left out. */
function countedIn(text: string): CountedThing[] {
  return numbersIn(text).flatMap((number) => {
    const unit = /^[\s-]*(\p{L}[\p{L}\p{M}]*)/u.exec(text.slice(number.end))?.[1]?.normalize('NFKC').toLowerCase()
    return unit === undefined || quiet.has(unit) ? [] : [{ ...number, unit }]
  })
}

/** Numbers of the same thing that differ, such as 19 and 17 nautical miles; numbers of other things are ignored. Null where there are none. */
function compareCounted(claim: string, quotes: readonly string[]) {
  const [inClaim, inQuotes] = [countedIn(claim), quotes.map(countedIn)]
  const all = inQuotes.flat()
  const differs = (from: readonly CountedThing[]) => (one: CountedThing) => {
    const alike = from.filter(({ unit, kind }) => unit === one.unit && kind === one.kind)
    return alike.length > 0 && alike.every(({ value }) => value !== one.value)
  }
  const found = { claim: inClaim.filter(differs(all)), quotes: inQuotes.map((each) => each.filter(differs(inClaim))) }
  return found.claim.length === 0 || found.quotes.flat().length === 0 ? null : found
}

/** Capitalised words that do not begin the text: names, in scripts that have capitals. */
function namesIn(text: string): Word[] {
  return wordsIn(text).filter(({ start, end }) => start > 0 && /^\p{Lu}\p{Ll}/u.test(text.slice(start, end)))
}

/** Names that only one side has, where the texts share other words and both sides have such a name. */
function compareNames(claim: string, quotes: readonly string[]): { claim: Word[]; quotes: Word[][] } | null {
  const inClaim = namesIn(claim)
  const inQuotes = quotes.map((quote) => namesIn(quote))
  const has = (words: readonly Word[], { folded }: Word) => words.some((word) => word.folded === folded)
  const all = quotes.flatMap((quote) => wordsIn(quote))
  const claimed = wordsIn(claim)
  const shared = new Set(
    claimed.filter((word) => !quiet.has(word.folded) && has(all, word)).map(({ folded }) => folded),
  )
  const found = {
    claim: inClaim.filter((name) => !has(all, name)),
    quotes: inQuotes.map((names) => names.filter((name) => !has(claimed, name))),
  }
  return shared.size < leastShared || found.claim.length === 0 || found.quotes.flat().length === 0 ? null : found
}

/**
 * What to mark in a claim and in the quotes that contradict it, so that the difference stands out.
 * Numbers come first. Numbers of the same thing, as the word after them shows, are tried before numbers of one kind (a year, a day, a time, a
 * percentage, any other) that only one side has. They are read alike in any script, with any separators, and in English words.
 * Where no numbers differ, differing words are marked if the claim and the quote most like it are nearly the same sentence, else names that differ.
 * Where none of this helps nothing is marked: the difference is one of meaning.
 */
export function markDifferences(claim: string, quotes: readonly string[]): Differences {
  const numbers =
    compareCounted(claim, quotes) ??
    compareNumbers(
      numbersIn(claim),
      quotes.map((quote) => numbersIn(quote)),
    )
  if (numbers.claim.length > 0) return { claim: joinRanges(numbers.claim), quotes: numbers.quotes.map(joinRanges) }
  const compared = quotes.map((quote) => compareWords(claim, quote))
  const best = compared.reduce<number | null>(
    (at, each, place) => (each !== null && (at === null || each.alike > (compared[at]?.alike ?? 0)) ? place : at),
    null,
  )
  const words = best === null ? null : (compared[best] ?? null)
  if (words !== null) {
    return {
      claim: joinRanges(words.claim),
      quotes: quotes.map((_quote, place) => (place === best ? joinRanges(words.quote) : [])),
    }
  }
  const names = compareNames(claim, quotes)
  return names === null
    ? { claim: [], quotes: quotes.map((): TextRange[] => []) }
    : { claim: joinRanges(names.claim), quotes: names.quotes.map(joinRanges) }
}

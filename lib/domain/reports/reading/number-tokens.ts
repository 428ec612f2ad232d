import type { TextRange } from '@/lib/domain/ranges/text-range'

/** What a number counts: a year, a day of a month, a time, a share of a hundred, or anything else. Only numbers of one kind are compared. */
type NumberKind = 'year' | 'day' | 'time' | 'percent' | 'quantity'

/** A number in a text with its value, in figures of any script or in English words. Offsets are UTF-16 code units. */
export interface NumberToken extends TextRange {
  value: number
  kind: NumberKind
}

const unitWords =
  'two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
const tenWords = 'twenty thirty forty fifty sixty seventy eighty ninety'

/** "One" is seldom a number by itself; it counts after tens alone, as in "twenty-one". */
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

/** What follows a number that counts days of a month or a stretch of time, in English. */
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
  // The digits of a script stand in a run of ten, which begins at a multiple of sixteen or six above one.
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

/** The numbers of a text in its order. A number joined to letters, as in “B12”, is a name and left out. */
export function numbersIn(text: string): NumberToken[] {
  return [...text.matchAll(numberPattern)].map((match) => {
    const groups: Partial<Record<string, string>> = match.groups ?? {}
    const base =
      groups['figures'] === undefined ? valueOfWords(groups['words'] ?? '') : valueOfFigures(groups['figures'])
    const value = base * (scales.get((groups['scale'] ?? '').trim().toLowerCase()) ?? 1)
    const end = match.index + match[0].length
    // The longest word that follows a number, with the space before it.
    return { start: match.index, end, value, kind: kindOf(groups, { value, after: text.slice(end, end + 12) }) }
  })
}

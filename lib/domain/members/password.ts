import { commonWords } from './common-words'

/** The fewest and the most characters (Unicode code points) of a password. NIST SP 800-63B asks for no other composition rule. */
export const shortestPassword = 12
export const longestPassword = 200

/** Words that a password must not be built from, besides the common ones. */
export interface PasswordContext {
  email: string
  name: string
  /** Further words that anyone would try here, such as the workspace's name. */
  words?: readonly string[]
}

/** Estimated bits below which a password counts as common: about what a patient attacker with word lists and rules can try. */
const fewestBits = 36

/** Bits of one character that belongs to no known pattern: one of about 30 likely ones. */
const characterBits = 4.9
const wordBits = 9
const contextBits = 3
const repeatBits = 2
const runBits = 7
const dateBits = 11

const keyboardRows = [
  'qwertyuiop[]',
  'asdfghjkl;',
  'zxcvbnm,./',
  '1234567890-=',
  'qwertzuiopü',
  'yxcvbnm',
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
  'abcdefghijklmnopqrstuvwxyz',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  'qazwsxedcrfvtgbyhnujmikolp',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  '0123456789',
  '0246813579',
  '1357924680',
  '147258369',
  '741852963',
  '159753',
  '159357',
  '951753',
  'йцукенгшщзхъ',
  'фывапролджэ',
  'ячсмитьбю',
]
const runs = keyboardRows.flatMap((row) => [row + row, [...row].toReversed().join('').repeat(2)])

const lookAlikes: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'l',
  '€': 'e',
  '+': 't',
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

/** Undoes the usual replacements of letters by digits and signs, one character for one. */
function withoutLookAlikes(text: string): string {
  return text.replaceAll(/[0134578@$!|€+9]/g, (sign) => lookAlikes[sign] ?? sign)
}

function contextWords({ email, name, words = [] }: PasswordContext): Set<string> {
  const parts = [email, name, ...words].flatMap((text) => {
    const whole = plain(text)
    return [...whole.split(/[^\p{L}\p{N}]+/u), whole.replaceAll(/[^\p{L}\p{N}]+/gu, '')]
  })
  return new Set(['sourcemark', ...parts.filter((part) => part.length >= 3)])
}

function isRun(piece: string): boolean {
  return runs.some((row) => row.includes(piece))
}

function isDate(piece: string): boolean {
  if (!/^\d{4,8}$/.test(piece)) return false
  if (/^(19|20)\d\d$/.test(piece)) return true
  if (!/^\d{6}$|^\d{8}$/.test(piece)) return false
  const [first, second] = [Number(piece.slice(0, 2)), Number(piece.slice(2, 4))]
  return (first >= 1 && first <= 31 && second >= 1 && second <= 31) || /^(19|20)\d{6}$/.test(piece)
}

function bitsOfPiece(piece: string, unswapped: string, context: ReadonlySet<string>): number {
  if (context.has(piece) || context.has(unswapped)) return contextBits
  if (piece.length >= 3 && /^(.)\1+$/u.test(piece)) return runBits
  if (piece.length >= 3 && isRun(piece)) return runBits
  if (isDate(piece)) return dateBits
  if (commonWords.has(piece)) return wordBits
  if (commonWords.has(unswapped)) return wordBits + 1
  const backwards = [...piece].toReversed().join('')
  if (commonWords.has(backwards) || context.has(backwards)) return wordBits + 1
  return Number.POSITIVE_INFINITY
}

/** The most characters of one known piece. */
const longestPiece = 32

/**
 * A low estimate of a password's bits: the cheapest way to build it from common words (also with look-alike characters, or backwards), names
 * of its owner, runs of the keyboard or the alphabet, repetitions, dates, and single characters. After the idea of zxcvbn (Wheeler, USENIX
 * Security 2016), with a far smaller dictionary.
 */
export function estimatePasswordBits(password: string, context: PasswordContext): number {
  const text = plain(password)
  const characters = [...text]
  const swapped = [...withoutLookAlikes(text)]
  const words = contextWords(context)
  const best: number[] = [0]
  for (let end = 1; end <= characters.length; end += 1) {
    let bits = (best[end - 1] ?? 0) + (characters[end - 1] === characters[end - 2] ? 1 : characterBits)
    for (let start = Math.max(0, end - longestPiece); start <= end - 3; start += 1) {
      const piece = characters.slice(start, end).join('')
      const before = characters.slice(0, start).join('')
      const pieceBits = Math.min(
        bitsOfPiece(piece, swapped.slice(start, end).join(''), words),
        before.includes(piece) ? repeatBits : Number.POSITIVE_INFINITY,
      )
      bits = Math.min(bits, (best[start] ?? 0) + pieceBits)
    }
    best.push(bits)
  }
  return best.at(-1) ?? 0
}

/** Says why a password cannot be used and what would work; null when it can be used. */
export function passwordProblem(password: string, context: PasswordContext): string | null {
  const length = [...password].length
  if (length < shortestPassword)
    return `Use at least ${shortestPassword} characters. Four or five unrelated words work well.`
  if (length > longestPassword) return `Use at most ${longestPassword} characters.`
  if (/[\p{Cs}\u{0}]/u.test(password)) return 'The password has a character that cannot be stored. Leave it out.'
  if (estimatePasswordBits(password, context) < fewestBits) {
    return 'This password is among the first that would be guessed: it is built from common words, your name or address, a keyboard run or a repetition. Four or five unrelated words work well.'
  }
  return null
}

/** Judges one line of plain text by its shape alone. */

const terminator = /[.!?…。！？؟।۔]["'”’)\]»」』]*(?:\s?\[[\w\s]{1,20}\])*$/u
const wordPattern = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’.\-–]*/gu
const smallWords = new Set(
  'a an the and or but nor of in on at to by for from with into onto over via as is vs de la le du der die das und y e el los las et des von van'.split(
    ' ',
  ),
)

/** The words of a short text: runs of letters and digits with inner apostrophes, dots and hyphens. */
export function readWords(text: string): string[] {
  return text.match(wordPattern) ?? []
}

/** Whether a line ends like a sentence (a full stop, question or exclamation mark of any script, then closing marks or citation markers). */
export function endsLikeSentence(text: string): boolean {
  return terminator.test(text.slice(-60))
}

/**
 * The share of words that carry a capital, from 0 to 1. Small words ("of", "the") are left out unless they come first;
 * digits count as capitals. Scripts without case give 0.
 */
export function titleCaseShare(text: string): number {
  const words = readWords(text).filter((word, at) => at === 0 || !smallWords.has(word.toLowerCase()))
  if (words.length === 0 || !/\p{Lu}/u.test(text)) return 0
  return words.filter((word) => /^[\p{Lu}\p{N}]/u.test(word)).length / words.length
}

/** Whether every word is capitalised, small ones included ("Find Out The Latest"): how titles made from addresses look. */
export function isSlugCase(text: string): boolean {
  const words = readWords(text)
  if (!words.every((word) => /^[\p{Lu}\p{N}]/u.test(word))) return false
  return words.some((word, at) => at > 0 && smallWords.has(word.toLowerCase()))
}

/** Whether all cased letters are capitals, at least four of them. */
export function isAllCapitals(text: string): boolean {
  return !/\p{Ll}/u.test(text) && (text.match(/\p{Lu}/gu)?.length ?? 0) >= 4
}

/** Whether a line is running text: it ends like a sentence and is long enough for one, or it is very long. */
export function isBody(text: string): boolean {
  if (text.length >= 200) return true
  if (!endsLikeSentence(text)) return false
  return (
    readWords(text).length >= 8 ||
    (text.length >= 30 && /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(text))
  )
}

/** Whether a line could be a heading: short, one phrase, not ended like a sentence (a question may be one), no address in it. */
export function looksLikeHeading(
  text: string,
  limits: { words: number; characters: number } = { words: 16, characters: 110 },
): boolean {
  if (text.length < 2 || text.length > limits.characters || text.includes('\n')) return false
  if (/[.,;…。，、；।۔؛،]["'”’)\]»]*$/u.test(text) && !/\b(?:\p{Lu}\.){2,}$/u.test(text)) return false
  if (!/^["'“‘«([]?[\p{Lu}\p{Lo}\p{N}]/u.test(text) || !/\p{L}/u.test(text)) return false
  if (/https?:\/\/|www\.|@|[|{}<>]/.test(text) || /[\p{Ll}\p{Lo}]{2}[.!?。！？][\s\p{Lu}]/u.test(text)) return false
  return readWords(text).length <= limits.words
}

/** Normalises a title for comparison: no list marker, numbering, page number or closing colon; straight quotes, lower case, single spaces. */
export function normaliseTitle(text: string): string {
  return text
    .slice(0, 300)
    .replace(/^(?:[-*+•‣◦▪●]\s+|#{1,6}\s+)/u, '')
    .replace(/^(?:\d{1,3}(?:\.\d{1,3})*[.)]?|[IVXLC]{1,6}\.)\s+/u, '')
    .replace(/\s*(?:\.\s?){2,60}\s*\d{0,4}$/u, '')
    .replace(/\s*:$/u, '')
    .replace(/[‘’]/gu, "'")
    .replace(/[“”]/gu, '"')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase()
}

/** A seeded editor that records where each word went: the truth against which re-anchoring is measured. */
import type { TextRange } from '@/lib/domain/ranges/text-range'

/** How much is edited: the shares of all words and of all paragraphs. */
export interface Edits {
  words: number
  moved: number
  gone: number
}

/** A quote in the earlier text, and the place of its words in the later one; null when its paragraph is gone. */
export interface Quote {
  before: TextRange
  after: TextRange | null
}

export interface EditedText {
  before: string
  after: string
  quotes: Quote[]
}

interface Word {
  text: string
  /** Its number in the earlier text, or null for a paragraph that the editor inserted. */
  origin: number | null
}

const letterOrDigit = /[\p{L}\p{N}]/u
const fewestWords = 3
const mostWords = 30

/**
 * Edits paragraphs and takes quotes of 3 to 30 words from them. Of the edited words half are replaced, a quarter deleted, and a quarter followed by a
 * new word; new words come from the text itself. A quote's later place covers its words that stayed or were replaced.
 */
export function editText(
  paragraphs: readonly string[],
  { edits, quotes, random }: { edits: Edits; quotes: number; random: () => number },
): EditedText {
  const words: string[] = []
  const numbered = paragraphs.map((paragraph) =>
    paragraph.split(/\s+/).map((text): Word => ({ text, origin: words.push(text) - 1 })),
  )
  const before = layOut(numbered)
  const someWord = () => (words[Math.floor(random() * words.length)] ?? '').replaceAll(/[^\p{L}\p{N}]/gu, '')
  const edited = reorder(numbered, edits, random).map((paragraph) =>
    editWords(paragraph, edits.words, { random, someWord }),
  )
  const after = layOut(edited)
  return {
    before: before.text,
    after: after.text,
    quotes: Array.from({ length: quotes }, () => takeQuote(numbered, words.length, random)).map(({ first, last }) => ({
      before: rangeOf(before.places, first, last) ?? { start: 0, end: 0 },
      after: rangeOf(after.places, first, last),
    })),
  }
}

function reorder(paragraphs: readonly Word[][], { moved, gone }: Edits, random: () => number): Word[][] {
  const kept: Word[][] = []
  const taken: Word[][] = []
  for (const paragraph of paragraphs) {
    const lot = random()
    if (lot < gone) continue
    if (lot < gone + moved) taken.push(paragraph)
    else kept.push(paragraph)
  }
  for (const paragraph of taken) kept.splice(Math.floor(random() * (kept.length + 1)), 0, paragraph)
  return kept
}

function editWords(
  paragraph: readonly Word[],
  share: number,
  { random, someWord }: { random: () => number; someWord: () => string },
): Word[] {
  return paragraph.flatMap((word): Word[] => {
    if (random() >= share || !letterOrDigit.test(word.text)) return [word]
    const lot = random()
    if (lot < 0.25) return []
    if (lot < 0.5) return [word, { text: someWord(), origin: null }]
    // The punctuation after a word stays when the word is replaced.
    return [{ text: someWord() + (/[^\p{L}\p{N}]*$/u.exec(word.text)?.[0] ?? ''), origin: word.origin }]
  })
}

function layOut(paragraphs: readonly Word[][]): { text: string; places: Map<number, TextRange> } {
  const places = new Map<number, TextRange>()
  let text = ''
  for (const paragraph of paragraphs) {
    if (text !== '') text += '\n\n'
    paragraph.forEach((word, at) => {
      if (at > 0) text += ' '
      if (word.origin !== null) places.set(word.origin, { start: text.length, end: text.length + word.text.length })
      text += word.text
    })
  }
  return { text, places }
}

/** A quote at a random place of the text, cut off at the end of its paragraph. */
function takeQuote(
  paragraphs: readonly Word[][],
  words: number,
  random: () => number,
): { first: number; last: number } {
  for (;;) {
    const first = Math.floor(random() * words)
    const length = fewestWords + Math.floor(random() * (mostWords - fewestWords + 1))
    const end = paragraphs.find((paragraph) => (paragraph.at(-1)?.origin ?? -1) >= first)?.at(-1)?.origin ?? first
    const last = Math.min(first + length - 1, end)
    if (last - first + 1 >= fewestWords) return { first, last }
  }
}

function rangeOf(places: ReadonlyMap<number, TextRange>, first: number, last: number): TextRange | null {
  const found = Array.from({ length: last - first + 1 }, (_, at) => places.get(first + at)).filter(
    (place) => place !== undefined,
  )
  const [start, end] = [found[0], found.at(-1)]
  return start === undefined || end === undefined ? null : { start: start.start, end: end.end }
}

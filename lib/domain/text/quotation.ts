/** A raised or lowered part of quoted words, `[start, end)` in UTF-16 code units of them. */
export interface ScriptRun {
  start: number
  end: number
  is: 'raised' | 'lowered'
}

/** A stretch of quoted words that is raised, lowered or on the line as a whole. */
export interface QuotedPiece {
  text: string
  is: ScriptRun['is'] | 'plain'
}

/**
 * The raised and lowered parts of a range, counted from its start; empty where there are none. `runs` are those of the whole text, sorted and
 * disjoint.
 */
export function scriptIn(runs: readonly ScriptRun[], { start, end }: { start: number; end: number }): ScriptRun[] {
  return runs
    .filter((run) => run.end > start && run.start < end)
    .map((run) => ({ start: Math.max(run.start, start) - start, end: Math.min(run.end, end) - start, is: run.is }))
}

/** The result of `scriptIn` as a field of an answer: left out when nothing is raised or lowered. */
export function scriptField(
  runs: readonly ScriptRun[],
  range: { start: number; end: number },
): { script?: ScriptRun[] } {
  const script = scriptIn(runs, range)
  return script.length === 0 ? {} : { script }
}

/** Splits words into pieces, each raised, lowered or on the line; joined, they are the words again. Runs outside the words are ignored. */
export function piecesOf(words: string, runs: readonly ScriptRun[]): QuotedPiece[] {
  const pieces: QuotedPiece[] = []
  let at = 0
  const add = (end: number, is: QuotedPiece['is']) => {
    if (end <= at) return
    pieces.push({ text: words.slice(at, end), is })
    at = end
  }
  for (const { start, end, is } of runs) {
    add(Math.min(start, words.length), 'plain')
    if (start === at) add(Math.min(end, words.length), is)
  }
  add(words.length, 'plain')
  return pieces
}

const plainLetters = '0123456789+-−=()ni'
const raisedLetters = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ'
const loweredDigits = '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎'

/** Raised or lowered forms of the characters; null unless every one has such a form. */
function asCharacters(text: string, set: string): string | null {
  const letters = Array.from(text, (letter) => {
    const place = plainLetters.indexOf(letter)
    return place === -1 ? '' : set.charAt(place)
  })
  return letters.includes('') ? null : letters.join('')
}

function pieceInPlainText({ text, is }: QuotedPiece): string {
  if (is === 'plain') return text
  return is === 'raised'
    ? (asCharacters(text, raisedLetters) ?? `^(${text})`)
    : (asCharacters(text, loweredDigits) ?? `_(${text})`)
}

/**
 * Writes quoted words as plain text: raised and lowered digits as such characters (`10⁶`, `H₂O`), other words as `^(…)` and `_(…)`, so that `3 × 10⁶`
 * does not read as 106. For display only: `exact` is what is stored and searched for.
 */
export function quoteInPlainText(words: string, runs: readonly ScriptRun[] = []): string {
  return piecesOf(words, runs).map(pieceInPlainText).join('')
}

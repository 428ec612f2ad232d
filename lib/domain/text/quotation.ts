/** A raised or lowered part of quoted words, `[start, end)` in UTF-16 code units of them. */
export interface ScriptRun {
  start: number
  end: number
  is: 'raised' | 'lowered'
}

/** A stretch of quoted words that stands on one level. */
export interface QuotedPiece {
  text: string
  is: ScriptRun['is'] | 'plain'
}

/** The raised and lowered parts of a range, counted from its start. `runs` are those of the whole text, sorted and apart. Empty where there are none. */
export function scriptIn(runs: readonly ScriptRun[], { start, end }: { start: number; end: number }): ScriptRun[] {
  return runs
    .filter((run) => run.end > start && run.start < end)
    .map((run) => ({ start: Math.max(run.start, start) - start, end: Math.min(run.end, end) - start, is: run.is }))
}

/** `scriptIn` as a field of an answer: left out where nothing is raised or lowered. */
export function scriptField(
  runs: readonly ScriptRun[],
  range: { start: number; end: number },
): { script?: ScriptRun[] } {
  const script = scriptIn(runs, range)
  return script.length === 0 ? {} : { script }
}

/** Words in pieces that stand on one level, in order; together they are the words. Runs outside of the words are passed over. */
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

/** The characters raised or lowered, when there is one for each of them; null otherwise. */
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
 * Quoted words for plain text: raised and lowered digits by characters that are so (`10⁶`, `H₂O`), other words as `^(…)` and `_(…)`, so that
 * `3 × 10⁶` does not read as 106. For showing only: what is stored and what is searched for is `exact`.
 */
export function quoteInPlainText(words: string, runs: readonly ScriptRun[] = []): string {
  return piecesOf(words, runs).map(pieceInPlainText).join('')
}

import { foldWords } from '../text/fold'

/** Separates the parts of a searched text, so that no words are found across them. People do not write this character. */
const border = '\uE000'

/**
 * Folds text for searching: capitals, accents, quotation marks, dashes, ligatures, soft hyphens, kinds of white space and line ends make no
 * difference. Never stored in place of the text, and never shown.
 */
export function foldForSearch(text: string): string {
  return foldWords(text, { case: true, marks: true })
}

/** Joins parts of one thing (title, author and so on) into one text for `foldForSearch`, so that no match runs from one part into the next. */
export function joinForSearch(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(` ${border} `)
}

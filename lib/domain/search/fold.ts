import { foldWords } from '../text/fold'

/** Stands between the parts of what is searched, so that no words are found across them. It is in no text that people write. */
const border = '\uE000'

/**
 * Text as searching compares it: everything that is only another way of setting the same words (capitals, accents, quotation marks, dashes, ligatures,
 * soft hyphens, kinds of white space, ends of lines) is alike. Never stored in place of the text, and never shown.
 */
export function foldForSearch(text: string): string {
  return foldWords(text, { case: true, marks: true })
}

/** Parts of one thing (title, author and so on) as one text for `foldForSearch`, in which no words run from one part into the next. */
export function joinForSearch(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(` ${border} `)
}

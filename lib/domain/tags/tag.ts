import { foldCase } from '../text/fold'

/** The most tags one annotation or document carries. */
export const maxTags = 20
/** The most UTF-16 code units in one tag. */
export const maxTagLength = 40

/** Cleans a tag for storing: composed (NFC), without white space at the ends, and with single spaces inside. */
export function cleanTag(name: string): string {
  return name.normalize('NFC').replaceAll(/\s+/gu, ' ').trim()
}

/** The key that all spellings of one tag share: compatibility forms (NFKC) and case are folded, accents are kept. */
export function foldTag(name: string): string {
  const folded = foldCase(cleanTag(name).normalize('NFKC')).normalize('NFKC')
  // A compatibility form may begin with a space.
  return cleanTag(folded)
}

/** Removes repetitions and sorts tags by their folded forms; of several spellings the first is kept. */
export function distinctTags(names: readonly string[]): string[] {
  const found = new Map<string, string>()
  for (const name of names) {
    const folded = foldTag(name)
    if (!found.has(folded)) found.set(folded, name)
  }
  return [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, name]) => name)
}

/** Adds tags that a person typed, separated by commas or line breaks; empty ones are left out, and so is a `#` in front. */
export function addTags(present: readonly string[], typed: string): string[] {
  const added = typed
    .split(/[,\n]/u)
    .map((name) => cleanTag(name.replace(/^\s*#/u, '')))
    .filter((name) => name !== '')
  return distinctTags([...present, ...added])
}

import type { IncompletePlace } from '@/lib/domain/assignments/schema'

/** What lacks the same, with the first place of it in the text. */
export interface SubmitGroup {
  key: string
  /** How many and what, such as "26 sentences undecided". */
  words: string
  /** What to do about each. */
  remedy: string
  count: number
  first: IncompletePlace
  places: readonly IncompletePlace[]
}

const wordsOf: Record<IncompletePlace['kind'], (count: number, message: string) => string> = {
  'undecided-sentence': (count) => `${String(count)} ${count === 1 ? 'sentence' : 'sentences'} undecided`,
  'missing-evidence': (count, message) =>
    message.startsWith('“Contradicted”')
      ? `${String(count)} contradicted without a contradicting reference`
      : `${String(count)} sourced without a supporting reference`,
  'missing-quote': (count) => `${String(count)} ${count === 1 ? 'reference' : 'references'} without a quote`,
  'missing-search-note': (count) => `${String(count)} unsourced without a note on the search`,
}

/** Groups what is missing by what it lacks, each group in the order of the text, the group that begins first in front. */
export function groupPlaces(places: readonly IncompletePlace[]): SubmitGroup[] {
  const groups = new Map<string, IncompletePlace[]>()
  for (const place of places) {
    const key = `${place.kind} ${place.message}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [place])
    else group.push(place)
  }
  return [...groups].flatMap(([key, members]) => {
    const sorted = members.toSorted((one, other) => one.start - other.start)
    const [first] = sorted
    if (first === undefined) return []
    const words = wordsOf[first.kind](sorted.length, first.message)
    return [{ key, words, remedy: first.message, count: sorted.length, first, places: sorted }]
  })
}

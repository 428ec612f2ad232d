import { readCitationMarkers } from '@/lib/domain/citation-markers/citation-markers'
import type { DocumentContent } from '@/lib/domain/text/model'

/** A marker without an entry, or an entry without a marker, with what is said of it. */
export interface LooseMarker {
  start: number
  end: number
  words: string
}

/** How the citation markers of a document and the entries of its own list fit together. Links count as neither. */
export interface MarkerBalance {
  /** The markers, and how many of them have all their entries. */
  count: number
  resolved: number
  /** By kind and place. */
  loose: LooseMarker[]
}

/** The longest beginning of an entry that is shown for the whole, in UTF-16 code units. */
const longestBeginning = 60

/** Weighs the citation markers of a document against the entries of its own list. */
export function balanceMarkers(content: DocumentContent): MarkerBalance {
  const { markers, dangling } = readCitationMarkers(content)
  const cited = markers.filter(({ kind }) => kind !== 'link')
  const missing = cited.filter(({ unresolved }) => unresolved.length > 0)
  return {
    count: cited.length,
    resolved: cited.length - missing.length,
    loose: [
      ...missing.map(({ start, end, unresolved }) => ({
        start,
        end,
        words: `Marker ${unresolved.join(', ')} has no entry`,
      })),
      // A text without any marker lists what it has read; nothing is amiss there.
      ...(cited.length === 0 ? [] : dangling).map(({ start, end, label, words }) => ({
        start,
        end,
        words: `Entry ${label === '' ? `“${beginningOf(words)}”` : label} has no marker`,
      })),
    ],
  }
}

function beginningOf(words: string): string {
  return words.length <= longestBeginning ? words : `${words.slice(0, longestBeginning).trimEnd().toWellFormed()}…`
}

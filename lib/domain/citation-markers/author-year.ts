import type { TextIndex } from '../text/text-index'
import {
  agreesWith,
  keyOfMarker,
  keysOfEntry,
  namesBefore,
  readCitationPart,
  readEntryAuthorship,
  readYears,
  type Authorship,
  type EntryAuthorship,
} from './authors'
import type { CitedEntry } from './entries'

/** A marker that names authors and years, and its entries. Offsets are UTF-16 code units of the canonical text, half-open. */
export interface AuthorYearMarker {
  start: number
  end: number
  label: string
  entries: CitedEntry[]
  /** The parts of the marker with no entry, or with more than one. */
  unresolved: string[]
}

const bracket = /[([（]([^()[\]（）]{4,400})[)\]）]/gu
const year = /(?<!\d)(?:1[5-9]|20)\d{2}(?!\d)|\bn\.\s?d\.|\bo\.\s?J\.|in press|forthcoming/u
/** How far back names are looked for, in UTF-16 code units. */
const longestNames = 160
/** With more entries than this of one first author and year, no entry is looked up. */
const mostAlike = 100

/**
 * Finds the citations by author and year ("(Meyer 2019)", "Meyer & Ito (2019a, p. 4)", "(see Meyer et al., 2019; Ito, 2020)") and their entries. An
 * entry is taken only when it alone has these authors and this year. A bracket without any entry counts as a marker only in a document that cites
 * this way: at least two of its brackets have an entry, and at least half of them. Linear.
 */
export function findAuthorYearMarkers(index: TextIndex, entries: readonly CitedEntry[]): AuthorYearMarker[] {
  const lookUp = makeLookUp(entries)
  if (lookUp === null) return []
  const found: AuthorYearMarker[] = []
  for (const block of index.blocks) {
    if (block.kind === 'codeBlock' || (block.scope === 'reference-list' && block.kind !== 'note')) continue
    const text = index.text.slice(block.start, block.end)
    for (const match of text.matchAll(bracket)) {
      const inside = match[1] ?? ''
      if (!year.test(inside)) continue
      const marker =
        readInBracket(inside, lookUp) ??
        readBehindNames(text.slice(Math.max(0, match.index - longestNames), match.index), inside, lookUp)
      if (marker === null) continue
      const start = block.start + match.index - marker.before
      const end = block.start + match.index + match[0].length
      // The authors and the year at the start of an entry are not a marker of the entry itself.
      if (marker.entries.some((entry) => entry.start <= start && end <= entry.end)) continue
      found.push({
        start,
        end,
        label: index.text.slice(start, end),
        entries: marker.entries,
        unresolved: marker.unresolved,
      })
    }
  }
  const resolved = found.filter(({ entries: own }) => own.length > 0)
  const isHabit = resolved.length >= 2 && resolved.length * 2 >= found.length
  return isHabit ? found : resolved
}

type LookUp = (cited: Authorship) => CitedEntry | null

/** Makes the function that finds the one entry of a citation, null when there is none or several; null where no entry has authors and a year. */
function makeLookUp(entries: readonly CitedEntry[]): LookUp | null {
  const byKey = new Map<string, { entry: CitedEntry; authorship: EntryAuthorship }[]>()
  let before: EntryAuthorship | null = null
  for (const entry of entries) {
    const authorship = readEntryAuthorship(entry.words, before)
    before = authorship
    if (authorship === null) continue
    for (const key of keysOfEntry(authorship)) {
      const others = byKey.get(key)
      if (others === undefined) byKey.set(key, [{ entry, authorship }])
      else others.push({ entry, authorship })
    }
  }
  if (byKey.size === 0) return null
  return (cited) => {
    const known = byKey.get(keyOfMarker(cited)) ?? []
    if (known.length > mostAlike) return null
    const agreeing = known.filter(({ authorship }) => agreesWith(cited, authorship))
    return agreeing.length === 1 ? (agreeing[0]?.entry ?? null) : null
  }
}

interface ReadMarker {
  /** How many code units before the bracket the names begin. */
  before: number
  entries: CitedEntry[]
  unresolved: string[]
}

/** Reads "(see Meyer 2019; Ito 2020)"; null when no part of it is a citation. */
function readInBracket(inside: string, lookUp: LookUp): ReadMarker | null {
  const cited = inside.split(/[;；]/u).flatMap(readCitationPart)
  if (cited.length === 0) return null
  const entries: CitedEntry[] = []
  const unresolved: string[] = []
  for (const each of cited) {
    const entry = lookUp(each)
    if (entry === null) unresolved.push(wordsOf(each))
    else if (!entries.includes(entry)) entries.push(entry)
  }
  return { before: 0, entries, unresolved }
}

function wordsOf({ names, hasMore, year: when }: Authorship): string {
  return `${names.join(' & ')}${hasMore ? ' et al.' : ''} ${when}`
}

/** Reads "Meyer & Ito (2019a, 2020)", with the names before the bracket; null when none of the years has an entry. */
function readBehindNames(before: string, inside: string, lookUp: LookUp): ReadMarker | null {
  const years = readYears(inside.trim())
  if (years.length === 0) return null
  for (const { start, names, hasMore } of namesBefore(before)) {
    const cited = years.map((each) => ({ names, hasMore, year: each }))
    const entries = cited.flatMap((each) => lookUp(each) ?? [])
    if (entries.length === 0) continue
    const unresolved = cited.filter((each) => lookUp(each) === null).map(wordsOf)
    return { before: before.length - start, entries: [...new Set(entries)], unresolved }
  }
  return null
}

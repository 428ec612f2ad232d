/**
 * The citation markers of a document ("[12]", "[3–5]", "[a]", raised figures, footnote signs, "(Meyer 2019)", links), tied to the entries of its own
 * reference list, to its notes, or to link targets. All offsets are UTF-16 code units of the canonical text, half-open.
 */
import type { DocumentContent } from '../text/model'
import { buildTextIndex, type TextIndex } from '../text/text-index'
import { findAuthorYearMarkers } from './author-year'
import { labelsOf, readEntries, type CitedEntry } from './entries'
import { listTextBlocks, readRuns, type Run } from './runs'

/** A marker and its entries. */
export interface CitationMarker {
  /** The kind: a number or sign, authors and years, or a link, whose one entry is the link itself with its address. */
  kind: 'label' | 'author-year' | 'link'
  label: string
  start: number
  end: number
  /** The entries, in the order of the marker. */
  entries: CitedEntry[]
  /** The labels, or authors and years, that have no entry. */
  unresolved: string[]
}

export interface CitationMarkers {
  /** The markers, ordered by start. */
  markers: CitationMarker[]
  /** Entries without a marker, ordered by start. Those without a number are included only where the document cites by author and year. */
  dangling: CitedEntry[]
}

/** "[citation needed]" and the like ask for a reference instead of citing one. */
const requests = /^(?:citation needed|clarification needed|who\?|when\?|by whom\?|page needed)$/i
const raisedMarker = /^[[(]?(?:\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,8}|[a-z]|[*†‡§]{1,3})[\])]?$/
const raisedFigures = /(?<=[.!?…,;:"”’)]|\p{L}{3})[⁰¹²³⁴-⁹]{1,3}(?![\p{L}\p{N}])/gu
const webAddress = /^https?:/i

/**
 * Reads all markers of a document. Where several entries have one label (notes that begin anew with each chapter), a marker means the next one behind
 * it, or else the last one before it. A raised figure that import did not label is a marker only when all its entries exist. Only links in text that
 * counts are included. Linear.
 */
export function readCitationMarkers(content: DocumentContent): CitationMarkers {
  const index = buildTextIndex(content)
  const nodes = listTextBlocks(content)
  const runs = readRuns(nodes, index)
  const entries = readEntries({ content, index, nodes, runs })
  const labelled = resolveLabels(
    findMarkers(index, runs),
    entries.filter(({ label }) => label !== ''),
  )
  const named = findAuthorYearMarkers(index, entries)
    .filter(outside(labelled))
    .map((marker): CitationMarker => ({ kind: 'author-year', ...marker }))
  const links = findLinks(runs).filter(outside(labelled)).filter(outside(named))
  const used = new Set([...labelled, ...named].flatMap((marker) => marker.entries))
  return {
    markers: [...labelled, ...named, ...links].sort((a, b) => a.start - b.start || a.end - b.end),
    dangling: entries.filter((entry) => !used.has(entry) && (entry.label !== '' || named.length > 0)),
  }
}

/** Makes a test of whether a range overlaps none of some disjoint ranges. Its calls must follow the order of the text. */
function outside(
  ranges: readonly Readonly<{ start: number; end: number }>[],
): (range: Readonly<{ start: number; end: number }>) => boolean {
  let next = 0
  return ({ start, end }) => {
    while ((ranges[next]?.end ?? Infinity) <= start) next += 1
    return end <= (ranges[next]?.start ?? Infinity)
  }
}

function resolveLabels(found: readonly FoundMarker[], entries: readonly CitedEntry[]): CitationMarker[] {
  const lookUp = makeLookUp(entries)
  return found.flatMap(({ start, end, label, isCertain }): CitationMarker[] => {
    const own: CitedEntry[] = []
    const unresolved: string[] = []
    for (const each of labelsOf(label)) {
      const entry = lookUp(each, start)
      // The number at the start of a note is not a marker of the note itself.
      if (entry === 'own') return []
      if (entry === null) unresolved.push(each)
      else own.push(entry)
    }
    if (!isCertain && (unresolved.length > 0 || own.length === 0)) return []
    return [{ kind: 'label', label, start, end, entries: own, unresolved }]
  })
}

/**
 * Makes the function that finds the entry of a single label for a marker at `start`: null when there is none, and `own` when the marker is inside
 * that entry. Its calls must follow the order of the text.
 */
function makeLookUp(entries: readonly CitedEntry[]): (label: string, start: number) => CitedEntry | 'own' | null {
  const byLabel = new Map<string, { known: CitedEntry[]; next: number }>()
  for (const entry of entries) {
    const label = labelsOf(entry.label)[0] ?? ''
    const others = byLabel.get(label)
    if (others === undefined) byLabel.set(label, { known: [entry], next: 0 })
    else others.known.push(entry)
  }
  return (label, start) => {
    const found = byLabel.get(label)
    if (found === undefined) return null
    const { known } = found
    while (found.next < known.length && (known[found.next]?.start ?? 0) <= start) found.next += 1
    const before = known[found.next - 1]
    if (before !== undefined && start < before.end) return 'own'
    return known[found.next] ?? before ?? null
  }
}

/** The markers inside a range or right behind it; for an empty range, the one around it. */
export function markersAt(
  markers: readonly CitationMarker[],
  range: Readonly<{ start: number; end: number }>,
): CitationMarker[] {
  const inside = markers.filter(({ start, end }) => start < range.end && range.start < end)
  if (range.start === range.end) return markers.filter(({ start, end }) => start <= range.start && range.end <= end)
  let last = inside.at(-1)?.end ?? range.end
  if (last < range.end) last = range.end
  for (const marker of markers) {
    if (marker.start !== last) continue
    inside.push(marker)
    last = marker.end
  }
  return inside
}

interface FoundMarker {
  start: number
  end: number
  label: string
  /** Whether import labelled it as a marker, or it is in brackets. */
  isCertain: boolean
}

function findMarkers(index: TextIndex, runs: readonly Run[]): FoundMarker[] {
  const found: FoundMarker[] = []
  let before: Run | null = null
  for (const run of runs) {
    const last = found.at(-1)
    const { start, end, citation } = run
    const goesOn = last?.end === start && before?.citation === citation && !before.text.endsWith(']')
    before = run
    if (citation !== null) {
      if (goesOn) last.end = end
      else if (!requests.test(citation)) found.push({ start, end, label: citation, isCertain: true })
    } else if (run.isRaised) {
      const text = run.text.trim()
      if (raisedMarker.test(text) && /\S/.test(index.text.slice(Math.max(0, start - 1), start)))
        found.push({ start, end, label: text, isCertain: false })
    } else if (run.block.kind !== 'codeBlock') {
      for (const { 0: text, index: at } of run.text.matchAll(raisedFigures))
        found.push({ start: start + at, end: start + at + text.length, label: text, isCertain: false })
    }
  }
  return found
}

/** The links of the text that counts, each a marker for its target. */
function findLinks(runs: readonly Run[]): CitationMarker[] {
  const found: CitationMarker[] = []
  let before: Run | null = null
  for (const run of runs) {
    const { address, block, start, end, text } = run
    const goesOn = before?.address === address && before.end === start && before.block === block
    before = run
    const isText = block.scope === null && (block.kind === 'paragraph' || block.kind === 'preformatted')
    if (address === null || !isText || !webAddress.test(address)) continue
    const last = found.at(-1)
    const entry = last?.entries[0]
    if (goesOn && last?.end === start && entry !== undefined) {
      last.end = entry.end = end
      last.label = entry.words += text
    } else
      found.push({
        kind: 'link',
        label: text,
        start,
        end,
        entries: [{ label: '', start, end, words: text, addresses: [address] }],
        unresolved: [],
      })
  }
  return found.filter(({ label }) => /[\p{L}\p{N}]/u.test(label))
}

/** A marker without an entry, or an entry without a marker, with a sentence about it. */
export interface LooseMarker {
  is: 'marker' | 'entry'
  start: number
  end: number
  words: string
}

/** How well the citation markers of a document and the entries of its own list match. Links count as neither. */
interface MarkerBalance {
  /** The number of markers, and how many of them have all their entries. */
  count: number
  resolved: number
  /** By kind and place. */
  loose: LooseMarker[]
}

/** Most UTF-16 code units of an entry's beginning, shown in place of its whole text. */
const longestBeginning = 60

/** Compares the citation markers of a document with the entries of its own list. */
export function balanceMarkers(content: DocumentContent): MarkerBalance {
  const { markers, dangling } = readCitationMarkers(content)
  const cited = markers.filter(({ kind }) => kind !== 'link')
  const missing = cited.filter(({ unresolved }) => unresolved.length > 0)
  return {
    count: cited.length,
    resolved: cited.length - missing.length,
    loose: [
      ...missing.map(({ start, end, unresolved }): LooseMarker => ({
        is: 'marker',
        start,
        end,
        words: `Marker ${unresolved.join(', ')} has no entry`,
      })),
      // A text without any marker lists what its author has read; nothing is missing there.
      ...(cited.length === 0 ? [] : dangling).map(({ start, end, label, words }): LooseMarker => ({
        is: 'entry',
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

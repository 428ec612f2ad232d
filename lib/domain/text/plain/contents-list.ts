import { endsLikeSentence, looksLikeHeading, normaliseTitle, readWords } from './line-shape'
import { readListMarker, type PlainLine } from './lines'

/** A table of contents found in plain text: its lines (half-open, the label included) and the titles it names, normalised. */
export interface ContentsList {
  from: number
  to: number
  labelled: boolean
  titles: string[]
}

const labels = new Set(
  (
    'contents|table of contents|in this article|in this report|on this page|in this guide|what you will learn|outline|inhalt|inhaltsverzeichnis|table des matières|sommaire|' +
    'contenido|índice|tabla de contenido|tabla de contenidos|sumário|indice|sommario|inhoud|inhoudsopgave|содержание|оглавление|зміст|spis treści|obsah|içindekiler|' +
    'فهرست|فهرست مطالب|المحتويات|جدول المحتويات|目录|目次|차례|목차|विषय सूची|innehåll|indhold|innhold|sisältö'
  ).split('|'),
)

/** Whether a line announces a table of contents. */
export function isContentsLabel(text: string): boolean {
  return text.length < 60 && labels.has(normaliseTitle(text))
}

/**
 * Finds a table of contents: a run of short lines or list items that comes back, title by title, as lines further down
 * (or as titles glued to the end of a paragraph). With a label above it, three items of which one comes back are enough; without,
 * at least three items of which two in three come back. A run ends where its own titles start again. Null when there is none.
 */
export function findContentsList(
  lines: readonly PlainLine[],
  gluedTitles: ReadonlyMap<string, number>,
): ContentsList | null {
  const lastSeen = new Map<string, number>(gluedTitles)
  const keys = lines.map((line) => (line.text.length <= 160 ? normaliseTitle(line.text) : ''))
  keys.forEach((key, at) => {
    if (key !== '') lastSeen.set(key, Math.max(at, lastSeen.get(key) ?? 0))
  })
  for (let from = 0; from < lines.length; from += 1) {
    const line = lines[from]
    if (!line) break
    const labelled = isContentsLabel(line.text)
    if (!labelled && !isEntry(line)) continue
    const first = labelled ? from + 1 : from
    const to = findRunEnd(lines, keys, first)
    const back = keys.slice(first, to).map((key) => (lastSeen.get(key) ?? -1) >= to)
    const returning = back.filter(Boolean).length
    if (labelled && to - first >= 2 && returning >= 1) return { from, to, labelled, titles: keys.slice(first, to) }
    if (!labelled && returning >= 3) {
      const start = first + back.indexOf(true)
      const end = first + back.lastIndexOf(true) + 1
      if (end - start >= 3 && returning / (end - start) >= 0.66)
        return { from: start, to: end, labelled, titles: keys.slice(start, end) }
    }
    if (!labelled && to > from) from = to - 1
  }
  return null
}

function isEntry(line: PlainLine): boolean {
  if (line.fixed || line.text.includes('\n')) return false
  const text = line.text.slice(readListMarker(line.text)?.length ?? 0)
  if (/(?:\.\s?){3,60}\d{1,4}$/.test(text)) return true
  return looksLikeHeading(text) && (!endsLikeSentence(text) || text.endsWith('?')) && readWords(text).length <= 16
}

/** Where the run of entries that starts at `first` ends: at the first line of another kind, or where a title of the run comes again. */
function findRunEnd(lines: readonly PlainLine[], keys: readonly string[], first: number): number {
  const seen = new Set<string>()
  const kindOf = (line: PlainLine) => {
    const marker = readListMarker(line.text)
    return marker === null ? 'line' : marker.number === null ? 'bullet' : 'number'
  }
  const start = lines[first]
  let at = first
  for (let line = lines[at]; line && start && isEntry(line); line = lines[at]) {
    const key = keys[at] ?? ''
    if (seen.has(key)) break
    if (kindOf(line) !== kindOf(start) && kindOf(start) === 'bullet') break
    seen.add(key)
    at += 1
  }
  return at
}

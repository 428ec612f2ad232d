import type { OutOfScopeReason } from '../model'
import { looksLikeReference, readSectionKind, sectionReason, type SectionKind } from '../section-names'
import { endsLikeSentence, isBody, readWords } from './line-shape'
import { readListMarker, type PlainLine } from './lines'

/** Entries of reference sections, by line: the label a citation marker would use, or null in sections without numbers. */
export type NoteLabels = Map<number, string>

const bracketLabel = /^\[?(\d{1,3}|[a-z])\][.):]?\s+/

/** The label an entry carries itself ("[3] …", "3. …"), with the length of the marker; null for none. */
export function readEntryLabel(text: string): { label: string; length: number } | null {
  const bracket = bracketLabel.exec(text)
  if (bracket?.[1]) return { label: bracket[1], length: bracket[0].length }
  const marker = readListMarker(text)
  return marker?.number != null && !marker.letter ? { label: String(marker.number), length: marker.length } : null
}

/**
 * Marks sections of references, notes, further reading and links, heading included, and labels the entries that citation markers can
 * point at. A section counts only when its lines look the part: "Sources" over running prose stays in scope. It ends at the next heading.
 */
export function markReferenceSections(
  lines: readonly PlainLine[],
  scopes: (OutOfScopeReason | null)[],
  isHeading: (at: number) => boolean,
): NoteLabels {
  const labels: NoteLabels = new Map()
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]
    const kind = line && scopes[at] === null ? readSectionKind(line.text) : null
    if (!kind || !isHeading(at)) continue
    let end = at + 1
    while (
      end < lines.length &&
      scopes[end] === null &&
      !isHeading(end) &&
      readSectionKind(lines[end]?.text ?? '') === null
    )
      end += 1
    const entries = lines.slice(at + 1, end)
    if (!looksThePart(kind, entries)) continue
    for (let inside = at; inside < end; inside += 1) scopes[inside] = sectionReason(kind)
    if (kind === 'references' || kind === 'notes') labelEntries(entries, at + 1, labels)
  }
  return labels
}

function looksThePart(kind: SectionKind, entries: readonly PlainLine[]): boolean {
  if (entries.length === 0) return true
  const share = (matches: (line: PlainLine) => boolean) => entries.filter(matches).length / entries.length
  const isEntry = (line: PlainLine) => readListMarker(line.text) !== null || readEntryLabel(line.text) !== null
  if (kind === 'see-also' || kind === 'external-links')
    return share((line) => isEntry(line) || !endsLikeSentence(line.text) || readWords(line.text).length <= 12) >= 0.7
  if (kind === 'notes') return share(isEntry) >= 0.7
  return share((line) => looksLikeReference(line.text) || (isEntry(line) && !isBody(line.text))) >= 0.5
}

function labelEntries(entries: readonly PlainLine[], first: number, labels: NoteLabels): void {
  const own = entries.map((entry) => readEntryLabel(entry.text)?.label ?? null)
  const numbered = own.filter((label) => label !== null).length * 2 > entries.length
  entries.forEach((entry, index) => {
    if (numbered) {
      const label = own[index]
      if (label != null) labels.set(first + index, label)
    } else if (readListMarker(entry.text)) labels.set(first + index, String(index + 1))
  })
}

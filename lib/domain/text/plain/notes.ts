import type { OutOfScopeReason } from '../model'
import { looksLikeReference, readSectionKind, sectionReason, type SectionKind } from '../section-names'
import { endsLikeSentence, isBody, readWords } from './line-shape'
import { readListMarker, type PlainLine } from './lines'

/** Entries of reference sections, by line: the label a citation marker would use, or null in sections without numbers. */
export type NoteLabels = Map<number, string>

const bracketLabel = /^\[?(\d{1,3}|[a-z])\][.):]?\s+/

/** The label that an entry carries itself ("[3] …", "3. …"), with the length of the marker; null when it has none. */
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

const superscript = '⁰¹²³⁴⁵⁶⁷⁸⁹'
const noteStart = /^(?:([⁰¹²³⁴-⁹]{1,3})\s?|([*†‡§]{1,3})\s?|(\(\d{1,2}\))\s)(?=["“«(]?[\p{Lu}\p{Lo}])/u
const anySign = /[⁰¹²³⁴-⁹]{1,3}|[*†‡§]{1,3}|\(\d{1,2}\)/gu
const attached = /[\p{L}\p{N}.,;:!?"”’»)\]%]$/u

/** The footnotes of a text: how their markers are written in it, each with its label. */
export type NoteMarkers = ReadonlyMap<string, string>

/** The sign that a footnote begins with ("¹", "*", "(1)") with the space behind it, and its label; null for any other line. */
export function readFootnoteSign(text: string): { sign: string; length: number; label: string } | null {
  const match = noteStart.exec(text)
  const sign = match?.[1] ?? match?.[2] ?? match?.[3]
  if (!match || sign === undefined) return null
  const label = match[1] === undefined ? sign.replace(/[()]/g, '') : toDigits(sign)
  return { sign, length: match[0].length, label }
}

function toDigits(sign: string): string {
  return [...sign].map((digit) => String(superscript.indexOf(digit))).join('')
}

/** Finds all signs in a text that are placed like markers, right behind a word or stop; "(1)" may have a space before it. Offsets into the text. */
function* findSigns(text: string): Generator<{ start: number; end: number; sign: string }> {
  for (const { 0: sign, index } of text.matchAll(anySign)) {
    const before = text.slice(Math.max(0, index - 2), index)
    const fits = attached.test(sign.startsWith('(') ? before.trimEnd() : before)
    const end = index + sign.length
    if (fits && !/^[\p{L}\p{N}]/u.test(text.slice(end, end + 2))) yield { start: index, end, sign }
  }
}

/** The markers of footnotes in a text, with their labels. Offsets into the text. */
export function findNoteMarkers(text: string, markers: NoteMarkers): { start: number; end: number; label: string }[] {
  if (markers.size === 0) return []
  return [...findSigns(text)].flatMap(({ start, end, sign }) => {
    const label = markers.get(sign)
    return label === undefined ? [] : [{ start, end, label }]
  })
}

/**
 * Finds footnotes by their signs: a line that begins with a sign which follows a word further up, once as a note at most. "(1)" and "*" also begin
 * list items, so they count only once, in the lines that end the text. Marks the notes as references, adds their labels and returns their signs.
 */
export function markFootnotes(
  lines: readonly PlainLine[],
  scopes: (OutOfScopeReason | null)[],
  labels: NoteLabels,
): NoteMarkers {
  const markers = new Map<string, string>()
  const lastBody = lines.findLastIndex(
    (line, at) => scopes[at] === null && isBody(line.text) && !readFootnoteSign(line.text),
  )
  const counts = new Map<string, number>()
  const firstMarked = new Map<string, number>()
  lines.forEach(({ text }, at) => {
    const sign = readFootnoteSign(text)?.sign
    if (sign !== undefined) counts.set(sign, (counts.get(sign) ?? 0) + 1)
    for (const found of findSigns(text)) if (!firstMarked.has(found.sign)) firstMarked.set(found.sign, at)
  })
  lines.forEach((line, at) => {
    const read = line.fixed || scopes[at] !== null ? null : readFootnoteSign(line.text)
    if (!read || markers.has(read.sign)) return
    const raised = superscript.includes(read.sign.charAt(0))
    if (!raised && (at < lastBody || counts.get(read.sign) !== 1)) return
    if ((firstMarked.get(read.sign) ?? at) >= at) return
    markers.set(read.sign, read.label)
    scopes[at] = 'reference-list'
    labels.set(at, read.label)
  })
  return markers
}

import type { OutOfScopeReason } from '../model'
import type { PlainLine } from './lines'
import { isBody } from './line-shape'
import type { NoteLabels } from './references'

const superscript = '⁰¹²³⁴⁵⁶⁷⁸⁹'
const noteStart = /^(?:([⁰¹²³⁴-⁹]{1,3})\s?|([*†‡§]{1,3})\s?|(\(\d{1,2}\))\s)(?=["“«(]?[\p{Lu}\p{Lo}])/u
const anySign = /[⁰¹²³⁴-⁹]{1,3}|[*†‡§]{1,3}|\(\d{1,2}\)/gu
const attached = /[\p{L}\p{N}.,;:!?"”’»)\]%]$/u

/** The footnotes of a text: how their markers are written in it, each with its label. */
export type NoteMarkers = ReadonlyMap<string, string>

/** The sign that a footnote begins with ("¹", "*", "(1)") with the space behind it, and its label; null for another line. */
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

/** All signs in a text that stand like markers, right behind a word or stop; "(1)" may have a space before it. Offsets into the text. */
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
 * Finds footnotes by their signs: lines that begin with one which stands behind a word further up, at most once as a note. "(1)" and "*" also begin
 * items, so they are notes only once, in the lines that end the text. Marks them as references and adds their labels; answers their signs.
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

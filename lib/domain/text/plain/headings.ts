import type { HeadingLevel, OutOfScopeReason } from '../model'
import { readSectionKind } from '../section-names'
import {
  endsLikeSentence,
  isAllCapitals,
  isBody,
  looksLikeHeading,
  normaliseTitle,
  readWords,
  titleCaseShare,
} from './line-shape'
import { readListMarker, type PlainLine } from './lines'

/** The facts of the document that the heading rules need. `contents` are the titles of its table of contents, normalised. */
export interface HeadingContext {
  lines: readonly PlainLine[]
  scopes: readonly (OutOfScopeReason | null)[]
  contents: ReadonlySet<string>
  /** The first line below the table of contents that it names, or Infinity. */
  firstNamed: number
  /** Whether the document is mainly running text, so that short lines stand out. Verse and bare lists are not. */
  settled: boolean
}

/** Derives what the heading rules need from the lines. `scopes` is read later and may still be filled. */
export function makeHeadingContext(
  lines: readonly PlainLine[],
  scopes: readonly (OutOfScopeReason | null)[],
  contents: ReadonlySet<string>,
): HeadingContext {
  const first =
    contents.size === 0
      ? -1
      : lines.findIndex((line, at) => scopes[at] !== 'table-of-contents' && contents.has(normaliseTitle(line.text)))
  const bodies = lines.filter((line) => isBody(line.text)).length
  return { lines, scopes, contents, firstNamed: first < 0 ? Infinity : first, settled: bodies * 3 >= lines.length }
}

const numbering =
  /^(?:(\d{1,2}(?:\.\d{1,2}){0,4})\.?|[IVXLC]{1,6}\.|(?:chapter|section|part|appendix|annex|kapitel|chapitre|capítulo|глава)\s+[\dIVXLCA-H]{1,5}[.:]?)\s+\p{L}/iu
const byline = /^(?:by|von|par|por|di|door|автор:?)\s+\p{Lu}/iu
const dateline =
  /^(?:(?:published|updated|posted|last (?:updated|modified)|date)\b|\p{L}{3,12}\.?\s\d{1,2},?\s\d{4}$|\d{1,2}\.?\s\p{L}{3,12}\.?\s\d{4}$|\d{4}-\d{2}-\d{2})/iu
/** Matches short lines that are not headings: a time of day, a picture credit, quoted speech, a figure. */
const notHeading = [
  /^\d{1,2}[:.]\d{2}\s?(?:[ap]\.?m\.?|uhr|h)?\b/i,
  /^(?:photos?|pictures?|images?|credits?|illustration|graphic|video|foto|bild|photographie)\s?(?::|by\b|\/|-)|\b(?:getty images|shutterstock|reuters|associated press|afp|wikimedia)\b/i,
  /^["“„«‘'].*[!?.…,]["”“»’']$/u,
  /(?:\d\s?%|[$€£¥]\s?\d|\d[.,]\d)/u,
]
const listPage = /^(?:list of|main articles?:?|see also:?|further information:?|category:)\s/i

/** Whether a line only points at another page of an encyclopedia ("List of …", "Main article: …"). */
export function isPageLink(text: string): boolean {
  return text.length <= 110 && listPage.test(text) && !endsLikeSentence(text) && !text.endsWith(':')
}

/** The level and mark of a Markdown heading in plain text ("## Title"), or null. */
export function readHashHeading(text: string): { level: HeadingLevel; length: number } | null {
  const match = /^(#{1,6})[ \t]+(?=\S)/.exec(text)
  if (!match?.[1] || text.length > 300 || text.includes('\n')) return null
  return { level: toLevel(match[1].length), length: match[0].length }
}

/** Clamps a number to a heading level. */
export function toLevel(value: number): HeadingLevel {
  if (value <= 1) return 1
  if (value === 2) return 2
  if (value === 3) return 3
  if (value === 4) return 4
  return value === 5 ? 5 : 6
}

/** Whether the first line is the document's title: one phrase, not a sentence, with text after it. */
export function isTitle(lines: readonly PlainLine[]): boolean {
  const first = lines[0]
  if (!first || first.fixed || lines.length < 2 || readListMarker(first.text)) return false
  if (
    !looksLikeHeading(first.text, { words: 28, characters: 200 }) ||
    (endsLikeSentence(first.text) && !/[?!]["”’]?$/.test(first.text))
  )
    return false
  return lines.slice(1, 60).some((line) => isBody(line.text)) && !first.text.endsWith(':')
}

/**
 * The level of a heading line, or null for any other line. A line is a heading when a table of contents names it, when it is a known section name
 * ("References"), numbered, in capitals, in title case, or a short phrase with running text right below. The text above it must be finished (an empty
 * line, a sentence, another block). The title is not judged here.
 */
export function readHeadingLevel(context: HeadingContext, at: number): HeadingLevel | null {
  const { lines, scopes, contents } = context
  const line = lines[at]
  if (!line || line.fixed || scopes[at] === 'table-of-contents') return null
  const next = lines[at + 1]
  const marked = readMarkedLevel(line, next)
  if (marked !== null) return marked
  if (!looksLikeHeading(line.text)) return null
  if (contents.has(normaliseTitle(line.text))) return 2
  if (scopes[at] !== null) return null
  if (readSectionKind(line.text) !== null && isFinished(context, at)) return 2
  if (notHeading.some((pattern) => pattern.test(line.text)) && !isNumberedHeading(line, next)) return null
  if (!next || !isFinished(context, at) || byline.test(line.text) || dateline.test(line.text) || isPageLink(line.text))
    return null
  const level = judgeLine(context, at, next)
  if (level === null) return null
  return level === 2 && context.firstNamed < at ? 3 : level
}

/** The level that marks give a line: "#" before it, or a row of "=" or "-" right below. */
function readMarkedLevel(line: PlainLine, next: PlainLine | undefined): HeadingLevel | null {
  const hash = readHashHeading(line.text)
  if (hash) return hash.level
  if (next?.gap !== 0 || !/^(?:={3,}|-{3,})$/.test(next.text) || !looksLikeHeading(line.text)) return null
  return next.text.startsWith('=') ? 1 : 2
}

function isNumberedHeading(line: PlainLine, next: PlainLine | undefined): boolean {
  return numbering.test(line.text) && next !== undefined && isBody(next.text)
}

/** Whether a numbered line has another heading or a list below it, and running text behind that: not an item among items. */
function leadsOn({ lines }: HeadingContext, at: number): boolean {
  const [line, next, after] = [lines[at], lines[at + 1], lines[at + 2]]
  if (!line || !next || !after || (line.gap === 0 && at > 0)) return false
  const depth = (text: string) => numbering.exec(text)?.[1]?.split('.').length ?? 0
  if (depth(next.text) > depth(line.text)) return isBody(after.text)
  return readListMarker(next.text) !== null && numbering.exec(next.text) === null && readListMarker(after.text) !== null
}

/** The form of a line without marks: its words, whether they are in title case, and whether running text or a list follows. */
interface LineForm {
  words: number
  titled: boolean
  body: boolean
  list: boolean
}

function judgeLine(context: HeadingContext, at: number, next: PlainLine): HeadingLevel | null {
  const text = context.lines[at]?.text ?? ''
  const body = isBody(next.text) && context.scopes[at + 1] === null && !readListMarker(next.text)
  const number = numbering.exec(text)
  if (number && (body || leadsOn(context, at))) return toLevel(1 + (number[1]?.split('.').length ?? 1))
  if (readListMarker(text)) return null
  const form: LineForm = {
    words: readWords(text).length,
    titled: titleCaseShare(text) >= 0.75,
    body,
    list: readListMarker(next.text) !== null || next.text.includes('|'),
  }
  const isHeading = text.endsWith(':') ? leadsIn(form) : standsAlone(context, at, form)
  return isHeading ? 2 : null
}

/** Whether a line that ends with a colon is a heading of what follows, and not the beginning of its sentence. */
function leadsIn({ words, titled, body, list }: LineForm): boolean {
  return (body && words <= 12 && (titled || words <= 6)) || (list && titled && words <= 6 && words >= 2)
}

/** Whether a line is a heading: by its capitals, by its title case, or as a short phrase with running text right below. */
function standsAlone(context: HeadingContext, at: number, { words, titled, body, list }: LineForm): boolean {
  const line = context.lines[at]
  const next = context.lines[at + 1]
  if (line === undefined || next === undefined) return false
  if (isAllCapitals(line.text) && (body || list || leadsToHeading(context, at))) return true
  if (titled && words >= 2 && (body || (list && words <= 8) || leadsToHeading(context, at))) return true
  if (!context.settled) return false
  if (words <= 4 && (body || isPageLink(next.text))) return true
  return body && words <= 12 && (next.text.length >= 120 || line.gap !== 0)
}

/** Whether a heading is right above another one: the next line is short and has running text below it. */
function leadsToHeading({ lines }: HeadingContext, at: number): boolean {
  const next = lines[at + 1]
  const after = lines[at + 2]
  return (
    next !== undefined &&
    after !== undefined &&
    looksLikeHeading(next.text) &&
    titleCaseShare(next.text) >= 0.75 &&
    isBody(after.text)
  )
}

/** Whether the text above has come to an end, so that something new can begin here. */
function isFinished({ lines, scopes }: HeadingContext, at: number): boolean {
  const line = lines[at]
  const above = lines[at - 1]
  if (!line || !above || line.gap > 0 || line.glued || above.fixed || scopes[at - 1] !== null) return true
  if (endsLikeSentence(above.text) || above.text.endsWith(':')) return true
  return (
    readListMarker(above.text) !== null ||
    above.text.includes('|') ||
    looksLikeHeading(above.text) ||
    isPageLink(above.text)
  )
}

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
function isContentsLabel(text: string): boolean {
  return text.length < 60 && labels.has(normaliseTitle(text))
}

/**
 * Finds a table of contents: a run of short lines or list items that are repeated, title by title, as lines further down (or as titles glued to the
 * end of a paragraph). With a label above it, three items of which one is repeated are enough; without, at least three items of which two in three
 * are repeated. A run ends where its own titles start again. Null when there is none.
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

/** The end of the run of entries that starts at `first`: the first line of another kind, or the line where a title of the run comes again. */
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

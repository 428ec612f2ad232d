import type { BlockNode, DocumentContent, OutOfScopeReason } from '../model'
import {
  isCallToReaders,
  markFurniture,
  markImageLines,
  markReleaseLines,
  markStrayLines,
  markRunningLines,
} from './page-furniture'
import {
  isPageLink,
  isTitle,
  makeHeadingContext,
  readHashHeading,
  readHeadingLevel,
  findContentsList,
  type ContentsList,
} from './headings'
import { buildInline } from './inline'
import { joinFixedLines, readListMarker, splitLines, type PlainLine } from './lines'
import { collectGluedTitles, splitGluedLines } from './split-glued-headings'
import { looksLikeHeading, normaliseTitle } from './line-shape'
import { buildLists, markLinkLists, buildTableRows, findTableEnd, isDelimiterRow } from './lists-and-tables'
import { quoteSpace, readQuoted } from './quoted'
import {
  markReferenceSections,
  readEntryLabel,
  findNoteMarkers,
  markFootnotes,
  readFootnoteSign,
  type NoteLabels,
  type NoteMarkers,
} from './notes'
import { closeDoubleSpacing, joinWrappedLines } from './wrapping'

interface Reading {
  lines: PlainLine[]
  scopes: (OutOfScopeReason | null)[]
  levels: (1 | 2 | 3 | 4 | 5 | 6 | null)[]
  labels: NoteLabels
  markers: NoteMarkers
  contents: ContentsList | null
}

const rulePattern = /^(?:[-=_*~#.—][ \t]?){3,200}$/

/** Turns CR LF and CR into LF and removes a byte order mark at the start: the only characters that are ever changed. */
export function normaliseLineEnds(source: string): string {
  return source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
}

/**
 * Reads plain text by rules of thumb: titles and headings (also when glued to the end of a paragraph), lists, pipe and tab tables, quotations, code,
 * citation markers and notes; and, with the reason, what does not count (tables of contents, link lists, comments and their forms, references,
 * captions). Law: the canonical text has the characters of the source that are not white space, in order. White space inside a block is kept exactly;
 * only white space between blocks differs. Any string is accepted; blank text gives no blocks.
 */
export function parsePlainText(source: string): DocumentContent {
  return { type: 'doc', content: readBlocks(normaliseLineEnds(source), 0) }
}

/** How deeply nested quotations are read; deeper ones stay one paragraph. */
const maxQuotations = 8

function readBlocks(text: string, depth: number): BlockNode[] {
  const raw = closeDoubleSpacing(markRunningLines(joinFixedLines(text, splitLines(text))))
  const titles = findContentsList(raw, collectGluedTitles(raw))?.titles ?? []
  const lines = splitGluedLines(joinWrappedLines(text, raw), new Set(titles.filter((title) => title.length >= 3)))
  return buildBlocks(readLines(lines), depth)
}

function readLines(lines: PlainLine[]): Reading {
  const scopes: Reading['scopes'] = lines.map(({ running }) => (running ? 'boilerplate' : null))
  const contents = findContentsList(lines, new Map())
  if (contents) for (let at = contents.from; at < contents.to; at += 1) scopes[at] = 'table-of-contents'
  const known = new Set(contents?.titles.filter((title) => title.length >= 3) ?? [])
  const inContents = (at: number) => {
    const line = lines[at]
    return (
      line !== undefined &&
      scopes[at] !== 'table-of-contents' &&
      known.has(normaliseTitle(line.text)) &&
      looksLikeHeading(line.text)
    )
  }
  markImageLines(lines, scopes)
  markReleaseLines(lines, scopes)
  lines.forEach((line, at) => {
    if (scopes[at] === null && isPageLink(line.text)) scopes[at] = 'link-list'
    else if (scopes[at] === null && at * 2 > lines.length && isCallToReaders(line.text)) scopes[at] = 'boilerplate'
  })
  markFurniture(lines, scopes, inContents)
  const top = scopes.findIndex((scope) => scope === null)
  const title = isTitle(lines.slice(Math.max(0, top)))
  const context = makeHeadingContext(lines, scopes, known)
  const readLevels = () => lines.map((_, at) => (title && at === top ? 1 : readHeadingLevel(context, at)))
  const early = readLevels()
  markLinkLists(lines, scopes, (at) => early[at] != null)
  const labels = markReferenceSections(lines, scopes, (at) => early[at] != null)
  const markers = markFootnotes(lines, scopes, labels)
  markStrayLines(lines, scopes, (at) => early[at] != null)
  const levels = readLevels().map(
    (level, at) =>
      level ?? (scopes[at] === 'reference-list' || scopes[at] === 'link-list' ? (early[at] ?? null) : null),
  )
  return { lines, scopes, levels, labels, markers, contents }
}

function buildBlocks(reading: Reading, depth: number): BlockNode[] {
  const { lines, scopes, levels, labels } = reading
  const blocks: BlockNode[] = []
  for (let at = 0; at < lines.length;) {
    const line = lines[at]
    if (!line) break
    const scope = scopes[at] ?? null
    const table = levels[at] == null && !line.fixed ? findTableEnd(lines, scopes, at) : null
    if (table) {
      blocks.push({
        type: 'table',
        ...scopeAttrs(scope),
        content: buildTableRows(lines.slice(at, table.to), table.kind),
      })
      at = table.to
    } else if (isItem(reading, at)) {
      const to = endOfRun(at, lines.length, (next) => isItem(reading, next) && scopes[next] === scope)
      for (const list of buildLists(lines.slice(at, to), scope)) blocks.push(list)
      at = to
    } else if (reading.contents !== null && isEntry(reading.contents, at)) {
      const to = endOfRun(at, reading.contents.to, (next) => !isItem(reading, next))
      blocks.push(buildContents(lines.slice(at, to)))
      at = to
    } else {
      blocks.push(
        readQuotation(line, { scope, depth }) ??
          buildLine(line, { level: levels[at] ?? null, scope, label: labels.get(at), markers: reading.markers }),
      )
      at += 1
    }
  }
  return blocks
}

/** A quotation with the blocks in it; null for any other line, and for one without text. */
function readQuotation(
  line: PlainLine,
  { scope, depth }: { scope: OutOfScopeReason | null; depth: number },
): BlockNode | null {
  if (line.fixed !== 'quote' || depth >= maxQuotations || (depth === 0 && line.text.includes(quoteSpace))) return null
  const content = readQuoted(line.text, (inner) => readBlocks(inner, depth + 1))
  return content.length === 0 ? null : { type: 'blockquote', ...scopeAttrs(scope), content }
}

/** The end of the run that begins at `from`, at most `limit`. */
function endOfRun(from: number, limit: number, goesOn: (at: number) => boolean): number {
  let at = from + 1
  while (at < limit && goesOn(at)) at += 1
  return at
}

/** Whether a line is an entry of the table of contents; its label ("Contents") is not one. */
function isEntry({ from, to, labelled }: NonNullable<Reading['contents']>, at: number): boolean {
  return at >= from && at < to && !(labelled && at === from)
}

function buildContents(entries: readonly PlainLine[]): BlockNode {
  return {
    type: 'bulletList',
    attrs: { scope: 'table-of-contents' },
    content: entries.map(({ text }) => ({
      type: 'listItem',
      content: [{ type: 'paragraph', content: buildInline(text) }],
    })),
  }
}

function isItem({ lines, levels, labels }: Reading, at: number): boolean {
  const line = lines[at]
  if (!line || line.fixed || levels[at] != null || labels.has(at)) return false
  const marker = readListMarker(line.text)
  if (!marker || rulePattern.test(line.text)) return false
  const neighbour = (other: number) => readListMarker(lines[other]?.text ?? '')
  if (marker.unsure) return neighbour(at - 1)?.unsure === true || neighbour(at + 1)?.unsure === true
  if (marker.number === null || marker.number <= 1) return true
  return neighbour(at - 1)?.number === marker.number - 1 || neighbour(at + 1)?.number === marker.number + 1
}

function scopeAttrs(scope: OutOfScopeReason | null): { attrs?: { scope: OutOfScopeReason } } {
  return scope === null ? {} : { attrs: { scope } }
}

function buildLine(
  line: PlainLine,
  role: {
    level: Reading['levels'][number]
    scope: OutOfScopeReason | null
    label: string | undefined
    markers: NoteMarkers
  },
): BlockNode {
  const { text } = line
  const scoped = scopeAttrs(role.scope)
  if (line.fixed === 'code') return { type: 'codeBlock', ...scoped, content: buildInline(text, fenceRanges(text)) }
  if (line.fixed === 'preformatted') return { type: 'preformatted', ...scoped, content: [{ type: 'text', text }] }
  if (line.fixed === 'quote')
    return {
      type: 'blockquote',
      ...scoped,
      content: [{ type: 'paragraph', content: buildInline(text, quoteRanges(text)) }],
    }
  if (role.level !== null) {
    const hash = readHashHeading(text)
    const content = buildInline(text, hash ? [{ start: 0, end: hash.length }] : [])
    return {
      type: 'heading',
      attrs: { ...(role.scope === null ? {} : { scope: role.scope }), level: role.level },
      content,
    }
  }
  if (role.label !== undefined) {
    const length = readFootnoteSign(text)?.length ?? readEntryLabel(text)?.length ?? readListMarker(text)?.length ?? 0
    return {
      type: 'note',
      attrs: { ...(role.scope === null ? {} : { scope: role.scope }), label: role.label },
      content: buildInline(text, [{ start: 0, end: length }]),
    }
  }
  const allSyntax = rulePattern.test(text) || isDelimiterRow(text)
  return {
    type: 'paragraph',
    ...scoped,
    content: buildInline(
      text,
      allSyntax ? [{ start: 0, end: text.length }] : [...imageRanges(text), ...asideRanges(line)],
      allSyntax ? [] : findNoteMarkers(text, role.markers),
    ),
  }
}

/** Finds page numbers and running heads inside a line: offsets into its text. */
function asideRanges({ start, text, asides }: PlainLine): { start: number; end: number }[] {
  return (asides ?? [])
    .map((aside) => ({ start: aside.start - start, end: aside.end - start }))
    .filter((aside) => aside.start >= 0 && aside.end <= text.length)
}

function fenceRanges(text: string): { start: number; end: number }[] {
  const first = text.indexOf('\n')
  const last = text.lastIndexOf('\n')
  return first < 0 || last <= first
    ? []
    : [
        { start: 0, end: first },
        { start: last + 1, end: text.length },
      ]
}

function quoteRanges(text: string): { start: number; end: number }[] {
  return [...text.matchAll(/^[ \t]*>[> \t]*/gm)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }))
}

function imageRanges(text: string): { start: number; end: number }[] {
  const image = /^!\[.{0,1000}\](?=\([^\s()]{1,2000}(?:\s"[^"]{0,500}")?\)$)/s.exec(text)
  return image
    ? [
        { start: 0, end: 2 },
        { start: image[0].length - 1, end: text.length },
      ]
    : []
}

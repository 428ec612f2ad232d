import type { BlockNode, ListItemNode, OutOfScopeReason, TableCellNode, TableRowNode } from '../model'
import { buildInline } from './inline'
import { readListMarker, type PlainLine } from './lines'
import { endsLikeSentence, isSlugCase, readWords, titleCaseShare } from './line-shape'

/** A run of neighbouring list items, half-open. */
interface ItemRun {
  from: number
  to: number
}

const itemText = (line: PlainLine) => line.text.slice(readListMarker(line.text)?.length ?? 0)

const isLong = (word: string) => word.length >= 4

type ListNode = Extract<BlockNode, { type: 'bulletList' | 'orderedList' }>

const maxNesting = 8

function makeList(line: PlainLine, scope: OutOfScopeReason | null): ListNode {
  const number = readListMarker(line.text)?.number ?? null
  const scoped = scope === null ? {} : { scope }
  if (number === null) return { type: 'bulletList', attrs: { ...scoped, marked: true }, content: [] }
  return { type: 'orderedList', attrs: { ...scoped, marked: true, start: number }, content: [] }
}

function makeItem(line: PlainLine): ListItemNode {
  const length = readListMarker(line.text)?.length ?? 0
  return {
    type: 'listItem',
    content: [{ type: 'paragraph', content: buildInline(line.text, [{ start: 0, end: length }]) }],
  }
}

/**
 * Builds lists from neighbouring item lines. Deeper indented items become lists inside the item above (at most eight levels); a change between
 * bullets and numbers starts another list. Markers stay in the text as syntax.
 */
export function buildLists(lines: readonly PlainLine[], scope: OutOfScopeReason | null): ListNode[] {
  const lists: ListNode[] = []
  let open: { list: ListNode; indent: number }[] = []
  for (const line of lines) {
    while (open.length > 1 && line.indent < (open.at(-1)?.indent ?? 0)) open.pop()
    const current = open.at(-1)
    const ordered = readListMarker(line.text)?.number != null
    if (current && line.indent >= current.indent + 2 && open.length < maxNesting) {
      const nested = makeList(line, null)
      current.list.content.at(-1)?.content.push(nested)
      open.push({ list: nested, indent: line.indent })
    } else if (!current || (current.list.type === 'orderedList') !== ordered) {
      open.pop()
      const parent = open.at(-1)?.list.content.at(-1)
      const made = makeList(line, parent ? null : scope)
      if (parent) parent.content.push(made)
      else {
        lists.push(made)
        open = []
      }
      open.push({ list: made, indent: line.indent })
    }
    open.at(-1)?.list.content.push(makeItem(line))
  }
  return lists
}

function findItemRuns(lines: readonly PlainLine[]): ItemRun[] {
  const runs: ItemRun[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const from = at
    while (at < lines.length && lines[at] && !lines[at]?.fixed && readListMarker(lines[at]?.text ?? '')) at += 1
    if (at - from >= 2) runs.push({ from, to: at })
  }
  return runs
}

/**
 * Marks lists of links to other pages: at least three items (two behind another such list), each a title and not a sentence, standing in the article
 * without an introduction (a heading or a line ending in a colon), and either about something else (their words hardly occur in the rest) or
 * written like titles made from addresses ("Find Out The Latest"). A list of facts has small words, figures or an introduction and stays.
 */
export function markLinkLists(
  lines: readonly PlainLine[],
  scopes: (OutOfScopeReason | null)[],
  isHeading: (at: number) => boolean,
): void {
  const runs = findItemRuns(lines).filter(({ from }) => scopes[from] === null)
  if (runs.length === 0) return
  const vocabulary = new Set<string>()
  lines.forEach((line) => {
    if (!readListMarker(line.text)) for (const word of readWords(line.text)) vocabulary.add(word.toLowerCase())
  })
  for (const run of runs) {
    const items = lines.slice(run.from, run.to).map(itemText)
    const before = lines[run.from - 1]
    const introduced = before !== undefined && (isHeading(run.from - 1) || /[:：]$/.test(before.text))
    if (introduced || run.from === 0 || items.length < 3) continue
    if (looksLikeLinks(items, vocabulary, run.from / lines.length))
      for (let at = run.from; at < run.to; at += 1) scopes[at] = 'link-list'
  }
}

function looksLikeLinks(items: readonly string[], vocabulary: ReadonlySet<string>, place: number): boolean {
  const addresses = items.filter((item) => /^(?:https?:\/\/|www\.)\S+$/.test(item)).length
  if (addresses === items.length) return place > 0.5
  const counts = items.map((item) => readWords(item).length)
  const average = counts.reduce((sum, count) => sum + count, 0) / items.length
  if (average < 2 || average > 14 || items.some((item) => endsLikeSentence(item) && !item.endsWith('?'))) return false
  const titled = items.filter((item) => titleCaseShare(item) >= 0.8).length / items.length
  if (titled < 0.8) return false
  if (items.filter(isSlugCase).length >= Math.max(2, items.length * 0.4)) return true
  const words = items.flatMap(readWords).filter(isLong)
  const foreign = words.filter((word) => !vocabulary.has(word.toLowerCase())).length
  return words.length > 0 && average >= 2.5 && foreign / words.length >= 0.6 && place > 0.5
}

const delimiterRow = /^\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?$|^\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?$/

/** Whether a line is the rule under a table's head ("---|---|"). */
export function isDelimiterRow(text: string): boolean {
  return text.length < 1000 && text.includes('|') && delimiterRow.test(text)
}

const countPipes = (text: string) => text.replace(/\\\|/g, '').split('|').length - 1
const countTabs = (text: string) => text.split('\t').length - 1

/** The end (exclusive) of a table that starts at line `at`, with its kind; null when none does. */
export function findTableEnd(
  lines: readonly PlainLine[],
  scopes: readonly (OutOfScopeReason | null)[],
  at: number,
): { to: number; kind: 'pipes' | 'tabs' } | null {
  const run = (matches: (line: PlainLine) => boolean) => {
    let to = at
    for (
      let line = lines[to];
      line && !line.fixed && scopes[to] === scopes[at] && (to === at || line.gap === 0) && matches(line);
      line = lines[to]
    )
      to += 1
    return to
  }
  const text = lines[at]?.text ?? ''
  if (text.includes('|')) {
    const to = run((line) => line.text.includes('|') && line.text.length < 4000)
    const rows = lines.slice(at, to).map((line) => line.text)
    const counts = rows.map(countPipes)
    const even = counts.every((count) => count === counts[0]) && (counts[0] ?? 0) >= 1
    if (rows.some(isDelimiterRow) || (even && (rows.length >= 3 || (rows.length === 2 && (counts[0] ?? 0) >= 2))))
      return { to, kind: 'pipes' }
    return null
  }
  if (!text.includes('\t')) return null
  const tabs = countTabs(text)
  const to = run((line) => countTabs(line.text) === tabs && line.text.length < 2000)
  return to - at >= 2 ? { to, kind: 'tabs' } : null
}

/** Offsets at which a row's text is cut into cells. A pipe ends its cell; a pipe at the very start opens the first one. */
function cutCells(text: string, kind: 'pipes' | 'tabs'): { start: number; end: number }[] {
  const cells: { start: number; end: number }[] = []
  let start = 0
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (kind === 'pipes' && character === '\\') at += 1
    else if (kind === 'pipes' ? character === '|' && at > 0 : character === '\t') {
      cells.push({ start, end: at + 1 })
      start = at + 1
    }
  }
  if (text.slice(start).trim() !== '' || kind === 'tabs') cells.push({ start, end: text.length })
  return cells
}

function makeCell(text: string, type: TableCellNode['type']): TableCellNode {
  const trimmed = text.trim()
  const syntax: { start: number; end: number }[] = []
  if (/^[|\s:-]*$/.test(trimmed)) syntax.push({ start: 0, end: trimmed.length })
  else {
    if (trimmed.startsWith('|')) syntax.push({ start: 0, end: 1 })
    if (trimmed.endsWith('|') && !trimmed.endsWith('\\|'))
      syntax.push({ start: trimmed.length - 1, end: trimmed.length })
  }
  const content = buildInline(trimmed, syntax)
  return { type, content: [content.length > 0 ? { type: 'paragraph', content } : { type: 'paragraph' }] }
}

/**
 * Builds table rows from lines, with every pipe and rule kept as syntax. Lines above the rule that together have as many cells as the table has
 * columns are one header row (a head broken over several lines). Short rows are filled by widening their last cell.
 */
export function buildTableRows(lines: readonly PlainLine[], kind: 'pipes' | 'tabs'): TableRowNode[] {
  const rule = kind === 'pipes' ? lines.findIndex((line) => isDelimiterRow(line.text)) : -1
  const cut = lines.map((line) => cutCells(line.text, kind).map(({ start, end }) => line.text.slice(start, end)))
  const columns = rule >= 0 ? (cut[rule]?.length ?? 1) : cut.reduce((most, cells) => Math.max(most, cells.length), 1)
  const rows: { cells: string[]; header: boolean }[] = []
  const head = cut.slice(0, Math.max(rule, 0))
  if (head.length > 1 && head.flat().length === columns) rows.push({ cells: head.flat(), header: true })
  else for (const cells of head) rows.push({ cells, header: true })
  for (const cells of cut.slice(Math.max(rule, 0))) rows.push({ cells, header: false })
  return rows.map(({ cells, header }) => {
    const made = cells.map((cell) => makeCell(cell, header ? 'tableHeader' : 'tableCell'))
    const last = made.at(-1)
    if (last && made.length < columns) last.attrs = { colspan: Math.min(1000, columns - made.length + 1) }
    return { type: 'tableRow', content: made }
  })
}

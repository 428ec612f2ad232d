import type { OutOfScopeReason, TableCellNode, TableRowNode } from '../model'
import { buildInline } from './inline'
import type { PlainLine } from './lines'

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
 * Table rows from lines, every pipe and rule kept as syntax. Lines above the rule that together have as many cells as the table has
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

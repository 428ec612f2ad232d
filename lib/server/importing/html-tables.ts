import { isElement, readAttribute, walkTree, isText, type HtmlElement } from './html-tree'

/** A cell's span, from 1 to 1,000; anything unreadable is 1. */
export function readSpan(cell: HtmlElement, name: 'colspan' | 'rowspan'): number {
  const value = Number.parseInt(readAttribute(cell, name) ?? '1', 10)
  return Number.isFinite(value) ? Math.min(1000, Math.max(1, value)) : 1
}

/**
 * Whether a table holds data; a table used for layout is flattened instead. Data has header cells or a caption, or several short cells:
 * a single cell, tables within cells without any header, headings in cells or cells of more than 800 characters mean layout.
 */
export function isDataTable(table: HtmlElement): boolean {
  if (/^(?:presentation|none)$/.test(readAttribute(table, 'role') ?? '')) return false
  let cells = 0
  let headers = 0
  let nested = 0
  let headings = 0
  let longest = 0
  let current = 0
  let depth = 0
  walkTree(table, {
    enter(node) {
      if (isText(node)) current += node.value.trim().length
      if (!isElement(node)) return true
      if (node.tagName === 'table') {
        depth += 1
        if (depth > 1) nested += 1
      }
      if (depth > 1) return true
      if (node.tagName === 'td' || node.tagName === 'th') {
        cells += 1
        current = 0
      }
      if (node.tagName === 'th' || node.tagName === 'caption') headers += 1
      if (/^h[1-6]$/.test(node.tagName)) headings += 1
      return true
    },
    leave(node) {
      if (!isElement(node)) return
      if (node.tagName === 'table') depth -= 1
      if (depth === 1 && (node.tagName === 'td' || node.tagName === 'th')) longest = Math.max(longest, current)
    },
  })
  if (cells <= 1) return false
  if (headers > 0) return longest <= 4000
  return nested === 0 && headings === 0 && longest <= 800
}

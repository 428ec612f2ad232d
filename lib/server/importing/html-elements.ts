import { isAllowedHref } from '@/lib/domain/text/href'
import { readAttribute, type HtmlElement, isElement, walkTree, isText } from './html-tree'

const dropped = new Set(
  'script style template noscript noframes iframe frame frameset object embed applet canvas audio video source track map area select datalist option optgroup textarea input button progress meter head title meta link base svg param dialog annotation annotation-xml'.split(
    ' ',
  ),
)
const inlineTags = new Set('span i b a em small sup'.split(' '))

/** Whether an element is hidden from readers, or is a control: its text is left out. */
export function isDropped(element: HtmlElement): boolean {
  if (dropped.has(element.tagName)) return true
  for (const { name, value } of element.attrs) {
    if (name === 'hidden' && value !== 'until-found') return true
    if (name === 'style' && /(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(value.slice(0, 500))) return true
    if (name === 'aria-hidden' && value === 'true' && inlineTags.has(element.tagName)) return true
    if (
      name === 'class' &&
      /(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text|mw-empty-elt|noprint-hidden)(?:\s|$)/i.test(
        value.slice(0, 500),
      )
    )
      return true
  }
  return false
}

/** A cell's span, from 1 to 1,000; 1 for an invalid value. */
export function readSpan(cell: HtmlElement, name: 'colspan' | 'rowspan'): number {
  const value = Number.parseInt(readAttribute(cell, name) ?? '1', 10)
  return Number.isFinite(value) ? Math.min(1000, Math.max(1, value)) : 1
}

/**
 * Whether a table holds data; a layout table is flattened. Data means header cells or a caption, or several short cells. Layout means a single cell,
 * nested tables without any header, headings in cells, or cells of more than 800 characters.
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

/** The base address for a page's links, as the page declares it; null without one. */
export function readBase(elements: readonly HtmlElement[]): string | null {
  const base = elements.find(({ tagName }) => tagName === 'base')
  const canonical = elements.find(
    (element) => element.tagName === 'link' && readAttribute(element, 'rel') === 'canonical',
  )
  const address = (base && readAttribute(base, 'href')) ?? (canonical && readAttribute(canonical, 'href'))
  return address && /^https?:\/\//i.test(address) ? address : null
}

/** The absolute address of a link; null for one that is empty, stays on the page, or has a forbidden scheme. */
export function resolveAddress(address: string | null, base: string | null): string | null {
  const trimmed = address?.trim() ?? ''
  if (trimmed === '' || trimmed.startsWith('#') || trimmed.length > 4000) return null
  const against = base ?? undefined
  if (!URL.canParse(trimmed, against)) return null
  const { href } = new URL(trimmed, against)
  return isAllowedHref(href) ? href : null
}

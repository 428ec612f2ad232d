import { findCitations } from '@/lib/domain/text/plain/inline'
import type { InlineNode, Mark } from '@/lib/domain/text/model'

type TextNode = Extract<InlineNode, { type: 'text' }>

const collapsible = /[ \t\n\r\f]+/g

/**
 * Turns the inline content collected for one block into the content of text blocks: white space is collapsed as in browsers (no-break spaces stay),
 * two consecutive breaks divide paragraphs, neighbours with equal marks are joined, and "[12]" is marked as a citation. Blocks without text are
 * dropped. With `keepSpace` there is one block with its text unchanged, except for line breaks removed at both ends.
 */
export function finishInline(nodes: readonly InlineNode[], keepSpace: boolean): InlineNode[][] {
  if (keepSpace) {
    const kept = joinEqual(trimKept(nodes))
    return hasText(kept) ? [kept] : []
  }
  return splitAtDoubleBreaks(nodes)
    .map((part) => markCitations(joinEqual(collapse(part))))
    .filter(hasText)
}

function hasText(nodes: readonly InlineNode[]): boolean {
  return nodes.some((node) => node.type === 'text' && node.text.trim() !== '')
}

function trimKept(nodes: readonly InlineNode[]): InlineNode[] {
  const kept = nodes.map((node) => (node.type === 'text' ? { ...node, text: node.text.replace(/\r\n?/g, '\n') } : node))
  const first = kept[0]
  const last = kept.at(-1)
  if (first?.type === 'text') first.text = first.text.replace(/^\n+/, '')
  if (last?.type === 'text') last.text = last.text.trimEnd()
  return kept.filter((node) => node.type !== 'text' || node.text !== '')
}

function splitAtDoubleBreaks(nodes: readonly InlineNode[]): InlineNode[][] {
  const parts: InlineNode[][] = [[]]
  let breaks = 0
  for (const node of nodes) {
    if (node.type === 'hardBreak') breaks += 1
    else if (node.text.replace(collapsible, '') !== '') {
      if (breaks >= 2) parts.push([])
      breaks = 0
    }
    parts.at(-1)?.push(node)
  }
  return parts
}

/** Collapses white space across node borders, and removes it at both ends and around breaks. */
function collapse(nodes: readonly InlineNode[]): InlineNode[] {
  const result: InlineNode[] = []
  let space = true
  for (const node of nodes) {
    if (node.type === 'hardBreak') {
      trimLast(result)
      result.push(node)
      space = true
      continue
    }
    let text = node.text.replace(collapsible, ' ')
    if (space && text.startsWith(' ')) text = text.slice(1)
    if (text === '') continue
    space = text.endsWith(' ')
    result.push({ ...node, text })
  }
  for (;;) {
    trimLast(result)
    if (result.at(-1)?.type !== 'hardBreak') break
    result.pop()
  }
  while (result[0]?.type === 'hardBreak') result.shift()
  return result
}

function trimLast(nodes: InlineNode[]): void {
  const last = nodes.at(-1)
  if (last?.type !== 'text' || !last.text.endsWith(' ')) return
  last.text = last.text.replace(/ +$/, '')
  if (last.text === '') {
    nodes.pop()
    trimLast(nodes)
  }
}

const markKey = (marks: readonly Mark[] | undefined) => JSON.stringify(marks ?? [])

function joinEqual(nodes: readonly InlineNode[]): InlineNode[] {
  const joined: InlineNode[] = []
  let key = ''
  for (const node of nodes) {
    const last = joined.at(-1)
    const nodeKey = node.type === 'text' ? markKey(node.marks) : ''
    if (node.type === 'text' && last?.type === 'text' && key === nodeKey) last.text += node.text
    else joined.push({ ...node })
    key = nodeKey
  }
  return joined
}

/** Marks "[12]" as a citation in text without a citation, kept-syntax or code mark. Lengths do not change. */
export function markCitations(nodes: InlineNode[]): InlineNode[] {
  const whole = nodes.map((node) => (node.type === 'text' ? node.text : '\n')).join('')
  const citations = findCitations(whole)
  if (citations.length === 0) return nodes
  const result: InlineNode[] = []
  let offset = 0
  let next = 0
  for (const node of nodes) {
    const end = offset + (node.type === 'text' ? node.text.length : 1)
    const taken =
      node.type !== 'text' ||
      (node.marks ?? []).some(({ type }) => type === 'citation' || type === 'syntax' || type === 'code')
    if (taken) {
      result.push(node)
      offset = end
      continue
    }
    let done = offset
    while ((citations[next]?.end ?? Infinity) <= offset) next += 1
    for (let at = next; at < citations.length; at += 1) {
      const citation = citations[at]
      if (!citation || citation.start >= end) break
      const from = Math.max(citation.start, offset)
      const to = Math.min(citation.end, end)
      if (from > done) result.push(slice(node, done - offset, from - offset))
      const marked = slice(node, from - offset, to - offset)
      result.push({
        ...marked,
        marks: [...(marked.marks ?? []), { type: 'citation', attrs: { label: citation.label } }],
      })
      done = to
    }
    if (done < end) result.push(slice(node, done - offset, end - offset))
    offset = end
  }
  return result
}

function slice(node: TextNode, from: number, to: number): TextNode {
  return { ...node, text: node.text.slice(from, to) }
}

import type { BlockNode, ListItemNode, OutOfScopeReason } from '../model'
import { buildInline } from './inline'
import { readListMarker, type PlainLine } from './lines'

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
 * Lists from neighbouring item lines. Deeper indented items become lists inside the item above (at most eight levels); a change between
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

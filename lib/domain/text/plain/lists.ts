import type { BlockNode, ListItemNode, OutOfScopeReason } from '../model'
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

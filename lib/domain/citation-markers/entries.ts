import type { BlockNode, DocumentContent, TextBlockNode } from '../text/model'
import { readEntryLabel } from '../text/plain/notes'
import type { TextBlock, TextIndex } from '../text/text-index'
import type { Run } from './runs'

/** A note, one entry of the document's reference list, or the target of a link in the text. */
export interface CitedEntry {
  /** The label that a marker would use: "12", "a", "*"; '' for an entry with authors and year only, and for a link. */
  label: string
  start: number
  end: number
  /** The text, without its own number and sign. */
  words: string
  /** The addresses of its links, in order. */
  addresses: string[]
}

const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹'
/** The most numbers of a range: "[1–400]" is more likely something else. */
const longestRange = 50

/** The single labels of a marker: "3–5" is 3, 4 and 5; "1, 4" is 1 and 4; anything else is itself, without brackets and spaces. */
export function labelsOf(label: string): string[] {
  const plain = label.replace(/[\s[\]()]/gu, '').toLowerCase()
  const figures = [...plain].map((sign) => (raised.includes(sign) ? String(raised.indexOf(sign)) : sign)).join('')
  if (!/^\d{1,3}(?:[,–-]\d{1,3})*$/.test(figures)) return figures === '' ? [] : [figures]
  const labels = figures.split(',').flatMap((part) => {
    const [first = 0, last = first] = part.split(/[–-]/).map(Number)
    if (last < first || last - first >= longestRange) return [String(first), String(last)]
    return Array.from({ length: last - first + 1 }, (_, step) => String(first + step))
  })
  return [...new Set(labels)]
}

/** The notes and the entries of the document's own lists of references, ordered by start. Those without a number have the label ''. */
export function readEntries({
  content,
  index,
  nodes,
  runs,
}: {
  content: DocumentContent
  index: TextIndex
  /** The node of each block of the index. */
  nodes: readonly TextBlockNode[]
  runs: readonly Run[]
}): CitedEntry[] {
  const runsOf = new Map<TextBlock, Run[]>()
  for (const run of runs) {
    const others = runsOf.get(run.block)
    if (others === undefined) runsOf.set(run.block, [run])
    else others.push(run)
  }
  const entries: CitedEntry[] = []
  let topIndex = -1
  let rows = new Set<TextBlock['row']>()
  index.blocks.forEach((block, at) => {
    if (block.topIndex !== topIndex) rows = new Set()
    topIndex = block.topIndex
    const label = labelOfEntry(block, { node: nodes[at], top: content.content[topIndex], rows, text: index.text })
    if (label !== null) entries.push(makeEntry(label, block, runsOf.get(block) ?? []))
  })
  return entries
}

/** The label of a block that is an entry, '' for an entry without a number; null for all other blocks. `rows` are the items of the list so far. */
function labelOfEntry(
  block: TextBlock,
  given: { node: TextBlockNode | undefined; top: BlockNode | undefined; rows: Set<TextBlock['row']>; text: string },
): string | null {
  const { node, top, rows, text } = given
  if (node?.type === 'note') return node.attrs.label === '' ? null : node.attrs.label
  if (block.scope !== 'reference-list' || block.kind === 'heading' || block.kind === 'codeBlock') return null
  if (top?.type !== 'orderedList' || top.attrs?.marked === true)
    return readEntryLabel(text.slice(block.start, Math.min(block.end, block.start + 40)))?.label ?? ''
  if (rows.has(block.row)) return null
  rows.add(block.row)
  return String((top.attrs?.start ?? 1) + rows.size - 1)
}

function makeEntry(label: string, { start, end }: TextBlock, runs: readonly Run[]): CitedEntry {
  const written = runs
    .filter(({ isSyntax }) => !isSyntax)
    .map(({ text }) => text)
    .join('')
    .replace(/\s+/gu, ' ')
    .trim()
  const own = label === '' ? null : readEntryLabel(written)
  // An entry may begin with a year or a figure of its own.
  const isOwn = own !== null && labelsOf(own.label)[0] === labelsOf(label)[0]
  const plain = written.slice(isOwn ? own.length : 0).replace(/^[\s↑^]+/u, '')
  const addresses = [...new Set(runs.flatMap(({ address }) => address ?? []))]
  return { label, start, end, words: plain === '' ? written : plain, addresses }
}

/**
 * The citation markers of a document ("[12]", "[3–5]", "[a]", raised figures, footnote signs), tied to the entries of its own reference list or to its
 * notes. All offsets are UTF-16 code units of the canonical text, half-open.
 */
import type {
  BlockNode,
  DocumentContent,
  ListItemNode,
  TableCellNode,
  TableRowNode,
  TextBlockNode,
} from '../text/model'
import { readEntryLabel } from '../text/plain/references'
import { buildTextIndex, type TextBlock, type TextIndex } from '../text/text-index'

/** A note, or one entry of the document's reference list. */
export interface CitedEntry {
  /** What a marker would call it: "12", "a", "*". */
  label: string
  start: number
  end: number
  /** What it says, without its own number and sign. */
  words: string
  /** Where its links lead, in order. */
  addresses: string[]
}

/** A marker and what it stands for. */
export interface CitationMarker {
  label: string
  start: number
  end: number
  /** In the order of the marker. */
  entries: CitedEntry[]
  /** The labels in it that have no entry. */
  unresolved: string[]
}

export interface CitationMarkers {
  /** By start. */
  markers: CitationMarker[]
  /** Entries that no marker stands for, by start. */
  dangling: CitedEntry[]
}

/** "[citation needed]" and its like ask for a reference and stand for none. */
const requests = /^(?:citation needed|clarification needed|who\?|when\?|by whom\?|page needed)$/i
const raisedMarker = /^[[(]?(?:\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,8}|[a-z]|[*†‡§]{1,3})[\])]?$/
const raisedFigures = /(?<=[.!?…,;:"”’)]|\p{L}{3})[⁰¹²³⁴-⁹]{1,3}(?![\p{L}\p{N}])/gu
const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** The longest range of numbers that is taken for one: "[1–400]" is more likely something else. */
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

/**
 * Reads all markers of a document. Of several entries with one label (notes that begin anew with each chapter) a marker means the next one
 * behind it, or the last before it. A raised figure that nothing was said of at import is a marker only when all its entries are there. Linear.
 */
export function readCitationMarkers(content: DocumentContent): CitationMarkers {
  const index = buildTextIndex(content)
  const nodes = listTextBlocks(content)
  const runs = readRuns(nodes, index)
  const entries = readEntries({ content, index, nodes, runs })
  const lookUp = makeLookUp(entries)
  const used = new Set<CitedEntry>()
  const markers = findMarkers(index, runs).flatMap(({ start, end, label, isCertain }): CitationMarker[] => {
    const found: CitedEntry[] = []
    const unresolved: string[] = []
    for (const each of labelsOf(label)) {
      const entry = lookUp(each, start)
      // The number that a note begins with is no marker of itself.
      if (entry === 'own') return []
      if (entry === null) unresolved.push(each)
      else found.push(entry)
    }
    if (!isCertain && (unresolved.length > 0 || found.length === 0)) return []
    for (const entry of found) used.add(entry)
    return [{ label, start, end, entries: found, unresolved }]
  })
  return { markers, dangling: entries.filter((entry) => !used.has(entry)) }
}

/**
 * Makes the function that finds the entry of a single label for a marker at `start`, null when there is none, and `own` when the marker stands in that
 * entry. It must be asked in the order of the text.
 */
function makeLookUp(entries: readonly CitedEntry[]): (label: string, start: number) => CitedEntry | 'own' | null {
  const byLabel = new Map<string, { known: CitedEntry[]; next: number }>()
  for (const entry of entries) {
    const label = labelsOf(entry.label)[0] ?? ''
    const others = byLabel.get(label)
    if (others === undefined) byLabel.set(label, { known: [entry], next: 0 })
    else others.known.push(entry)
  }
  return (label, start) => {
    const found = byLabel.get(label)
    if (found === undefined) return null
    const { known } = found
    while (found.next < known.length && (known[found.next]?.start ?? 0) <= start) found.next += 1
    const before = known[found.next - 1]
    if (before !== undefined && start < before.end) return 'own'
    return known[found.next] ?? before ?? null
  }
}

/** The markers that stand in a range or right behind it; of an empty range, the one around it. */
export function markersAt(
  markers: readonly CitationMarker[],
  range: Readonly<{ start: number; end: number }>,
): CitationMarker[] {
  const inside = markers.filter(({ start, end }) => start < range.end && range.start < end)
  if (range.start === range.end) return markers.filter(({ start, end }) => start <= range.start && range.end <= end)
  let last = inside.at(-1)?.end ?? range.end
  if (last < range.end) last = range.end
  for (const marker of markers) {
    if (marker.start !== last) continue
    inside.push(marker)
    last = marker.end
  }
  return inside
}

interface Run {
  start: number
  end: number
  text: string
  block: TextBlock
  citation: string | null
  address: string | null
  isRaised: boolean
  isSyntax: boolean
}

/** The inline content of all text blocks with its places, in order. */
function readRuns(nodes: readonly TextBlockNode[], index: TextIndex): Run[] {
  const runs: Run[] = []
  index.blocks.forEach((block, at) => {
    let start = block.start
    for (const inline of nodes[at]?.content ?? []) {
      const text = inline.type === 'text' ? inline.text : '\n'
      const marks = inline.type === 'text' ? (inline.marks ?? []) : []
      const run: Run = {
        start,
        end: start + text.length,
        text,
        block,
        citation: null,
        address: null,
        isRaised: marks.some(({ type }) => type === 'superscript'),
        isSyntax: marks.some(({ type }) => type === 'syntax'),
      }
      for (const mark of marks) {
        if (mark.type === 'citation') run.citation = mark.attrs.label
        if (mark.type === 'link') run.address = mark.attrs.href
      }
      runs.push(run)
      start = run.end
    }
  })
  return runs
}

/** All text blocks, in the order of the document. Iterative: any depth is safe. */
function listTextBlocks(content: DocumentContent): TextBlockNode[] {
  const found: TextBlockNode[] = []
  const waiting: (BlockNode | ListItemNode | TableRowNode | TableCellNode)[] = content.content.toReversed()
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    switch (node.type) {
      case 'heading':
      case 'paragraph':
      case 'codeBlock':
      case 'preformatted':
      case 'note':
        found.push(node)
        break
      case 'image':
      case 'horizontalRule':
        break
      default:
        for (const child of node.content.toReversed()) waiting.push(child)
    }
  }
  return found
}

interface FoundMarker {
  start: number
  end: number
  label: string
  /** Import said so, or it is in brackets. */
  isCertain: boolean
}

function findMarkers(index: TextIndex, runs: readonly Run[]): FoundMarker[] {
  const found: FoundMarker[] = []
  let before: Run | null = null
  for (const run of runs) {
    const last = found.at(-1)
    const { start, end, citation } = run
    const goesOn = last?.end === start && before?.citation === citation && !before.text.endsWith(']')
    before = run
    if (citation !== null) {
      if (goesOn) last.end = end
      else if (!requests.test(citation)) found.push({ start, end, label: citation, isCertain: true })
    } else if (run.isRaised) {
      const text = run.text.trim()
      if (raisedMarker.test(text) && /\S/.test(index.text.slice(Math.max(0, start - 1), start)))
        found.push({ start, end, label: text, isCertain: false })
    } else if (run.block.kind !== 'codeBlock') {
      for (const { 0: text, index: at } of run.text.matchAll(raisedFigures))
        found.push({ start: start + at, end: start + at + text.length, label: text, isCertain: false })
    }
  }
  return found
}

/** Notes, and what is numbered in the document's own lists of references, by start. */
function readEntries({
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
    if (label !== '') entries.push(makeEntry(label, block, runsOf.get(block) ?? []))
  })
  return entries
}

/** The label of a block that is an entry; '' for all others. `rows` are the items of the list so far. */
function labelOfEntry(
  block: TextBlock,
  given: { node: TextBlockNode | undefined; top: BlockNode | undefined; rows: Set<TextBlock['row']>; text: string },
): string {
  const { node, top, rows, text } = given
  if (node?.type === 'note') return node.attrs.label
  if (block.scope !== 'reference-list' || block.kind === 'heading') return ''
  if (top?.type !== 'orderedList' || top.attrs?.marked === true)
    return readEntryLabel(text.slice(block.start, Math.min(block.end, block.start + 40)))?.label ?? ''
  if (rows.has(block.row)) return ''
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
  const own = readEntryLabel(written)
  // An entry may begin with a year or a figure of its own.
  const isOwn = own !== null && labelsOf(own.label)[0] === labelsOf(label)[0]
  const plain = written.slice(isOwn ? own.length : 0).replace(/^[\s↑^]+/u, '')
  const addresses = [...new Set(runs.flatMap(({ address }) => address ?? []))]
  return { label, start, end, words: plain === '' ? written : plain, addresses }
}

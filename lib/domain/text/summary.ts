import type {
  BlockNode,
  DocumentContent,
  InlineNode,
  ListItemNode,
  OutOfScopeReason,
  TableCellNode,
  TableRowNode,
} from './model'
import { scopeRegions } from './scope'
import type { SentenceSpan } from './sentences'
import type { TextIndex } from './text-index'

/** An out-of-scope part as a preview shows it. Offsets are UTF-16 code units of the canonical text. */
export interface RegionSummary {
  start: number
  end: number
  reason: OutOfScopeReason
  sentences: number
  /** The first words of the part, at most 80 characters, on one line. */
  opening: string
}

/** Counts of what was recognised in a document. Lists count items at all levels; tables count themselves and their rows. */
export interface StructureSummary {
  headings: { level: number; text: string; outOfScope: boolean }[]
  paragraphs: number
  lists: number
  listItems: number
  tables: number
  tableRows: number
  quotes: number
  notes: number
  citations: number
  links: number
  images: number
  codeBlocks: number
  /** Sentences of kind `sentence` that count. */
  checkable: number
  regions: RegionSummary[]
}

type CountKey = {
  [K in keyof StructureSummary]: StructureSummary[K] extends number ? K : never
}[keyof StructureSummary]

const countedAs: Partial<Record<string, CountKey>> = {
  paragraph: 'paragraphs',
  bulletList: 'lists',
  orderedList: 'lists',
  listItem: 'listItems',
  table: 'tables',
  tableRow: 'tableRows',
  blockquote: 'quotes',
  note: 'notes',
  image: 'images',
  codeBlock: 'codeBlocks',
  preformatted: 'paragraphs',
}

type AnyNode = BlockNode | ListItemNode | TableRowNode | TableCellNode

function childrenOf(node: AnyNode): readonly (AnyNode | InlineNode)[] {
  return 'content' in node ? (node.content ?? []) : []
}

/** Counts the parts of a document. Paragraphs are those outside lists and tables. Links and citations count runs of marked text. Iterative. */
export function summariseStructure(
  content: DocumentContent,
  index: TextIndex,
  sentences: readonly SentenceSpan[],
): StructureSummary {
  const summary: StructureSummary = {
    headings: [],
    paragraphs: 0,
    lists: 0,
    listItems: 0,
    tables: 0,
    tableRows: 0,
    quotes: 0,
    notes: 0,
    citations: 0,
    links: 0,
    images: 0,
    codeBlocks: 0,
    checkable: 0,
    regions: [],
  }
  const pending: { node: AnyNode; inner: boolean }[] = content.content.map((node) => ({ node, inner: false }))
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { node, inner } = next
    const key = countedAs[node.type]
    if (key && !(key === 'paragraphs' && inner)) summary[key] += 1
    const deeper = inner || ['listItem', 'tableRow'].includes(node.type)
    for (const child of childrenOf(node)) {
      if (child.type === 'text') {
        for (const mark of child.marks ?? []) {
          if (mark.type === 'citation') summary.citations += 1
          if (mark.type === 'link') summary.links += 1
        }
      } else if (child.type !== 'hardBreak') pending.push({ node: child, inner: deeper })
    }
  }
  for (const block of index.blocks) {
    if (block.kind !== 'heading') continue
    summary.headings.push({
      level: block.level ?? 1,
      text: index.text.slice(block.start, block.end),
      outOfScope: block.scope !== null,
    })
  }
  countScope(summary, index, sentences)
  return summary
}

function countScope(summary: StructureSummary, index: TextIndex, sentences: readonly SentenceSpan[]): void {
  summary.regions = scopeRegions(index).map(({ start, end, reason }) => ({
    start,
    end,
    reason,
    sentences: 0,
    opening: index.text
      .slice(start, Math.min(end, start + 200))
      .replace(/\s+/gu, ' ')
      .slice(0, 80)
      .trim(),
  }))
  let at = 0
  for (const sentence of sentences) {
    if (sentence.kind !== 'sentence') continue
    while ((summary.regions[at]?.end ?? Infinity) <= sentence.start) at += 1
    const region = summary.regions[at]
    if (region && region.start <= sentence.start) region.sentences += 1
    else summary.checkable += 1
  }
}

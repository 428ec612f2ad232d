import type {
  BlockNode,
  DocumentContent,
  ListItemNode,
  TableCellNode,
  TableRowNode,
  TextBlockNode,
} from '../text/model'
import type { TextBlock, TextIndex } from '../text/text-index'

/** Consecutive characters of one text block with the same marks, and their place in the canonical text (UTF-16 code units, half-open). */
export interface Run {
  start: number
  end: number
  text: string
  block: TextBlock
  /** The label that import gave the run, when it is a marker. */
  citation: string | null
  /** The address, when the run is a link. */
  address: string | null
  isRaised: boolean
  isSyntax: boolean
}

/** Finds the runs of all text blocks, in order. `nodes` are the nodes of the index's blocks. */
export function readRuns(nodes: readonly TextBlockNode[], index: TextIndex): Run[] {
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

/** The nodes of all text blocks, in the order of the document. Iterative: any depth is safe. */
export function listTextBlocks(content: DocumentContent): TextBlockNode[] {
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

import type {
  BlockNode,
  HeadingLevel,
  InlineNode,
  ListItemNode,
  Mark,
  OutOfScopeReason,
  TableCellNode,
  TableRowNode,
} from '@/lib/domain/text/model'
import { isAllowedHref } from '@/lib/domain/text/href'
import { finishInline } from './inline-text'

/** The kind of the text block that receives the next text. */
export type TextKind =
  | { type: 'paragraph' }
  | { type: 'heading'; level: HeadingLevel }
  | { type: 'note'; label: string }
  | { type: 'codeBlock'; language: string | null }
  | { type: 'preformatted' }

type Container =
  | { kind: 'blocks'; children: BlockNode[] }
  | { kind: 'list'; children: ListItemNode[] }
  | { kind: 'table'; children: TableRowNode[] }
  | { kind: 'row'; children: TableCellNode[] }

type ContainerNode = Extract<BlockNode, { type: 'blockquote' | 'bulletList' | 'orderedList' | 'table' }>

/** The most open containers; deeper ones are flattened into their parent. Less than `maxDocumentDepth`. */
const maxOpen = 40

/**
 * Builds a structured document from a stream of events (text, breaks, block boundaries, containers), as a tree walk produces them. White space is
 * collapsed outside preformatted text; empty blocks and containers are dropped; only top-level blocks carry scope.
 */
export class BlockBuilder {
  readonly blocks: BlockNode[] = []
  scope: OutOfScopeReason | null = null
  /** The page on which the next block begins, as the document numbers it; null for documents without pages. */
  page: string | null = null
  kind: TextKind = { type: 'paragraph' }
  private readonly open: Container[]
  private readonly marks: Mark[] = []
  private inline: InlineNode[] = []
  private pendingImages: BlockNode[] = []
  /** The note that has its first block already. Its further blocks become paragraphs, so that it counts once. */
  private begunNote: TextKind | null = null

  constructor() {
    this.open = [{ kind: 'blocks', children: this.blocks }]
  }

  /** Whether white space is preserved. */
  get keepsSpace(): boolean {
    return this.kind.type === 'codeBlock' || this.kind.type === 'preformatted'
  }

  pushMark(mark: Mark): void {
    this.marks.push(mark)
  }

  popMark(): void {
    this.marks.pop()
  }

  /** Text as in the source; its white space is collapsed at the end of the block. */
  addText(text: string): void {
    if (text === '') return
    const seen = new Set<string>()
    const marks = this.marks.filter((mark) => !seen.has(mark.type) && seen.add(mark.type))
    this.inline.push(marks.length > 0 ? { type: 'text', text, marks } : { type: 'text', text })
  }

  addBreak(): void {
    this.inline.push(this.keepsSpace ? { type: 'text', text: '\n' } : { type: 'hardBreak' })
  }

  /** An image is placed after the block with its text, so that sentences stay whole. */
  addImage(alt: string, src: string | null): void {
    this.pendingImages.push({ type: 'image', attrs: { alt, src } })
    if (!this.hasText()) this.flush()
  }

  addRule(): void {
    this.flush()
    this.append({ type: 'horizontalRule' })
  }

  /** Inserts finished blocks unchanged. */
  addBlocks(blocks: readonly BlockNode[]): void {
    this.flush()
    for (const block of blocks) this.append(block)
  }

  /** Ends the current text block. */
  flush(): void {
    const inline = this.inline
    this.inline = []
    for (const content of finishInline(inline, this.keepsSpace)) this.append(this.makeTextBlock(content))
    const images = this.pendingImages
    this.pendingImages = []
    for (const image of images) this.append(image)
  }

  /** Opens a blockquote, list or table; false at the depth limit (its content is then flattened). */
  openContainer(node: ContainerNode): boolean {
    this.flush()
    if (this.open.length > maxOpen) return false
    this.append(node)
    if (node.type === 'table') this.open.push({ kind: 'table', children: node.content })
    else if (node.type === 'blockquote') this.open.push({ kind: 'blocks', children: node.content })
    else this.open.push({ kind: 'list', children: node.content })
    return true
  }

  /** Opens an item in the open list; false without one. */
  openItem(): boolean {
    this.flush()
    const top = this.open.at(-1)
    if (top?.kind !== 'list') return false
    const item: ListItemNode = { type: 'listItem', content: [] }
    top.children.push(item)
    this.open.push({ kind: 'blocks', children: item.content })
    return true
  }

  openRow(): boolean {
    this.flush()
    const top = this.open.at(-1)
    if (top?.kind !== 'table') return false
    const row: TableRowNode = { type: 'tableRow', content: [] }
    top.children.push(row)
    this.open.push({ kind: 'row', children: row.content })
    return true
  }

  openCell(cell: TableCellNode): boolean {
    this.flush()
    const top = this.open.at(-1)
    if (top?.kind !== 'row') return false
    top.children.push(cell)
    this.open.push({ kind: 'blocks', children: cell.content })
    return true
  }

  /** Opens a place for blocks before the open table: its caption. False without a table. */
  openCaption(): boolean {
    this.flush()
    const top = this.open.at(-1)
    if (top?.kind !== 'table') return false
    this.open.push({ kind: 'blocks', children: [] })
    return true
  }

  closeCaption(): void {
    this.flush()
    const caption = this.open.pop()
    const parent = this.open.at(-2)
    if (caption?.kind !== 'blocks' || parent?.kind !== 'blocks') return
    const scoped =
      this.open.length === 2 && this.scope !== null
        ? caption.children.map((block) => withScope(block, this.scope))
        : caption.children
    parent.children.splice(parent.children.length - 1, 0, ...scoped)
  }

  /** Closes the container that was opened last; an empty one is dropped, except cells. */
  close(): void {
    this.flush()
    const closed = this.open.pop()
    const parent = this.open.at(-1)
    if (!closed || !parent) return
    if (closed.children.length > 0) return
    if (parent.kind === 'row' && closed.kind === 'blocks') closed.children.push({ type: 'paragraph' })
    else parent.children.pop()
  }

  private hasText(): boolean {
    return this.inline.some((node) => node.type === 'text' && node.text.trim() !== '')
  }

  private makeTextBlock(content: InlineNode[]): BlockNode {
    switch (this.kind.type) {
      case 'heading':
        return { type: 'heading', attrs: { level: this.kind.level }, content }
      case 'note':
        if (this.begunNote === this.kind) return { type: 'paragraph', content }
        this.begunNote = this.kind
        return { type: 'note', attrs: { label: this.kind.label }, content }
      case 'codeBlock':
        return { type: 'codeBlock', attrs: { language: this.kind.language }, content }
      default:
        return { type: this.kind.type, content }
    }
  }

  private withAttributes(block: BlockNode): BlockNode {
    const scope = this.scope ?? (this.kind.type === 'note' ? 'reference-list' : null)
    const scoped = scope === null ? block : withScope(block, scope)
    return this.page === null ? scoped : ({ ...scoped, attrs: { ...scoped.attrs, page: this.page } } as BlockNode)
  }

  /** Appends a block where the schema allows it: text directly in a list, table or row gets its own item, row or cell. */
  private append(block: BlockNode): void {
    const top = this.open.at(-1)
    if (!top) return
    if (top.kind === 'blocks') top.children.push(this.open.length === 1 ? this.withAttributes(block) : block)
    else if (top.kind === 'list') top.children.push({ type: 'listItem', content: [block] })
    else if (top.kind === 'row') top.children.push({ type: 'tableCell', content: [block] })
    else top.children.push({ type: 'tableRow', content: [{ type: 'tableCell', content: [block] }] })
  }
}

/** Sets the scope of a block. Containers keep their content array, so that they can still be filled. */
export function withScope(block: BlockNode, scope: OutOfScopeReason | null): BlockNode {
  return { ...block, attrs: { ...block.attrs, scope } } as BlockNode
}

/** A link mark for an absolute web or mail address; null for any other address. */
export function linkTo(address: string): Mark | null {
  if (address.length > 4000 || !URL.canParse(address)) return null
  const { href } = new URL(address)
  return isAllowedHref(href) ? { type: 'link', attrs: { href } } : null
}

/**
 * The structured document: what import produces, what a revision stores and what the reader shows.
 * The JSON is ProseMirror's (`{type, attrs, content, marks}`), so the reader loads it unchanged.
 *
 * Characters that a reader would call syntax (the "- " of a plain-text list, the "|" of a plain-text table) stay in
 * the text with the mark `syntax`: nothing of the original is dropped. Types only: browser code may import this file,
 * and `schema.ts` checks stored JSON against it.
 */
/** Why a part of a document does not count: it is shown folded and its sentences need no decision. */
export const outOfScopeReasons = [
  'table-of-contents',
  'link-list',
  'comment-form',
  'comments',
  'reference-list',
  'navigation',
  'boilerplate',
] as const
export type OutOfScopeReason = (typeof outOfScopeReasons)[number]

/** An inline mark. `citation` marks a marker such as "[12]"; `syntax` characters kept only for fidelity. */
export type Mark =
  | { type: 'bold' | 'italic' | 'strike' | 'code' | 'superscript' | 'subscript' | 'syntax' }
  | { type: 'link'; attrs: { href: string } }
  | { type: 'citation'; attrs: { label: string } }

/** A run of text, or a line break (one UTF-16 code unit, "\n", of the canonical text). */
export type InlineNode = { type: 'text'; text: string; marks?: Mark[] | undefined } | { type: 'hardBreak' }

/**
 * Attributes every top-level block may carry; `scope` is null (or absent) when the block counts. `page` is the page that the block begins on, as the
 * document numbers it ("12", "iv"); absent in documents without pages.
 */
export interface ScopeAttrs {
  scope?: OutOfScopeReason | null | undefined
  page?: string | undefined
}

export type HeadingLevel = 1 | 2 | 3 | 4 | 5 | 6

/** Blocks that hold text directly. `note` is a footnote or an entry of a reference list. */
export type TextBlockNode =
  | { type: 'heading'; attrs: ScopeAttrs & { level: HeadingLevel }; content?: InlineNode[] | undefined }
  | { type: 'paragraph'; attrs?: ScopeAttrs | undefined; content?: InlineNode[] | undefined }
  | {
      type: 'codeBlock'
      attrs?: (ScopeAttrs & { language?: string | null | undefined }) | undefined
      content?: InlineNode[] | undefined
    }
  | { type: 'preformatted'; attrs?: ScopeAttrs | undefined; content?: InlineNode[] | undefined }
  | { type: 'note'; attrs: ScopeAttrs & { label: string }; content?: InlineNode[] | undefined }

export interface ListItemNode {
  type: 'listItem'
  content: BlockNode[]
}
export interface TableCellNode {
  type: 'tableCell' | 'tableHeader'
  attrs?: { colspan?: number | undefined; rowspan?: number | undefined } | undefined
  content: BlockNode[]
}
export interface TableRowNode {
  type: 'tableRow'
  content: TableCellNode[]
}

/** Blocks that hold other blocks, and leaves without text. `marked` lists keep their own markers in the text. */
export type ContainerNode =
  | { type: 'blockquote'; attrs?: ScopeAttrs | undefined; content: BlockNode[] }
  | { type: 'bulletList'; attrs?: (ScopeAttrs & { marked?: boolean | undefined }) | undefined; content: ListItemNode[] }
  | {
      type: 'orderedList'
      attrs?: (ScopeAttrs & { marked?: boolean | undefined; start?: number | undefined }) | undefined
      content: ListItemNode[]
    }
  | { type: 'table'; attrs?: ScopeAttrs | undefined; content: TableRowNode[] }
  | { type: 'image'; attrs: ScopeAttrs & { alt: string; src?: string | null | undefined } }
  | { type: 'horizontalRule'; attrs?: ScopeAttrs | undefined }

export type BlockNode = TextBlockNode | ContainerNode

/** A whole structured document. */
export interface DocumentContent {
  type: 'doc'
  content: BlockNode[]
}

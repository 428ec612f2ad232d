import type { List, Nodes, Root, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { isAllowedHref } from '@/lib/domain/text/href'
import { isTangled } from '@/lib/domain/text/markdown-work'
import type { BlockNode, Mark } from '@/lib/domain/text/model'
import { parsePlainText } from '@/lib/domain/text/plain/parse-plain'
import { BlockBuilder, type TextKind } from './block-builder'
import { parseHtml } from './html'
import { cutMarkdown, readDefinitions, readFrontMatter } from './markdown-source'
import type { ParsedSource, ReadProblem } from './imported-document'
import { markSections } from './sections'

const options = { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }

/**
 * Reads GitHub-flavoured Markdown: headings, lists, tables, footnotes, code, links, images, and title, author, date and language from front matter.
 * HTML blocks go through the HTML reader; inline tags are dropped, their text stays. Long documents are parsed in pieces cut at blank lines, with
 * pauses for other work in between; a piece that would block the process (`isTangled`) is read as plain text.
 */
export async function parseMarkdown(source: string): Promise<ParsedSource | ReadProblem> {
  const { metadata, body } = readFrontMatter(source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'))
  if (/^(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])){60}/m.test(body)) {
    return {
      code: 'too-complex',
      message: 'The Markdown has more than 60 quotations or lists inside each other. Import it as plain text instead.',
    }
  }
  const definitions = readDefinitions(body)
  const blocks: BlockNode[] = []
  for (const piece of cutPieces(body)) {
    for (const block of buildPiece(piece, definitions)) blocks.push(block)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { ...metadata, content: { type: 'doc', content: markSections(blocks) } }
}

/** Pieces that can be parsed quickly; shorter than usual where a piece of the usual length could not. */
function cutPieces(body: string): string[] {
  return cutMarkdown(body).flatMap((piece) => (isTangled(piece) ? cutMarkdown(piece, 1_000) : [piece]))
}

function buildPiece(piece: string, definitions: ReturnType<typeof readDefinitions>): BlockNode[] {
  const source = `${piece}\n\n${definitions.linesFor(piece)}`
  if (isTangled(source)) return parsePlainText(piece).content
  const root: Root = fromMarkdown(source, options)
  const builder = new BlockBuilder()
  const visitor: Visitor = { builder, hrefs: definitions.hrefs }
  for (const node of root.children) if ((node.position?.start.offset ?? 0) < piece.length) visitNode(node, visitor, 0)
  builder.flush()
  return builder.blocks
}

interface Visitor {
  builder: BlockBuilder
  hrefs: ReadonlyMap<string, string>
}

const markTypes: Partial<Record<Nodes['type'], Mark>> = {
  strong: { type: 'bold' },
  emphasis: { type: 'italic' },
  delete: { type: 'strike' },
}

/** Recursion is safe: containers are limited to 60 levels before parsing, and inline nesting by the length of a block and by this depth. */
function visitChildren(node: Nodes, visitor: Visitor, depth: number): void {
  if (!('children' in node) || depth > 200) return
  for (const child of node.children) visitNode(child, visitor, depth + 1)
}

function visitNode(node: RootContent, visitor: Visitor, depth: number): void {
  const { builder } = visitor
  const inBlock = (kind: TextKind, text?: string) => {
    const before = builder.kind
    builder.flush()
    builder.kind = kind
    if (text === undefined) visitChildren(node, visitor, depth)
    else builder.addText(text)
    builder.flush()
    builder.kind = before
  }
  const inContainer = (opened: boolean) => {
    visitChildren(node, visitor, depth)
    if (opened) builder.close()
    else builder.flush()
  }
  switch (node.type) {
    case 'heading':
      inBlock({ type: 'heading', level: node.depth })
      return
    case 'paragraph':
      inBlock(builder.kind)
      return
    case 'code':
      inBlock({ type: 'codeBlock', language: node.lang ?? null }, node.value)
      return
    case 'footnoteDefinition':
      inBlock({ type: 'note', label: node.label ?? node.identifier })
      return
    case 'blockquote':
      inContainer(builder.openContainer({ type: 'blockquote', content: [] }))
      return
    case 'list': {
      inContainer(openList(node, builder))
      return
    }
    case 'listItem': {
      const opened = builder.openItem()
      if (node.checked != null) addMarked(visitor, node.checked ? '[x] ' : '[ ] ', { type: 'syntax' })
      const [first, ...rest] = node.children
      if (first?.type === 'paragraph') visitChildren(first, visitor, depth + 1)
      else if (first) visitNode(first, visitor, depth + 1)
      builder.flush()
      for (const child of rest) visitNode(child, visitor, depth + 1)
      if (opened) builder.close()
      return
    }
    case 'table': {
      const opened = builder.openContainer({ type: 'table', content: [] })
      node.children.forEach((row, at) => {
        const rowOpened = builder.openRow()
        for (const cell of row.children) {
          const cellOpened = builder.openCell({ type: at === 0 ? 'tableHeader' : 'tableCell', content: [] })
          visitChildren(cell, visitor, depth + 2)
          if (cellOpened) builder.close()
        }
        if (rowOpened) builder.close()
      })
      if (opened) builder.close()
      return
    }
    case 'thematicBreak':
      builder.addRule()
      return
    case 'html':
      addHtml(node.value, depth, visitor)
      return
    default:
      visitInline(node, visitor, depth)
  }
}

function openList(list: List, builder: BlockBuilder): boolean {
  if (list.ordered !== true) return builder.openContainer({ type: 'bulletList', content: [] })
  const attrs = list.start != null && list.start !== 1 ? { attrs: { start: list.start } } : {}
  return builder.openContainer({ type: 'orderedList', ...attrs, content: [] })
}

function visitInline(node: RootContent, visitor: Visitor, depth: number): void {
  const { builder, hrefs } = visitor
  switch (node.type) {
    case 'text':
      builder.addText(node.value)
      return
    case 'inlineCode':
      addMarked(visitor, node.value, { type: 'code' })
      return
    case 'break':
      builder.addBreak()
      return
    case 'footnoteReference':
      addMarked(visitor, `[${node.label ?? node.identifier}]`, {
        type: 'citation',
        attrs: { label: node.label ?? node.identifier },
      })
      return
    case 'image':
      builder.addImage(node.alt ?? '', /^https?:/i.test(node.url) && isAllowedHref(node.url) ? node.url : null)
      return
    case 'imageReference':
      builder.addImage(node.alt ?? '', null)
      return
    case 'link':
    case 'linkReference': {
      const href = node.type === 'link' ? node.url : (hrefs.get(node.identifier.toLowerCase()) ?? '')
      const allowed = isAllowedHref(href)
      if (allowed) builder.pushMark({ type: 'link', attrs: { href } })
      visitChildren(node, visitor, depth)
      if (allowed) builder.popMark()
      return
    }
    default: {
      const mark = markTypes[node.type]
      if (mark) builder.pushMark(mark)
      visitChildren(node, visitor, depth)
      if (mark) builder.popMark()
    }
  }
}

function addMarked({ builder }: Visitor, text: string, mark: Mark): void {
  builder.pushMark(mark)
  builder.addText(text)
  builder.popMark()
}

/** An HTML block becomes blocks; an inline tag is dropped, but a line break stays. */
function addHtml(value: string, depth: number, { builder }: Visitor): void {
  if (/^<br\s*\/?>$/i.test(value)) {
    builder.addBreak()
    return
  }
  if (depth > 0 && /^<\/?[a-z][^<]*>$/i.test(value)) return
  const parsed = parseHtml(value)
  if ('code' in parsed) builder.addText(value)
  else builder.addBlocks(parsed.content.content)
}

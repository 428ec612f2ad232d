import type { HeadingLevel, Mark, TableCellNode } from '@/lib/domain/text/model'
import { BlockBuilder, linkTo } from '../block-builder'
import type { ParsedSource } from '../imported-document'
import { readDate } from '../read-date'
import { markSections } from '../sections'
import { openArchive } from './archive'
import { damaged, UnreadableFile, describeLeftOut } from './unreadable'
import { childOf, childrenNamed, descendantsNamed, isXmlElement, parseXml, textOf, type XmlElement } from './xml'

const openDocument = 'OpenDocument text'
const headingLevels: readonly HeadingLevel[] = [1, 2, 3, 4, 5, 6]

/** The formatting that a style gives its text. */
interface Style {
  parent: string | null
  marks: Mark[]
}

/**
 * Reads an OpenDocument text (.odt): headings, lists, tables, links, notes and text frames; comments and tracked deletions are left out and counted.
 * @throws UnreadableFile
 */
export function readOpenDocument(bytes: Uint8Array): ParsedSource {
  const archive = openArchive(bytes, openDocument)
  const part = (name: string) => {
    const found = archive.read(name)
    return found === null ? null : parseXml(found, openDocument)
  }
  if (descendantsNamed(part('META-INF/manifest.xml'), 'encryption-data').length > 0) {
    throw new UnreadableFile(
      'protected',
      'This OpenDocument text is protected by a password. Open it with the password, save it without, and import that.',
    )
  }
  const content = part('content.xml')
  const text = childOf(childOf(content, 'body'), 'text')
  if (text === null) throw damaged(openDocument)
  const styles = part('styles.xml')
  const reader = new OpenDocumentReader([content, styles])
  reader.readBlocks(text)
  reader.readNotes()
  const meta = childOf(part('meta.xml'), 'meta')
  const language = descendantsNamed(styles, 'text-properties').find(({ attributes }) => attributes.has('language'))
  return {
    content: { type: 'doc', content: markSections(reader.builder.blocks) },
    title: textOf(childOf(meta, 'title')) || null,
    author: textOf(childOf(meta, 'initial-creator')) || textOf(childOf(meta, 'creator')) || null,
    madeOn: readDate(textOf(childOf(meta, 'creation-date')) || textOf(childOf(meta, 'date'))),
    language: language?.attributes.get('language') ?? null,
    notices: describeLeftOut({ comments: reader.comments, deletions: descendantsNamed(text, 'deletion').length }),
  }
}

function marksOf(properties: XmlElement | null): Mark[] {
  const value = (name: string) => properties?.attributes.get(name) ?? ''
  const marks: Mark[] = []
  if (/^(?:bold|[6-9]00)$/.test(value('font-weight'))) marks.push({ type: 'bold' })
  if (/^(?:italic|oblique)$/.test(value('font-style'))) marks.push({ type: 'italic' })
  if (!/^(?:none)?$/.test(value('text-line-through-style'))) marks.push({ type: 'strike' })
  if (/^(?:super|[1-9]\d*%)/.test(value('text-position'))) marks.push({ type: 'superscript' })
  if (/^(?:sub|-)/.test(value('text-position'))) marks.push({ type: 'subscript' })
  return marks
}

class OpenDocumentReader {
  readonly builder = new BlockBuilder()
  comments = 0
  readonly #styles = new Map<string, Style>()
  readonly #numbered = new Set<string>()
  readonly #notes: { label: string; paragraphs: XmlElement[] }[] = []

  constructor(parts: readonly (XmlElement | null)[]) {
    for (const part of parts) {
      for (const style of descendantsNamed(part, 'style')) {
        this.#styles.set(style.attributes.get('name') ?? '', {
          parent: style.attributes.get('parent-style-name') ?? null,
          marks: style.attributes.get('family') === 'text' ? marksOf(childOf(style, 'text-properties')) : [],
        })
      }
      for (const list of descendantsNamed(part, 'list-style')) {
        const [first] = list.children.filter(isXmlElement)
        if (first?.name === 'list-level-style-number') this.#numbered.add(list.attributes.get('name') ?? '')
      }
    }
  }

  readBlocks(parent: XmlElement, listStyle = ''): void {
    for (const child of parent.children) if (isXmlElement(child)) this.#readBlock(child, listStyle)
    this.builder.flush()
  }

  readNotes(): void {
    for (let note = this.#notes.shift(); note; note = this.#notes.shift()) {
      this.builder.kind = { type: 'note', label: note.label }
      note.paragraphs.forEach((paragraph, at) => {
        if (at > 0) this.builder.addBreak()
        this.#readInline(paragraph)
      })
      this.builder.flush()
    }
    this.builder.kind = { type: 'paragraph' }
  }

  #readBlock(block: XmlElement, listStyle: string): void {
    const { builder } = this
    switch (block.name) {
      case 'h':
      case 'p':
        this.#readParagraph(block)
        break
      case 'list': {
        const name = block.attributes.get('style-name') ?? listStyle
        const type = this.#numbered.has(name) ? 'orderedList' : 'bulletList'
        const isOpen = builder.openContainer({ type, content: [] })
        for (const item of [...childrenNamed(block, 'list-header'), ...childrenNamed(block, 'list-item')]) {
          const isItem = isOpen && builder.openItem()
          this.readBlocks(item, name)
          if (isItem) builder.close()
        }
        if (isOpen) builder.close()
        break
      }
      case 'table':
        this.#readTable(block)
        break
      case 'table-of-content':
      case 'alphabetical-index':
      case 'illustration-index':
        builder.flush()
        builder.scope = 'table-of-contents'
        this.readBlocks(childOf(block, 'index-body') ?? block)
        builder.scope = null
        break
      case 'tracked-changes':
      case 'forms':
      case 'sequence-decls':
        break
      default:
        this.readBlocks(block, listStyle)
    }
  }

  #readParagraph(paragraph: XmlElement): void {
    const { builder } = this
    const style = this.#rootStyle(paragraph.attributes.get('style-name') ?? '')
    const isQuote = /^Quotations?$/i.test(style) && builder.openContainer({ type: 'blockquote', content: [] })
    builder.flush()
    if (paragraph.name === 'h') {
      const level = Number(paragraph.attributes.get('outline-level') ?? 1)
      builder.kind = { type: 'heading', level: headingLevels[Math.min(Math.max(level, 1), 6) - 1] ?? 6 }
    } else if (style === 'Title') builder.kind = { type: 'heading', level: 1 }
    this.#readInline(paragraph)
    builder.flush()
    builder.kind = { type: 'paragraph' }
    if (isQuote) builder.close()
  }

  /** The style chosen by a person, from which the program derived automatic ones for individual paragraphs. */
  #rootStyle(name: string): string {
    let at = name
    for (let left = 12; left > 0; left -= 1) {
      if (at === 'Title' || /^Quotations?$/i.test(at)) return at
      const parent = this.#styles.get(at)?.parent
      if (!parent) return at
      at = parent
    }
    return at
  }

  #readInline(parent: XmlElement): void {
    for (const child of parent.children) {
      if (isXmlElement(child)) this.#readInlineElement(child)
      else this.builder.addText(child)
    }
  }

  #readInlineElement(element: XmlElement): void {
    const { builder } = this
    switch (element.name) {
      case 'span':
        this.#readMarked(element, this.#styles.get(element.attributes.get('style-name') ?? '')?.marks ?? [])
        break
      case 'a': {
        const link = linkTo(element.attributes.get('href') ?? '')
        this.#readMarked(element, link === null ? [] : [link])
        break
      }
      case 's':
        builder.addText(' ')
        break
      case 'tab':
        builder.addText('\t')
        break
      case 'line-break':
        builder.addBreak()
        break
      case 'annotation':
        this.comments += 1
        break
      case 'note':
        this.#addMarker(element)
        break
      case 'frame':
        this.#readFrame(element)
        break
      case 'text-box':
        this.readBlocks(element)
        break
      default:
        this.#readInline(element)
    }
  }

  #readMarked(element: XmlElement, marks: readonly Mark[]): void {
    for (const mark of marks) this.builder.pushMark(mark)
    this.#readInline(element)
    for (let left = marks.length; left > 0; left -= 1) this.builder.popMark()
  }

  #addMarker(note: XmlElement): void {
    const { builder } = this
    const label = textOf(childOf(note, 'note-citation')).trim()
    if (label === '') return
    builder.pushMark({ type: 'superscript' })
    builder.pushMark({ type: 'citation', attrs: { label } })
    builder.addText(label)
    builder.popMark()
    builder.popMark()
    this.#notes.push({ label, paragraphs: descendantsNamed(childOf(note, 'note-body'), 'p') })
  }

  /** A frame holds text, or a picture, of which only the description is read. */
  #readFrame(frame: XmlElement): void {
    const box = childOf(frame, 'text-box')
    if (box !== null) {
      this.readBlocks(box)
      return
    }
    const alt = (textOf(childOf(frame, 'title')) || textOf(childOf(frame, 'desc'))).trim().slice(0, 1000)
    if (alt !== '') this.builder.addImage(alt, null)
  }

  #readTable(table: XmlElement): void {
    const headers = childrenNamed(table, 'table-header-rows').flatMap((rows) => childrenNamed(rows, 'table-row'))
    const rows = [...headers, ...childrenNamed(table, 'table-row')]
    const cells = rows.flatMap((row) => childrenNamed(row, 'table-cell'))
    if (cells.length <= 1 || !this.builder.openContainer({ type: 'table', content: [] })) {
      for (const cell of cells) this.readBlocks(cell)
      return
    }
    for (const row of rows) {
      this.builder.openRow()
      for (const cell of childrenNamed(row, 'table-cell')) {
        const span = (name: string) => Math.min(1000, Math.max(1, Number(cell.attributes.get(name) ?? 1) || 1))
        const colspan = span('number-columns-spanned')
        const rowspan = span('number-rows-spanned')
        const attrs = { ...(colspan > 1 ? { colspan } : {}), ...(rowspan > 1 ? { rowspan } : {}) }
        const type: TableCellNode['type'] = headers.includes(row) ? 'tableHeader' : 'tableCell'
        this.builder.openCell({ type, ...(colspan > 1 || rowspan > 1 ? { attrs } : {}), content: [] })
        this.readBlocks(cell)
        this.builder.close()
      }
      this.builder.close()
    }
    this.builder.close()
  }
}

import type { TableCellNode } from '@/lib/domain/text/model'
import { BlockBuilder } from '../../block-builder'
import type { ParsedSource } from '../../imported-document'
import { readDate } from '../../read-date'
import { readBlockText, markSections } from '../../sections'
import { ListStack } from '../list-stack'
import { damaged, describeLeftOut } from '../unreadable'
import { childOf, childrenNamed, descendantsNamed, isXmlElement, textOf, type XmlElement } from '../xml'
import { lastSection, WordNotes } from './notes'
import { WordNumbering } from './numbering'
import { openWord, wordDocument, type WordPackage } from './package'
import { RunReader, type Editing } from './runs'
import { valueOf, WordStyles } from './styles'

/**
 * Reads a Word document (.docx): headings by style or outline level, lists with their own numbers, tables, links, footnotes and endnotes as notes,
 * and text boxes after their paragraph. Insertions count as text; deletions and comments are left out and counted; hidden text is left out. Page
 * headers and footers come last, out of scope. Nothing outside the file is read. @throws UnreadableFile
 */
export function readWord(bytes: Uint8Array): ParsedSource {
  const source = openWord(bytes)
  const body = childOf(source.body, 'body')
  if (body === null) throw damaged(wordDocument)
  const reader = new WordReader(source, body)
  reader.readAll(body)
  const comments = childrenNamed(source.part('comments'), 'comment').length
  const { properties } = source
  return {
    content: { type: 'doc', content: markSections(reader.builder.blocks) },
    title: usefulTitle(textOf(childOf(properties, 'title'))),
    author: usefulAuthor(textOf(childOf(properties, 'creator'))),
    madeOn: readDate(textOf(childOf(properties, 'created')) || textOf(childOf(properties, 'modified'))),
    language: reader.styles.language,
    notices: describeLeftOut({ comments, ...reader.editing }),
  }
}

/** A title set by a person, not by a program. */
function usefulTitle(title: string): string | null {
  return /^\s*(?:microsoft word\b.*|document\s?\d*|untitled.*|\S+\.docx?)?\s*$/i.test(title) ? null : title
}

function usefulAuthor(author: string): string | null {
  return /^\s*(?:microsoft office user|user|admin(?:istrator)?|owner|author|python-docx|unknown)?\s*$/i.test(author)
    ? null
    : author
}

class WordReader {
  readonly builder = new BlockBuilder()
  readonly editing: Editing = { insertions: 0, deletions: 0 }
  readonly styles: WordStyles
  readonly #numbering: WordNumbering
  readonly #notes: WordNotes
  readonly #runs: RunReader
  readonly #source: WordPackage
  #isInQuote = false

  constructor(source: WordPackage, body: XmlElement) {
    this.#source = source
    this.styles = new WordStyles(source.part('styles'))
    this.#numbering = new WordNumbering(source.part('numbering'))
    this.#notes = new WordNotes({ footnotes: source.part('footnotes'), endnotes: source.part('endnotes') }, [
      lastSection(body),
      source.part('settings'),
    ])
    const { builder, styles, editing } = this
    this.#runs = new RunReader({ builder, styles, editing, notes: this.#notes }, source.relations)
  }

  readAll(body: XmlElement): void {
    this.#readBlocks(body)
    this.#readNotes('footnote')
    this.#readNotes('endnote')
    this.#readPageTexts()
    this.builder.flush()
  }

  /** Reads a sequence of paragraphs and tables: the body, a cell, a text box. */
  #readBlocks(parent: XmlElement): void {
    const lists = new ListStack(this.builder)
    this.#readInto(parent, lists)
    lists.end()
    this.#endQuote()
    this.builder.flush()
  }

  #readInto(parent: XmlElement, lists: ListStack): void {
    for (const child of parent.children) {
      if (!isXmlElement(child)) continue
      if (child.name === 'p') this.#readParagraph(child, lists)
      else if (child.name === 'tbl') {
        lists.end()
        this.#endQuote()
        this.#readTable(child)
      } else if (child.name === 'del') this.editing.deletions += 1
      else if (child.name === 'AlternateContent')
        this.#readInto(childOf(child, 'Choice') ?? childOf(child, 'Fallback') ?? child, lists)
      else if (!['sectPr', 'sdtPr', 'moveFrom'].includes(child.name)) this.#readInto(child, lists)
    }
  }

  #readParagraph(paragraph: XmlElement, lists: ListStack): void {
    const { builder } = this
    const settings = childOf(paragraph, 'pPr')
    const role = this.styles.roleOf(settings)
    const numbering = this.styles.numberingOf(settings)
    const place = numbering === null ? null : this.#numbering.next(numbering)
    if (place === null || role.is === 'heading') lists.end()
    if (role.is !== 'quote') this.#endQuote()
    if (role.is === 'heading') builder.kind = { type: 'heading', level: role.level }
    else if (role.is === 'contents') builder.scope = 'table-of-contents'
    else if (role.is === 'quote' && place === null && !this.#isInQuote)
      this.#isInQuote = builder.openContainer({ type: 'blockquote', content: [] })
    if (place !== null && role.is === 'heading') builder.addText(place.label === '' ? '' : `${place.label} `)
    else if (place !== null) {
      lists.beginItem({ ...place, isMarked: place.isUnusual })
      if (place.isUnusual) this.#addLabel(place.label)
    }
    this.#runs.readInline(paragraph)
    const isJoined = childOf(childOf(settings, 'rPr'), 'del') !== null
    if (!isJoined) builder.flush()
    builder.kind = { type: 'paragraph' }
    builder.scope = null
    for (const box of this.#runs.takeTextBoxes()) {
      lists.end()
      this.#readBlocks(box)
    }
  }

  #addLabel(label: string): void {
    this.builder.pushMark({ type: 'syntax' })
    this.builder.addText(`${label} `)
    this.builder.popMark()
  }

  #endQuote(): void {
    if (this.#isInQuote) this.builder.close()
    this.#isInQuote = false
  }

  /** A table of a single cell is a frame around text, which is read without the table. */
  #readTable(table: XmlElement): void {
    const rows = partsOf(table, 'tr')
    const cells = rows.flatMap((row) => partsOf(row, 'tc'))
    const [only] = cells
    if (cells.length === 1 && only) {
      this.#readBlocks(only)
      return
    }
    if (!this.builder.openContainer({ type: 'table', content: [] })) {
      for (const cell of cells) this.#readBlocks(cell)
      return
    }
    const above = new Map<number, TableCellNode>()
    for (const row of rows) this.#readRow(row, above)
    this.builder.close()
  }

  /** `above` has, for each column of the grid, the cell that may extend down into this row. */
  #readRow(row: XmlElement, above: Map<number, TableCellNode>): void {
    const settings = childOf(row, 'trPr')
    if (childOf(settings, 'del') !== null) {
      this.editing.deletions += 1
      return
    }
    const isHeader = childOf(settings, 'tblHeader') !== null
    this.builder.openRow()
    let column = 0
    for (const cell of partsOf(row, 'tc')) {
      const cellSettings = childOf(cell, 'tcPr')
      const colspan = Math.min(1000, Math.max(1, Number(valueOf(cellSettings, 'gridSpan') ?? 1) || 1))
      const merge = valueOf(cellSettings, 'vMerge')
      const reaching = above.get(column)
      if (merge !== null && merge !== 'restart' && reaching) {
        reaching.attrs = { ...reaching.attrs, rowspan: Math.min(1000, (reaching.attrs?.rowspan ?? 1) + 1) }
      } else {
        const node: TableCellNode = {
          type: isHeader ? 'tableHeader' : 'tableCell',
          ...(colspan > 1 ? { attrs: { colspan } } : {}),
          content: [],
        }
        this.builder.openCell(node)
        this.#readBlocks(cell)
        this.builder.close()
        if (merge === 'restart') above.set(column, node)
        else above.delete(column)
      }
      column += colspan
    }
    this.builder.close()
  }

  /** Each note is one block, with its paragraphs as lines. Notes may refer to further notes. */
  #readNotes(kind: 'footnote' | 'endnote'): void {
    this.#runs.relations = this.#source.relationsOf(`${kind}s`)
    for (let notes = this.#notes.take(kind); notes.length > 0; notes = this.#notes.take(kind)) {
      for (const { label, paragraphs } of notes) {
        this.builder.kind = { type: 'note', label }
        paragraphs.forEach((paragraph, at) => {
          if (at > 0) this.builder.addBreak()
          this.#runs.readInline(paragraph)
        })
        this.builder.flush()
      }
    }
    this.builder.kind = { type: 'paragraph' }
  }

  /** The headers and footers of pages: each text once, out of scope. Page numbers alone are skipped. */
  #readPageTexts(): void {
    const seen = new Set<string>()
    for (const part of [...this.#source.parts('header'), ...this.#source.parts('footer')]) {
      for (const paragraph of descendantsNamed(part, 'p')) {
        const alone = new BlockBuilder()
        const { styles } = this
        new RunReader({ builder: alone, styles, editing: this.editing, notes: this.#notes }, new Map()).readInline(
          paragraph,
        )
        alone.flush()
        const text = alone.blocks.map((block) => readBlockText(block)).join(' ')
        if (!/\p{L}{2}/u.test(text) || seen.has(text)) continue
        seen.add(text)
        this.builder.scope = 'boilerplate'
        this.builder.addBlocks(alone.blocks)
        this.builder.scope = null
      }
    }
  }
}

/** The rows of a table or cells of a row, including those in content controls or insertions, but not those of nested tables. */
function partsOf(parent: XmlElement, name: 'tr' | 'tc'): XmlElement[] {
  return parent.children.filter(isXmlElement).flatMap((child) => {
    if (child.name === name) return [child]
    return ['sdt', 'sdtContent', 'ins', 'customXml', 'smartTag'].includes(child.name) ? partsOf(child, name) : []
  })
}

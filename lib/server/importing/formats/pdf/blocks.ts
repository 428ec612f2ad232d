import type { BlockNode, HeadingLevel, OutOfScopeReason } from '@/lib/domain/text/model'
import { BlockBuilder } from '../../block-builder'
import { ListStack } from '../list-stack'
import type { FoundPageStart } from '../../imported-document'
import { lineText, type LinePart, type PageLine } from './lines'
import type { FurnishedPage } from './page-furniture'
import { groupLines, type Passage, collectWords, joinByLine, joinParts } from './paragraphs'
import { readTypography, type Typography } from './typography'

const headingLevels: readonly HeadingLevel[] = [1, 2, 3, 4, 5, 6]

/**
 * Builds the structure of a document from the lines of its pages: headings, paragraphs that continue over columns and pages, lists, rows, notes.
 * Running heads and page numbers follow the passage in which their page begins, out of scope. Each block has the page it begins on, and `pageStarts`
 * the start of each page.
 * @param labels the document's own page numbers
 */
export function buildBlocks(
  pages: readonly FurnishedPage[],
  labels: readonly string[],
): { blocks: BlockNode[]; pageStarts: FoundPageStart[] } {
  const lines = pages.flatMap(({ text }) => text)
  const type = readTypography(lines)
  const passages = groupLines(lines, type)
  const writer = new PassageWriter({ type, labels, words: collectWords(lines), passages })
  let done = 0
  const writeFurniture = (end: number) => {
    for (; done < end; done += 1) for (const line of pages[done]?.furniture ?? []) writer.writeFurniture(line)
  }
  passages.forEach((passage, at) => {
    // Running heads and feet must not split a table or list that continues over pages.
    const isInside = (passage.kind === 'row' || passage.kind === 'item') && passages[at - 1]?.kind === passage.kind
    if (!isInside) writeFurniture(passage.lines[0]?.page ?? 0)
    writer.write(passage, at)
  })
  writeFurniture(pages.length)
  writer.end()
  return { blocks: writer.builder.blocks, pageStarts: writer.pageStarts }
}

interface Setting {
  type: Typography
  labels: readonly string[]
  words: ReadonlySet<string>
  passages: readonly Passage[]
}

class PassageWriter {
  readonly builder = new BlockBuilder()
  readonly #lists = new ListStack(this.builder)
  readonly #indents: number[] = []
  readonly #setting: Setting
  readonly #noteLabels: ReadonlySet<string>
  #isInTable = false
  readonly pageStarts: FoundPageStart[] = []
  /** The number of characters written so far, without white space. */
  #written = 0
  /** The page of the last text written, from 0. */
  #page = -1

  constructor(setting: Setting) {
    this.#setting = setting
    this.#noteLabels = new Set(setting.passages.flatMap(({ kind, marker }) => (kind === 'note' ? [marker] : [])))
  }

  write(passage: Passage, at: number): void {
    const { builder } = this
    if (passage.kind !== 'item') this.#endLists()
    if (passage.kind !== 'row') this.#endTable()
    this.#setPage(passage.lines[0])
    switch (passage.kind) {
      case 'item':
        this.#writeItem(passage, at)
        return
      case 'row':
        this.#writeRow(passage, at)
        return
      case 'heading':
        builder.kind = { type: 'heading', level: this.#levelOf(passage) }
        break
      case 'note':
        builder.kind = { type: 'note', label: passage.marker }
        break
      case 'contents':
        builder.scope = this.#isAlone(at) ? null : 'table-of-contents'
        break
      case 'paragraph':
    }
    this.#addParts(this.#joinLines(passage.lines), passage.kind === 'note')
    builder.flush()
    builder.kind = { type: 'paragraph' }
    builder.scope = null
  }

  writeFurniture(line: PageLine): void {
    this.#endLists()
    this.#endTable()
    this.#setPage(line)
    this.#writeAlone(line, 'boilerplate')
  }

  end(): void {
    this.#endLists()
    this.#endTable()
    this.builder.flush()
  }

  #setPage(line: PageLine | undefined): void {
    this.builder.page = line === undefined ? null : (this.#setting.labels[line.page] ?? null)
  }

  /** The lines of a passage as one run, to be written next. */
  #joinLines(lines: readonly PageLine[]): LinePart[] {
    const byLine = joinByLine(lines, this.#setting.words)
    lines.forEach((line, at) => {
      this.#count(line, byLine[at] ?? [])
    })
    return joinParts(byLine)
  }

  /** Counts the characters of a line before they are written, and records the start of its page. */
  #count({ page }: PageLine, parts: readonly LinePart[]): void {
    if (page !== this.#page) {
      this.#page = page
      this.pageStarts.push({ written: this.#written, label: this.#setting.labels[page] ?? '' })
    }
    this.#written += parts.reduce((sum, { text }) => sum + text.replace(/\s/gu, '').length, 0)
  }

  #writeAlone(line: PageLine, scope: OutOfScopeReason): void {
    this.builder.scope = scope
    this.#count(line, [{ text: lineText(line), isRaised: false }])
    this.builder.addText(lineText(line))
    this.builder.flush()
    this.builder.scope = null
  }

  /** Whether neither neighbouring passage is of the same kind. */
  #isAlone(at: number): boolean {
    const { passages } = this.#setting
    const kind = passages[at]?.kind
    return passages[at - 1]?.kind !== kind && passages[at + 1]?.kind !== kind
  }

  #levelOf({ lines }: Passage): HeadingLevel {
    const { headingSizes } = this.#setting.type
    const size = Math.round((lines[0]?.size ?? 0) * 2) / 2
    const place = headingSizes.indexOf(size)
    return headingLevels[Math.min(place < 0 ? headingSizes.length : place, 5)] ?? 6
  }

  /** An item keeps its marker in the text. A lone number at the start of a paragraph does not make a list. */
  #writeItem(passage: Passage, at: number): void {
    const [first] = passage.lines
    const number = Number(/\d{1,3}/.exec(passage.marker)?.[0] ?? NaN)
    const isOrdered = /[\p{L}\p{N}]/u.test(passage.marker)
    const parts = this.#joinLines(passage.lines)
    if (first === undefined || (isOrdered && this.#isAlone(at))) {
      this.#endLists()
      this.#addParts(parts, false)
      this.builder.flush()
      return
    }
    while ((this.#indents.at(-1) ?? -Infinity) > first.left + first.size) this.#indents.pop()
    if ((this.#indents.at(-1) ?? -Infinity) < first.left - first.size) this.#indents.push(first.left)
    const level = Math.max(0, this.#indents.length - 1)
    const list = isOrdered ? 'numbers' : 'bullets'
    this.#lists.beginItem({ list, level, isOrdered, isMarked: true, number: Number.isNaN(number) ? 1 : number })
    const [opening] = parts
    if (opening) {
      const text = opening.text.trimStart()
      const length = passage.marker.trim().length
      this.builder.pushMark({ type: 'syntax' })
      this.builder.addText(`${text.slice(0, length)} `)
      this.builder.popMark()
      opening.text = text.slice(length).trimStart()
    }
    this.#addParts(parts, false)
    this.builder.flush()
  }

  /** Consecutive rows form a table; a lone row is a line of text. */
  #writeRow(passage: Passage, at: number): void {
    const [line] = passage.lines
    if (line === undefined) return
    if (this.#isAlone(at)) {
      this.#addParts(this.#joinLines([line]), false)
      this.builder.flush()
      return
    }
    this.#count(line, [{ text: lineText(line), isRaised: false }])
    if (!this.#isInTable) this.#isInTable = this.builder.openContainer({ type: 'table', content: [] })
    this.builder.openRow()
    for (const cell of this.#cellsOf(line, at)) {
      this.builder.openCell({ type: 'tableCell', content: [] })
      if (cell !== null) this.#addParts(cell.parts, false)
      this.builder.close()
    }
    this.builder.close()
  }

  /** Assigns a row's cells to the columns of its table, taken from the row with the most cells; null for an empty cell. */
  #cellsOf(line: PageLine, at: number): (PageLine | null)[] {
    const cells = [line, ...line.cells]
    const { passages } = this.#setting
    let widest = cells
    for (const step of [-1, 1]) {
      for (let next = at + step; passages[next]?.kind === 'row'; next += step) {
        const other = passages[next]?.lines[0]
        if (other && other.cells.length + 1 > widest.length) widest = [other, ...other.cells]
      }
    }
    if (widest.length === cells.length) return cells
    const rest = [...cells]
    return widest.map((column, place) => {
      const [cell] = rest
      const isLast = widest.length - place <= rest.length
      if (cell === undefined || (!isLast && cell.left > column.right)) return null
      return rest.shift() ?? null
    })
  }

  #addParts(parts: readonly LinePart[], isNote: boolean): void {
    const { builder } = this
    parts.forEach(({ text, isRaised }, at) => {
      if (!isRaised) {
        builder.addText(text)
        return
      }
      const label = text.trim()
      const isMarker = this.#noteLabels.has(label) && !(isNote && at === 0)
      builder.pushMark(isNote && at === 0 ? { type: 'syntax' } : { type: 'superscript' })
      if (isMarker) builder.pushMark({ type: 'citation', attrs: { label } })
      builder.addText(label)
      if (isMarker) builder.popMark()
      builder.popMark()
      if (/\s$/.test(text)) builder.addText(' ')
    })
  }

  #endLists(): void {
    this.#lists.end()
    this.#indents.length = 0
  }

  #endTable(): void {
    if (this.#isInTable) this.builder.close()
    this.#isInTable = false
  }
}

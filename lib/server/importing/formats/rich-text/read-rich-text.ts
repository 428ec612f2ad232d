import iconv from 'iconv-lite'
import type { HeadingLevel, Mark } from '@/lib/domain/text/model'
import { BlockBuilder, linkTo } from '../../block-builder'
import type { ParsedSource } from '../../imported-document'
import { markSections } from '../../sections'
import { ListStack } from '../list-stack'
import { damaged, UnreadableFile, describeLeftOut } from '../unreadable'
import { codePages, destinations, dropped, signs, type Destination } from './words'

const richText = 'rich text (RTF) file'
const maxDepth = 500
const headingLevels: readonly HeadingLevel[] = [1, 2, 3, 4, 5, 6]

/** The formatting state at a position of the file; each group has its own. */
interface State {
  destination: Destination
  /** The active marks, such as bold and italic. */
  marks: ReadonlySet<'bold' | 'italic' | 'strike' | 'superscript' | 'subscript'>
  font: number
  /** How many replacement characters follow one that is written as a number. */
  standIns: number
  isHidden: boolean
  isDeleted: boolean
}

/**
 * Reads a rich text file (.rtf): headings by style or outline level, tables, notes, links; comments and deletions are left out and counted. @throws
 * UnreadableFile
 */
export function readRichText(bytes: Uint8Array): ParsedSource {
  const reader = new RichTextReader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'))
  reader.readAll()
  const { comments, deletions } = reader
  return {
    content: { type: 'doc', content: markSections(reader.builder.blocks) },
    title: reader.title.trim() || null,
    author: reader.author.trim() || null,
    notices: describeLeftOut({ comments, deletions }),
  }
}

class RichTextReader {
  readonly builder = new BlockBuilder()
  title = ''
  author = ''
  comments = 0
  deletions = 0
  readonly #source: string
  readonly #lists = new ListStack(this.builder)
  readonly #stack: { state: State; onEnd: (() => void) | null }[] = []
  readonly #fonts = new Map<number, string>()
  readonly #styles = new Map<number, HeadingLevel>()
  readonly #notes: { label: string; text: string }[] = []
  #state: State = { destination: 'text', marks: new Set(), font: 0, standIns: 1, isHidden: false, isDeleted: false }
  #onEnd: (() => void) | null = null
  #page = 'cp1252'
  #bytes: number[] = []
  #skip = 0
  #level: HeadingLevel | null = null
  #style = 0
  #styleName = ''
  #instruction = ''
  #noteText = ''
  #isInTable = false
  #isCellOpen = false
  #high = ''
  #marker = ''
  #isItem = false
  #table: 'table' | 'row' | null = null

  constructor(source: string) {
    this.#source = source
  }

  readAll(): void {
    const token = /\\([a-zA-Z]{1,40})(-?\d{1,10})? ?|\\'([\da-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)/g
    for (const [, word, number, code, sign, brace, text] of this.#source.matchAll(token)) {
      if (code === undefined) this.#flushBytes()
      if (text !== undefined) this.#addPlain(text)
      else if (code !== undefined) this.#addByte(Number.parseInt(code, 16))
      else if (brace === '{') this.#openGroup()
      else if (brace === '}') {
        if (this.#stack.length === 0) break
        this.#closeGroup()
        if (this.#stack.length === 0) break
      } else if (word !== undefined) this.#obey(word, number === undefined ? null : Number(number))
      else if (sign !== undefined) this.#addSign(sign)
    }
    this.#flushBytes()
    if (this.#stack.length > 0) throw damaged(richText)
    this.#lists.end()
    this.#endTable()
    this.builder.flush()
    for (const { label, text } of this.#notes) {
      this.builder.kind = { type: 'note', label }
      this.builder.addText(text)
      this.builder.flush()
    }
  }

  #openGroup(): void {
    if (this.#stack.length >= maxDepth) {
      throw new UnreadableFile(
        'too-complex',
        `This ${richText} nests more than ${String(maxDepth)} groups in each other. Save it as plain text and import that.`,
      )
    }
    this.#stack.push({ state: this.#state, onEnd: this.#onEnd })
    // A style's group ends with its name.
    this.#onEnd = this.#state.destination === 'styles' ? this.#nameStyle.bind(this) : null
  }

  #closeGroup(): void {
    this.#onEnd?.()
    const outer = this.#stack.pop()
    if (outer === undefined) return
    this.#state = outer.state
    this.#onEnd = outer.onEnd
  }

  #set(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change }
  }

  #mark(mark: State['marks'] extends ReadonlySet<infer M> ? M : never, isOn: boolean): void {
    const marks = new Set(this.#state.marks)
    if (isOn) marks.add(mark)
    else marks.delete(mark)
    this.#set({ marks })
  }

  #addSign(sign: string): void {
    if (sign === '*') {
      // This sign marks a group that readers may ignore; the next word names it.
      if (this.#state.destination === 'text') this.#set({ destination: 'unknown' })
      return
    }
    const known = signs[sign] ?? (/[\\{}]/.test(sign) ? sign : '')
    if (known !== '') this.#add(known)
    else if (sign === '\n' || sign === '\r') this.#endParagraph()
  }

  #addPlain(text: string): void {
    const left = Math.min(this.#skip, text.length)
    this.#skip -= left
    // The format forbids bytes beyond ASCII, but many programs write them.
    for (const run of text.slice(left).match(/[\x00-\x7f]+|[^\x00-\x7f]+/g) ?? []) {
      if (run.charCodeAt(0) < 0x80) {
        this.#flushBytes()
        this.#add(run)
      } else for (const character of run) this.#bytes.push(character.charCodeAt(0))
    }
    this.#flushBytes()
  }

  #addByte(byte: number): void {
    if (this.#skip > 0) this.#skip -= 1
    else this.#bytes.push(byte)
  }

  #flushBytes(): void {
    if (this.#bytes.length === 0) return
    const bytes = Buffer.from(this.#bytes)
    this.#bytes = []
    const page = this.#fonts.get(this.#state.font) ?? this.#page
    this.#add(iconv.decode(bytes, iconv.encodingExists(page) ? page : 'cp1252'))
  }

  #add(given: string): void {
    const { destination, isHidden, isDeleted, marks } = this.#state
    const text = given.replaceAll('\0', '').toWellFormed()
    if (destination === 'title') this.title += text
    else if (destination === 'author') this.author += text
    else if (destination === 'instruction') this.#instruction += text
    else if (destination === 'styles') this.#styleName += text
    else if (destination === 'note') this.#noteText += text
    else if (destination === 'marker') this.#marker += text
    if (destination !== 'text' || isHidden || isDeleted) return
    if (text.trim() !== '') this.#beginText()
    const applied: Mark[] = [...marks].map((type) => ({ type }))
    for (const mark of applied) this.builder.pushMark(mark)
    this.builder.addText(text)
    for (let left = applied.length; left > 0; left -= 1) this.builder.popMark()
  }

  /** Closes a list or table that does not continue, and opens the cell for the next text. */
  #beginText(): void {
    if (!this.#isItem) this.#lists.end()
    if (this.#isInTable && !this.#isCellOpen) this.#openCell()
    if (!this.#isInTable && this.#table !== null) this.#endTable()
  }

  #obey(word: string, number: number | null): void {
    const sign = signs[word]
    if (sign !== undefined) this.#add(sign)
    else if (!this.#obeyCharacter(word, number) && !this.#obeyBlock(word, number)) this.#obeyDestination(word, number)
  }

  /** Handles words that change the look or the encoding of characters. False for all others. */
  #obeyCharacter(word: string, number: number | null): boolean {
    const isOn = number !== 0
    switch (word) {
      case 'b':
        this.#mark('bold', isOn)
        return true
      case 'i':
        this.#mark('italic', isOn)
        return true
      case 'strike':
        this.#mark('strike', isOn)
        return true
      case 'super':
      case 'sub':
        this.#mark(word === 'super' ? 'superscript' : 'subscript', isOn)
        return true
      case 'nosupersub':
        this.#mark('superscript', false)
        this.#mark('subscript', false)
        return true
      case 'plain':
        this.#set({ marks: new Set(), isHidden: false, isDeleted: false })
        return true
      case 'v':
        this.#set({ isHidden: isOn })
        return true
      case 'deleted':
        if (isOn && !this.#state.isDeleted) this.deletions += 1
        this.#set({ isDeleted: isOn })
        return true
      case 'uc':
        this.#set({ standIns: Math.min(10, Math.max(0, number ?? 1)) })
        return true
      case 'u':
        this.#addNumbered(number ?? 0)
        return true
      default:
        return false
    }
  }

  /** Adds a character by its number; surrogates arrive one after the other. */
  #addNumbered(number: number): void {
    this.#skip = this.#state.standIns
    const unit = String.fromCharCode(number & 0xffff)
    if (/[\ud800-\udbff]/.test(unit)) this.#high = unit
    else {
      this.#add(this.#high + unit)
      this.#high = ''
    }
  }

  /** Handles words that end or format a paragraph, a cell or a row. False for all others. */
  #obeyBlock(word: string, number: number | null): boolean {
    if (!['par', 'sect', 'page', 'line', 'pard', 's', 'outlinelevel', 'intbl', 'cell', 'row'].includes(word))
      return false
    if (this.#state.destination === 'styles' && word === 's') this.#style = number ?? 0
    if (this.#state.destination === 'note' && (word === 'par' || word === 'line')) this.#noteText += ' '
    if (this.#state.destination !== 'text') return true
    switch (word) {
      case 'par':
      case 'sect':
        this.#endParagraph()
        break
      case 'line':
        this.builder.addBreak()
        break
      case 'pard':
        this.#level = null
        this.#isInTable = false
        break
      case 's':
        this.#level = this.#styles.get(number ?? 0) ?? null
        break
      case 'outlinelevel':
        if (number !== null && number >= 0 && number < 9) this.#level = headingLevels[Math.min(number, 5)] ?? 6
        break
      case 'intbl':
        this.#isInTable = true
        break
      case 'cell':
        if (!this.#isCellOpen) this.#openCell()
        this.builder.close()
        this.#isCellOpen = false
        break
      case 'row':
        if (this.#table === 'row') this.builder.close()
        this.#table = this.#table === null ? null : 'table'
        break
    }
    return true
  }

  #openCell(): void {
    if (this.#table === null) {
      this.builder.openContainer({ type: 'table', content: [] })
      this.#table = 'table'
    }
    if (this.#table === 'table') {
      this.builder.openRow()
      this.#table = 'row'
    }
    this.builder.openCell({ type: 'tableCell', content: [] })
    this.#isCellOpen = true
  }

  #endTable(): void {
    if (this.#isCellOpen) this.builder.close()
    if (this.#table === 'row') this.builder.close()
    if (this.#table !== null) this.builder.close()
    this.#isCellOpen = false
    this.#table = null
  }

  #endParagraph(): void {
    if (this.#level !== null && !this.#isCellOpen) this.builder.kind = { type: 'heading', level: this.#level }
    this.builder.flush()
    this.builder.kind = { type: 'paragraph' }
    this.#isItem = false
  }

  #obeyDestination(word: string, number: number | null): void {
    const { destination } = this.#state
    if (destination === 'dropped') return
    if (word === 'annotation') this.comments += 1
    const known = destinations[word]
    if (dropped.has(word)) this.#set({ destination: 'dropped' })
    else if (known !== undefined) this.#set({ destination: known })
    else this.#obeyEncoding(word, number)
    if (known === 'marker') this.#beginMarker()
    else if (known === 'instruction') this.#instruction = ''
    else if (known === 'note') this.#beginNote()
    else if (word === 'fldrslt') this.#beginResult()
  }

  /** Handles words that set the encoding of bytes: of the file, and of its fonts. */
  #obeyEncoding(word: string, number: number | null): void {
    if (word === 'ansicpg') this.#page = number === 10_000 ? 'macroman' : `cp${String(number ?? 1252)}`
    else if (word === 'mac') this.#page = 'macroman'
    else if (word === 'f') this.#set({ font: number ?? 0 })
    else if (word === 'fcharset' && this.#state.destination === 'fonts')
      this.#fonts.set(this.#state.font, codePages[number ?? 0] ?? this.#page)
  }

  /** The marker of an item ("•", "2.") precedes its text and stays in it. */
  #beginMarker(): void {
    this.#marker = ''
    this.#onEnd = () => {
      const marker = this.#marker.trim()
      if (marker === '' || this.#isCellOpen) return
      const number = /\d{1,6}/.exec(marker)?.[0]
      const isOrdered = /[\p{L}\p{N}]/u.test(marker)
      this.#lists.beginItem({ list: '', level: 0, isOrdered, isMarked: true, number: Number(number ?? 1) })
      this.builder.pushMark({ type: 'syntax' })
      this.builder.addText(`${marker} `)
      this.builder.popMark()
      this.#isItem = true
    }
  }

  /** A style's group ends with its name and a semicolon. */
  #nameStyle(): void {
    for (const name of this.#styleName.split(';')) {
      const level = /heading (\d)/i.exec(name)?.[1]
      if (level !== undefined) this.#styles.set(this.#style, headingLevels[Math.min(Number(level), 6) - 1] ?? 6)
      else if (/^\s*title\s*$/i.test(name)) this.#styles.set(this.#style, 1)
    }
    this.#styleName = ''
  }

  #beginResult(): void {
    const link = linkTo(/^\s*HYPERLINK\s+"?([^"\s]{1,4000})/i.exec(this.#instruction)?.[1] ?? '')
    if (link === null) return
    this.builder.pushMark(link)
    this.#onEnd = () => {
      this.builder.popMark()
    }
  }

  #beginNote(): void {
    const label = String(this.#notes.length + 1)
    const note = { label, text: '' }
    this.#notes.push(note)
    this.builder.pushMark({ type: 'superscript' })
    this.builder.pushMark({ type: 'citation', attrs: { label } })
    this.builder.addText(label)
    this.builder.popMark()
    this.builder.popMark()
    this.#noteText = ''
    this.#onEnd = () => {
      note.text = this.#noteText.trim()
    }
  }
}

import type { Mark } from '@/lib/domain/text/model'
import { type BlockBuilder, linkTo } from '../../block-builder'
import { childOf, isXmlElement, textOf, type XmlElement } from '../xml'
import type { WordNotes } from './notes'
import type { Relation } from './package'
import { isOn, valueOf, type WordStyles } from './styles'

/** Traces of editing found in a document. */
export interface Editing {
  insertions: number
  deletions: number
}

interface Surroundings {
  builder: BlockBuilder
  styles: WordStyles
  notes: WordNotes
  editing: Editing
}

const symbolLetters = 'ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ'
const otherSymbols: Partial<Record<number, string>> = {
  0xa3: '≤',
  0xae: '→',
  0xb0: '°',
  0xb1: '±',
  0xb3: '≥',
  0xb4: '×',
  0xb7: '•',
  0xb9: '≠',
  0xbb: '≈',
  0xd7: '⋅',
}
const wingdings: Partial<Record<number, string>> = {
  0xfc: '✓',
  0xfb: '✗',
  0xfe: '☑',
  0xa8: '☐',
  0xa7: '▪',
  0x6c: '●',
  0x6e: '■',
}

/** A symbol font's character in Unicode; a small square for an unknown one. */
function readSymbol({ attributes }: XmlElement): string {
  const code = Number.parseInt(attributes.get('char') ?? '', 16) & 0xff
  const font = (attributes.get('font') ?? '').toLowerCase()
  if (font.startsWith('wingdings')) return wingdings[code] ?? '▪'
  return symbolLetters[code - 0x41] ?? otherSymbols[code] ?? '▪'
}

/** Reads the runs of text in paragraphs with their marks, and collects the text boxes anchored in them. */
export class RunReader {
  readonly #at: Surroundings
  /** The link targets of the part being read, by id. */
  relations: ReadonlyMap<string, Relation>
  /** The open fields: the kind of each, and whether a link was opened for it. */
  readonly #fields: { code: string; isLink: boolean; isShown: boolean }[] = []
  #textBoxes: XmlElement[] = []

  constructor(at: Surroundings, relations: ReadonlyMap<string, Relation>) {
    this.#at = at
    this.relations = relations
  }

  /** Takes the text boxes of the paragraphs read since the last call; they follow the paragraph. */
  takeTextBoxes(): XmlElement[] {
    const boxes = this.#textBoxes
    this.#textBoxes = []
    return boxes
  }

  /** Reads the content of a paragraph, link, insertion or the like. */
  readInline(parent: XmlElement): void {
    for (const child of parent.children) if (isXmlElement(child)) this.#readChild(child)
  }

  #readChild(child: XmlElement): void {
    const { editing } = this.#at
    switch (child.name) {
      case 'r':
        this.#readRun(child)
        break
      case 'hyperlink':
        this.#readLink(child)
        break
      case 'ins':
        editing.insertions += 1
        this.readInline(child)
        break
      case 'del':
        editing.deletions += 1
        break
      case 'moveFrom':
      case 'pPr':
      case 'rPr':
      case 'sdtPr':
        break
      case 'AlternateContent':
        this.readInline(childOf(child, 'Choice') ?? childOf(child, 'Fallback') ?? child)
        break
      case 't':
        this.#at.builder.addText(textOf(child))
        break
      default:
        this.readInline(child)
    }
  }

  #readLink(link: XmlElement): void {
    const relation = this.relations.get(link.attributes.get('id') ?? '')
    const mark = relation?.isExternal === true ? linkTo(relation.target) : null
    if (mark !== null) this.#at.builder.pushMark(mark)
    this.readInline(link)
    if (mark !== null) this.#at.builder.popMark()
  }

  #readRun(run: XmlElement): void {
    const settings = childOf(run, 'rPr')
    if (isOn(settings, 'vanish') === true) return
    const { builder } = this.#at
    const marks = this.#marksOf(settings)
    for (const mark of marks) builder.pushMark(mark)
    for (const child of run.children) if (isXmlElement(child)) this.#readPart(child)
    for (let left = marks.length; left > 0; left -= 1) builder.popMark()
  }

  #marksOf(settings: XmlElement | null): Mark[] {
    const { styles } = this.#at
    const marks: Mark[] = []
    if (styles.isOn(settings, 'b')) marks.push({ type: 'bold' })
    if (styles.isOn(settings, 'i')) marks.push({ type: 'italic' })
    if (styles.isOn(settings, 'strike') || styles.isOn(settings, 'dstrike')) marks.push({ type: 'strike' })
    const raised = valueOf(settings, 'vertAlign')
    if (raised === 'superscript' || raised === 'subscript') marks.push({ type: raised })
    return marks
  }

  #readPart(part: XmlElement): void {
    const { builder, notes } = this.#at
    if (this.#fields.some(({ isShown }) => !isShown) && part.name !== 'fldChar' && part.name !== 'instrText') return
    switch (part.name) {
      case 't':
        builder.addText(textOf(part))
        break
      case 'tab':
      case 'ptab':
        builder.addText('\t')
        break
      case 'br':
        if ((part.attributes.get('type') ?? 'textWrapping') === 'textWrapping') builder.addBreak()
        break
      case 'cr':
        builder.addBreak()
        break
      case 'noBreakHyphen':
        builder.addText('\u2011')
        break
      case 'softHyphen':
        builder.addText('\u00ad')
        break
      case 'sym':
        builder.addText(readSymbol(part))
        break
      case 'footnoteReference':
      case 'endnoteReference':
        notes.addMarker(builder, part)
        break
      case 'fldChar':
        this.#readFieldMark(part)
        break
      case 'instrText': {
        const field = this.#fields.at(-1)
        if (field) field.code += textOf(part)
        break
      }
      case 'drawing':
      case 'pict':
      case 'object':
      case 'AlternateContent':
        this.#readDrawing(part)
        break
      case 'ruby':
        this.readInline(childOf(part, 'rubyBase') ?? part)
        break
      default:
    }
  }

  /** A field has its instruction between "begin" and "separate", and its displayed text between "separate" and "end". */
  #readFieldMark({ attributes }: XmlElement): void {
    const { builder } = this.#at
    const kind = attributes.get('fldCharType')
    if (kind === 'begin') {
      this.#fields.push({ code: '', isLink: false, isShown: false })
      return
    }
    const field = this.#fields.at(-1)
    if (!field) return
    if (kind === 'separate') {
      field.isShown = true
      const mark = linkTo(/^\s*HYPERLINK\s+"([^"]{1,4000})"/i.exec(field.code)?.[1] ?? '')
      field.isLink = mark !== null
      if (mark !== null) builder.pushMark(mark)
      return
    }
    this.#fields.pop()
    if (field.isLink) builder.popMark()
  }

  /** Text boxes are deferred to the end of the paragraph. Of a picture only the description is read; it is never fetched or unpacked. */
  #readDrawing(drawing: XmlElement): void {
    const shown =
      drawing.name === 'AlternateContent' ? (childOf(drawing, 'Choice') ?? childOf(drawing, 'Fallback')) : drawing
    if (shown === null) return
    const visit = (element: XmlElement) => {
      if (element.name === 'txbxContent') {
        this.#textBoxes.push(element)
        return
      }
      if (element.name === 'docPr') {
        const alt = (element.attributes.get('descr') ?? '').replace(/\s+/gu, ' ').trim().slice(0, 1000)
        if (alt !== '') this.#at.builder.addImage(alt, null)
      }
      const children =
        element.name === 'AlternateContent' ? (childOf(element, 'Choice') ?? element).children : element.children
      for (const child of children) if (isXmlElement(child)) visit(child)
    }
    visit(shown)
  }
}

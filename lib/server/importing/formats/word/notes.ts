import type { BlockBuilder } from '../../block-builder'
import { childOf, childrenNamed, descendantsNamed, type XmlElement } from '../xml'
import { formatNumber, noteFormat } from './numbering'

/** A note referenced by the text. */
export interface WordNote {
  label: string
  paragraphs: XmlElement[]
}

type NoteKind = 'footnote' | 'endnote'

/** The footnotes and endnotes of a Word document, numbered by their references in the text. */
export class WordNotes {
  readonly #notes: Record<NoteKind, ReadonlyMap<string, XmlElement>>
  readonly #formats: Record<NoteKind, string>
  readonly #cited: Record<NoteKind, Map<string, WordNote>> = { footnote: new Map(), endnote: new Map() }

  constructor(
    { footnotes, endnotes }: { footnotes: XmlElement | null; endnotes: XmlElement | null },
    settings: (XmlElement | null)[],
  ) {
    const formatOf = (name: 'footnotePr' | 'endnotePr', usual: string) =>
      settings.map((one) => noteFormat(one, name)).find((format) => format !== null) ?? usual
    this.#notes = { footnote: byId(footnotes, 'footnote'), endnote: byId(endnotes, 'endnote') }
    this.#formats = { footnote: formatOf('footnotePr', 'decimal'), endnote: formatOf('endnotePr', 'lowerRoman') }
  }

  /** Inserts the marker of a note into the text: raised, and marked as a citation. */
  addMarker(builder: BlockBuilder, reference: XmlElement): void {
    const kind = reference.name === 'endnoteReference' ? 'endnote' : 'footnote'
    const id = reference.attributes.get('id') ?? ''
    const note = this.#notes[kind].get(id)
    if (note === undefined) return
    const cited = this.#cited[kind]
    const label = cited.get(id)?.label ?? formatNumber(cited.size + 1, this.#formats[kind])
    cited.set(id, { label, paragraphs: descendantsNamed(note, 'p') })
    builder.pushMark({ type: 'superscript' })
    builder.pushMark({ type: 'citation', attrs: { label } })
    builder.addText(label)
    builder.popMark()
    builder.popMark()
  }

  /** Takes the notes of a kind referenced since the last call. A note may refer to further ones. */
  take(kind: NoteKind): WordNote[] {
    return [...this.#cited[kind].values()].flatMap((note) => {
      const { paragraphs } = note
      note.paragraphs = []
      return paragraphs.length === 0 ? [] : [{ label: note.label, paragraphs }]
    })
  }
}

function byId(part: XmlElement | null, name: NoteKind): Map<string, XmlElement> {
  return new Map(
    childrenNamed(part, name)
      .filter(({ attributes }) => !/separator|continuationNotice/i.test(attributes.get('type') ?? ''))
      .map((note) => [note.attributes.get('id') ?? '', note]),
  )
}

/** The settings of the last section, which apply to a document with a single one. */
export function lastSection(body: XmlElement | null): XmlElement | null {
  return childOf(body, 'sectPr')
}

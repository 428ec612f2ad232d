import { openArchive, type Archive } from '../archive'
import { damaged } from '../unreadable'
import { childrenNamed, parseXml, type XmlElement } from '../xml'

/** What a Word document's main part points at, by id. */
export interface Relation {
  kind: string
  target: string
  isExternal: boolean
}

/** A Word document's parts, as far as they are read. Pictures and other files are never unpacked, and nothing outside is looked at. */
export interface WordPackage {
  body: XmlElement
  relations: ReadonlyMap<string, Relation>
  /** What the part of a kind points at; nothing when there is no such part. */
  relationsOf(kind: string): ReadonlyMap<string, Relation>
  /** The part that the main part points at by its kind ("styles"); null when it has none. */
  part(kind: string): XmlElement | null
  /** All parts of a kind ("header"). */
  parts(kind: string): XmlElement[]
  /** What the document says of itself: title, creator, created. */
  properties: XmlElement | null
}

export const wordDocument = 'Word document'

/** Opens a .docx file, also one that is called otherwise. @throws UnreadableFile */
export function openWord(bytes: Uint8Array): WordPackage {
  const archive = openArchive(bytes, wordDocument)
  const top = readRelations(archive, '_rels/.rels')
  const find = (kind: string) => [...top.values()].find((relation) => relation.kind === kind)?.target ?? null
  const main = resolvePart('', find('officeDocument') ?? 'word/document.xml')
  const body = readPart(archive, main)
  if (body === null) throw damaged(wordDocument)
  const folder = main.includes('/') ? main.slice(0, main.lastIndexOf('/') + 1) : ''
  const relations = readRelations(archive, relationsPart(main))
  const namesOf = (kind: string) =>
    [...relations.values()]
      .filter((relation) => relation.kind === kind && !relation.isExternal)
      .map(({ target }) => resolvePart(folder, target))
  const parts = (kind: string) => namesOf(kind).flatMap((name) => readPart(archive, name) ?? [])
  const properties = find('core-properties')
  return {
    body,
    relations,
    relationsOf: (kind) => readRelations(archive, relationsPart(namesOf(kind)[0] ?? '')),
    parts,
    part: (kind) => parts(kind)[0] ?? null,
    properties: properties === null ? null : readPart(archive, resolvePart('', properties)),
  }
}

function readPart(archive: Archive, name: string): XmlElement | null {
  const bytes = archive.read(name)
  return bytes === null ? null : parseXml(bytes, wordDocument)
}

/** A part's name from the folder of the part that points at it. */
function resolvePart(folder: string, target: string): string {
  const base = `part:///${folder}`
  return URL.canParse(target, base) ? new URL(target, base).pathname.replace(/^\/+/, '') : ''
}

/** The name of the part that says what a part points at. */
function relationsPart(name: string): string {
  const slash = name.lastIndexOf('/') + 1
  return `${name.slice(0, slash)}_rels/${name.slice(slash)}.rels`
}

function readRelations(archive: Archive, name: string): Map<string, Relation> {
  const relations = new Map<string, Relation>()
  for (const { attributes } of childrenNamed(readPart(archive, name), 'Relationship')) {
    const target = attributes.get('Target')
    if (target === undefined) continue
    relations.set(attributes.get('Id') ?? '', {
      kind: (attributes.get('Type') ?? '').split('/').at(-1) ?? '',
      target,
      isExternal: attributes.get('TargetMode') === 'External',
    })
  }
  return relations
}

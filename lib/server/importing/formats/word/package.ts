import { openArchive, type Archive } from '../archive'
import { damaged } from '../unreadable'
import { childrenNamed, parseXml, type XmlElement } from '../xml'

/** The targets of a Word document's main part, by id. */
export interface Relation {
  kind: string
  target: string
  isExternal: boolean
}

/** The parts of a Word document that are read. Pictures and other files are never unpacked, and nothing outside the file is read. */
export interface WordPackage {
  body: XmlElement
  relations: ReadonlyMap<string, Relation>
  /** The targets of the part of a kind; empty without such a part. */
  relationsOf(kind: string): ReadonlyMap<string, Relation>
  /** The part of a kind ("styles") that the main part refers to; null without one. */
  part(kind: string): XmlElement | null
  /** All parts of a kind ("header"). */
  parts(kind: string): XmlElement[]
  /** The document's properties: title, creator, created. */
  properties: XmlElement | null
}

export const wordDocument = 'Word document'

/** Opens a .docx file, regardless of its name. @throws UnreadableFile */
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

/** Resolves a part's name against the folder of the part that refers to it. */
function resolvePart(folder: string, target: string): string {
  const base = `part:///${folder}`
  return URL.canParse(target, base) ? new URL(target, base).pathname.replace(/^\/+/, '') : ''
}

/** The name of the part that lists another part's targets. */
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

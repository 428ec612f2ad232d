import { parse, serialize } from 'parse5'
import { parseHtml } from '../html'
import { isElement, listElements, type HtmlElement } from '../html-tree'
import type { ParsedSource, ReadProblem } from '../imported-document'
import { readDate } from '../read-date'
import { openArchive, type Archive } from './archive'
import { damaged, UnreadableFile } from './unreadable'
import { childOf, childrenNamed, descendantsNamed, parseXml, textOf, type XmlElement } from './xml'

const book = 'EPUB book'
const maxMarkup = 24 * 1024 * 1024

interface Chapter {
  name: string
  /** The part with the book's chapters in reading order. */
  isContents: boolean
}

/** Reads an EPUB book as one document: its chapters in the order of its spine. @throws UnreadableFile */
export function readEpub(bytes: Uint8Array): ParsedSource | ReadProblem {
  const archive = openArchive(bytes, book)
  const part = (name: string) => {
    const found = archive.read(name)
    return found === null ? null : parseXml(found, book)
  }
  const [root] = descendantsNamed(part('META-INF/container.xml'), 'rootfile')
  const packageName = root?.attributes.get('full-path') ?? ''
  const opf = part(packageName)
  if (opf === null) throw damaged(book)
  const chapters = listChapters(opf, packageName)
  const locked = new Set(
    descendantsNamed(part('META-INF/encryption.xml'), 'CipherReference').map(({ attributes }) => attributes.get('URI')),
  )
  if (chapters.some(({ name }) => locked.has(name))) {
    throw new UnreadableFile(
      'protected',
      'This EPUB book is locked by its seller and cannot be read. Import a copy without a lock, or the text that is to be checked.',
    )
  }
  const parsed = parseHtml(joinChapters(archive, chapters))
  if ('code' in parsed) return parsed
  const metadata = childOf(opf, 'metadata')
  return {
    content: parsed.content,
    title: textOf(childOf(metadata, 'title')) || null,
    author: childrenNamed(metadata, 'creator').map(textOf).join(', ') || null,
    publishedOn: readDate(textOf(childOf(metadata, 'date'))),
    language: textOf(childOf(metadata, 'language')) || null,
  }
}

/** The name of the part that a link in another part leads to; empty for none. */
function resolvePart(base: string, target: string): string {
  const from = `part:///${base}`
  if (!URL.canParse(target, from)) return ''
  try {
    return decodeURIComponent(new URL(target, from).pathname).replace(/^\/+/, '')
  } catch (error) {
    // A "%" without a valid code.
    if (error instanceof URIError) return ''
    throw error
  }
}

function listChapters(opf: XmlElement, packageName: string): Chapter[] {
  const items = new Map(
    childrenNamed(childOf(opf, 'manifest'), 'item').map((item) => [item.attributes.get('id') ?? '', item.attributes]),
  )
  return childrenNamed(childOf(opf, 'spine'), 'itemref').flatMap(({ attributes }) => {
    const item = items.get(attributes.get('idref') ?? '')
    const href = item?.get('href')
    if (href === undefined) return []
    return [
      {
        name: resolvePart(packageName, href),
        isContents: (item?.get('properties') ?? '').split(' ').includes('nav'),
      },
    ]
  })
}

/** Tags that XHTML closes by themselves; an HTML parser would leave them open. */
const emptyTag =
  /<(?!area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)([a-zA-Z][\w:-]*)((?:\s[^<>]*)?)\/>/g

/**
 * Joins the bodies of all chapters in one fragment. Ids and the links to them get the number of their chapter, so that notes in another chapter are
 * found.
 */
function joinChapters(archive: Archive, chapters: readonly Chapter[]): string {
  const numbers = new Map(chapters.map(({ name }, at) => [name, at]))
  const bodies: string[] = []
  let length = 0
  chapters.forEach(({ name, isContents }, at) => {
    const bytes = archive.read(name)
    if (bytes === null) return
    const source = new TextDecoder('utf-8').decode(bytes).replace(emptyTag, '<$1$2></$1>')
    length += source.length
    if (length > maxMarkup) {
      throw new UnreadableFile(
        'too-large',
        'This EPUB book holds too much text to be read at once. Import its chapters one by one.',
      )
    }
    const body = listElements(parse(source)).find((element) => isElement(element) && element.tagName === 'body')
    if (body === undefined) return
    for (const element of listElements(body))
      renumber(element, (target) => renumberTarget(target, { name, at, numbers }))
    const inner = serialize(body)
    bodies.push(isContents ? `<nav role="doc-toc">${inner}</nav>` : `<div>${inner}</div>`)
  })
  return bodies.join('\n')
}

function renumber(element: HtmlElement, target: (address: string) => string): void {
  for (const attribute of element.attrs) {
    if (attribute.name === 'id') attribute.value = target(`#${attribute.value}`).slice(1)
    else if (attribute.name === 'href') attribute.value = target(attribute.value)
  }
}

function renumberTarget(
  address: string,
  { name, at, numbers }: { name: string; at: number; numbers: ReadonlyMap<string, number> },
): string {
  const hash = address.indexOf('#')
  if (hash < 0 || /^[a-z][a-z0-9+.-]*:/i.test(address)) return address
  const chapter = hash === 0 ? at : numbers.get(resolvePart(name, address.slice(0, hash)))
  return chapter === undefined ? address : `#chapter-${String(chapter)}-${address.slice(hash + 1)}`
}

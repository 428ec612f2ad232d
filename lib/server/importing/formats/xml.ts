import { damaged, UnreadableFile } from './unreadable'

/** An element of an XML part. Names of elements and attributes have no prefix ("p" for "w:p"). */
export interface XmlElement {
  name: string
  attributes: ReadonlyMap<string, string>
  children: XmlNode[]
}

/** An element, or the unchanged text between elements. */
export type XmlNode = XmlElement | string

const maxDepth = 256
const maxElements = 1_500_000
const noAttributes: ReadonlyMap<string, string> = new Map()
const entities: Partial<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/**
 * Parses an XML part of a file into a tree. Only XML's five predefined entities are known: a document type with its own definitions is refused, so
 * that nothing is expanded or fetched. At most 256 nested elements and 1,500,000 in total.
 * @param what the kind of file for messages: "Word document"
 * @throws UnreadableFile
 */
export function parseXml(bytes: Uint8Array, what: string): XmlElement {
  const root: XmlElement = { name: '', attributes: noAttributes, children: [] }
  const source = decodeXml(bytes, what)
  const open: XmlElement[] = [root]
  let count = 0
  let at = 0
  while (at < source.length) {
    const parent = open.at(-1) ?? root
    const tag = source.indexOf('<', at)
    const textEnd = tag < 0 ? source.length : tag
    if (textEnd > at && open.length > 1) parent.children.push(decodeEntities(source.slice(at, textEnd), what))
    if (tag < 0) break
    const skipped = skipDeclaration(source, tag, what)
    if (skipped !== null) {
      if (source.startsWith('<![CDATA[', tag)) parent.children.push(source.slice(tag + 9, skipped - 3))
      at = skipped
      continue
    }
    const end = findTagEnd(source, tag)
    if (end < 0) throw damaged(what)
    at = end + 1
    if (source[tag + 1] === '/') {
      const closed = open.pop()
      if (closed === undefined || closed === root || localName(source.slice(tag + 2, end).trim()) !== closed.name)
        throw damaged(what)
      continue
    }
    const isEmpty = source[end - 1] === '/'
    const element = readTag(source.slice(tag + 1, isEmpty ? end - 1 : end), what)
    parent.children.push(element)
    count += 1
    if (count > maxElements) throw tooComplex(what, 'it has too many elements')
    if (isEmpty) continue
    if (open.length > maxDepth) throw tooComplex(what, `it nests more than ${String(maxDepth)} elements in each other`)
    open.push(element)
  }
  const top = root.children.find((child): child is XmlElement => typeof child !== 'string')
  if (open.length !== 1 || top === undefined) throw damaged(what)
  return top
}

function tooComplex(what: string, why: string): UnreadableFile {
  return new UnreadableFile('too-complex', `This ${what} cannot be read: ${why}. Save its text alone and import that.`)
}

function decodeXml(bytes: Uint8Array, what: string): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) throw damaged(what)
    throw error
  }
}

/** The end of a comment, instruction, CDATA section or document type that begins at `tag`; null when an element's tag begins there. */
function skipDeclaration(source: string, tag: number, what: string): number | null {
  const pairs = [
    ['<!--', '-->'],
    ['<![CDATA[', ']]>'],
    ['<?', '?>'],
    ['<!', '>'],
  ] as const
  for (const [opening, closing] of pairs) {
    if (!source.startsWith(opening, tag)) continue
    const end = source.indexOf(closing, tag + opening.length)
    if (end < 0) throw damaged(what)
    if (opening === '<!' && source.slice(tag, end).includes('[')) {
      throw new UnreadableFile(
        'unsupported-format',
        `This ${what} defines entities of its own, which are not read because they can stand for other files or endless text. Save its text alone and import that.`,
      )
    }
    return end + closing.length
  }
  return null
}

/** The ">" that ends a tag, skipping any in quoted values; -1 without one. */
function findTagEnd(source: string, tag: number): number {
  let quote = ''
  for (let at = tag + 1; at < source.length; at += 1) {
    const character = source.charAt(at)
    if (quote !== '') {
      if (character === quote) quote = ''
    } else if (character === '"' || character === "'") quote = character
    else if (character === '>') return at
  }
  return -1
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

function readTag(tag: string, what: string): XmlElement {
  const name = /^[^\s=/<>]+/.exec(tag)?.[0]
  if (name === undefined) throw damaged(what)
  let attributes: Map<string, string> | null = null
  for (const [, attribute = '', double, single] of tag
    .slice(name.length)
    .matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    attributes ??= new Map()
    if (!attribute.startsWith('xmlns'))
      attributes.set(localName(attribute), decodeEntities(double ?? single ?? '', what))
  }
  return { name: localName(name), attributes: attributes ?? noAttributes, children: [] }
}

function decodeEntities(text: string, what: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&([^;&\s]{1,12});?/g, (_whole, name: string) => {
    const known = entities[name]
    if (known !== undefined) return known
    const code = /^#x[\da-f]+$/i.test(name)
      ? Number.parseInt(name.slice(2), 16)
      : /^#\d+$/.test(name)
        ? Number(name.slice(1))
        : NaN
    if (Number.isNaN(code)) throw damaged(what)
    const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
    return isCharacter ? String.fromCodePoint(code) : '\ufffd'
  })
}

/** Whether a node is an element. */
export function isXmlElement(node: XmlNode): node is XmlElement {
  return typeof node !== 'string'
}

/** The first child element of a name, or null. */
export function childOf(element: XmlElement | null, name: string): XmlElement | null {
  return element?.children.filter(isXmlElement).find((child) => child.name === name) ?? null
}

/** All child elements of a name. */
export function childrenNamed(element: XmlElement | null, name: string): XmlElement[] {
  return element?.children.filter(isXmlElement).filter((child) => child.name === name) ?? []
}

/** All descendants of a name, in document order. */
export function descendantsNamed(element: XmlElement | null, name: string): XmlElement[] {
  const found: XmlElement[] = []
  const visit = (parent: XmlElement) => {
    for (const child of parent.children) {
      if (!isXmlElement(child)) continue
      if (child.name === name) found.push(child)
      visit(child)
    }
  }
  if (element !== null) visit(element)
  return found
}

/** All text in an element. */
export function textOf(element: XmlElement | null): string {
  if (element === null) return ''
  return element.children.map((child) => (isXmlElement(child) ? textOf(child) : child)).join('')
}

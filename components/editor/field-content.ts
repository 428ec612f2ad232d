/**
 * The content of a rich-text field: its schema, the cleaning of pasted HTML, and the conversion from and to Markdown. The conversion never loses
 * anything that the person did not remove.
 */
import { type AnyExtension, getSchema, type JSONContent } from '@tiptap/core'
import { Blockquote } from '@tiptap/extension-blockquote'
import { Bold } from '@tiptap/extension-bold'
import { Code } from '@tiptap/extension-code'
import { CodeBlock } from '@tiptap/extension-code-block'
import { Document } from '@tiptap/extension-document'
import { HardBreak } from '@tiptap/extension-hard-break'
import { Heading } from '@tiptap/extension-heading'
import { Italic } from '@tiptap/extension-italic'
import { Link } from '@tiptap/extension-link'
import { BulletList, ListItem, OrderedList } from '@tiptap/extension-list'
import { Paragraph } from '@tiptap/extension-paragraph'
import { Strike } from '@tiptap/extension-strike'
import { Text } from '@tiptap/extension-text'
import { UndoRedo } from '@tiptap/extensions'
import { isAllowedHref } from '@/lib/domain/text/href'
import { MarkdownManager } from '@tiptap/markdown'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { isTangled } from '@/lib/domain/text/markdown-work'

/** Ctrl or ⌘ with Enter saves, in every field, so that only Shift with Enter makes a new line. */
const LineBreak = HardBreak.extend({
  addKeyboardShortcuts() {
    return { 'Shift-Enter': () => this.editor.commands.setHardBreak() }
  },
})

const Address = Link.configure({
  openOnClick: false,
  autolink: false,
  isAllowedUri: isAllowedHref,
  HTMLAttributes: { rel: 'noreferrer noopener nofollow', target: null, class: 'text-accent underline' },
})

/** The content that a note, comment, reason or guideline may have. Anything else that is pasted becomes plain words. */
export const fieldExtensions: AnyExtension[] = [
  Document,
  Paragraph,
  Text,
  Bold,
  Italic,
  Strike,
  Code,
  CodeBlock,
  Blockquote,
  LineBreak,
  Heading,
  Address,
  BulletList,
  OrderedList,
  ListItem,
  UndoRedo,
]

const dropped =
  'script, style, head, meta, link, title, template, img, picture, svg, video, audio, iframe, object, noscript, [hidden]'

function isHidden(style: string): boolean {
  return /display:\s*none|visibility:\s*hidden|mso-hide:\s*all|font-size:\s*0(?![.\d]*[1-9])|opacity:\s*0(?:\.0*)?\s*(?:;|$)/i.test(
    style,
  )
}

/** Wraps the content of an element, for marks that are given by style only. */
function wrapInner(element: Element, tag: 'strong' | 'em' | 's'): void {
  const wrapper = element.ownerDocument.createElement(tag)
  wrapper.append(...element.childNodes)
  element.append(wrapper)
}

/** Turns Word's paragraphs that only look like list items into real ones, without their painted bullets. */
function readWordList(element: Element, style: string): void {
  if (element.tagName !== 'P' || !/mso-list:\s*l\d/i.test(style)) return
  for (const bullet of element.querySelectorAll('[style*="mso-list" i]')) bullet.remove()
  const list = element.ownerDocument.createElement('ul')
  const item = element.ownerDocument.createElement('li')
  item.append(...element.childNodes)
  list.append(item)
  const before = element.previousElementSibling
  if (before?.tagName === 'UL' && before.hasAttribute('data-word')) before.append(item)
  else {
    list.setAttribute('data-word', '')
    element.before(list)
  }
  element.remove()
}

/**
 * Cleans pasted HTML: removes scripts, styles, pictures, hidden words and every attribute but addresses. Bold and italic that Word and web editors
 * set by style become elements.
 */
export function cleanPastedHtml(html: string): string {
  const page = new DOMParser().parseFromString(html, 'text/html')
  for (const element of page.querySelectorAll(dropped)) element.remove()
  const comments = page.createNodeIterator(page, NodeFilter.SHOW_COMMENT)
  for (let node = comments.nextNode(); node !== null; node = comments.nextNode()) node.parentNode?.removeChild(node)
  for (const element of [...page.body.querySelectorAll('*')]) {
    if (!element.isConnected) continue
    const style = element.getAttribute('style') ?? ''
    if (isHidden(style)) {
      element.remove()
      continue
    }
    if (/^(?:B|STRONG)$/.test(element.tagName) && /font-weight:\s*(?:normal|400)/i.test(style)) {
      element.replaceWith(...element.childNodes)
      continue
    }
    if (element.tagName === 'SPAN' && /font-weight:\s*(?:bold|[6-9]00)/i.test(style)) wrapInner(element, 'strong')
    if (element.tagName === 'SPAN' && /font-style:\s*italic/i.test(style)) wrapInner(element, 'em')
    if (element.tagName === 'SPAN' && /text-decoration[^;]*line-through/i.test(style)) wrapInner(element, 's')
    readWordList(element, style)
  }
  for (const element of page.body.querySelectorAll('*'))
    for (const name of element.getAttributeNames())
      if (name !== 'href' || element.tagName !== 'A') element.removeAttribute(name)
  return page.body.innerHTML
}

const options = { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }

const schema = getSchema(fieldExtensions)
const manager = new MarkdownManager({ extensions: fieldExtensions })
// HTML in the text is words, as it is where the text is shown.
manager.instance.use({ tokenizer: { html: () => undefined, tag: () => undefined } })

const emptyDocument: JSONContent = { type: 'doc', content: [{ type: 'paragraph' }] }

/** Removes blanks before the first word of a paragraph: the parser keeps them, and Markdown does not show them. */
function dropIndents(node: JSONContent): JSONContent {
  if (node.content === undefined) return node
  const [first, ...rest] = node.content
  if (node.type !== 'paragraph') return { ...node, content: node.content.map(dropIndents) }
  if (first?.text === undefined || first.marks !== undefined) return node
  const text = first.text.trimStart()
  return { ...node, content: text === '' ? rest : [{ ...first, text }, ...rest] }
}

function parse(source: string): JSONContent | null {
  try {
    const document = dropIndents(manager.parse(source))
    if (document.content === undefined || document.content.length === 0) return null
    schema.nodeFromJSON(document).check()
    return document
  } catch {
    // The parser or the schema cannot hold it.
    return null
  }
}

const escaped = /\\([\\`*_[\]~])|&(lt|gt|amp);/g
const plainOf: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&' }

/** Drops needless escapes, and writes bare addresses in place of links whose text is their own address. */
function lean(source: string): string {
  return source
    .replaceAll(/\[([^\]\s]+)\]\(([^)\s]+)\)/g, (whole, words: string, href: string) =>
      words.replaceAll(escaped, (_, sign?: string, name?: string) => sign ?? plainOf[name ?? ''] ?? '') === href
        ? href
        : whole,
    )
    .replaceAll(escaped, (_, sign?: string, name?: string) => sign ?? plainOf[name ?? ''] ?? '')
}

/** Whether the field reads two texts as the same document. Its parser finds emphasis in places where the displaying one finds words. */
function isReadAlike(one: string, other: string): boolean {
  const [first, second] = [parse(one), parse(other)]
  if (first === null || second === null) return first === second
  return schema.nodeFromJSON(first).eq(schema.nodeFromJSON(second))
}

function writeOnce(document: JSONContent): string {
  const cautious = manager.serialize(document).trim()
  const blocks = cautious.split('\n\n')
  const kept = blocks.map((block) => {
    const short = lean(block)
    return short !== block && sameMarkdown(short, block) && isReadAlike(short, block) ? short : block
  })
  return kept.join('\n\n')
}

/** The most rounds of reading and writing until a text no longer changes. Two were enough for all texts that were tried. */
const mostRounds = 4

/**
 * Writes a document of the field as Markdown, with as few escapes as keep its meaning, so that it reads well as plain text. Reading and writing it
 * again changes nothing.
 */
export function writeMarkdown(document: JSONContent): string {
  let written = writeOnce(document)
  for (let round = 0; round < mostRounds; round++) {
    const read = parse(written)
    const next = read === null ? written : writeOnce(read)
    if (next === written || !sameMarkdown(next, written)) break
    written = next
  }
  return written
}

/**
 * Reads a stored text as a document of the field. Null when the field cannot hold all of it (a table, a picture, a footnote), because writing it back
 * would lose something, and null when parsing would take too long.
 */
export function readMarkdown(source: string): JSONContent | null {
  if (source.trim() === '') return emptyDocument
  if (isTangled(source)) return null
  const document = parse(source)
  if (document === null) return null
  try {
    return sameMarkdown(writeMarkdown(document), source) ? document : null
  } catch {
    // A text that cannot be written back must not be edited here.
    return null
  }
}

/** The tree without positions. HTML becomes text, as it is shown, and neighbouring texts are joined. */
function shapeOf(node: unknown): unknown {
  if (Array.isArray(node)) {
    const shapes: unknown[] = []
    for (const each of node.map(shapeOf)) {
      const last = shapes.at(-1)
      if (isWords(each) && isWords(last)) last.value += each.value
      else shapes.push(each)
    }
    return shapes
  }
  if (typeof node !== 'object' || node === null) return node
  const entries = Object.entries(node).filter(([key]) => key !== 'position' && key !== 'spread')
  const shape = Object.fromEntries(entries.map(([key, value]) => [key, shapeOf(value)]))
  if (shape.type !== 'html') return shape
  return { type: 'text', value: shape.value }
}

function isWords(shape: unknown): shape is { type: 'text'; value: string } {
  return typeof shape === 'object' && shape !== null && 'type' in shape && shape.type === 'text'
}

/** Whether two texts look alike as Markdown. Texts that are too long to parse are alike only when they are equal. */
export function sameMarkdown(one: string, other: string): boolean {
  if (one === other) return true
  if (isTangled(one) || isTangled(other)) return false
  return JSON.stringify(shapeOf(fromMarkdown(one, options))) === JSON.stringify(shapeOf(fromMarkdown(other, options)))
}

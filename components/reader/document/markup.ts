/**
 * The single definition of a structured document's elements. `render-text.ts` writes them as HTML on the server; `reader-editor.ts` gives the same
 * ones to Tiptap, which adopts the server's HTML. ProseMirror marks leaves as not editable, and so does the HTML.
 */
import { isAllowedHref } from '@/lib/domain/text/href'
import type { BlockNode, ListItemNode, Mark, TableCellNode, TableRowNode } from '@/lib/domain/text/model'

export type BlockType = (BlockNode | ListItemNode | TableRowNode | TableCellNode)['type']
export type Attributes = Record<string, string>
export type AttributeValues = Readonly<Record<string, unknown>>

/** An element and its content: another element, `0` for the node's content, or nothing. ProseMirror reads the same shape. */
export type Markup =
  readonly [string, Attributes] | readonly [string, Attributes, 0] | readonly [string, Attributes, Markup]

export interface MarkupInput {
  type: BlockType
  attrs: AttributeValues
  rightToLeft: boolean
}

/** Marks the elements that hold text directly, for the spacing in `reader.css`. */
const textBlockAttribute = 'data-text'

/** Outermost first: a link that is partly bold stays one link. */
export const markOrder = [
  'link',
  'citation',
  'bold',
  'italic',
  'strike',
  'superscript',
  'subscript',
  'code',
  'syntax',
] as const satisfies Mark['type'][]

const rightToLeft =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Script=Mandaic}\p{Script=Samaritan}]/u
const firstLetter = /\p{L}/u

/**
 * Whether a text begins in a right-to-left script, by its first letter. Lists and tables need an explicit direction: `dir="auto"` on them would skip
 * their paragraphs, which carry their own.
 */
export function isRightToLeft(text: string): boolean {
  const letter = firstLetter.exec(text)
  return letter !== null && rightToLeft.test(letter[0])
}

function textBlock(tag: string, attributes: Attributes = {}): Markup {
  return [tag, { [textBlockAttribute]: '', dir: 'auto', ...attributes }, 0]
}

function span(attrs: AttributeValues): Attributes {
  const attributes: Attributes = {}
  for (const name of ['colspan', 'rowspan']) {
    const value = attrs[name]
    if (typeof value === 'number' && value > 1) attributes[name] = String(Math.min(1000, Math.floor(value)))
  }
  return attributes
}

/** The element of a block. */
export function nodeMarkup({ type, attrs, rightToLeft }: MarkupInput): Markup {
  const direction: Attributes = rightToLeft ? { dir: 'rtl' } : {}
  switch (type) {
    case 'heading':
      return textBlock(`h${String(Math.min(6, Math.max(1, Number(attrs.level) || 1)))}`)
    case 'paragraph':
      return textBlock('p')
    case 'codeBlock':
      return ['pre', { [textBlockAttribute]: '', dir: 'ltr', 'data-kind': 'code' }, 0]
    case 'preformatted':
      return textBlock('pre')
    case 'note':
      return textBlock('p', { 'data-kind': 'note' })
    case 'blockquote':
      return ['blockquote', direction, 0]
    case 'bulletList':
      return ['ul', attrs.marked === true ? { ...direction, 'data-marked': '' } : direction, 0]
    case 'orderedList':
      return ['ol', listAttributes(attrs, direction), 0]
    case 'listItem':
      return ['li', {}, 0]
    case 'table':
      return [
        'div',
        { 'data-kind': 'table', tabindex: '0', role: 'group', 'aria-label': 'Table' },
        ['table', direction, ['tbody', {}, 0]],
      ]
    case 'tableRow':
      return ['tr', {}, 0]
    case 'tableCell':
      return ['td', span(attrs), 0]
    case 'tableHeader':
      return ['th', span(attrs), 0]
    case 'image':
      return ['div', imageAttributes(attrs)]
    case 'horizontalRule':
      return ['hr', { contenteditable: 'false' }]
  }
}

function listAttributes(attrs: AttributeValues, direction: Attributes): Attributes {
  const attributes: Attributes = { ...direction }
  if (attrs.marked === true) attributes['data-marked'] = ''
  if (typeof attrs.start === 'number' && attrs.start !== 1) attributes.start = String(attrs.start)
  return attributes
}

// A picture is named, never fetched: a document must not make the reader's browser call other machines.
function imageAttributes(attrs: AttributeValues): Attributes {
  const alt = typeof attrs.alt === 'string' && attrs.alt !== '' ? attrs.alt : 'no description'
  return {
    'data-kind': 'image',
    role: 'img',
    'aria-label': `Picture: ${alt}`,
    'data-alt': alt,
    dir: 'auto',
    contenteditable: 'false',
  }
}

/** The element of an inline mark. A link whose address is not http, https or mailto keeps its words and loses its address. */
export function markMarkup(type: Mark['type'], attrs: AttributeValues): readonly [string, Attributes, 0] {
  switch (type) {
    case 'bold':
      return ['strong', {}, 0]
    case 'italic':
      return ['em', {}, 0]
    case 'strike':
      return ['s', {}, 0]
    case 'code':
      return ['code', {}, 0]
    case 'superscript':
      return ['sup', {}, 0]
    case 'subscript':
      return ['sub', {}, 0]
    case 'link':
      return ['a', linkAttributes(attrs.href), 0]
    case 'citation':
      return ['span', { 'data-kind': 'citation' }, 0]
    case 'syntax':
      return ['span', { 'data-kind': 'syntax' }, 0]
  }
}

function linkAttributes(href: unknown): Attributes {
  if (typeof href !== 'string' || !isAllowedHref(href)) return {}
  return { href, rel: 'noopener noreferrer nofollow', target: '_blank', title: `Hold Ctrl or ⌘ to open ${href}` }
}

const special = /[&<>"\r\0]/g
const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\0': '\uFFFD',
}

/** Escapes a text for elements and quoted attributes. Once parsed, it has the same length in UTF-16 code units as the input. */
export function escapeText(text: string): string {
  return text.replace(special, (character) => escapes[character] ?? '')
}

/** ` name="value"` for each attribute; the names are ours and are not escaped. */
export function writeAttributes(attributes: Readonly<Record<string, string>>): string {
  let written = ''
  for (const [name, value] of Object.entries(attributes))
    written += value === '' ? ` ${name}` : ` ${name}="${escapeText(value)}"`
  return written
}

import type { AnyExtension } from '@tiptap/core'
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

/** What a note, comment, reason or guideline may be made of; everything else that is pasted becomes plain words. */
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

/** Wraps what stands in an element, for marks that are said by style only. */
function wrapInner(element: Element, tag: 'strong' | 'em' | 's'): void {
  const wrapper = element.ownerDocument.createElement(tag)
  wrapper.append(...element.childNodes)
  element.append(wrapper)
}

/** Makes list items of Word's paragraphs that only look like some, without their painted bullets. */
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
 * Pasted HTML without what a field does not keep: scripts, styles, pictures, hidden words, every attribute but addresses. Bold and italic that
 * Word and web editors say by style become elements.
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

import { parse, parseFragment } from 'parse5'
import type { HeadingLevel, Mark, OutOfScopeReason } from '@/lib/domain/text/model'
import { BlockBuilder, type TextKind } from './block-builder'
import { findMainContent, listAncestors, type MainContent } from './html-main'
import { readPageMetadata } from './html-metadata'
import { findPageNotes, type PageNotes } from './html-notes'
import { isDropped, isDataTable, readBase, readSpan, resolveAddress } from './html-elements'
import {
  findTreeProblem,
  isElement,
  isText,
  listElements,
  readAttribute,
  readText,
  walkTree,
  type HtmlElement,
  type HtmlNode,
  findMarkupProblem,
} from './html-tree'
import type { ParsedSource, ReadProblem } from './imported-document'
import { markSections } from './sections'

const blockTags = new Set(
  'address article aside blockquote body center dd details dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul caption'.split(
    ' ',
  ),
)
const markTags: Partial<Record<string, Mark>> = {
  b: { type: 'bold' },
  strong: { type: 'bold' },
  i: { type: 'italic' },
  em: { type: 'italic' },
  cite: { type: 'italic' },
  dfn: { type: 'italic' },
  s: { type: 'strike' },
  strike: { type: 'strike' },
  del: { type: 'strike' },
  code: { type: 'code' },
  kbd: { type: 'code' },
  samp: { type: 'code' },
  tt: { type: 'code' },
  sup: { type: 'superscript' },
  sub: { type: 'subscript' },
}
const headingLevels: Partial<Record<string, HeadingLevel>> = { h1: 1, h2: 2, h3: 3, h4: 4, h5: 5, h6: 6 }

/** Outer and inner quotation marks by language; other languages use the English ones. */
const quotationMarks: Record<string, string> = {
  '„“‚‘': 'de cs sk sl hr bg is lt',
  '«»“”': 'fr es it pt ru uk be el no nb nn ar fa hy',
  '„”’’': 'pl hu ro nl',
  '””’’': 'sv fi',
  '「」『』': 'ja',
}

interface Page {
  language: string | null
  kept: MainContent['kept']
  /** Why an element is out of scope, by its name or its place. */
  judge: MainContent['judge']
  title: HtmlElement | null
  notes: PageNotes
  base: string | null
}

/**
 * Reads an HTML page or fragment. Only text and checked link addresses leave the page: the result is a tree of known nodes, so no markup, script,
 * style or attribute can get through. Invisible text (scripts, styles, hidden elements, controls) is left out; navigation, comments, footers and all
 * else beside the main text are kept out of scope. Iterative; markup that would take the parser quadratic time is refused.
 */
export function parseHtml(source: string, address: string | null = null): ParsedSource | ReadProblem {
  const problem = findMarkupProblem(source)
  if (problem) return problem
  const whole = /<(?:!doctype|html|head|body)\b/i.test(source)
  const document: HtmlNode = whole ? parse(source) : parseFragment(source)
  const tooDeep = findTreeProblem(document)
  if (tooDeep) return tooDeep
  const elements = listElements(document)
  const body = elements.find(({ tagName }) => tagName === 'body') ?? null
  const { main, kept, judge } = findMainContent(body ?? document)
  const { titleHeading, ...metadata } = readPageMetadata({ elements, main, judge }, address)
  const page: Page = {
    language: metadata.language,
    kept,
    judge,
    title: titleHeading,
    notes: findPageNotes(document),
    base: readBase(elements) ?? address,
  }
  const builder = new BlockBuilder()
  walkPage(body ?? document, page, builder)
  builder.flush()
  return { ...metadata, content: { type: 'doc', content: markSections(builder.blocks) } }
}

/** Walks the page and feeds the builder. Entering an element records how to undo its effects when it is left. */
function walkPage(root: HtmlNode, page: Page, builder: BlockBuilder): void {
  const undo = new Map<HtmlNode, (() => void)[]>()
  walkTree(root, {
    enter(node) {
      if (isText(node)) builder.addText(node.value)
      if (!isElement(node)) return 'childNodes' in node
      if (isDropped(node)) return false
      const steps = enterElement(node, page, builder)
      if (steps.length > 0) undo.set(node, steps)
      return true
    },
    leave(node) {
      for (const step of (undo.get(node) ?? []).reverse()) step()
    },
  })
}

function enterElement(element: HtmlElement, page: Page, builder: BlockBuilder): (() => void)[] {
  const steps: (() => void)[] = []
  const { tagName } = element
  if (tagName === 'br') builder.addBreak()
  else if (tagName === 'img') addImage(element, page, builder)
  else if (tagName === 'hr') builder.addRule()
  else if (tagName === 'q') steps.push(...quote(element, page, builder))
  else if (blockTags.has(tagName)) {
    builder.flush()
    steps.push(() => {
      builder.flush()
    })
  }
  steps.push(...changeScope(element, page, builder))
  steps.push(...changeKind(element, page, builder))
  steps.push(...openContainers(element, page, builder))
  for (const mark of readMarks(element, page, builder)) {
    builder.pushMark(mark)
    steps.push(() => {
      builder.popMark()
    })
  }
  return steps
}

/** The quotation marks around a `q`: browsers draw them, so they are not in the source's text. */
function quote(element: HtmlElement, page: Page, builder: BlockBuilder): (() => void)[] {
  const language = (readAttribute(element, 'lang') ?? page.language ?? 'en').toLowerCase().split('-')[0] ?? 'en'
  const marks = Object.entries(quotationMarks).find(([, languages]) => languages.split(' ').includes(language))?.[0]
  const [open = '“', close = '”', innerOpen = '‘', innerClose = '’'] = [...(marks ?? '“”‘’')]
  const inner = [...listAncestors(element)].filter((node) => isElement(node) && node.tagName === 'q').length % 2 === 1
  builder.addText(inner ? innerOpen : open)
  const end = () => {
    builder.addText(inner ? innerClose : close)
  }
  return [end]
}

function changeScope(element: HtmlElement, page: Page, builder: BlockBuilder): (() => void)[] {
  const before = builder.scope
  const scope = readScope(element, page, before)
  if (scope === before) return []
  builder.flush()
  builder.scope = scope
  const restore = () => {
    builder.flush()
    builder.scope = before
  }
  return [restore]
}

function readScope(
  element: HtmlElement,
  { kept, title, judge }: Page,
  current: OutOfScopeReason | null,
): OutOfScopeReason | null {
  if (element === title || kept.has(element)) return null
  const own = judge(element)
  if (current === null) return own
  return current === 'boilerplate' && own !== null ? own : current
}

function changeKind(element: HtmlElement, page: Page, builder: BlockBuilder): (() => void)[] {
  const kind = readKind(element, page)
  if (!kind) return []
  const before = builder.kind
  builder.flush()
  builder.kind = kind
  const restore = () => {
    builder.flush()
    builder.kind = before
  }
  return [restore]
}

function readKind(element: HtmlElement, page: Page): TextKind | null {
  const level = headingLevels[element.tagName]
  if (level) return { type: 'heading', level }
  const label = page.notes.notes.get(element)
  if (label !== undefined) return { type: 'note', label }
  if (element.tagName !== 'pre') return null
  const code = element.childNodes.find((child): child is HtmlElement => isElement(child) && child.tagName === 'code')
  const names = `${readAttribute(element, 'class') ?? ''} ${code ? (readAttribute(code, 'class') ?? '') : ''}`
  const language = /(?:^|\s)(?:language|lang|highlight-source|brush:)-?\s?([\w+#-]{1,30})/i.exec(names)?.[1] ?? null
  return code || language !== null ? { type: 'codeBlock', language } : { type: 'preformatted' }
}

function openContainers(element: HtmlElement, page: Page, builder: BlockBuilder): (() => void)[] {
  const opened = openContainer(element, page, builder)
  if (opened === 'none') return []
  const close = () => {
    if (opened === 'caption') builder.closeCaption()
    else builder.close()
  }
  return [close]
}

function openContainer(element: HtmlElement, page: Page, builder: BlockBuilder): 'none' | 'opened' | 'caption' {
  const opened = (done: boolean) => (done ? 'opened' : 'none')
  switch (element.tagName) {
    case 'blockquote':
      return opened(builder.openContainer({ type: 'blockquote', content: [] }))
    case 'ul':
    case 'menu':
    case 'dir':
    case 'ol': {
      if (element.childNodes.some((child) => page.notes.notes.has(child))) return 'none'
      if (element.tagName !== 'ol') return opened(builder.openContainer({ type: 'bulletList', content: [] }))
      const start = Number(readAttribute(element, 'start') ?? '1')
      const attrs = Number.isSafeInteger(start) && start !== 1 ? { attrs: { start } } : {}
      return opened(builder.openContainer({ type: 'orderedList', ...attrs, content: [] }))
    }
    case 'li':
      return opened(builder.openItem())
    case 'table':
      return isDataTable(element) ? opened(builder.openContainer({ type: 'table', content: [] })) : 'none'
    case 'caption':
      return builder.openCaption() ? 'caption' : 'none'
    case 'tr':
      return opened(builder.openRow())
    case 'td':
    case 'th': {
      const spans = { colspan: readSpan(element, 'colspan'), rowspan: readSpan(element, 'rowspan') }
      const attrs = {
        ...(spans.colspan > 1 ? { colspan: spans.colspan } : {}),
        ...(spans.rowspan > 1 ? { rowspan: spans.rowspan } : {}),
      }
      return opened(
        builder.openCell({
          type: element.tagName === 'th' ? 'tableHeader' : 'tableCell',
          ...(spans.colspan > 1 || spans.rowspan > 1 ? { attrs } : {}),
          content: [],
        }),
      )
    }
    default:
      return 'none'
  }
}

function readMarks(element: HtmlElement, page: Page, builder: BlockBuilder): Mark[] {
  const label = page.notes.markers.get(element)
  const own = label !== undefined && element.tagName === 'a' ? null : readMark(element, page, builder)
  return [...(label === undefined ? [] : [{ type: 'citation', attrs: { label } } as const]), ...(own ? [own] : [])]
}

function readMark(element: HtmlElement, page: Page, builder: BlockBuilder): Mark | null {
  if (element.tagName === 'a') {
    const href = readAttribute(element, 'href')
    const back =
      builder.kind.type === 'note' && (href?.startsWith('#') ?? false) && readText(element, 20).trim().length <= 3
    if (back) return { type: 'syntax' }
    const address = resolveAddress(href, page.base)
    return address === null ? null : { type: 'link', attrs: { href: address } }
  }
  if (
    element.tagName === 'span' &&
    /(?:^|\s)(?:mw-editsection|mw-cite-backlink|heading-anchor)(?:\s|$)/.test(readAttribute(element, 'class') ?? '')
  )
    return { type: 'syntax' }
  if (element.tagName === 'code' && builder.kind.type === 'codeBlock') return null
  return markTags[element.tagName] ?? null
}

function addImage(element: HtmlElement, page: Page, builder: BlockBuilder): void {
  const alt = (readAttribute(element, 'alt') ?? '').replace(/\s+/g, ' ').trim().slice(0, 1000)
  const size = (name: string) => Number.parseInt(readAttribute(element, name) ?? '', 10)
  if (size('width') <= 2 || size('height') <= 2 || readAttribute(element, 'role') === 'presentation') return
  const src = resolveAddress(readAttribute(element, 'src'), page.base)
  if (alt === '' && src === null) return
  builder.addImage(alt, src !== null && /^https?:/i.test(src) ? src : null)
}

import {
  childrenOf,
  isElement,
  listElements,
  readAttribute,
  readText,
  type HtmlElement,
  type HtmlNode,
} from './html-tree'

/** The citation markers of a page and their notes. Labels are those of the markers, without brackets. */
export interface PageNotes {
  /** The elements (an `a` or the `sup` around it) that are citation markers. */
  markers: ReadonlyMap<HtmlNode, string>
  /** The elements with the text of a note. */
  notes: ReadonlyMap<HtmlNode, string>
}

const noteClass = /(?:^|[\s_-])(?:foot-?note|end-?note|note-?ref|reference|cite_ref|fnref|citation)(?:$|[\s_-])/i

function readTarget(link: HtmlElement): string | null {
  const href = readAttribute(link, 'href') ?? ''
  const hash = href.lastIndexOf('#')
  if (hash < 0 || (hash > 0 && !/cite|note|^#/i.test(href.slice(hash)))) return null
  return href.slice(hash + 1)
}

function parentOf(node: HtmlNode): HtmlNode | null {
  return 'parentNode' in node ? node.parentNode : null
}

function isMarkerLink(link: HtmlElement, superscript: HtmlElement | null): boolean {
  const text = readText(link, 40).trim()
  if (text === '' || text.length > 20) return false
  if (/doc-noteref|noteref/.test(`${readAttribute(link, 'role') ?? ''} ${readAttribute(link, 'epub:type') ?? ''}`))
    return true
  if (superscript) return /^[[(]?(?:\p{L}{1,10}\s?)?[\p{N}a-z*†‡§]{1,4}[\])]?$/u.test(text)
  return (
    /^[[(]?(?:(?:note|nb|fn|n|anm)\.?\s?)?(?:\p{N}{1,3}|[a-z]|[*†‡§¶]{1,4})[\])]?$/iu.test(text) &&
    (/^\[.+\]$/.test(text) ||
      noteClass.test(`${readAttribute(link, 'class') ?? ''} ${readAttribute(link, 'id') ?? ''}`))
  )
}

/**
 * Finds citation markers (short links to a place in the page, in a superscript, in brackets, or marked as note references) and their notes (list
 * items, paragraphs and the like with the linked id). Links back from a note to the text are not markers.
 */
export function findPageNotes(document: HtmlNode): PageNotes {
  const elements = listElements(document)
  const links = findMarkerLinks(elements)
  const byId = findTargets(elements, new Set(links.map(({ target }) => target)))
  const markers = new Map<HtmlNode, string>()
  const notes = new Map<HtmlNode, string>()
  const order = new Map<HtmlNode, number>(elements.map((element, at) => [element, at]))
  const known = new Map<HtmlElement, boolean>()
  const isNote = (element: HtmlElement) => {
    const is = known.get(element) ?? looksLikeNote(element)
    known.set(element, is)
    return is
  }
  for (const { link, target, holder } of links) {
    const element = byId.get(target) ?? byId.get(safeDecode(target))
    const note = element ? findNoteBlock(element) : null
    if (note && (order.get(note) ?? 0) < (order.get(link) ?? 0)) continue
    const label = readText(holder, 40).replace(/[\s[\]()]/gu, '')
    if (label === '' || (note && !beginsWith(note, label) && !isNote(note))) continue
    markers.set(holder, label)
    if (note && !notes.has(note)) notes.set(note, label)
  }
  return { markers, notes }
}

/** A link to a place in the page that looks like a marker; `holder` is the superscript around it when that has no other content. */
interface MarkerLink {
  link: HtmlElement
  target: string
  holder: HtmlElement
}

function findMarkerLinks(elements: readonly HtmlElement[]): MarkerLink[] {
  const links: MarkerLink[] = []
  for (const link of elements) {
    const target = link.tagName === 'a' ? readTarget(link) : null
    if (!target) continue
    const parent = parentOf(link)
    const superscript = parent && isElement(parent) && parent.tagName === 'sup' ? parent : null
    if (!isMarkerLink(link, superscript)) continue
    const alone =
      superscript !== null && readText(superscript, 40).trim().length <= readText(link, 40).trim().length + 2
    links.push({ link, target, holder: alone ? superscript : link })
  }
  return links
}

/** The elements with the wanted ids or, for anchors, names; the first of each. */
function findTargets(elements: readonly HtmlElement[], wanted: ReadonlySet<string>): Map<string, HtmlElement> {
  const found = new Map<string, HtmlElement>()
  for (const element of elements) {
    const id = readAttribute(element, 'id') ?? (element.tagName === 'a' ? readAttribute(element, 'name') : null)
    if (id && wanted.has(id) && !found.has(id)) found.set(id, element)
  }
  return found
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) return text
    throw error
  }
}

const notesClass = /(?:^|[\s_-])(?:foot-?notes?|end-?notes?|notes?|references?|citations?|reflist|fn)(?:$|[\s\d_-])/i

function beginsWith(note: HtmlElement, label: string): boolean {
  const text = readText(note, 60).replace(/^[\s[(]+/u, '')
  return text.startsWith(label) && !/^[\p{L}\p{N}]/u.test(text.slice(label.length))
}

/** Whether the target of a marker is a note, not just a paragraph referred to: a list item, an element that links back, or one named as a note. */
function looksLikeNote(note: HtmlElement): boolean {
  if (note.tagName === 'li') return true
  const leadsBack = (element: HtmlElement) =>
    element.tagName === 'a' && /^#|#.*(?:ref|cite)/i.test(readAttribute(element, 'href') ?? '')
  if (listElements(note).some(leadsBack)) return true
  for (let at: HtmlNode | null = note, steps = 0; at && isElement(at) && steps < 4; at = parentOf(at), steps += 1) {
    const names = `${readAttribute(at, 'class') ?? ''} ${readAttribute(at, 'id') ?? ''} ${readAttribute(at, 'role') ?? ''}`
    if (notesClass.test(names.slice(0, 400))) return true
  }
  return false
}

/** The block of a note: the element itself, or the item or paragraph around an empty anchor. */
function findNoteBlock(element: HtmlElement): HtmlElement | null {
  for (let at: HtmlNode | null = element, steps = 0; at && steps < 4; at = parentOf(at), steps += 1) {
    if (!isElement(at)) return null
    if (['li', 'p', 'dd', 'aside', 'td'].includes(at.tagName)) return at
    if (at.tagName === 'div') return childrenOf(at).length <= 12 ? at : null
  }
  return null
}

import type { DefaultTreeAdapterTypes as Tree } from 'parse5'
import type { ReadProblem } from './imported-document'

/** A node, and an element, of the parsed page. */
export type HtmlNode = Tree.Node
export type HtmlElement = Tree.Element

/** The deepest nesting of elements in a page. Real pages stay far below. */
export const maxHtmlDepth = 1000
const maxElements = 1_500_000

/** Whether a node is an element. */
export function isElement(node: HtmlNode): node is HtmlElement {
  return 'tagName' in node
}

/** Whether a node is a text node. */
export function isText(node: HtmlNode): node is Tree.TextNode {
  return node.nodeName === '#text'
}

/** An attribute's value, or null. Names are lower case. */
export function readAttribute(element: HtmlElement, name: string): string | null {
  for (const attribute of element.attrs) if (attribute.name === name) return attribute.value
  return null
}

/** The children of a node; none for leaves and for templates (their content is inert). */
export function childrenOf(node: HtmlNode): HtmlNode[] {
  return 'childNodes' in node ? node.childNodes : []
}

/** Walks a tree without recursion. When `enter` returns false, a node's children are skipped; `leave` is called for every node entered. */
export function walkTree(
  root: HtmlNode,
  visit: { enter(node: HtmlNode): boolean; leave?(node: HtmlNode): void },
): void {
  const stack: { node: HtmlNode; next: number }[] = []
  const open = (node: HtmlNode) => {
    stack.push({ node, next: visit.enter(node) ? 0 : Infinity })
  }
  open(root)
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const child = top.next === Infinity ? undefined : childrenOf(top.node)[top.next]
    top.next += 1
    if (child) open(child)
    else {
      visit.leave?.(top.node)
      stack.pop()
    }
  }
}

/** The text of a node without scripts and styles, at most `limit` characters. White space as in the source. */
export function readText(root: HtmlNode, limit = 10_000): string {
  let text = ''
  walkTree(root, {
    enter(node) {
      if (text.length >= limit) return false
      if (isText(node)) text += node.value
      return !isElement(node) || !['script', 'style', 'template'].includes(node.tagName)
    },
  })
  return text.slice(0, limit)
}

/** All elements in document order. */
export function listElements(root: HtmlNode): HtmlElement[] {
  const elements: HtmlElement[] = []
  walkTree(root, {
    enter(node) {
      if (isElement(node)) elements.push(node)
      return true
    },
  })
  return elements
}

/** Why a parsed page is too large, or null. */
export function findTreeProblem(root: HtmlNode): ReadProblem | null {
  let depth = 0
  let deepest = 0
  let count = 0
  walkTree(root, {
    enter() {
      depth += 1
      count += 1
      deepest = Math.max(deepest, depth)
      return true
    },
    leave() {
      depth -= 1
    },
  })
  if (deepest > maxHtmlDepth) {
    return {
      code: 'too-complex',
      message: `The page nests ${String(deepest)} elements in each other; at most ${String(maxHtmlDepth)} can be read. Paste its text instead.`,
    }
  }
  if (count > maxElements)
    return { code: 'too-complex', message: 'The page has too many elements to read. Paste its text instead.' }
  return null
}

const formatting = new Set([
  'a',
  'b',
  'big',
  'code',
  'em',
  'font',
  'i',
  'nobr',
  's',
  'small',
  'strike',
  'strong',
  'tt',
  'u',
])
const tableParts = new Set(['table', 'tbody', 'thead', 'tfoot', 'tr', 'colgroup', 'col'])
const cells = new Set(['td', 'th', 'caption'])

const limits = { attributes: 1000, openFormatting: 200, reopened: 400_000, misplaced: 20_000, tags: 1_500_000 }

function tooComplex(what: string): ReadProblem {
  return {
    code: 'too-complex',
    message: `The page's markup is broken in a way that cannot be read in reasonable time: ${what}. Paste its text instead.`,
  }
}

/**
 * Scans HTML source, in one pass, for markup on which the parsing algorithm of the HTML standard takes quadratic time or memory: tags with thousands
 * of attributes, formatting elements left open and reopened in every paragraph, and table content outside cells. Null when the page can be parsed. An
 * estimate: it never refuses well-formed pages.
 */
export function findMarkupProblem(html: string): ReadProblem | null {
  const elements = new FormattingElements()
  let misplaced = 0
  let tags = 0
  let outsideCell = false
  for (const match of html.matchAll(/<(\/?)([a-zA-Z][a-zA-Z0-9]{0,20})/g)) {
    const closing = match[1] === '/'
    const name = (match[2] ?? '').toLowerCase()
    tags += 1
    if (tags > limits.tags) return tooComplex('it has too many elements')
    if (tableParts.has(name)) outsideCell = !(closing && name === 'table')
    else if (cells.has(name)) outsideCell = closing
    else if (outsideCell && !closing) misplaced += 1
    if (misplaced > limits.misplaced) return tooComplex('its tables hold content outside their cells')
    const tag = closing ? '' : tagAt(html, match.index)
    if (tag.length > limits.attributes * 2 && countAttributes(tag) > limits.attributes)
      return tooComplex('one element has too many attributes')
    if (closing) elements.close(name)
    else elements.open(name, tag)
    const problem = elements.problem()
    if (problem !== null) return tooComplex(problem)
  }
  return null
}

/** The open formatting elements at a place of the source, which a parser reopens in every following element. */
class FormattingElements {
  readonly #open: { name: string; tag: string }[] = []
  #reopened = 0

  open(name: string, tag: string): void {
    if (!formatting.has(name)) {
      this.#reopened += this.#open.length > 8 ? this.#open.length : 0
      return
    }
    const key = tag.length > 500 ? tag.slice(0, 500) : tag
    // A parser keeps at most three identical ones.
    if (this.#open.filter((entry) => entry.tag === key).length < 3) this.#open.push({ name, tag: key })
  }

  close(name: string): void {
    if (formatting.has(name)) {
      const at = this.#open.findLastIndex((entry) => entry.name === name)
      if (at >= 0) this.#open.splice(at, 1)
    } else if (cells.has(name)) this.#open.length = Math.min(this.#open.length, 50)
  }

  problem(): string | null {
    if (this.#open.length > limits.openFormatting) return 'too many formatting elements are never closed'
    return this.#reopened > limits.reopened ? 'formatting elements are never closed' : null
  }
}

/** A tag from its `<` on, without the `>`. */
function tagAt(html: string, start: number): string {
  const end = html.indexOf('>', start)
  return html.slice(start, Math.min(end < 0 ? html.length : end, start + 200_000))
}

function countAttributes(tag: string): number {
  const bare = tag.replace(/"[^"]*"|'[^']*'/g, '" ')
  return bare.match(/[\s/]+/g)?.length ?? 0
}

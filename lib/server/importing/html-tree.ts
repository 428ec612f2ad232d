import type { DefaultTreeAdapterTypes as Tree } from 'parse5'
import type { ReadProblem } from './imported-document'

/** A node, and an element, of the parsed page. */
export type HtmlNode = Tree.Node
export type HtmlElement = Tree.Element

/** How many elements of a page may stand in each other. Real pages stay far below. */
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

/** The children of a node, none for leaves and for templates (their content is inert). */
export function childrenOf(node: HtmlNode): HtmlNode[] {
  return 'childNodes' in node ? node.childNodes : []
}

/** Walks a tree without recursion. `enter` answers false to skip a node's children; `leave` is called for every node entered. */
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

/** All text in a node, scripts and styles left out, at most `limit` characters. White space as in the source. */
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

/** What is wrong with the size of a parsed page, or null. */
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

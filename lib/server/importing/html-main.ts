import { childrenOf, isElement, isText, readAttribute, walkTree, type HtmlElement, type HtmlNode } from './html-tree'
import { isDropped, readElementScope } from './html-scope'

const blockTags = new Set('address article aside blockquote body dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table td th tr ul'.split(' '))
const containers = new Set('body div section article main td center form font span'.split(' '))

interface Weighing {
  /** Length of running text (paragraph-like blocks with few links) in each element, descendants included. */
  prose: Map<HtmlElement, number>
  total: number
}

/** Adds up, for every element, the running text in it: blocks of at least 60 characters, less than half of them in links. */
function weigh(body: HtmlElement): Weighing {
  const prose = new Map<HtmlElement, number>()
  const path: HtmlElement[] = []
  const blocks: { element: HtmlElement; text: number; links: number }[] = []
  let excluded = 0
  let inLink = 0
  let total = 0
  walkTree(body, {
    enter(node) {
      if (isText(node)) {
        const block = blocks.at(-1)
        const length = node.value.trim().length
        if (block && excluded === 0) {
          block.text += length
          if (inLink > 0) block.links += length
        }
        return false
      }
      if (!isElement(node)) return true
      if (isDropped(node)) return false
      path.push(node)
      if (node.tagName === 'a') inLink += 1
      if (readElementScope(node) !== null && !isWrapper(node)) excluded += 1
      if (blockTags.has(node.tagName)) blocks.push({ element: node, text: 0, links: 0 })
      return true
    },
    leave(node) {
      if (!isElement(node) || path.at(-1) !== node) return
      path.pop()
      if (node.tagName === 'a') inLink -= 1
      if (readElementScope(node) !== null && !isWrapper(node)) excluded -= 1
      if (blocks.at(-1)?.element !== node) return
      const block = blocks.pop()
      if (!block || block.text < 60 || block.links * 2 > block.text) return
      total += block.text
      for (const ancestor of [...path, node]) prose.set(ancestor, (prose.get(ancestor) ?? 0) + block.text)
    },
  })
  return { prose, total }
}

/** Forms and class names around a whole page ("page-with-sidebar") do not say anything about what is in them. */
function isWrapper(element: HtmlElement): boolean {
  return element.tagName === 'form' && childrenOf(element).some((child) => isElement(child) && ['main', 'article', 'div', 'table'].includes(child.tagName))
}

/**
 * The element that holds a page's main text: from the body down, always into the child that has nearly all of the running text. Null when the
 * page has too little running text to tell. Linear in the page, iterative.
 */
export function findMainContent(body: HtmlElement): HtmlElement | null {
  const { prose, total } = weigh(body)
  if (total < 200) return null
  let main = body
  for (;;) {
    const inside = prose.get(main) ?? 0
    const next = childrenOf(main).find(
      (child): child is HtmlElement => isElement(child) && containers.has(child.tagName) && (prose.get(child) ?? 0) >= inside * 0.85 && (prose.get(child) ?? 0) >= total * 0.6,
    )
    const through = next ?? findThrough(main, prose, inside, total)
    if (!through) return main === body ? null : main
    main = through
  }
}

/** Tables used for layout put the main text some levels down: table, tbody, tr, td. */
function findThrough(main: HtmlElement, prose: ReadonlyMap<HtmlElement, number>, inside: number, total: number): HtmlElement | null {
  return (
    childrenOf(main).find(
      (child): child is HtmlElement =>
        isElement(child) &&
        ['table', 'tbody', 'tr', 'header'].includes(child.tagName) &&
        readAttribute(child, 'class')?.includes('wikitable') !== true &&
        (prose.get(child) ?? 0) >= inside * 0.85 &&
        (prose.get(child) ?? 0) >= total * 0.6,
    ) ?? null
  )
}

function parentOf(node: HtmlNode | null): HtmlNode | null {
  return node && 'parentNode' in node ? node.parentNode : null
}

/** The elements a node stands in, without itself. */
export function listAncestors(node: HtmlNode | null): Set<HtmlNode> {
  const ancestors = new Set<HtmlNode>()
  for (let at = parentOf(node); at; at = parentOf(at)) ancestors.add(at)
  return ancestors
}

/** Whether `inner` is `outer` or stands in it. */
export function isInside(inner: HtmlNode, outer: HtmlNode): boolean {
  for (let at: HtmlNode | null = inner; at; at = parentOf(at)) if (at === outer) return true
  return false
}

import { childrenOf, isElement, isText, readAttribute, walkTree, type HtmlElement, type HtmlNode } from './html-tree'
import { isDropped, readElementScope } from './html-elements'

const blockTags = new Set(
  'address article aside blockquote body dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table td th tr ul'.split(
    ' ',
  ),
)
const containers = new Set('body div section article main header center form font span table tbody tr td'.split(' '))

interface Weighing {
  /** Length of running text (paragraph-like blocks with few links) in each element, descendants included. */
  prose: Map<HtmlElement, number>
  total: number
}

/**
 * Adds up, for every element, the running text in it: blocks of at least 60 characters, less than half of them in links. `excludes` says
 * which elements are left out whole.
 */
function weigh(body: HtmlElement, excludes: (element: HtmlElement) => boolean): Weighing {
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
      if (excludes(node)) excluded += 1
      if (blockTags.has(node.tagName)) blocks.push({ element: node, text: 0, links: 0 })
      return true
    },
    leave(node) {
      if (!isElement(node) || path.at(-1) !== node) return
      path.pop()
      if (node.tagName === 'a') inLink -= 1
      if (excludes(node)) excluded -= 1
      if (blocks.at(-1)?.element !== node) return
      const block = blocks.pop()
      if (!block || block.text < 60 || block.links * 2 > block.text) return
      total += block.text
      for (const ancestor of [...path, node]) prose.set(ancestor, (prose.get(ancestor) ?? 0) + block.text)
    },
  })
  return { prose, total }
}

/** The main text of a page, and elements that hold so much of the running text that their names ("widget") must be misleading. */
export interface MainContent {
  main: HtmlElement | null
  trusted: ReadonlySet<HtmlElement>
}

/**
 * Finds the element that holds a page's main text: from the body down, always into the child that has nearly all of the running text.
 * `main` is null when the page has too little running text to tell. Linear in the page, iterative.
 */
export function findMainContent(body: HtmlElement): MainContent {
  const isComments = (element: HtmlElement) => (readElementScope(element) ?? '').includes('comment')
  const loose = weigh(body, isComments)
  const trusted = new Set(
    [...loose.prose].flatMap(([element, length]) => (length >= loose.total * 0.5 ? [element] : [])),
  )
  const strict = weigh(body, (element) => readElementScope(element) !== null && !trusted.has(element))
  return { main: strict.total < 200 ? null : descend(body, strict), trusted }
}

const bodyNames =
  /(?:^|[\s_-])(?:article-?(?:body|text|content)|entry-content|post-(?:body|content)|story-?(?:body|content|text)|main-?article|media-?article-?body)(?:$|[\s_-])/i

/** The element that a page itself names as its article's body, when it holds a good part of the running text; the richest one of several. */
function findNamedBody({ prose, total }: Weighing): HtmlElement | null {
  let best: HtmlElement | null = null
  for (const [element, length] of prose) {
    const names =
      `${readAttribute(element, 'itemprop') ?? ''} ${readAttribute(element, 'class') ?? ''} ${readAttribute(element, 'id') ?? ''}`.slice(
        0,
        400,
      )
    if (length >= 600 && length >= total * 0.2 && bodyNames.test(names) && length > (best ? (prose.get(best) ?? 0) : 0))
      best = element
  }
  return best
}

function descend(body: HtmlElement, weighing: Weighing): HtmlElement | null {
  const { prose, total } = weighing
  const named = findNamedBody(weighing)
  if (named && (prose.get(named) ?? 0) < total * 0.6) return named
  let main = body
  for (;;) {
    const enough = Math.max((prose.get(main) ?? 0) * 0.85, total * 0.6)
    const next = childrenOf(main).find(
      (child): child is HtmlElement => isElement(child) && leadsDown(child) && (prose.get(child) ?? 0) >= enough,
    )
    if (!next) return main === body ? null : main
    main = next
  }
}

/** Containers, and the parts of a table, which may be used for layout; a table of data never holds a page. */
function leadsDown(element: HtmlElement): boolean {
  return containers.has(element.tagName) && readAttribute(element, 'class')?.includes('wikitable') !== true
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

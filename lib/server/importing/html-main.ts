import { makeNameJudge, type NameJudge } from './html-names'
import { childrenOf, isElement, readAttribute, type HtmlElement, type HtmlNode } from './html-tree'
import { weighPage, type Weights } from './html-weight'
import type { OutOfScopeReason } from '@/lib/domain/text/model'

const containers = new Set('body div section article main header center form font span table tbody tr td'.split(' '))

/** The place of a page's main text, and the scope of its other parts. */
export interface MainContent {
  main: HtmlElement | null
  /** The element of the main text, and the elements around it within its article: they are in scope. */
  kept: ReadonlySet<HtmlNode>
  /** Why an element is out of scope, by its name or its place; null without a reason. */
  judge: NameJudge
}

/**
 * Finds the element with a page's main text. Descends from the body into the child with nearly all of the running text, then to the element where it
 * is densest, as long as the rest reads like the surroundings of an article. `main` is null when the page has too little running text to tell.
 * Elements with most of the running text count regardless of their names. Linear in the page, iterative.
 */
export function findMainContent(root: HtmlNode): MainContent {
  const all = weighPage(root, () => false)
  const byName = makeNameJudge(all)
  return isElement(root) ? findInBody(root, all, byName) : { main: null, kept: new Set(), judge: byName }
}

function findInBody(body: HtmlElement, all: Weights, byName: NameJudge): MainContent {
  const isComments = (element: HtmlElement) => (byName(element) ?? '').includes('comment')
  const first = findDensest(weighPage(body, isComments))
  const holdsText = listAncestors(first)
  if (first) holdsText.add(first)
  const isTeasers = (element: HtmlElement) => !holdsText.has(element) && isTeaserList(element, all)
  const loose = weighPage(body, (element) => isComments(element) || isTeasers(element))
  const trusted = findTrusted(loose)
  const strict = weighPage(body, (element) => !trusted.has(element) && (byName(element) !== null || isTeasers(element)))
  const main = strict.total < 200 ? null : narrow(descend(body, strict) ?? body, strict)
  const place = main && main !== body ? main : null
  const around = listAncestors(place)
  const frame = place ? findFrame(place, strict) : null
  const kept = new Set([...around].filter((element) => frame !== null && isInside(element, frame)))
  if (place) kept.add(place)
  const judge = (element: HtmlElement): OutOfScopeReason | null => {
    if (around.has(element)) return 'boilerplate'
    const named = trusted.has(element) ? null : byName(element)
    if (named !== null) return named
    if (element.parentNode && element.parentNode !== place && kept.has(element.parentNode))
      return isTeasers(element) ? 'link-list' : judgeSibling(element, strict)
    return !trusted.has(element) && isTeasers(element) ? 'link-list' : null
  }
  return { main: place, kept, judge }
}

/** Elements with half of the running text, or with its densest part by far: names such as "widget" or "modal" must be misleading there. */
function findTrusted(loose: Weights): Set<HtmlElement> {
  const trusted = new Set(
    [...loose.prose].flatMap(([element, length]) => (length >= loose.total * 0.5 ? [element] : [])),
  )
  const densest = findDensest(loose)
  if (!densest) return trusted
  const rival = rivalOf(densest, loose)
  if (rival * 1.5 > (loose.near.get(densest) ?? 0)) return trusted
  for (let at: HtmlNode | null = densest; at && isElement(at); at = at.parentNode) trusted.add(at)
  return trusted
}

function findDensest({ near }: Weights): HtmlElement | null {
  let best: HtmlElement | null = null
  for (const [element, length] of near)
    if (leadsDown(element) && length > (best ? (near.get(best) ?? 0) : 0)) best = element
  return best
}

/** The density of the densest element that neither contains the given one nor is inside it. */
function rivalOf(element: HtmlElement, { near }: Weights): number {
  const around = listAncestors(element)
  let most = 0
  for (const [other, length] of near)
    if (length > most && leadsDown(other) && !around.has(other) && !isInside(other, element)) most = length
  return most
}

function descend(body: HtmlElement, { prose, total }: Weights): HtmlElement | null {
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

const articleNames =
  /(?:^|\s)(?:(?:[\w]+[_-])?(?:article|story|post|entry)|(?:article|entry|post|story)[_-]*(?:body|text|content)|main-?article|media-?article-?body)(?:$|\s)/i

function isArticle(element: HtmlElement): boolean {
  if (element.tagName === 'article' || readAttribute(element, 'role') === 'article') return true
  if (/\barticleBody\b/i.test(readAttribute(element, 'itemprop') ?? '')) return true
  const names = `${readAttribute(element, 'class') ?? ''} ${readAttribute(element, 'id') ?? ''}`.slice(0, 400)
  return articleNames.test(names)
}

/**
 * Expands from the place where the running text is densest towards `limit`, into each element that adds running text and little else. Stays within an
 * article that has most of the text in `limit`. Returns `limit` when several places are similarly dense: a page of many sections.
 */
function narrow(limit: HtmlElement, weights: Weights): HtmlElement {
  const { prose, text, near } = weights
  const densest = findDensest(weights)
  if (!densest || densest === limit || !isInside(densest, limit)) return limit
  const proseOf = (element: HtmlElement) => prose.get(element) ?? 0
  let best = densest
  let leaves = isArticle(densest) && proseOf(densest) >= proseOf(limit) * 0.5
  for (let at: HtmlNode | null = densest.parentNode; at && isElement(at); at = at.parentNode) {
    const gain = proseOf(at) - proseOf(best)
    const added = (text.get(at) ?? 0) - (text.get(best) ?? 0)
    const plain = gain >= proseOf(best) * 0.1 && gain >= added * 0.6
    if (leadsDown(at) && plain && !leaves) best = at
    leaves ||= isArticle(at) && proseOf(at) >= proseOf(limit) * 0.5
    if (at === limit) break
  }
  const few = proseOf(best) < proseOf(limit) * 0.5
  return few && rivalOf(best, weights) * 2 > (near.get(best) ?? 0) ? limit : best
}

/** The article that the main text nearly fills, if the page marks one. */
function findFrame(main: HtmlElement, { prose }: Weights): HtmlElement | null {
  const own = prose.get(main) ?? 0
  for (let at = main.parentNode; at && isElement(at); at = at.parentNode) {
    if ((prose.get(at) ?? 0) > own * 1.7) return null
    if (isArticle(at) || at.tagName === 'main' || readAttribute(at, 'role') === 'main') return at
  }
  return null
}

/** Running text, headings and pictures beside the main text in one article belong to it. */
function judgeSibling(element: HtmlElement, weights: Weights): OutOfScopeReason | null {
  const running = weights.prose.get(element) ?? 0
  const shown = weights.text.get(element) ?? 0
  if (/^(?:h[1-4]|figure|img|picture)$/.test(element.tagName)) return null
  return running === 0 || running * 2.5 < shown ? 'boilerplate' : null
}

const teaserTags = new Set(['div', 'section', 'ul', 'ol'])

/** Whether an element lists other articles: at least three headings that are links, with little running text for each. */
function isTeaserList(element: HtmlElement, { prose, headings, linkedHeadings }: Weights): boolean {
  const linked = linkedHeadings.get(element) ?? 0
  return (
    teaserTags.has(element.tagName) &&
    linked >= 3 &&
    linked * 1.5 >= (headings.get(element) ?? 0) &&
    (prose.get(element) ?? 0) <= linked * 300
  )
}

/** Containers, and the parts of a table, which may be used for layout; a data table never holds a page. */
function leadsDown(element: HtmlElement): boolean {
  return containers.has(element.tagName) && readAttribute(element, 'class')?.includes('wikitable') !== true
}

/** The ancestors of a node, without the node. */
export function listAncestors(node: HtmlNode | null): Set<HtmlNode> {
  const ancestors = new Set<HtmlNode>()
  for (let at = parentOf(node); at; at = parentOf(at)) ancestors.add(at)
  return ancestors
}

function parentOf(node: HtmlNode | null): HtmlNode | null {
  return node && 'parentNode' in node ? node.parentNode : null
}

/** Whether `inner` is `outer` or inside it. */
export function isInside(inner: HtmlNode, outer: HtmlNode): boolean {
  for (let at: HtmlNode | null = inner; at; at = parentOf(at)) if (at === outer) return true
  return false
}

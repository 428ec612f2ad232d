import type { OutOfScopeReason } from '@/lib/domain/text/model'
import { listAncestors } from './html-main'
import { isElement, readAttribute, readText, type HtmlElement } from './html-tree'
import { readDate } from './read-date'

const lead =
  /^(?:(?:(?:article|written|posted|published|reported|words|text|story|analysis|opinion)\s+)?by|author|autor(?:in)?|auteur|autore|von|par|por|di|door|av|автор)\b[:\s]+/iu
const monthName =
  'jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|janv|févr|mars|avril|juin|juil|août|ene|abr|ago|dic|gen|mag|giu|lug|set|ott'
const tails = [
  /\s+[-–—•·|/]\s.*$/su,
  /\s*[,;]?\s*(?:on\s+)?\d{1,2}(?:st|nd|rd|th|\.)?\s\p{L}{3,12}\.?,?\s\d{4}.*$/su,
  new RegExp(`\\s*[,;]?\\s*(?:on\\s+)?(?:${monthName})\\p{L}{0,8}\\.?\\s\\d{1,2}(?:st|nd|rd|th)?,?\\s\\d{4}.*$`, 'isu'),
  /\s*[,;]?\s*\d{4}-\d{2}-\d{2}.*$/su,
  /\s*[,;]?\s*\d{1,2}[./]\d{1,2}[./]\d{2,4}.*$/su,
  /\s*[,;]?\s*(?:at\s)?\d{1,2}:\d{2}.*$/su,
  /\s+(?:published|updated|posted|last updated|follow|view all posts|more from)\b.*$/isu,
  /\s+@\w{2,30}.*$/su,
]

/**
 * The names in a byline, without an introduction ("By", "Posted by") and without what follows: date, time, account and the like. Null when no
 * possible name is left, or one longer than 100 characters.
 */
export function readNames(byline: string): string | null {
  let text = byline.replace(/\s+/gu, ' ').trim().replace(lead, '')
  if (/^(?:last |first )?(?:updated|modified|published|posted)\b/i.test(text)) return null
  for (const tail of tails) text = text.replace(tail, '')
  text = text.replace(/[\s,;:–—-]+$/u, '').trim()
  return text.length >= 3 && text.length <= 100 && /\p{L}{2}/u.test(text) && !/^https?:/i.test(text) ? text : null
}

const bylineName = /(?:^|[\s_-])(?:byline|by-?author|(?:p-)?author)(?:$|[\s_-]|name)/i
const holders = new Set(['html', 'body', 'main', 'article', 'img', 'script', 'style', 'meta', 'link'])

function isByline(element: HtmlElement): boolean {
  if (holders.has(element.tagName)) return false
  if (readAttribute(element, 'rel') === 'author') return true
  if (/(?:^|\s)author(?:$|\s)/.test(readAttribute(element, 'itemprop') ?? '')) return true
  return bylineName.test((readAttribute(element, 'class') ?? '').slice(0, 300))
}

/** The most bylines and dates of a page that are examined: a page with a hundred thousand comments has as many. */
const mostCandidates = 300

/** The positions of a page's parts, for reading metadata from them. */
export interface PagePlace {
  elements: readonly HtmlElement[]
  main: HtmlElement | null
  title: HtmlElement | null
  judge: (element: HtmlElement) => OutOfScopeReason | null
}

/** Whether an element is among comments, notes or lists of other pages. */
function isElsewhere(element: HtmlElement, { judge }: PagePlace): boolean {
  for (const around of [element, ...listAncestors(element)]) {
    if (!isElement(around)) continue
    const reason = judge(around)
    if (reason === 'comments' || reason === 'link-list' || reason === 'comment-form') return true
    if (/(?:^|[\s_-])(?:foot-?notes?|references|endnotes)(?:$|[\s_-])/i.test(namesOf(around))) return true
    if (/(?:^|\s)(?:contentinfo|doc-footnote|doc-endnotes)(?:$|\s)/.test(readAttribute(around, 'role') ?? ''))
      return true
  }
  return false
}

const namesOf = (element: HtmlElement) =>
  `${readAttribute(element, 'class') ?? ''} ${readAttribute(element, 'id') ?? ''}`.slice(0, 400)

/**
 * The author from the elements marked as bylines: the first one after the title, else the last one before the main text, else the first. Of nested
 * ones, the inner one counts.
 */
export function readByline(place: PagePlace): string | null {
  const { elements, main, title } = place
  const found: { at: number; element: HtmlElement; names: string }[] = []
  elements.forEach((element, at) => {
    if (found.length >= mostCandidates || !isByline(element)) return
    const text = readText(element, 300)
    const names = text.length < 300 ? readNames(text) : null
    if (names !== null && !isElsewhere(element, place)) found.push({ at, element, names })
  })
  const titleAt = title ? elements.indexOf(title) : elements.findIndex(({ tagName }) => tagName === 'h1')
  const mainAt = main ? elements.indexOf(main) : -1
  const chosen =
    (titleAt < 0 ? undefined : found.find(({ at }) => at >= titleAt)) ??
    found.findLast(({ at }) => at <= mainAt) ??
    found[0]
  if (!chosen) return null
  const inner = found.find(
    ({ element, names }) =>
      element !== chosen.element && listAncestors(element).has(chosen.element) && chosen.names.includes(names),
  )
  return (inner ?? chosen).names
}

const datedTags = new Set(['time', 'abbr', 'span'])
const dateName =
  /(?:^|[\s_-])(?:published|pub-?date|date-?published|entry-date|post-?date|dateline|dt-published)(?:$|[\s_-])/i

function isMarkedDate(element: HtmlElement): boolean {
  return (
    readAttribute(element, 'pubdate') !== null ||
    readAttribute(element, 'itemprop') === 'datePublished' ||
    dateName.test(readAttribute(element, 'class') ?? '')
  )
}

/** Whether the words around an element announce a publication ("Posted on …"). */
function isSaidToBe(element: HtmlElement): boolean {
  const parent = element.parentNode
  return parent !== null && isElement(parent) && /^\W*(?:first )?(?:published|posted)\b/i.test(readText(parent, 60))
}

/**
 * The day of publication from a `time` element or one marked as such: one announced as a publication, else one before the article's first paragraph.
 * Dates in the text, in notes or among comments do not count.
 */
export function readPageDate(place: PagePlace): string | null {
  const { elements, main } = place
  const mainAt = main ? elements.indexOf(main) : 0
  const firstProse = elements.findIndex(
    (element, at) => at >= mainAt && element.tagName === 'p' && readText(element, 200).trim().length >= 60,
  )
  let candidates = 0
  for (const [at, element] of elements.entries()) {
    if (!datedTags.has(element.tagName)) continue
    const marked = isMarkedDate(element)
    if (element.tagName !== 'time' && !marked) continue
    candidates += 1
    if (candidates > mostCandidates) return null
    const early = firstProse < 0 || at < firstProse
    if (!(marked || early || isSaidToBe(element)) || isElsewhere(element, place)) continue
    const date =
      readDate(readAttribute(element, 'datetime') ?? readAttribute(element, 'content') ?? '') ??
      readDate(readText(element, 100))
    if (date !== null) return date
  }
  return null
}

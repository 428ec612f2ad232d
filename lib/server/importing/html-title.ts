import { isElement, readAttribute, readText, type HtmlElement } from './html-tree'

const htmlNamespace = 'http://www.w3.org/1999/xhtml'

/** A title or heading as it is compared: its words in lower case, regardless of quotation marks and stops. */
function toWords(text: string): string {
  return (
    text
      .normalize('NFKC')
      .replace(/['’]/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  ).join(' ')
}

const holdsWords = (text: string, part: string) => part !== '' && ` ${text} `.includes(` ${part} `)

const oneLine = (text: string) => text.replace(/\s+/gu, ' ').trim()

const isHeading = ({ tagName }: HtmlElement) => /^h[1-6]$/.test(tagName)

/** The text of the page's own `title`; that of a drawing in it is not meant. */
function readTitleElement(elements: readonly HtmlElement[]): string {
  const own = elements.find(
    ({ tagName, namespaceURI }) => tagName === 'title' && namespaceURI.toString() === htmlNamespace,
  )
  return own ? oneLine(readText(own, 1000)) : ''
}

/** A part of a longer work, which its title alone would not tell from the others. */
const numberedPart = /^(?:chapter|part|episode|volume|kapitel|teil|folge|chapitre|partie|capítulo|capitolo)\s\d{1,4}$/iu

/**
 * The page's title from its `title` element: without the site's name before or behind it, when a heading of the page has the rest or the form
 * of the two parts tells which is which. Empty when there is no such element.
 */
function readPlainTitle(elements: readonly HtmlElement[], siteName: string): string {
  const title = readTitleElement(elements)
  const headings = new Set(elements.filter(isHeading).map((heading) => toWords(readText(heading, 500))))
  if (title === '' || headings.has(toWords(title))) return title
  const parts = title.split(/\s[|–—·»:-]\s|\s?[|»]\s?/)
  const at = parts.findIndex((part) => headings.has(toWords(part)) && toWords(part) !== siteName)
  const [named, next] = parts.slice(at).map(oneLine)
  if (at >= 0 && named !== undefined)
    return next !== undefined && numberedPart.test(next) ? `${named} – ${next}` : named
  const cut = /^(.+)\s[|»–—-]\s(.+)$/u.exec(title)
  const [head = '', tail = ''] = [cut?.[1], cut?.[2]]
  const short = tail.split(' ').length <= 3 && head.split(' ').length > 3 && /^[\p{Lu}\p{Lo}]/u.test(tail)
  const barred = /\s[|»]\s/.test(title) && head.split(' ').length >= 3
  return cut && (toWords(tail) === siteName || short || barred) ? oneLine(head) : title
}

/** What a page calls its article, by whom it is said. `linked` is JSON-LD's headline and name. */
export interface NamedTitles {
  linked: readonly string[]
  meta: string | null
  siteName: string
}

/**
 * The title of a page. JSON-LD's name wins over its headline where the page itself uses it: encyclopedias give a short description as
 * the headline. Empty when nothing names the page.
 */
export function readPageTitle(elements: readonly HtmlElement[], { linked, meta, siteName }: NamedTitles): string {
  const used = [readTitleElement(elements), meta ?? '', ...elements.filter(isHeading).map((one) => readText(one, 500))]
    .map(toWords)
    .filter((words) => words !== '')
  const named = linked.find((title) => used.some((words) => holdsWords(words, toWords(title)))) ?? linked[0]
  return named ?? meta ?? readPlainTitle(elements, toWords(siteName))
}

/**
 * The heading that is the page's title: it counts, also when it stands outside the main text. The heading with most words of a title that the page
 * gives itself wins; without one, the only h1 in front of the main text.
 */
export function findTitleHeading(
  elements: readonly HtmlElement[],
  main: HtmlElement,
  { title, siteName }: { title: string; siteName: string },
): HtmlElement | null {
  const site = toWords(siteName)
  const wanted = [title, readTitleElement(elements)].map(toWords).filter((words) => words !== '')
  let best: { element: HtmlElement; score: number } | null = null
  for (const element of elements) {
    if (!isHeading(element)) continue
    const words = toWords(readText(element, 500))
    const score = Math.max(0, ...wanted.map((title) => scoreHeading(words, title, site)))
    if (score > (best?.score ?? 0)) best = { element, score }
  }
  if (best) return best.element
  const mainAt = elements.indexOf(main)
  const [only, second] = elements.filter(({ tagName }, at) => tagName === 'h1' && at < mainAt)
  if (!only || second) return null
  const words = toWords(readText(only, 500))
  return words.includes(' ') && words !== site && !leadsHome(only) ? only : null
}

/** How many characters a heading shares with a title; 0 where neither holds the other, or where the heading is the site's name. */
function scoreHeading(words: string, title: string, site: string): number {
  if (words === '' || (words === site && words !== title)) return 0
  if (words === title) return words.length + 1
  if (holdsWords(title, words)) return words.length >= 8 || title.startsWith(`${words} `) ? words.length : 0
  return holdsWords(words, title) && title.split(' ').length >= 4 ? title.length : 0
}

function leadsHome(heading: HtmlElement): boolean {
  const link = heading.childNodes.find((child): child is HtmlElement => isElement(child) && child.tagName === 'a')
  return link !== undefined && /^(?:https?:\/\/[^/]+)?\/?$/i.test(readAttribute(link, 'href') ?? '#')
}

import { readByline, readNames, readPageDate, type PagePlace } from './html-byline'
import { isElement, isText, readAttribute, walkTree, type HtmlElement, readText } from './html-tree'
import { readDate } from './read-date'

/** A page's metadata from its head, JSON-LD, `time` elements and bylines; null for missing values. */
export interface PageMetadata {
  title: string | null
  author: string | null
  publishedOn: string | null
  language: string | null
  /** The page's own absolute address. */
  canonicalUrl: string | null
  publisher: string | null
  /** The heading with the page's title. */
  titleHeading: HtmlElement | null
}

const titleKeys = ['citation_title', 'dc.title', 'dcterms.title', 'og.title', 'twitter.title', 'parsely-title']
const authorKeys = [
  'citation_author',
  'dc.creator',
  'dcterms.creator',
  'author',
  'article.author',
  'byl',
  'parsely-author',
  'sailthru.author',
]
const dateKeys = [
  'article.published_time',
  'citation_publication_date',
  'dc.date',
  'dc.date.issued',
  'dcterms.created',
  'datepublished',
  'date',
  'pubdate',
  'publishdate',
  'parsely-pub-date',
  'sailthru.date',
  'og.published_time',
]
const languageKeys = ['og.locale', 'content-language', 'dc.language']

/** Reads a page's metadata. Values are plain text without markup; nothing is fetched. `address` is the page's address, if known. */
export function readPageMetadata(place: Omit<PagePlace, 'title'>, address: string | null = null): PageMetadata {
  const { elements, main } = place
  const meta = readMetaTags(elements)
  const linked = readLinkedData(elements)
  const first = (keys: readonly string[]) =>
    keys.map((key) => meta.get(key)).find((value) => value !== undefined && value !== '') ?? null
  const siteName = meta.get('og.site_name') ?? ''
  const title = readPageTitle(elements, { linked: linked.titles, meta: first(titleKeys), siteName })
  const titleHeading = main ? findTitleHeading(elements, main, { title, siteName }) : null
  const html = elements.find(({ tagName }) => tagName === 'html')
  const marked = { ...place, title: titleHeading }
  return {
    title: clean(title),
    author: clean(readNames(linked.author ?? '') ?? readNames(first(authorKeys) ?? '') ?? readByline(marked)),
    publishedOn: readDate(linked.date ?? '') ?? readDate(first(dateKeys) ?? '') ?? readPageDate(marked),
    language:
      clean(html ? (readAttribute(html, 'lang') ?? readAttribute(html, 'xml:lang')) : null) ?? first(languageKeys),
    canonicalUrl: readOwnAddress(elements, meta.get('og.url'), address),
    publisher: clean(siteName === '' ? linked.publisher : siteName),
    titleHeading,
  }
}

/** The address that a page declares as its own, by its canonical link or its metadata. */
function readOwnAddress(
  elements: readonly HtmlElement[],
  named: string | undefined,
  address: string | null,
): string | null {
  const link = elements.find(
    (element) => element.tagName === 'link' && readAttribute(element, 'rel')?.trim().toLowerCase() === 'canonical',
  )
  const base = address ?? undefined
  for (const given of [link && readAttribute(link, 'href'), named]) {
    const written = given?.trim() ?? ''
    if (written === '' || written.length > 2000 || !URL.canParse(written, base)) continue
    const { href, protocol } = new URL(written, base)
    if ((protocol === 'https:' || protocol === 'http:') && href.length <= 2000) return href
  }
  return null
}

function clean(text: string | null): string | null {
  const tidy = (text ?? '').replace(/\s+/gu, ' ').trim().slice(0, 500)
  return tidy === '' ? null : tidy
}

/**
 * The values of `meta` elements by name, with "." in place of ":"; one element may have several names. The first value of each counts, `property`
 * before `name`.
 */
function readMetaTags(elements: readonly HtmlElement[]): Map<string, string> {
  const values = new Map<string, string>()
  const tags = elements.filter(({ tagName }) => tagName === 'meta')
  for (const attribute of ['property', 'name', 'itemprop', 'http-equiv']) {
    for (const element of tags) {
      const value = readAttribute(element, 'content')?.trim()
      if (!value) continue
      for (const name of (readAttribute(element, attribute) ?? '').toLowerCase().slice(0, 200).split(/\s+/)) {
        const key = name.replaceAll(':', '.')
        if (key !== '' && !values.has(key)) values.set(key, value)
      }
    }
  }
  return values
}

interface LinkedFacts {
  /** Headline and name of the first article. */
  titles: string[]
  author: string | null
  date: string | null
  publisher: string | null
}

const articleTypes = /(?:Article|Posting|Report|NewsArticle|WebPage|ScholarlyArticle|CreativeWork|Review|ClaimReview)$/

/** Title, author and date from JSON-LD blocks, articles first. Invalid JSON is skipped. */
function readLinkedData(elements: readonly HtmlElement[]): LinkedFacts {
  const facts: LinkedFacts = { titles: [], author: null, date: null, publisher: null }
  for (const element of elements) {
    if (element.tagName !== 'script' || !/^application\/ld\+json/i.test(readAttribute(element, 'type') ?? '')) continue
    for (const thing of listThings(parseJson(rawText(element)))) {
      const type = [thing['@type']].flat().find((value) => typeof value === 'string')
      if (typeof type !== 'string' || !articleTypes.test(type)) continue
      if (type !== 'WebPage' && facts.titles.length === 0)
        facts.titles = [asText(thing.headline), asText(thing.name)].filter((title) => title !== null)
      facts.author ??= readPerson(thing.author)
      facts.date ??= asText(thing.datePublished)
      facts.publisher ??= readPerson(thing.publisher)
    }
  }
  return facts
}

function rawText(element: HtmlElement): string {
  let text = ''
  walkTree(element, {
    enter(node) {
      if (isText(node)) text += node.value
      return isElement(node)
    },
  })
  return text.slice(0, 500_000)
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text.replace(/^\s*<!\[CDATA\[|\]\]>\s*$/g, ''))
    return value
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

type Thing = Record<string, unknown>

function isThing(value: unknown): value is Thing {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function listThings(value: unknown): Thing[] {
  const top = Array.isArray(value) ? value : [value]
  return top.flatMap((item: unknown) => {
    if (!isThing(item)) return []
    const graph = item['@graph']
    return [item, ...(Array.isArray(graph) ? graph.filter(isThing) : [])]
  })
}

function asText(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

function readPerson(value: unknown): string | null {
  const people = (Array.isArray(value) ? value : [value]).map((item: unknown) =>
    isThing(item) ? asText(item.name) : asText(item),
  )
  const names = people.filter((name) => name !== null && !/^https?:/i.test(name))
  return names.length > 0 ? names.join(', ') : null
}

const htmlNamespace = 'http://www.w3.org/1999/xhtml'

/** A title or heading in the form for comparisons: its words in lower case, without quotation marks and stops. */
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

/** The text of the page's own `title`, not that of a drawing in it. */
function readTitleElement(elements: readonly HtmlElement[]): string {
  const own = elements.find(
    ({ tagName, namespaceURI }) => tagName === 'title' && namespaceURI.toString() === htmlNamespace,
  )
  return own ? oneLine(readText(own, 1000)) : ''
}

/** A part of a longer work, whose title alone does not identify it. */
const numberedPart = /^(?:chapter|part|episode|volume|kapitel|teil|folge|chapitre|partie|capítulo|capitolo)\s\d{1,4}$/iu

/**
 * The title from the page's `title` element. The site's name before or after it is removed when a heading has the rest, or when the form of both
 * parts distinguishes them. Empty without such an element.
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

/** The names that a page gives its article, by where they are found. `linked` is JSON-LD's headline and name. */
interface NamedTitles {
  linked: readonly string[]
  meta: string | null
  siteName: string
}

/**
 * The title of a page. JSON-LD's name wins over its headline if the page itself uses it: encyclopedias put a short description into the headline.
 * Empty when nothing names the page.
 */
function readPageTitle(elements: readonly HtmlElement[], { linked, meta, siteName }: NamedTitles): string {
  const used = [readTitleElement(elements), meta ?? '', ...elements.filter(isHeading).map((one) => readText(one, 500))]
    .map(toWords)
    .filter((words) => words !== '')
  const named = linked.find((title) => used.some((words) => holdsWords(words, toWords(title)))) ?? linked[0]
  return named ?? meta ?? readPlainTitle(elements, toWords(siteName))
}

/**
 * The heading with the page's title, which is in scope even outside the main text. The heading that shares most with a declared title wins; without a
 * title, the only h1 before the main text.
 */
function findTitleHeading(
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

/** The number of characters that a heading shares with a title; 0 when neither contains the other, or when the heading is the site's name. */
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

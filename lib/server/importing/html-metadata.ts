import {
  isElement,
  isText,
  listElements,
  readAttribute,
  readText,
  walkTree,
  type HtmlElement,
  type HtmlNode,
} from './html-tree'
import { readDate } from './read-date'

/** What a page says about itself in its head, JSON-LD, `time` elements and bylines; null for what it does not say. */
export interface PageMetadata {
  title: string | null
  author: string | null
  publishedOn: string | null
  language: string | null
}

const titleKeys = ['og:title', 'citation_title', 'dc.title', 'dcterms.title', 'twitter:title', 'parsely-title']
const authorKeys = [
  'author',
  'citation_author',
  'article:author',
  'dc.creator',
  'dcterms.creator',
  'byl',
  'parsely-author',
  'sailthru.author',
]
const dateKeys = [
  'article:published_time',
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
  'og:published_time',
]
const languageKeys = ['og:locale', 'content-language', 'dc.language']

/** Reads a page's metadata. Values are plain text, never markup; nothing is fetched. */
export function readPageMetadata(document: HtmlNode): PageMetadata {
  const elements = listElements(document)
  const meta = readMetaTags(elements)
  const linked = readLinkedData(elements)
  const first = (keys: readonly string[]) =>
    keys.map((key) => meta.get(key)).find((value) => value !== undefined && value !== '') ?? null
  const html = elements.find(({ tagName }) => tagName === 'html')
  const author = first(authorKeys)
  return {
    title: clean(linked.title ?? first(titleKeys) ?? readTitle(elements)),
    author: clean(linked.author ?? (author && !/^https?:/i.test(author) ? author : null) ?? readByline(elements)),
    publishedOn: readDate(linked.date ?? '') ?? readDate(first(dateKeys) ?? '') ?? readTimeElement(elements),
    language:
      clean(html ? (readAttribute(html, 'lang') ?? readAttribute(html, 'xml:lang')) : null) ?? first(languageKeys),
  }
}

function clean(text: string | null): string | null {
  const tidy = (text ?? '').replace(/\s+/gu, ' ').trim().slice(0, 500)
  return tidy === '' ? null : tidy
}

function readMetaTags(elements: readonly HtmlElement[]): Map<string, string> {
  const values = new Map<string, string>()
  for (const element of elements) {
    if (element.tagName !== 'meta') continue
    const key = (
      readAttribute(element, 'property') ??
      readAttribute(element, 'name') ??
      readAttribute(element, 'itemprop') ??
      readAttribute(element, 'http-equiv') ??
      ''
    ).toLowerCase()
    const value = readAttribute(element, 'content')?.trim()
    if (key !== '' && value && !values.has(key)) values.set(key, value)
  }
  return values
}

/** The page's title without the site's name behind a bar or dash, when a heading of the page has the rest. */
function readTitle(elements: readonly HtmlElement[]): string | null {
  const element = elements.find(({ tagName }) => tagName === 'title')
  const title = clean(element ? readText(element, 1000) : null)
  if (!title) return null
  const headings = new Set(
    elements
      .filter(({ tagName }) => tagName === 'h1' || tagName === 'h2')
      .map((heading) => clean(readText(heading, 500))),
  )
  if (headings.has(title)) return title
  const parts = title.split(/\s[|–—·»:-]\s|\s[|»]\s?/)
  const named = parts.find((part) => headings.has(part.trim()))
  if (named) return named.trim()
  const bar = title.split(/\s[|»]\s/)
  return (bar.length > 1 && (bar[0] ?? '').split(' ').length >= 3 ? bar[0] : title) ?? title
}

function readByline(elements: readonly HtmlElement[]): string | null {
  for (const element of elements) {
    const named = readAttribute(element, 'rel') === 'author' || readAttribute(element, 'itemprop') === 'author'
    const classed = /(?:^|[\s_-])(?:byline|author|p-author)(?:$|[\s_-]|name)/i.test(
      (readAttribute(element, 'class') ?? '').slice(0, 300),
    )
    if (!named && !classed) continue
    const text = clean(readText(element, 300))?.replace(/^(?:written )?(?:by|von|par|por|di)[:\s]+/i, '')
    if (text && text.length >= 3 && text.length <= 100 && /\p{L}/u.test(text)) return text
  }
  return null
}

function readTimeElement(elements: readonly HtmlElement[]): string | null {
  for (const element of elements) {
    if (element.tagName !== 'time') continue
    const date = readDate(readAttribute(element, 'datetime') ?? '') ?? readDate(readText(element, 100))
    if (date) return date
  }
  return null
}

interface LinkedFacts {
  title: string | null
  author: string | null
  date: string | null
}

const articleTypes =
  /(?:Article|BlogPosting|Report|NewsArticle|WebPage|ScholarlyArticle|CreativeWork|Review|ClaimReview)$/

/** Title, author and date from JSON-LD blocks, articles before anything else. Broken JSON is passed over. */
function readLinkedData(elements: readonly HtmlElement[]): LinkedFacts {
  const facts: LinkedFacts = { title: null, author: null, date: null }
  for (const element of elements) {
    if (element.tagName !== 'script' || !/^application\/ld\+json/i.test(readAttribute(element, 'type') ?? '')) continue
    for (const thing of listThings(parseJson(rawText(element)))) {
      const type = [thing['@type']].flat().find((value) => typeof value === 'string')
      if (typeof type !== 'string' || !articleTypes.test(type)) continue
      if (type !== 'WebPage') facts.title ??= asText(thing.headline) ?? asText(thing.name)
      facts.author ??= readPerson(thing.author)
      facts.date ??= asText(thing.datePublished)
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

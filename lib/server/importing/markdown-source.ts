import { readDate } from './read-date'

/** The values of front matter; null for missing ones. */
export interface FrontMatter {
  title: string | null
  author: string | null
  publishedOn: string | null
  language: string | null
}

/**
 * Separates front matter ("key: value" lines at the very start, between "---" and "---" or "...") from the text. Values are read as plain strings.
 */
export function readFrontMatter(source: string): { metadata: FrontMatter; body: string } {
  const none: FrontMatter = { title: null, author: null, publishedOn: null, language: null }
  if (!source.startsWith('---\n')) return { metadata: none, body: source }
  const closing = /\n(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(source.slice(3, 20_010))
  if (!closing) return { metadata: none, body: source }
  const end = 3 + closing.index
  const after = source.slice(end + 4)
  const values = new Map<string, string>()
  let list: { key: string; items: string[] } | null = null
  for (const line of source.slice(4, end).split('\n')) {
    const pair = /^([A-Za-z][\w-]{0,40}):[ \t]*(.*)$/.exec(line)
    const item = /^[ \t]*-[ \t]+(.+)$/.exec(line)?.[1]
    if (pair?.[1]) {
      list = { key: pair[1].toLowerCase(), items: [] }
      values.set(list.key, unquote(pair[2] ?? ''))
    } else if (item && list) {
      list.items.push(unquote(item))
      values.set(list.key, list.items.join(', '))
    }
  }
  if (values.size === 0) return { metadata: none, body: source }
  const first = (...keys: string[]) =>
    keys.map((key) => values.get(key)).find((value) => value !== undefined && value !== '') ?? null
  return {
    metadata: {
      title: first('title'),
      author: first('author', 'authors', 'by'),
      publishedOn: readDate(first('date', 'published', 'pubdate') ?? ''),
      language: first('lang', 'language', 'locale'),
    },
    body: after,
  }
}

function unquote(value: string): string {
  const text = value.trim()
  const list = /^\[(.*)\]$/.exec(text)?.[1]
  if (list !== undefined) return list.split(',').map(unquote).join(', ')
  return /^(["']).*\1$/.test(text) && text.length >= 2 ? text.slice(1, -1) : text
}

/**
 * Cuts Markdown into pieces of about `pieceLength` UTF-16 code units, 16 KB by default, at blank lines before a new top-level block: outside fenced
 * code, before a line that is not indented and does not continue a list or quotation. The pieces joined are the source.
 */
export function cutMarkdown(source: string, pieceLength = 16 * 1024): string[] {
  if (source.length <= pieceLength * 2) return [source]
  const pieces: string[] = []
  let start = 0
  let fence: string | null = null
  let blank = false
  for (let at = 0; at < source.length;) {
    const end = source.indexOf('\n', at)
    const next = end < 0 ? source.length : end + 1
    const line = source.slice(at, Math.min(next, at + 200))
    const mark = /^ {0,3}(```+|~~~+)/.exec(line)?.[1]
    if (blank && fence === null && at - start >= pieceLength && /^[^\s>*+\-\d<|:]/.test(line)) {
      pieces.push(source.slice(start, at))
      start = at
    }
    if (mark) fence = fence === null ? mark : line.trim().startsWith(fence) && line.trim() === mark ? null : fence
    blank = line.trim() === ''
    at = next
  }
  pieces.push(source.slice(start))
  return pieces
}

/** The link and footnote definitions of a whole document, for pieces that use them without containing them. */
export interface Definitions {
  /** Addresses by lower-case identifier. */
  hrefs: ReadonlyMap<string, string>
  /** Definition lines for the references in a piece, to append to it. */
  linesFor(piece: string): string
}

const noteDefinition = /^ {0,3}\[(\^[^\]\n]{1,199})\]:/
const linkDefinition =
  /^ {0,3}\[([^\]\n]{1,200})\]:[ \t]*(<[^<>\n]{0,4000}>|[^\s<]\S{0,3999})(?:[ \t]+(?:"[^"\n]{0,1000}"|'[^'\n]{0,1000}'|\([^()\n]{0,1000}\)))?[ \t]*$/

const heading = /^ {0,3}#{1,6}\s/

/** Lines outside fenced code, each with whether it continues a paragraph. */
function* linesOfText(source: string): Generator<{ line: string; goesOn: boolean }> {
  let fence: string | null = null
  let goesOn = false
  for (const line of source.split('\n')) {
    const mark = /^ {0,3}(```+|~~~+)/.exec(line)?.[1]
    const closes = mark !== undefined && fence !== null && mark.startsWith(fence) && line.trim() === mark
    const isText = mark === undefined && fence === null
    if (isText) yield { line, goesOn }
    goesOn = isText && line.trim() !== '' && !heading.test(line) && (goesOn || readDefinition(line) === null)
    if (closes) fence = null
    else if (mark !== undefined) fence ??= mark
  }
}

/** The definition in a line with nothing but a title after its address; `href` is null for a footnote. Null for any other line. */
function readDefinition(line: string): { name: string; href: string | null } | null {
  const note = noteDefinition.exec(line)?.[1]
  const link = note === undefined ? linkDefinition.exec(line) : null
  const name = (note ?? link?.[1] ?? '').toLowerCase().replace(/\s+/g, ' ')
  return name.trim() === '' ? null : { name, href: link ? (link[2] ?? '').replace(/^<|>$/g, '') : null }
}

/**
 * Finds all definitions ("[name]: address" and "[^name]: text") by line, outside fenced code. Definitions of addresses cannot interrupt a paragraph,
 * so they are not searched there.
 */
export function readDefinitions(source: string): Definitions {
  const hrefs = new Map<string, string>()
  const lines = new Map<string, string>()
  for (const { line, goesOn } of linesOfText(source)) {
    const found = readDefinition(line)
    if (!found || lines.has(found.name) || (goesOn && found.href !== null)) continue
    if (found.href !== null) hrefs.set(found.name, found.href)
    lines.set(found.name, `[${found.name}]: ${found.href === null ? '-' : `<${found.href}>`}`)
  }
  return {
    hrefs,
    linesFor(piece) {
      if (lines.size === 0) return ''
      const used = new Set(
        [...piece.matchAll(/\[([^\][\n]{1,200})\]/g)].map((match) =>
          (match[1] ?? '').toLowerCase().replace(/\s+/g, ' '),
        ),
      )
      return [...used].flatMap((name) => lines.get(name) ?? []).join('\n')
    },
  }
}

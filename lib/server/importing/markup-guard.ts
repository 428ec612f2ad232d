import type { ReadProblem } from './imported-document'

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
 * Looks over HTML source, in one pass, for markup that makes the parsing algorithm of the HTML standard take quadratic time or memory: tags with
 * thousands of attributes, formatting elements left open and opened again in every paragraph, and content of tables outside their cells.
 * Null when the page can be parsed. An estimate: it never refuses well-formed pages.
 */
export function findMarkupProblem(html: string): ReadProblem | null {
  const open: { name: string; tag: string }[] = []
  let reopened = 0
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
    if (!closing) {
      const end = html.indexOf('>', match.index)
      const tag = html.slice(match.index, Math.min(end < 0 ? html.length : end, match.index + 200_000))
      if (tag.length > limits.attributes * 2 && countAttributes(tag) > limits.attributes)
        return tooComplex('one element has too many attributes')
      if (formatting.has(name)) {
        const key = tag.length > 500 ? tag.slice(0, 500) : tag
        if (open.filter((entry) => entry.tag === key).length < 3) open.push({ name, tag: key })
        if (open.length > limits.openFormatting) return tooComplex('too many formatting elements are never closed')
      } else reopened += open.length > 8 ? open.length : 0
    } else if (formatting.has(name)) {
      const at = open.findLastIndex((entry) => entry.name === name)
      if (at >= 0) open.splice(at, 1)
    } else if (cells.has(name)) open.length = Math.min(open.length, 50)
    if (reopened > limits.reopened) return tooComplex('formatting elements are never closed')
  }
  return null
}

function countAttributes(tag: string): number {
  const bare = tag.replace(/"[^"]*"|'[^']*'/g, '" ')
  return bare.match(/[\s/]+/g)?.length ?? 0
}

/**
 * The most steps that Markdown may cost where it is shown or edited. A step takes a parser some 20 µs, so that this is about 50 ms; guidelines of
 * 50,000 characters as people write them stay below it.
 */
export const mostMarkdownWork = 2_500

/** Matches quotations and lists that one line opens, nested deeper than anyone writes. */
const tooNested = /^(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])){40}/
const opener = /^[ \t]*(?:>|[-*+](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$))[ \t]?/
const blockStart =
  /^[ \t]*(?:#{1,6}(?=[ \t]|$)|=+[ \t]*$|-+[ \t]*$|[*_-](?:[ \t]*[*_-]){2}|`{3}|~{3}|<|\[[^\]]{1,80}\]:|\|)/
const underline = /^[ \t]*(?:=+|-+)[ \t]*$/
const hardBreak = /(?: {2}|\\)$/
const inlineSigns = /[*_~]+|`+|[[\]<&|\\!(]|:\/\/|www\.|@/g

interface Line {
  /** How many quotations and lists the line opens. */
  openers: number
  /** How many containers the line opens or continues, judged by its first characters. */
  depth: number
  startsBlock: boolean
  /** Whether the line may turn the lines above into a heading, which makes a parser read them again. */
  isUnderline: boolean
  signs: number
  longestWord: number
}

function readLine(line: string): Line {
  let at = 0
  let openers = 0
  for (let found = opener.exec(line); found !== null && openers < 40; found = opener.exec(line.slice(at))) {
    at += found[0].length
    openers++
  }
  const rest = line.slice(at)
  const indent = /^[ \t]*/.exec(line)?.[0].length ?? 0
  let longestWord = 0
  if (line.length > 500)
    for (const [word] of line.matchAll(/\S{500,}/g)) longestWord = Math.max(longestWord, word.length)
  return {
    openers,
    depth: openers + Math.floor(indent / 4),
    startsBlock: openers > 0 || blockStart.test(rest),
    isUnderline: underline.test(rest),
    signs: (rest.match(inlineSigns)?.length ?? 0) + (hardBreak.test(rest) ? 1 : 0),
    longestWord,
  }
}

/**
 * Estimates from above how many steps parsing a text as GitHub-flavoured Markdown takes, without parsing it and in time proportional to its length
 * (UTF-16). Parsers are quadratic in several shapes: blocks that follow each other without a pause, such as underlined headings; signs that might
 * pair within one paragraph (emphasis, brackets, code, tags, hard breaks); nesting, including lazy continuation lines; and long words that might be
 * addresses. The weights were measured with micromark. `Infinity` where one line opens 40 quotations or lists.
 */
export function markdownWork(source: string): number {
  let blocks = 0
  let signs = 0
  let length = 0
  let work = source.length / 200
  // The depth of the paragraph: a lazy continuation line is tried in every quotation and list around it.
  let open = 0
  const endParagraph = () => {
    work += signs + signs ** 2 / 750 + (signs * length) / 2_000
    signs = 0
    length = 0
    open = 0
  }
  let wasBlank = true
  for (const line of source.split(/\r\n?|\n/)) {
    work += 0.8
    if (/^[ \t]*$/.test(line)) {
      endParagraph()
      wasBlank = true
      continue
    }
    if (tooNested.test(line)) return Infinity
    const read = readLine(line)
    if (read.startsBlock || wasBlank) blocks++
    signs += read.signs
    length += line.length
    open = Math.max(open, read.depth)
    work += open + 1.2 * Math.max(0, read.openers - 1) + (read.isUnderline ? 3 : 0) + read.longestWord ** 2 / 128_000
    wasBlank = false
  }
  endParagraph()
  return work + 2.5 * blocks + blocks ** 2 / 600
}

/** Whether parsing a text as Markdown would cost more than `most` steps of `markdownWork`. Such a text is shown as it is written. */
export function isTangled(source: string, most = mostMarkdownWork): boolean {
  return markdownWork(source) > most
}

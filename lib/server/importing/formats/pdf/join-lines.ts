import { lineText, type LinePart, type PageLine } from './lines'

/** The words of a document, to tell a hyphen that parts a word at the end of a line from one that belongs to it. */
export function collectWords(lines: readonly PageLine[]): ReadonlySet<string> {
  const words = new Set<string>()
  for (const line of lines) {
    const text = lineText(line)
    for (const [word] of text.replace(/\S+[-\u2010]$/u, '').matchAll(/[\p{L}\p{M}]+(?:[-\u2010][\p{L}\p{M}]+)*/gu))
      words.add(word.toLowerCase())
  }
  return words
}

/**
 * The parts of a passage's lines, each line by itself, as they follow one another. Lines are joined by a space, none between scripts that write none. A hyphen at the end of a line goes when the
 * document has the whole word elsewhere, or has neither that nor the word with its hyphen; a soft hyphen always goes.
 */
export function joinByLine(lines: readonly PageLine[], words: ReadonlySet<string>): LinePart[][] {
  const flat = lines.map(flatten)
  // Each end is looked at before the lines are put together: looking at what was put together so far would take quadratic time.
  flat.forEach((parts, at) => {
    const [first] = parts
    const last = flat[at - 1]?.at(-1)
    if (first && last && !last.isRaised) first.text = joinWords(last, first.text, words)
    else if (first && last) first.text = ` ${first.text}`
  })
  return flat
}

/** The parts of lines as by `joinByLine`, in one run. */
export function joinParts(flat: readonly (readonly LinePart[])[]): LinePart[] {
  const joined: LinePart[] = []
  for (const { text, isRaised } of flat.flat()) {
    const last = joined.at(-1)
    if (last?.isRaised === isRaised) last.text += text
    else joined.push({ text, isRaised })
  }
  return joined
}

/** The parts of a line and its cells, which a tab parts. */
function flatten(line: PageLine): LinePart[] {
  const own = line.parts.map((part) => ({ ...part }))
  return line.cells.reduce((parts, cell) => [...parts, { text: '\t', isRaised: false }, ...flatten(cell)], own)
}

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\u3000-\u303f\uff00-\uffef]/u

/** Ends `last` so that `next` can follow it, and gives `next` as it is to follow. */
function joinWords(last: LinePart, next: string, words: ReadonlySet<string>): string {
  const end = last.text.trimEnd()
  const start = next.trimStart()
  last.text = end
  if (end.endsWith('\u00ad')) {
    last.text = end.slice(0, -1)
    return start
  }
  const head = /([\p{L}\p{M}]+(?:[-\u2010][\p{L}\p{M}]+)*)[-\u2010]$/u.exec(end)?.[1]
  const tail = /^[\p{L}\p{M}]+/u.exec(start)?.[0]
  if (head !== undefined && tail !== undefined) {
    if (!keepsHyphen(head, tail, words)) last.text = end.slice(0, -1)
    return start
  }
  return unspaced.test(end.slice(-1)) && unspaced.test(start.charAt(0)) ? start : ` ${start}`
}

/** Words that are written with a hyphen before another word more often than they are the first part of one. */
const hyphenated = /^(?:well|self|ex|half|non|co)$/

function keepsHyphen(first: string, second: string, words: ReadonlySet<string>): boolean {
  const head = first.toLowerCase()
  const tail = second.toLowerCase()
  if (words.has(head + tail)) return false
  if (words.has(`${head}-${tail}`) || words.has(`${head}\u2010${tail}`) || !/^\p{Ll}/u.test(second)) return true
  const areWords = head.length >= 4 && tail.length >= 4 && words.has(head) && words.has(tail)
  return head.includes('-') || areWords || hyphenated.test(head)
}

import type { OutOfScopeReason } from '../model'
import { endsLikeSentence, isSlugCase, readWords, titleCaseShare } from './line-shape'
import { readListMarker, type PlainLine } from './lines'

/** A run of neighbouring list items, half-open. */
interface ItemRun {
  from: number
  to: number
}

function findItemRuns(lines: readonly PlainLine[]): ItemRun[] {
  const runs: ItemRun[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const from = at
    while (at < lines.length && lines[at] && !lines[at]?.fixed && readListMarker(lines[at]?.text ?? '')) at += 1
    if (at - from >= 2) runs.push({ from, to: at })
  }
  return runs
}

const itemText = (line: PlainLine) => line.text.slice(readListMarker(line.text)?.length ?? 0)
const isLong = (word: string) => word.length >= 4

/**
 * Marks lists of links to other pages: at least three items (two behind another such list), each a title and not a sentence, standing in the article
 * without an introduction (a heading or a line ending in a colon), and either about something else (their words hardly occur in the rest) or
 * written like titles made from addresses ("Find Out The Latest"). A list of facts has small words, figures or an introduction and stays.
 */
export function markLinkLists(
  lines: readonly PlainLine[],
  scopes: (OutOfScopeReason | null)[],
  isHeading: (at: number) => boolean,
): void {
  const runs = findItemRuns(lines).filter(({ from }) => scopes[from] === null)
  if (runs.length === 0) return
  const vocabulary = new Set<string>()
  lines.forEach((line) => {
    if (!readListMarker(line.text)) for (const word of readWords(line.text)) vocabulary.add(word.toLowerCase())
  })
  for (const run of runs) {
    const items = lines.slice(run.from, run.to).map(itemText)
    const before = lines[run.from - 1]
    const introduced = before !== undefined && (isHeading(run.from - 1) || /[:：]$/.test(before.text))
    if (introduced || run.from === 0 || items.length < 3) continue
    if (looksLikeLinks(items, vocabulary, run.from / lines.length))
      for (let at = run.from; at < run.to; at += 1) scopes[at] = 'link-list'
  }
}

function looksLikeLinks(items: readonly string[], vocabulary: ReadonlySet<string>, place: number): boolean {
  const addresses = items.filter((item) => /^(?:https?:\/\/|www\.)\S+$/.test(item)).length
  if (addresses === items.length) return place > 0.5
  const counts = items.map((item) => readWords(item).length)
  const average = counts.reduce((sum, count) => sum + count, 0) / items.length
  if (average < 2 || average > 14 || items.some((item) => endsLikeSentence(item) && !item.endsWith('?'))) return false
  const titled = items.filter((item) => titleCaseShare(item) >= 0.8).length / items.length
  if (titled < 0.8) return false
  if (items.filter(isSlugCase).length >= Math.max(2, items.length * 0.4)) return true
  const words = items.flatMap(readWords).filter(isLong)
  const foreign = words.filter((word) => !vocabulary.has(word.toLowerCase())).length
  return words.length > 0 && average >= 2.5 && foreign / words.length >= 0.6 && place > 0.5
}

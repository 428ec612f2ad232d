import type { TextRange } from '../ranges/text-range'
import { heaviestIncreasing } from './increasing'
import type { AlignedTexts } from './likeness'
import { firstTokenFrom, type TokenSequence } from './tokens'
import { unspacedPieces } from '../text/words'

/** A piece of two aligned texts; `removed` is in the text before only, `added` in the text after only. No piece is empty. */
export interface DiffPart {
  kind: 'equal' | 'removed' | 'added'
  text: string
}

/** The longest stretch of equal words between two edits that is shown as part of the edit, in UTF-16 code units: "the", "of a". */
const longestIsland = 12

/** The words at one place before and after; the same on both sides where they are equal. */
interface Edit {
  removed: string
  added: string
  /** Stored, because comparing growing texts after every word would cost their length each time. */
  isEqual: boolean
}

/**
 * Compares a stretch of one text with a stretch of the other by the alignment of their words. Edits begin and end at the borders of words. Equal
 * words too few to help reading ("the") are joined with the edits around them.
 */
export function diffStretch(texts: AlignedTexts, range: TextRange, place: TextRange): DiffPart[] {
  const before = texts.before.text.slice(range.start, range.end)
  const after = texts.after.text.slice(place.start, place.end)
  if (before === after) return before === '' ? [] : [{ kind: 'equal', text: before }]
  return toParts(joinIslands(editsOf(texts, range, place)))
}

/** Alternates equal words and the text between them. */
function editsOf(texts: AlignedTexts, range: TextRange, place: TextRange): Edit[] {
  const { before, after } = texts
  const edits: Edit[] = []
  let [end, endAfter] = [range.start, place.start]
  const addBetween = (start: number, startAfter: number) => {
    edits.push(...cutWhiteSpace(before.text.slice(end, start), after.text.slice(endAfter, startAfter)))
  }
  for (const [token, partner] of equalTokens(texts, range, place)) {
    addBetween(before.starts[token] ?? 0, after.starts[partner] ?? 0)
    end = before.ends[token] ?? 0
    endAfter = after.ends[partner] ?? 0
    const word = before.text.slice(before.starts[token] ?? 0, end)
    edits.push({ removed: word, added: word, isEqual: true })
  }
  addBetween(range.end, place.end)
  return edits
}

/** The tokens that are equal letter for letter and in one order, as pairs of indices. */
function equalTokens({ before, after, to }: AlignedTexts, range: TextRange, place: TextRange): [number, number][] {
  const tokens: number[] = []
  const partners: number[] = []
  const last = firstTokenFrom(before, range.end)
  for (let at = firstTokenFrom(before, range.start); at < last; at += 1) {
    const partner = to[at] ?? -1
    if (partner === -1 || (before.ends[at] ?? 0) > range.end) continue
    const [start, end] = [after.starts[partner] ?? 0, after.ends[partner] ?? 0]
    if (start < place.start || end > place.end) continue
    if (before.text.slice(before.starts[at], before.ends[at]) !== after.text.slice(start, end)) continue
    tokens.push(at)
    partners.push(partner)
  }
  const chosen = heaviestIncreasing(
    partners,
    partners.map(() => 1),
  )
  return wholeWords(
    { sequence: before, stretch: range },
    { sequence: after, stretch: place },
    chosen.map((at) => [tokens[at] ?? 0, partners[at] ?? 0]),
  )
}

/** White space that both sides begin or end with stays out of the edit. */
function cutWhiteSpace(removed: string, added: string): Edit[] {
  if (removed === added) return removed === '' ? [] : [{ removed, added, isEqual: true }]
  const most = Math.min(removed.length, added.length)
  let head = 0
  while (head < most && removed[head] === added[head] && /\s/.test(removed[head] ?? '')) head += 1
  let tail = 0
  while (tail < most - head && removed.at(-1 - tail) === added.at(-1 - tail) && /\s/.test(removed.at(-1 - tail) ?? ''))
    tail += 1
  const pieces: [string, string][] = [
    [removed.slice(0, head), added.slice(0, head)],
    [removed.slice(head, removed.length - tail), added.slice(head, added.length - tail)],
    [removed.slice(removed.length - tail), added.slice(added.length - tail)],
  ]
  return pieces.map(([one, other]) => ({ removed: one, added: other, isEqual: one === other }))
}

/** Merges neighbours of one kind, and takes short equal stretches into the larger replacements on both sides. */
function joinIslands(edits: readonly Edit[]): Edit[] {
  const runs = mergeAlike(edits)
  const joined: Edit[] = []
  runs.forEach((run, at) => {
    const [previous, next] = [joined.at(-1), runs[at + 1]]
    const isIsland =
      run.isEqual &&
      previous !== undefined &&
      next !== undefined &&
      !previous.isEqual &&
      run.removed.length <= longestIsland &&
      weighs(previous, run) &&
      weighs(next, run)
    if (isIsland || (previous !== undefined && !previous.isEqual && !run.isEqual)) {
      previous.removed += run.removed
      previous.added += run.added
    } else joined.push({ ...run })
  })
  return joined
}

/** Whether an edit is so large a replacement that equal words as short as these beside it only disturb reading. */
function weighs({ removed, added }: Edit, { removed: island }: Edit): boolean {
  const least = island.trim().length
  // Checks the length first, so that a long text is not trimmed again for each island that it takes in.
  const isLonger = (text: string) => text.length > 8 * longestIsland || text.trim().length > least
  return isLonger(removed) && isLonger(added)
}

function mergeAlike(edits: readonly Edit[]): Edit[] {
  const merged: Edit[] = []
  for (const edit of edits) {
    if (edit.removed === '' && edit.added === '') continue
    const last = merged.at(-1)
    if (last?.isEqual === edit.isEqual) {
      last.removed += edit.removed
      last.added += edit.added
    } else merged.push({ ...edit })
  }
  return merged
}

function toParts(edits: readonly Edit[]): DiffPart[] {
  return edits.flatMap((edit): DiffPart[] => {
    if (edit.isEqual) return [{ kind: 'equal', text: edit.removed }]
    const parts: DiffPart[] = []
    if (edit.removed !== '') parts.push({ kind: 'removed', text: edit.removed })
    if (edit.added !== '') parts.push({ kind: 'added', text: edit.added })
    return parts
  })
}

/** A stretch of a text, as a range of offsets. */
interface Stretch {
  sequence: TokenSequence
  stretch: TextRange
}

/** A word without spaces around it, and how many of its tokens are still unpaired. */
interface Word {
  unpaired: number
}

/** Each pass may leave half of a word paired, which the next one separates; after this many passes the rest may stay. */
const mostPasses = 4

/**
 * The pairs of equal tokens without those in words of which another part has no pair. In scripts without spaces each letter is a token, and a reader
 * wants to see the whole edited word. For display only, because it depends on a dictionary.
 */
function wholeWords(before: Stretch, after: Stretch, pairs: [number, number][]): [number, number][] {
  const words = wordsOf(before)
  const wordsAfter = wordsOf(after)
  if (words.size === 0 && wordsAfter.size === 0) return pairs
  for (const [token, partner] of pairs) {
    countPaired(words.get(token), -1)
    countPaired(wordsAfter.get(partner), -1)
  }
  let kept = pairs
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const isBroken = ([token, partner]: [number, number]) =>
      (words.get(token)?.unpaired ?? 0) > 0 || (wordsAfter.get(partner)?.unpaired ?? 0) > 0
    const broken = kept.filter(isBroken)
    if (broken.length === 0) break
    kept = kept.filter((pair) => !isBroken(pair))
    for (const [token, partner] of broken) {
      countPaired(words.get(token), 1)
      countPaired(wordsAfter.get(partner), 1)
    }
  }
  return kept
}

function countPaired(word: Word | undefined, change: number): void {
  if (word !== undefined) word.unpaired += change
}

/** The word of each token that belongs to a word of several letters. */
function wordsOf({ sequence, stretch }: Stretch): Map<number, Word> {
  const words = new Map<number, Word>()
  const text = sequence.text.slice(stretch.start, stretch.end)
  let token = firstTokenFrom(sequence, stretch.start)
  for (const { start, end } of unspacedPieces(text)) {
    while ((sequence.starts[token] ?? Infinity) < stretch.start + start) token += 1
    const word = { unpaired: 0 }
    for (; (sequence.starts[token] ?? Infinity) < stretch.start + end; token += 1) {
      word.unpaired += 1
      words.set(token, word)
    }
  }
  return words
}

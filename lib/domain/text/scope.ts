/** Decides what counts and what does not. Imported by browser code: no dependency but types. */
import type { OutOfScopeReason } from './model'
import type { TextIndex } from './text-index'

/** A stretch of the text that does not count, in UTF-16 code units of the canonical text, half-open. */
export interface OutOfScopeRange {
  start: number
  end: number
  reason: OutOfScopeReason
}

/** A stretch found at import: neighbouring top-level blocks with the same reason. Block numbers are inclusive. */
export interface ScopeRegion extends OutOfScopeRange {
  firstBlock: number
  lastBlock: number
}

/** A person's decision about a stretch of the text; `reason` is used when it goes out of scope. */
export interface ScopeChange {
  start: number
  end: number
  inScope: boolean
  reason?: OutOfScopeReason | null | undefined
}

/** Why a part of the text does not count, in words. */
export const scopeNames: Record<OutOfScopeReason, string> = {
  'table-of-contents': 'Table of contents',
  'link-list': 'List of links',
  'comment-form': 'Comment form',
  comments: 'Readers’ comments',
  'reference-list': 'List of references',
  navigation: 'Navigation',
  boilerplate: 'Not part of the article',
}

/** The out-of-scope parts recognised at import, in order. Blocks without text between two parts of one reason do not divide them. */
export function scopeRegions(index: TextIndex): ScopeRegion[] {
  const regions: ScopeRegion[] = []
  let before: OutOfScopeReason | null = null
  for (const block of index.blocks) {
    const last = regions.at(-1)
    if (last && block.scope !== null && block.scope === before) {
      last.end = block.end
      last.lastBlock = block.topIndex
    } else if (block.scope !== null) {
      regions.push({
        start: block.start,
        end: block.end,
        reason: block.scope,
        firstBlock: block.topIndex,
        lastBlock: block.topIndex,
      })
    }
    before = block.scope
  }
  return regions
}

/**
 * The out-of-scope ranges after people's changes, applied in the order given: a later change wins where two overlap. Returns sorted, disjoint,
 * non-empty ranges; empty or inverted changes do nothing. A change without a reason takes `boilerplate`.
 */
export function applyScopeChanges(
  regions: readonly OutOfScopeRange[],
  changes: readonly ScopeChange[],
): OutOfScopeRange[] {
  let ranges = regions.filter(({ start, end }) => start < end).map(({ start, end, reason }) => ({ start, end, reason }))
  for (const change of changes) {
    if (change.start >= change.end) continue
    const kept: OutOfScopeRange[] = []
    for (const range of ranges) {
      if (range.end <= change.start || range.start >= change.end) {
        kept.push(range)
        continue
      }
      if (range.start < change.start) kept.push({ ...range, end: change.start })
      if (range.end > change.end) kept.push({ ...range, start: change.end })
    }
    if (!change.inScope) kept.push({ start: change.start, end: change.end, reason: change.reason ?? 'boilerplate' })
    ranges = kept.sort((a, b) => a.start - b.start)
  }
  return ranges
}

/**
 * The sentences that need a decision: of kind `sentence` and not wholly covered by out-of-scope ranges (a sentence partly
 * outside still counts). Both lists must be sorted and disjoint. O(sentences + ranges).
 */
export function checkableSentences<S extends { start: number; end: number; kind: string }>(
  sentences: readonly S[],
  outOfScope: readonly { start: number; end: number }[],
): S[] {
  let next = 0
  return sentences.filter((sentence) => {
    while ((outOfScope[next]?.end ?? Infinity) <= sentence.start) next += 1
    if (sentence.kind !== 'sentence') return false
    let covered = sentence.start
    for (let at = next; covered < sentence.end; at += 1) {
      const range = outOfScope[at]
      if (!range || range.start > covered) return true
      covered = range.end
    }
    return false
  })
}

/** Parts of the text out of scope: the blocks that they hide, and the bar with the button that shows them. */
import type { TextIndex } from '@/lib/domain/text/text-index'
import { escapeText } from './document/markup'
import type { FoldedRange } from './types'

/** The class of the bar above a folded part. */
export const foldClass = 'reader-fold'

/** A fold as whole top-level blocks, `first` to `last` inclusive. */
export interface Fold {
  key: string
  label: string
  first: number
  last: number
  start: number
  end: number
}

/**
 * Finds the top-level blocks that each range covers. A block is covered when all its text is inside; a block without text is covered when it is
 * between two covered ones. A range that covers no whole block gives no fold; overlaps go to the first range.
 */
export function planFolds(index: TextIndex, folded: readonly FoldedRange[]): Fold[] {
  const extents: { top: number; start: number; end: number }[] = []
  for (const block of index.blocks) {
    const last = extents.at(-1)
    if (last?.top === block.topIndex) last.end = block.end
    else extents.push({ top: block.topIndex, start: block.start, end: block.end })
  }
  const folds: Fold[] = []
  let next = 0
  for (const range of [...folded].sort((a, b) => a.start - b.start)) {
    while ((extents[next]?.start ?? Infinity) < range.start) next += 1
    const from = next
    while ((extents[next]?.end ?? Infinity) <= range.end) next += 1
    const first = extents[from]
    const last = extents[next - 1]
    if (next === from || first === undefined || last === undefined) continue
    folds.push({
      key: `${String(first.start)}-${String(last.end)}`,
      label: range.label,
      first: first.top,
      last: last.top,
      start: first.start,
      end: last.end,
    })
  }
  return folds
}

/** The bar above a folded part: one button that names the hidden part. */
export function writeFoldBar(fold: Fold, open: boolean): string {
  const label = escapeText(fold.label)
  return (
    `<div class="${foldClass}" contenteditable="false" data-fold="${fold.key}"><button type="button" aria-expanded="${String(open)}">` +
    `<span class="reader-fold-label" dir="auto">${label}</span> <span class="reader-fold-action">${open ? 'Hide' : 'Show'}</span></button></div>`
  )
}

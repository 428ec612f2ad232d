/** Parts of the text that do not count: which blocks they hide, and the bar with the button that shows them. */
import type { TextIndex } from '@/lib/domain/text/text-index'
import { escapeText } from './html'
import type { FoldedRange } from './types'

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
 * Which top-level blocks each range covers. A block counts as covered when all its text is inside; blocks without text
 * are covered when they stand between two covered ones. A range that covers no whole block gives no fold; overlaps go to the first.
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

/** The bar above a folded part: one button that says what is under it. */
export function writeFoldBar(fold: Fold, open: boolean): string {
  const label = escapeText(fold.label)
  return (
    `<div class="reader-fold" data-fold="${fold.key}"><button type="button" aria-expanded="${String(open)}">` +
    `<span class="reader-fold-label" dir="auto">${label}</span> <span class="reader-fold-action">${open ? 'Hide' : 'Show'}</span></button></div>`
  )
}

/** Makes the page agree with the folds: bars in place, folded blocks hidden, everything else shown. Touches only what differs. */
export function applyFolds(input: {
  root: HTMLElement
  tops: readonly HTMLElement[]
  folds: readonly Fold[]
  open: ReadonlySet<string>
}): void {
  const { root, tops, folds, open } = input
  const wanted = new Map(folds.map((fold) => [fold.key, fold]))
  for (const bar of root.querySelectorAll<HTMLElement>('.reader-fold')) {
    const fold = wanted.get(bar.dataset.fold ?? '')
    const inPlace = fold !== undefined && bar.nextElementSibling === tops[fold.first]
    if (!inPlace) bar.remove()
    else {
      setBar(bar, fold, open.has(fold.key))
      wanted.delete(fold.key)
    }
  }
  for (const fold of wanted.values())
    tops[fold.first]?.insertAdjacentHTML('beforebegin', writeFoldBar(fold, open.has(fold.key)))
  const hidden = new Set<HTMLElement>()
  for (const fold of folds) {
    if (open.has(fold.key)) continue
    for (const top of tops.slice(fold.first, fold.last + 1)) hidden.add(top)
  }
  for (const top of tops) {
    if (hidden.has(top)) {
      if (!top.hasAttribute('hidden')) top.setAttribute('hidden', 'until-found')
    } else if (top.hasAttribute('hidden')) top.removeAttribute('hidden')
  }
}

function setBar(bar: HTMLElement, fold: Fold, open: boolean): void {
  const button = bar.querySelector('button')
  if (button === null || button.getAttribute('aria-expanded') === String(open)) {
    const label = bar.querySelector('.reader-fold-label')
    if (label !== null && label.textContent !== fold.label) label.textContent = fold.label
    return
  }
  button.setAttribute('aria-expanded', String(open))
  const action = bar.querySelector('.reader-fold-action')
  if (action !== null) action.textContent = open ? 'Hide' : 'Show'
}

/** The reader's annotations, kept in an index and cut into disjoint pieces, each with the name of its highlight. */
import type { Rating } from '@/lib/domain/annotations/rating'
import { ratingHighlight, secondHighlight, type Depth } from './highlight-names'
import type { ReaderAnnotation, TextRange } from '../types'
import { IntervalIndex, compareShortestFirst, cutIntoPieces } from '@/lib/domain/ranges/overlapping-ranges'

/**
 * The reader's annotations in an index that is updated by what changed. They are compared by identity: a changed annotation is another object. Ids
 * are unique in a list.
 */
export class MarkStore {
  private list: readonly ReaderAnnotation[] = []
  private index = new IntervalIndex<ReaderAnnotation>()

  /**
   * Takes the new list. When it shares most objects with the one before, this costs a walk over the list and a few index operations.
   * @returns the smallest range that holds every change, or null when nothing changed
   */
  update(next: readonly ReaderAnnotation[]): TextRange | null {
    const before = this.list
    this.list = next
    let from = 0
    while (from < before.length && from < next.length && before[from] === next[from]) from += 1
    let keptAtEnd = 0
    while (
      keptAtEnd < Math.min(before.length, next.length) - from &&
      before[before.length - 1 - keptAtEnd] === next[next.length - 1 - keptAtEnd]
    )
      keptAtEnd += 1
    const gone = before.slice(from, before.length - keptAtEnd)
    const come = next.slice(from, next.length - keptAtEnd)
    if (gone.length === 0 && come.length === 0) return null
    if (gone.length + come.length > 64 && come.length * 2 > next.length) {
      this.index = new IntervalIndex(next)
      return { start: 0, end: Infinity }
    }
    return this.apply(gone, come)
  }

  /** Whether there are no marks at all. */
  get isEmpty(): boolean {
    return this.list.length === 0
  }

  /** The marks that touch a range, in no particular order. */
  overlapping(range: TextRange): ReaderAnnotation[] {
    return this.index.overlapping(range.start, range.end)
  }

  /** The marks over the code unit at an offset, topmost first. */
  at(offset: number): ReaderAnnotation[] {
    return this.index.at(offset).sort(compareMarks)
  }

  /** The mark with an id. Walks over the list, which is cheap enough for the open mark, once a change. */
  get(id: string): ReaderAnnotation | null {
    return this.list.find((mark) => mark.id === id) ?? null
  }

  private apply(gone: readonly ReaderAnnotation[], come: readonly ReaderAnnotation[]): TextRange | null {
    const before = new Set(gone)
    const after = new Set(come)
    const changed: TextRange = { start: Infinity, end: -Infinity }
    const touch = (mark: ReaderAnnotation) => {
      changed.start = Math.min(changed.start, mark.start)
      changed.end = Math.max(changed.end, mark.end)
    }
    for (const mark of gone) {
      if (after.has(mark)) continue
      this.index.remove(mark)
      touch(mark)
    }
    for (const mark of come) {
      if (before.has(mark)) continue
      this.index.insert(mark)
      touch(mark)
    }
    return changed.start <= changed.end ? changed : null
  }
}

/** A range of text drawn with one highlight. */
export interface DrawnPiece extends TextRange {
  name: string
}

/** Whether the piece is the second line of overlapping marks. */
export function isSecond({ name }: DrawnPiece): boolean {
  return name.endsWith('-second')
}

/** Sorts own marks over others' marks, and shorter ones over longer ones. */
export function compareMarks(a: ReaderAnnotation, b: ReaderAnnotation): number {
  if (a.own !== b.own) return a.own ? -1 : 1
  return compareShortestFirst(a, b)
}

const bySeverity: readonly Rating[] = ['contradicted', 'unsourced', 'sourced', 'not_checkable']
const severityOf: Readonly<Record<Rating, number>> = { contradicted: 0, unsourced: 1, sourced: 2, not_checkable: 3 }

/**
 * Cuts `marks` inside `window` into pieces. The topmost mark gives the background and the line; more marks darken the background. Where a mark of
 * another rating is beneath, a second piece draws its line below the first. Neighbours that look the same are joined, so the browser keeps fewer
 * pieces and the line has no seam.
 */
export function drawMarks(marks: readonly ReaderAnnotation[], window: TextRange): DrawnPiece[] {
  const drawn: DrawnPiece[] = []
  let first: DrawnPiece | null = null
  let second: DrawnPiece | null = null
  const draw = (piece: DrawnPiece, before: DrawnPiece | null) => {
    if (before?.name === piece.name && before.end === piece.start) {
      before.end = piece.end
      return before
    }
    drawn.push(piece)
    return piece
  }
  cutIntoPieces({ spans: marks, start: window.start, end: window.end, compare: compareMarks }, (start, end, spans) => {
    const [top] = spans
    if (top === undefined) return
    first = draw(
      { name: ratingHighlight(top.rating, top.own ? 'own' : 'other', depthOf(spans.length)), start, end },
      first,
    )
    const beneath = spans.length === 1 ? null : findBeneath(spans, top.rating)
    if (beneath !== null) second = draw({ name: secondHighlight(beneath), start, end }, second)
  })
  return drawn
}

/** Removes `range` from the pieces: those that reach into it are cut, all others stay the same objects. */
export function cutOut(pieces: readonly DrawnPiece[], range: TextRange): DrawnPiece[] {
  const kept: DrawnPiece[] = []
  for (const piece of pieces) {
    if (piece.end <= range.start || piece.start >= range.end) {
      kept.push(piece)
      continue
    }
    if (piece.start < range.start) kept.push({ ...piece, end: range.start })
    if (piece.end > range.end) kept.push({ ...piece, start: range.end })
  }
  return kept
}

function findBeneath(spans: readonly ReaderAnnotation[], rating: Rating): Rating | null {
  let worst = bySeverity.length
  for (const span of spans)
    if (span.rating !== rating && severityOf[span.rating] < worst) worst = severityOf[span.rating]
  return bySeverity[worst] ?? null
}

function depthOf(count: number): Depth {
  return count >= 3 ? 3 : count === 2 ? 2 : 1
}

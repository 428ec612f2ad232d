/** From annotations to what is drawn: disjoint pieces, each with the name of one highlight. */
import type { Rating } from '@/lib/domain/annotations/rating'
import { compareShortestFirst, cutIntoPieces } from '@/lib/domain/ranges/pieces'
import { ratingHighlight, secondHighlight, type Depth } from './highlight-names'
import type { ReaderAnnotation, TextRange } from '../types'

/** A stretch of text to be drawn with one highlight. */
export interface DrawnPiece extends TextRange {
  name: string
}

/** Whether a piece is the second line of overlapping marks. */
export function isSecond({ name }: DrawnPiece): boolean {
  return name.endsWith('-second')
}

/** Own marks lie over others' marks, shorter ones over longer ones. */
export function compareMarks(a: ReaderAnnotation, b: ReaderAnnotation): number {
  if (a.own !== b.own) return a.own ? -1 : 1
  return compareShortestFirst(a, b)
}

const bySeverity: readonly Rating[] = ['contradicted', 'unsourced', 'sourced', 'not_checkable']
const severityOf: Readonly<Record<Rating, number>> = { contradicted: 0, unsourced: 1, sourced: 2, not_checkable: 3 }

/**
 * The pieces that show `marks` inside `window`. The topmost mark gives ground and line, the depth darkens the ground, and
 * where a mark of another rating lies beneath, a second piece draws that rating's line below the first. Neighbours that look
 * the same become one piece: fewer for the browser to keep, and no seam in the line.
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

/** Pieces without what stands inside `range`: those that reach into it are cut, all others stay the same objects. */
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

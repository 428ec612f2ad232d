/** From annotations to what is drawn: disjoint pieces, each with the name of one highlight. */
import type { Rating } from '@/lib/domain/annotations/rating'
import { compareShortestFirst, cutIntoPieces } from '@/lib/domain/anchoring/pieces'
import { ratingHighlight, secondHighlight, type Depth } from './highlight-names'
import type { ReaderAnnotation, TextRange } from './types'

/** A stretch of text to be drawn with one highlight. */
export interface DrawnPiece extends TextRange {
  name: string
}

/** Own marks lie over others' marks, shorter ones over longer ones. */
export function compareMarks(a: ReaderAnnotation, b: ReaderAnnotation): number {
  return Number(b.own) - Number(a.own) || compareShortestFirst(a, b)
}

const bySeverity: readonly Rating[] = ['contradicted', 'unsourced', 'sourced', 'not_checkable']

/**
 * The pieces that show `marks` inside `window`. The topmost mark gives ground and line, the depth darkens the ground, and
 * where a mark of another rating lies beneath, a second piece draws that rating's line above the words.
 */
export function drawMarks(marks: readonly ReaderAnnotation[], window: TextRange): DrawnPiece[] {
  const drawn: DrawnPiece[] = []
  for (const { start, end, spans } of cutIntoPieces({ spans: marks, start: window.start, end: window.end, compare: compareMarks })) {
    const top = spans[0]
    if (top === undefined) continue
    drawn.push({ name: ratingHighlight(top.rating, top.own ? 'own' : 'other', depthOf(spans.length)), start, end })
    if (spans.length === 1) continue
    const second = bySeverity.find((rating) => rating !== top.rating && spans.some((span) => span.rating === rating))
    if (second !== undefined) drawn.push({ name: secondHighlight(second), start, end })
  }
  return drawn
}

function depthOf(count: number): Depth {
  return count >= 3 ? 3 : count === 2 ? 2 : 1
}

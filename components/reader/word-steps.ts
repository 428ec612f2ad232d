/** Moving the ends of a span word by word, in any script. */
import type { TextRange } from './types'

/** Which end of the span moves, and which way in reading order. */
export interface WordStep {
  edge: 'start' | 'end'
  forward: boolean
}

export interface WordStepInput {
  text: string
  span: TextRange
  step: WordStep
  language: string
  /** Places where the end may also stop, in order: the ends of sentences, so that a full stop can be taken in again. */
  stops: readonly number[]
}

/** How far a step looks, in UTF-16 code units: longer than any word that a person would step over. */
const reach = 1200

function segmenterFor(language: string): Intl.Segmenter {
  try {
    return new Intl.Segmenter(language, { granularity: 'word' })
  } catch (error) {
    if (error instanceof RangeError) return new Intl.Segmenter('und', { granularity: 'word' })
    throw error
  }
}

/** The span after one step, or null when there is no further word or the span would become empty. */
export function stepByWord({ text, span, step, language, stops }: WordStepInput): TextRange | null {
  const at = step.edge === 'start' ? span.start : span.end
  const from = Math.max(0, wordBreakBefore(text, at - reach))
  const window = text.slice(from, at + reach)
  const places = step.edge === 'end' ? stops.filter((stop) => stop > from && stop <= from + window.length) : []
  for (const segment of segmenterFor(language).segment(window)) {
    if (segment.isWordLike !== true) continue
    places.push(from + segment.index + (step.edge === 'end' ? segment.segment.length : 0))
  }
  const ahead = places.filter((place) => (step.forward ? place > at : place < at))
  if (ahead.length === 0) return null
  const place = step.forward ? Math.min(...ahead) : Math.max(...ahead)
  const moved = step.edge === 'start' ? { start: place, end: span.end } : { start: span.start, end: place }
  return moved.start < moved.end ? moved : null
}

/** A white-space place at or before `offset`, so that no word is cut in two where the window begins. */
function wordBreakBefore(text: string, offset: number): number {
  const least = Math.max(0, offset - 200)
  for (let at = offset; at > least; at--) if (/\s/.test(text.charAt(at))) return at
  return least
}

/** The end of the word that holds an offset, or of the nearest one: its beginning for the start of a span, its end for the end. */
export function snapToWord({
  text,
  offset,
  edge,
  language,
}: {
  text: string
  offset: number
  edge: 'start' | 'end'
  language: string
}): number {
  const from = Math.max(0, wordBreakBefore(text, offset - 1))
  let nearest = offset
  let least = Infinity
  for (const { index, segment, isWordLike } of segmenterFor(language).segment(text.slice(from, offset + reach))) {
    if (isWordLike !== true) continue
    const start = from + index
    const end = start + segment.length
    const place = edge === 'start' ? start : end
    if (offset >= start && offset <= end) return place
    const distance = Math.min(Math.abs(start - offset), Math.abs(end - offset))
    if (distance < least) [nearest, least] = [place, distance]
    if (start > offset) break
  }
  return nearest
}

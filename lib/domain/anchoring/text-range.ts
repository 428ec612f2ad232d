/** A half-open range `[start, end)` of the canonical text, in UTF-16 code units. */
export interface TextRange {
  start: number
  end: number
}

import type { TextRange } from '@/lib/domain/ranges/text-range'

/** How much is segmented at a time, in UTF-16 code units: some runtimes copy the whole input into every segment. */
const windowLength = 4_000

/**
 * Where the keys stop in a kept text: its sentences by UAX #29 within each line, without the white space around them, by start. Nothing is stored of them, so
 * that the rules by which documents are cut into sentences need not be loaded. An unknown language takes the English rules.
 */
export function sentenceStops(text: string, language: string): TextRange[] {
  const segmenter = segmenterFor(language)
  const stops: TextRange[] = []
  let lineStart = 0
  for (const line of text.split('\n')) {
    for (let from = 0; from < line.length;) {
      const segments = [...segmenter.segment(line.slice(from, from + windowLength))]
      // What the window cuts off begins the next one.
      const isCut = from + windowLength < line.length && segments.length > 1
      const whole = isCut ? segments.slice(0, -1) : segments
      for (const { index, segment } of whole) {
        const start = lineStart + from + index + (segment.length - segment.trimStart().length)
        const end = start + segment.trim().length
        if (start < end) stops.push({ start, end })
      }
      from += whole.reduce((length, { segment }) => length + segment.length, 0)
    }
    lineStart += line.length + 1
  }
  return stops
}

function segmenterFor(language: string): Intl.Segmenter {
  try {
    return new Intl.Segmenter(language === '' ? 'en' : language, { granularity: 'sentence' })
  } catch (error) {
    if (error instanceof RangeError) return new Intl.Segmenter('en', { granularity: 'sentence' })
    throw error
  }
}

import { ratings, type Rating } from '@/lib/domain/annotations/rating'

/** Where the ticks of a minimap lie, in pixels. `height` and `width` are those of the strip inside its margins. */
export interface TickField {
  annotations: readonly { start: number; rating: Rating }[]
  /** Length of the text in UTF-16 code units. */
  length: number
  height: number
  left: number
  width: number
}

/** As many pixels stand between two ticks at least, so that each keeps its shape. */
export const tickStep = 4

/** Half the height of a wave, and the length of its half period. */
const wave = { rise: 1.5, run: 2.5 } as const

function drawWave(x: number, y: number, width: number): string {
  const turns = Math.max(2, Math.round(width / wave.run))
  const run = width / turns
  const steps = Array.from(
    { length: turns },
    (_, at) => `q${String(run / 2)} ${String(at % 2 === 0 ? -2 * wave.rise : 2 * wave.rise)} ${String(run)} 0`,
  )
  return `M${String(x)} ${String(y)}${steps.join('')}`
}

/**
 * The strip of ticks turned upright: one tick where each annotation begins, across the strip, as one path a rating. Annotations that begin within
 * `tickStep` pixels of each other share a tick; where their ratings differ they share its width, so that the difference is seen. O(annotations +
 * height).
 */
export function drawTicks({ annotations, length, height, left, width }: TickField): Map<Rating, string> {
  const rows = Math.max(1, Math.floor(height / tickStep))
  const found = new Map<number, Set<Rating>>()
  if (length <= 0) return new Map()
  for (const { start, rating } of annotations) {
    if (start < 0 || start >= length) continue
    const row = Math.floor((start / length) * rows)
    const here = found.get(row)
    if (here === undefined) found.set(row, new Set([rating]))
    else here.add(rating)
  }
  const paths = new Map<Rating, string>()
  for (const [row, here] of found) {
    const shown = ratings.filter((rating) => here.has(rating))
    const share = width / shown.length
    // One pixel apart, where several share the width.
    const across = shown.length === 1 ? share : share - 1
    for (const [place, rating] of shown.entries()) {
      const [x, y] = [left + place * share, row * tickStep + tickStep / 2]
      const path = rating === 'contradicted' ? drawWave(x, y, across) : `M${String(x)} ${String(y)}h${String(across)}`
      paths.set(rating, (paths.get(rating) ?? '') + path)
    }
  }
  return paths
}

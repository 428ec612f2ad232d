/**
 * Percentile intervals by resampling documents (Efron and Tibshirani 1993, ch. 13; clusters: Davison and Hinkley 1997, ch. 3.8). Claims of one document
 * are alike, so whole documents are drawn, with all their ratings. Only sums are drawn: a replicate never looks at a rating again.
 */
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** `level` is the coverage aimed at (0.95); `seed` a whole number: the same seed gives the same interval. */
export interface BootstrapSettings {
  replicates: number
  level: number
  seed: number
}

/** An interval with what it rests on. `undefinedReplicates` of the replicates gave no figure and were dropped. */
export interface BootstrapInterval {
  low: number
  high: number
  level: number
  replicates: number
  undefinedReplicates: number
  seed: number
}

/** What one document adds to the sums: some stretches of a long row of sums, most of which is nought. */
export interface SumBlock {
  offset: number
  values: Float64Array
}

/** What is drawn and what becomes of a draw. */
export interface Resampling {
  /** One entry a document: the blocks it adds. */
  documents: readonly (readonly SumBlock[])[]
  /** The length of the row of sums. */
  width: number
  /** How many figures `evaluate` writes into `out`, NaN for one that is undefined. */
  figures: number
  evaluate: (sums: Float64Array, out: Float64Array) => void
}

/** Adds the blocks of a document to a row of sums, `times` over. */
export function addBlocks(sums: Float64Array, blocks: readonly SumBlock[], times = 1): void {
  for (const { offset, values } of blocks) {
    for (let place = 0; place < values.length; place += 1) {
      // No test for nought: adding it is cheaper than asking.
      sums[offset + place] = (sums[offset + place] ?? 0) + times * (values[place] ?? 0)
    }
  }
}

/** The quantile of sorted values, between two of them by their distance (Hyndman and Fan's type 7). */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const low = sorted[below] ?? Number.NaN
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN
  return low + (high - low) * (place - below)
}

/**
 * The percentile interval of replicates, in which NaN marks an undefined one. Null when fewer than half are defined: what is left would describe the
 * lucky draws only.
 */
export function percentileInterval(values: Float64Array, settings: BootstrapSettings): BootstrapInterval | null {
  const defined = values.filter((value) => !Number.isNaN(value)).sort()
  if (defined.length === 0 || defined.length * 2 < values.length) return null
  const tail = (1 - settings.level) / 2
  return {
    low: quantile(defined, tail),
    high: quantile(defined, 1 - tail),
    level: settings.level,
    replicates: values.length,
    undefinedReplicates: values.length - defined.length,
    seed: settings.seed,
  }
}

/** Between two stops the work is at most about this many additions: well under a millisecond. */
const additionsPerStep = 200_000

/**
 * The intervals of all figures from the same draws, in the order `evaluate` writes them. Stops often, so that a caller can let others work in between;
 * where it stops has no bearing on the result. Fewer than two documents give null throughout: one document says nothing about another.
 */
export function* resampleDocuments(
  { documents, width, figures, evaluate }: Resampling,
  settings: BootstrapSettings,
): Generator<undefined, (BootstrapInterval | null)[]> {
  if (documents.length < 2 || settings.replicates < 1) return new Array<null>(figures).fill(null)
  const random = xoroshiro128plus(settings.seed)
  const times = new Uint32Array(documents.length)
  const sums = new Float64Array(width)
  const out = new Float64Array(figures)
  const drawn = Array.from({ length: figures }, () => new Float64Array(settings.replicates))
  const additions = documents.reduce((sum, blocks) => sum + blocks.reduce((a, { values }) => a + values.length, 0), 0)
  const replicatesPerStep = Math.max(1, Math.floor(additionsPerStep / (additions + width + 1)))

  // A function of its own: engines make less of a loop inside a generator.
  const drawOnce = () => {
    times.fill(0)
    for (const _ of documents) {
      const place = uniformInt(random, 0, documents.length - 1)
      times[place] = (times[place] ?? 0) + 1
    }
    sums.fill(0)
    documents.forEach((blocks, place) => {
      const often = times[place] ?? 0
      if (often > 0) addBlocks(sums, blocks, often)
    })
    evaluate(sums, out)
  }
  for (let replicate = 0; replicate < settings.replicates; replicate += 1) {
    drawOnce()
    drawn.forEach((values, figure) => {
      values[replicate] = out[figure] ?? Number.NaN
    })
    if (replicate % replicatesPerStep === replicatesPerStep - 1) yield
  }
  const intervals: (BootstrapInterval | null)[] = []
  for (const values of drawn) {
    intervals.push(percentileInterval(values, settings))
    yield
  }
  return intervals
}

/** `resampleDocuments` in one go, for small work or where nobody waits. */
export function bootstrapDocuments(resampling: Resampling, settings: BootstrapSettings): (BootstrapInterval | null)[] {
  const steps = resampleDocuments(resampling, settings)
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  return step.value
}

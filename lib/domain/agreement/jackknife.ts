/**
 * Intervals by leaving out one document at a time: the jackknife (Tukey 1958; clusters: Efron and Tibshirani 1993, ch. 11), with Student's t because
 * documents are few. Claims of one document are alike, so a document is left out with all its ratings. Figures are computed from sums alone and
 * without random draws, so the same ratings give the same interval.
 */
import { effectiveSizeOf, leastDesignEffect, studentT95, wilsonInterval } from '../statistics/intervals'
import type { MissingInterval } from './schema'

/** A document's contribution to one part of a long row of sums, most of which is zero. */
export interface SumBlock {
  offset: number
  values: Float64Array
}

/** Documents as sums, and the evaluation of a sum. */
export interface SummedDocuments {
  /** The blocks of each document. */
  documents: readonly (readonly SumBlock[])[]
  /** The length of the row of sums. */
  width: number
  /** The number of figures that `evaluate` writes into `out`; NaN for an undefined one. */
  figures: number
  evaluate: (sums: Float64Array, out: Float64Array) => void
}

/** Adds the blocks of a document to a row of sums. */
export function addBlocks(sums: Float64Array, blocks: readonly SumBlock[]): void {
  for (const { offset, values } of blocks) {
    for (let place = 0; place < values.length; place += 1) {
      // No test for zero: adding it is cheaper than testing.
      sums[offset + place] = (sums[offset + place] ?? 0) + (values[place] ?? 0)
    }
  }
}

/**
 * Every figure without each document: one list per figure, in document order. It halves the documents recursively and adds the other half, so k
 * documents cost k · log k additions. No sum is ever subtracted, so a cell that only one document fills is exactly zero without it. Yields often, so
 * that other work can run.
 */
export function* leaveEachOut({
  documents,
  width,
  figures,
  evaluate,
}: SummedDocuments): Generator<undefined, Float64Array[]> {
  const found = Array.from({ length: figures }, () => new Float64Array(documents.length))
  const out = new Float64Array(figures)
  const open = documents.length === 0 ? [] : [{ from: 0, to: documents.length, sums: new Float64Array(width) }]
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const { from, to, sums } = part
    if (to - from === 1) {
      evaluate(sums, out)
      found.forEach((values, figure) => {
        values[from] = out[figure] ?? Number.NaN
      })
    } else {
      const middle = Math.floor((from + to) / 2)
      for (const [own, others] of [
        [
          [from, middle],
          [middle, to],
        ],
        [
          [middle, to],
          [from, middle],
        ],
      ] as const) {
        const row = sums.slice()
        for (const blocks of documents.slice(...others)) addBlocks(row, blocks)
        open.push({ from: own[0], to: own[1], sums: row })
      }
    }
    yield
  }
  return found
}

/** A figure of at most 1, with the inputs of its interval. */
export interface JackknifedFigure {
  value: number
  /** The figure without each document that has something to compare; NaN where undefined. */
  leftOut: readonly number[]
  /** The number of claims of each of these documents. */
  claims: readonly number[]
  /** The disagreement that chance alone would give, as a fraction (1 for figures without a correction for chance). Used where nobody disagreed. */
  chanceDisagreement: number
  /** The lowest possible value of the figure. */
  lowest: number
}

/** A 95 % interval. `documents` is the number of documents behind it; `method` says how it was made. */
export interface JackknifeInterval {
  low: number
  high: number
  documents: number
  method: 'jackknife' | 'no-disagreement'
}

/** Smaller disagreement is rounding error. */
const nought = 1e-9

/**
 * The interval of a figure of at most 1 (1 less observed by expected disagreement), by Student's t on the logarithm of its distance to 1. It
 * therefore never exceeds 1 and is longer below the figure than above.
 * Where nobody disagreed, documents show no variance. The disagreement is then taken to be at most the upper end of Wilson's interval for 0 of all
 * claims, allowing for claims of one document being alike.
 * @returns null below two documents; when the figure is undefined without one of them, because it then depends on that document alone; or when
 * leaving out any document gives the same figure, because equal documents do not make it certain
 */
export function jackknifeInterval(figure: JackknifedFigure): JackknifeInterval | null {
  const { value, leftOut, claims, chanceDisagreement, lowest } = figure
  const documents = leftOut.length
  if (documents < 2 || leftOut.some((without) => Number.isNaN(without))) return null
  const lack = 1 - value
  if (lack < nought) {
    const clusters = claims.map((of) => ({ count: 0, of }))
    const size = effectiveSizeOf(
      claims.reduce((sum, of) => sum + of, 0),
      { documents, designEffect: leastDesignEffect(clusters) },
    )
    const most = wilsonInterval(0, size)?.high ?? 1
    const low = Math.max(lowest, chanceDisagreement > 0 ? 1 - most / chanceDisagreement : lowest)
    return { low, high: 1, documents, method: 'no-disagreement' }
  }
  const mean = leftOut.reduce((sum, without) => sum + without, 0) / documents
  const squares = leftOut.reduce((sum, without) => sum + (without - mean) ** 2, 0)
  const error = Math.sqrt(((documents - 1) / documents) * squares)
  if (error < nought) return null
  const factor = Math.exp((studentT95(documents - 1) * error) / lack)
  return { low: Math.max(lowest, 1 - lack * factor), high: 1 - lack / factor, documents, method: 'jackknife' }
}

/** The noun for the clusters that are left out, singular and plural. */
export interface ClusterNoun {
  one: string
  many: string
}

/** Why `jackknifeInterval` returns null. `value` is null where the figure itself is undefined. */
export function whyNoInterval(
  { value, leftOut }: { value: number | null; leftOut: readonly number[] },
  { one, many }: ClusterNoun,
): MissingInterval {
  if (value === null) return { code: 'no-figure', says: 'There is no figure to give an interval for.' }
  if (leftOut.length < 2) {
    const says = `An interval needs two ${many} or more: one ${one} says nothing about how much ${many} differ.`
    return { code: 'too-few-documents', says }
  }
  if (leftOut.some((without) => Number.isNaN(without))) {
    const says = `Without one of the ${many} there is no figure at all, so nothing shows how much others would differ.`
    return { code: 'hangs-on-one-document', says }
  }
  const says = `The figure is the same whichever of the ${many} is left out, so nothing shows how much others would differ.`
  return { code: 'no-variance', says }
}

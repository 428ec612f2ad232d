/** Alpha of documents with its interval, for tests and benchmarks of intervals. */
import {
  jackknifeInterval,
  leaveEachOut,
  type JackknifeInterval,
  type SummedDocuments,
} from '@/lib/domain/agreement/jackknife'
import { computeAlpha, countCoincidences, type Metric, type RatedUnit } from '@/lib/domain/agreement/krippendorff'

/** The figures with each document left out, computed in one go. */
export function leaveOut(summed: SummedDocuments): Float64Array[] {
  const steps = leaveEachOut(summed)
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  return step.value
}

/** Krippendorff's alpha of documents given as units. */
function alphaOver(documents: readonly RatedUnit[][], size: number, metric: Metric): SummedDocuments {
  return {
    documents: documents.map((units) => [{ offset: 0, values: countCoincidences(units, size).cells }]),
    width: size * size,
    figures: 1,
    evaluate: (sums, out) => {
      out[0] = computeAlpha({ size, cells: sums, units: 1, leftOut: 0 }, { metric }).value ?? Number.NaN
    },
  }
}

/** The interval of alpha over documents given as units; null where alpha does not exist. */
export function jackknifeAlpha(
  documents: readonly RatedUnit[][],
  size: number,
  metric: Metric,
): JackknifeInterval | null {
  const coincidences = countCoincidences(documents.flat(), size)
  const value = computeAlpha(coincidences, { metric }).value
  if (value === null) return null
  const counts = Array.from({ length: size }, (_, row) =>
    coincidences.cells.subarray(row * size, (row + 1) * size).reduce((sum, cell) => sum + cell, 0),
  )
  const all = counts.reduce((sum, count) => sum + count, 0)
  return jackknifeInterval({
    value,
    leftOut: Array.from(leaveOut(alphaOver(documents, size, metric))[0] ?? []),
    claims: documents.map((units) => units.length),
    chanceDisagreement: 1 - counts.reduce((sum, count) => sum + (count / all) ** 2, 0),
    lowest: -1,
  })
}

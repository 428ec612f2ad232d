/**
 * A share when all documents are read once and a random part of them is read twice and adjudicated: double sampling with the difference estimator (Cochran 1977, ch. 12;
 * Särndal, Swensson and Wretman 1992, ch. 9). The single reading of all documents says how documents differ, the part says by how much single readings are off.
 */
import { leastDesignEffect, studentT95, wilsonInterval, z95, type Cluster, type Interval } from './intervals'

/** One document: the claims of its single reading, and those of its adjudication where it belongs to the part. */
export interface TwoPhaseDocument {
  once: Cluster
  adjudicated: Cluster | null
}

/** The estimate, the single reading of all documents and the adjudicated part alone beside it. */
export interface TwoPhaseEstimate extends Interval {
  share: number
  /** By the single readings of all documents alone: as biased as they are. */
  once: number
  /** By the adjudicated documents alone. */
  adjudicated: number
  documents: { all: number; adjudicated: number }
}

function shareOf(clusters: readonly Cluster[]): { share: number; mean: number } {
  const of = clusters.reduce((sum, cluster) => sum + cluster.of, 0)
  return { share: clusters.reduce((sum, { count }) => sum + count, 0) / of, mean: of / clusters.length }
}

function variance(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
}

/**
 * The share of claims over all documents: that of their single readings, corrected by how far adjudication and single reading differ in the part. With k documents,
 * n of them in the part, and linearised residuals e (adjudicated) and d (adjudicated less once) of these, the variance is s²(e) / k + s²(d) · (1 / n − 1 / k). The
 * interval is Wilson's on the effective size that this variance amounts to, cut by Student's t of n − 1 degrees of freedom, and never more than all documents would
 * have had, had they been adjudicated and alike by the least likeness. Valid only where the part was drawn at random. Null below two adjudicated
 * documents, or where either reading has no claim.
 */
export function estimateTwoPhase(documents: readonly TwoPhaseDocument[]): TwoPhaseEstimate | null {
  const part = documents.flatMap(({ once, adjudicated }) => (adjudicated === null ? [] : [{ once, adjudicated }]))
  const readings = documents.map(({ once }) => once)
  const all = shareOf(readings)
  const partOnce = shareOf(part.map(({ once }) => once))
  const partAdjudicated = shareOf(part.map(({ adjudicated }) => adjudicated))
  if (part.length < 2 || [all, partOnce, partAdjudicated].some((ratio) => Number.isNaN(ratio.share))) return null
  const share = Math.min(1, Math.max(0, all.share + partAdjudicated.share - partOnce.share))
  const residual = ({ count, of }: Cluster, ratio: typeof all) => (count - ratio.share * of) / ratio.mean
  const own = part.map(({ adjudicated }) => residual(adjudicated, partAdjudicated))
  const off = part.map(({ once, adjudicated }) => residual(adjudicated, partAdjudicated) - residual(once, partOnce))
  const [k, n] = [documents.length, part.length]
  const spread = variance(own) / k + variance(off) * (1 / n - 1 / k)
  const most = (all.mean * k) / leastDesignEffect(readings)
  const shown = spread > 0 && share > 0 && share < 1 ? (share * (1 - share)) / spread : most
  const size = Math.min(most, shown) * (z95 / studentT95(n - 1)) ** 2
  return {
    share,
    ...(wilsonInterval(share, size) ?? { low: 0, high: 1 }),
    once: all.share,
    adjudicated: partAdjudicated.share,
    documents: { all: k, adjudicated: n },
  }
}

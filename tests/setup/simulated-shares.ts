/** Invented documents with a known true share of claims, to measure how often intervals contain it. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import type { Cluster } from '@/lib/domain/statistics/intervals'

/** Draws a number from 0 to below 1. */
export type Draw = () => number

/** Makes draws that are the same at every run. */
export function makeDraw(seed: number): Draw {
  const generator = xoroshiro128plus(seed)
  return () => (generator.next() >>> 0) / 2 ** 32
}

function drawNormal(draw: Draw): number {
  return Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw())
}

/** Draws from the gamma distribution of this shape and scale 1 (Marsaglia and Tsang 2000). */
function drawGamma(shape: number, draw: Draw): number {
  if (shape < 1) return drawGamma(shape + 1, draw) * (1 - draw()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const normal = drawNormal(draw)
    const cube = (1 + c * normal) ** 3
    if (cube > 0 && Math.log(1 - draw()) < normal ** 2 / 2 + d - d * cube + d * Math.log(cube)) return d * cube
  }
}

/** Draws from the beta distribution of this mean, with the intracluster correlation `rho`; the mean itself for 0. */
export function drawShare({ mean, rho }: { mean: number; rho: number }, draw: Draw): number {
  if (rho <= 0) return mean
  const size = (1 - rho) / rho
  const one = drawGamma(mean * size, draw)
  const other = drawGamma((1 - mean) * size, draw)
  // Both draws can underflow to 0. The result is then 1 with probability `mean`, else 0.
  return one + other === 0 ? (draw() < mean ? 1 : 0) : one / (one + other)
}

/** A simulated source: a number of documents, each of 4 to 20 claims, which have the property by the document's own share. */
export interface SimulatedSource {
  documents: number
  share: number
  /** The intracluster correlation of claims in one document. */
  rho: number
}

/** Draws the claims of one document after another. */
export function simulateClusters({ documents, share, rho }: SimulatedSource, draw: Draw): Cluster[] {
  return Array.from({ length: documents }, () => {
    const of = 4 + Math.floor(draw() * 17)
    const own = drawShare({ mean: share, rho }, draw)
    let count = 0
    for (let claim = 0; claim < of; claim += 1) if (draw() < own) count += 1
    return { count, of }
  })
}

/** The shares and intracluster correlations of the simulations. */
export const simulatedShares = [0.05, 0.1, 0.2, 0.3]
/** See `simulatedShares`. */
export const simulatedRhos = [0, 0.05, 0.1, 0.2, 0.3]

/** Invented documents read once, a random part of which is adjudicated, to measure the gain of an estimate from both. */
import type { TwoPhaseDocument } from '../../lib/domain/reports/two-phase'
import { drawShare, type Draw } from './simulated-shares'

const documents = 40
const adjudicated = 12
/**
 * The true share of contradicted claims, its intracluster correlation within a document, and the probabilities that one reading misses such a claim
 * or reports one that is not there.
 */
const share = 0.12
const likeness = 0.15
const misses = 0.1
const invents = 0.03

/** Draws 40 documents of 8 to 24 claims. The first twelve are adjudicated. All are drawn alike, so these are a random part. */
export function simulateTwoPhase(draw: Draw): TwoPhaseDocument[] {
  return Array.from({ length: documents }, (_, place) => {
    const of = 8 + Math.floor(draw() * 17)
    const own = drawShare({ mean: share, rho: likeness }, draw)
    let truly = 0
    let once = 0
    for (let claim = 0; claim < of; claim += 1) {
      const isSo = draw() < own
      if (isSo) truly += 1
      if (isSo ? draw() >= misses : draw() < invents) once += 1
    }
    return { once: { count: once, of }, adjudicated: place < adjudicated ? { count: truly, of } : null }
  })
}

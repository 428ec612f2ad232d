import { minimumSources, shrinkShares } from '../../statistics/shrinkage'
import type { AssessedRating } from '../schema'
import type { ShrunkShares, SourceFigures } from './schema'

/**
 * Draws the shares of sources towards those of all (`shrinkShares`), in the order given. A share counts with its effective size, because claims of one document
 * are alike. Null for a source without shares, and for all where fewer than ten have some. `pause` is awaited between steps.
 */
export async function shrinkSources(
  sources: readonly Pick<SourceFigures, 'shares'>[],
  pause: () => Promise<unknown>,
): Promise<ShrunkShares[]> {
  const pooled = sources.flatMap(({ shares }, place) => (shares === null ? [] : [{ shares, place }]))
  const found = sources.map((): ShrunkShares => null)
  if (pooled.length < minimumSources) return found
  const shrink = (rating: AssessedRating) =>
    shrinkShares(
      pooled.map(({ shares }) => {
        const { share, effectiveSize } = shares[rating]
        return { count: share * effectiveSize, of: effectiveSize }
      }),
      pause,
    )
  const sourced = await shrink('sourced')
  const unsourced = await shrink('unsourced')
  const contradicted = await shrink('contradicted')
  for (const [at, { place }] of pooled.entries()) {
    found[place] = {
      sourced: sourced[at] ?? null,
      unsourced: unsourced[at] ?? null,
      contradicted: contradicted[at] ?? null,
    }
  }
  return found
}

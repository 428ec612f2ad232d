/** How many documents to read for an interval of a wanted width, from how alike claims of one document have shown themselves. */
import { effectiveSizeOf, leastLikeness, wilsonInterval, type Cluster } from './intervals'

/** Documents of a size like these, on average and in how it varies. */
interface DocumentSizes {
  /** Claims a document. */
  mean: number
  /** Claims of the document of a claim picked at random, Σm² / Σm: more than the mean where sizes differ. */
  weighted: number
}

function sizesOf(clusters: readonly Cluster[]): DocumentSizes {
  const used = clusters.filter(({ of }) => of > 0)
  const all = used.reduce((sum, { of }) => sum + of, 0)
  return { mean: all / used.length, weighted: used.reduce((sum, { of }) => sum + of ** 2, 0) / all }
}

/**
 * How alike claims of one document are, pooled over several ratings of the same claims: the intracluster correlation that would make the variance between documents as
 * large as it is, from `leastLikeness` to 1. `clusters` has the documents of each rating. Null where it cannot be told: below two documents, one claim
 * each, or where no rating varies.
 */
export function pooledLikeness(ratings: readonly (readonly Cluster[])[]): number | null {
  let between = 0
  let independent = 0
  let weighted = 1
  for (const clusters of ratings) {
    const used = clusters.filter(({ of }) => of > 0)
    const all = used.reduce((sum, { of }) => sum + of, 0)
    const share = used.reduce((sum, { count }) => sum + count, 0) / all
    if (used.length < 2) continue
    const squares = used.reduce((sum, { count, of }) => sum + (count - share * of) ** 2, 0)
    between += ((used.length / (used.length - 1)) * squares) / all ** 2
    independent += (share * (1 - share)) / all
    weighted = sizesOf(used).weighted
  }
  if (independent === 0 || weighted <= 1) return null
  return Math.min(1, Math.max(leastLikeness, (between / independent - 1) / (weighted - 1)))
}

/** What a plan rests on: the share expected, and how large and how alike documents are. */
export interface PlanBasis {
  share: number
  likeness: number
  sizes: DocumentSizes
}

/** Half the width of the interval that so many documents would give: 0.06 is "± 6 points". */
export function plannedHalfWidth(documents: number, { share, likeness, sizes }: PlanBasis): number {
  const designEffect = 1 + (sizes.weighted - 1) * likeness
  const size = effectiveSizeOf(documents * sizes.mean, { documents, designEffect })
  const { low, high } = wilsonInterval(share, size) ?? { low: 0, high: 1 }
  return (high - low) / 2
}

/** A plan for more documents than this is none that a team can carry out. */
const mostDocuments = 2_000

/** The fewest documents whose interval is at most so wide to either side; null where not even 2,000 would do. */
export function documentsFor(halfWidth: number, basis: PlanBasis): number | null {
  if (plannedHalfWidth(mostDocuments, basis) > halfWidth) return null
  let [low, high] = [1, mostDocuments]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (plannedHalfWidth(middle, basis) <= halfWidth) high = middle
    else low = middle
  }
  return high
}

/** Widths worth aiming at, to either side, the widest first. */
const targets = [0.15, 0.12, 0.1, 0.08, 0.06, 0.05, 0.04, 0.03, 0.02, 0.01]

/** How many documents more would narrow an interval. */
export interface FurtherDocuments {
  /** Half the width of the widest of the intervals as they are, and the width aimed at. */
  halfWidth: number
  target: number
  documents: number
  further: number
  likeness: number
}

/**
 * How many documents more would bring the widest of several shares of the same documents to the next width worth having, at most three quarters of what it is. Null
 * where likeness cannot be told, or it would take more than 2,000.
 */
export function planFurther(ratings: readonly (readonly Cluster[])[]): FurtherDocuments | null {
  const likeness = pooledLikeness(ratings)
  if (likeness === null) return null
  const bases = ratings.map((clusters): PlanBasis => {
    const count = clusters.reduce((sum, cluster) => sum + cluster.count, 0)
    const of = clusters.reduce((sum, cluster) => sum + cluster.of, 0)
    return { share: count / of, likeness, sizes: sizesOf(clusters) }
  })
  const now = Math.max(...ratings.map((clusters) => clusters.filter(({ of }) => of > 0).length))
  const halfWidth = Math.max(...bases.map((basis) => plannedHalfWidth(now, basis)))
  const target = targets.find((width) => width <= 0.75 * halfWidth)
  if (target === undefined) return null
  const needed = bases.map((basis) => documentsFor(target, basis))
  if (needed.includes(null)) return null
  const documents = Math.max(...needed.map((each) => each ?? 0))
  return { halfWidth, target, documents, further: documents - now, likeness }
}

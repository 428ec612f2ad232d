import { judgeEstablished, type EstablishedWords } from '../agreement/established'
import {
  addBlocks,
  jackknifeInterval,
  leaveEachOut,
  whyNoInterval,
  type ClusterNoun,
  type SumBlock,
} from '../agreement/jackknife'
import { addCoincidences, collapseCoincidences, computeAlpha, marginalsOf } from '../agreement/krippendorff'
import {
  agreementMethodVersion,
  type AgreementGate,
  type Figure,
  type MissingInterval,
  type MissingReason,
} from '../agreement/schema'
import { groupBy } from './group-by'

/** An item with all its ratings, and its cluster: its document or its day. */
export interface ComparedItem {
  cluster: string
  ratings: readonly string[]
}

/** One rating against all others. `given`: how often it was given, among items rated twice or more. */
interface AgreementOnRating {
  rating: string
  alpha: number | null
  given: number
}

/**
 * How far raters agree: Krippendorff’s alpha (nominal) over items that two or more rated, with an interval from leaving out one cluster at a time, by
 * the same functions as the agreement of a session. `ratings`: the number of pairable ratings. `alpha` is null where it is undefined, and `reason`
 * then says why; likewise `interval`. Ratings that are left out of shares are categories here.
 */
export interface RatingsAgreement {
  methodVersion: string
  items: number
  ratedTwice: number
  clusters: number
  ratings: number
  alpha: number | null
  reason: MissingReason | null
  rawAgreement: number | null
  interval: Figure['interval']
  intervalReason: MissingInterval | null
  perRating: AgreementOnRating[]
  established: boolean
  reasons: AgreementGate[]
}

function wordsFor({ one, many }: ClusterNoun): EstablishedWords {
  return {
    alpha: 'alpha',
    nothingCompared: 'Nothing was rated by two raters.',
    documents: (count) =>
      `${count} ${count === 1 ? `${one} has` : `${many} have`} an item that two raters or more rated`,
    claims: (count) => `${count} ${count === 1 ? 'item was' : 'items were'} rated by two raters or more`,
    thin: (thin, total) => `${thin} of ${total} items ${thin === 1 ? 'was' : 'were'} rated once`,
  }
}

/** The nonzero cells of a cluster's coincidences, because most clusters have few of all ratings. */
function blocksOf(cells: Float64Array): SumBlock[] {
  const blocks: SumBlock[] = []
  cells.forEach((cell, offset) => {
    if (cell > 0) blocks.push({ offset, values: Float64Array.of(cell) })
  })
  return blocks
}

interface ComparedCluster {
  items: number
  blocks: SumBlock[]
}

function compareClusters(items: readonly ComparedItem[], names: readonly string[]): ComparedCluster[] {
  const size = names.length
  const placeOf = new Map(names.map((name, place) => [name, place]))
  const byCluster = groupBy(
    items.filter(({ ratings }) => ratings.length >= 2),
    ({ cluster }) => cluster,
  )
  const cells = new Float64Array(size * size)
  return [...byCluster.values()].map((own) => {
    cells.fill(0)
    for (const { ratings } of own) {
      const counts = new Array<number>(size).fill(0)
      for (const rating of ratings) {
        const place = placeOf.get(rating) ?? 0
        counts[place] = (counts[place] ?? 0) + 1
      }
      addCoincidences(cells, counts)
    }
    return { items: own.length, blocks: blocksOf(cells) }
  })
}

function alphaOf(cells: Float64Array, size: number) {
  // The number of units only tells whether there is one, and the cells tell that too.
  return computeAlpha({ size, cells, units: 1, leftOut: 0 })
}

function intervalOf(
  clusters: readonly ComparedCluster[],
  { value, cells, size }: { value: number; cells: Float64Array; size: number },
): { interval: Figure['interval']; leftOut: number[] } {
  const steps = leaveEachOut({
    documents: clusters.map(({ blocks }) => blocks),
    width: size * size,
    figures: 1,
    evaluate: (sums, out) => {
      out[0] = alphaOf(sums, size).value ?? Number.NaN
    },
  })
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  const counts = marginalsOf(cells, size)
  const all = counts.reduce((sum, count) => sum + count, 0)
  const leftOut = Array.from(step.value[0] ?? [])
  const interval = jackknifeInterval({
    value,
    leftOut,
    claims: clusters.map(({ items }) => items),
    chanceDisagreement: 1 - counts.reduce((sum, count) => sum + (count / all) ** 2, 0),
    lowest: -1,
  })
  return { interval, leftOut }
}

function reasonOf({ reason, rawAgreement }: ReturnType<typeof computeAlpha>): MissingReason | null {
  if (reason === 'nothing-shared') return { code: reason, says: 'Nothing was rated by two raters.' }
  if (reason === null) return null
  const raw = rawAgreement === null ? '' : ` Plain agreement is ${Math.round(rawAgreement * 100)}\u00a0%.`
  const says = `All ratings that could be compared are the same, so agreement beyond chance cannot be told from luck.${raw}`
  return { code: reason, says }
}

/** Measures how far raters agree on items. */
export function measureRatingsAgreement(items: readonly ComparedItem[], noun: ClusterNoun): RatingsAgreement {
  const names = [...new Set(items.flatMap(({ ratings }) => ratings))].sort()
  const size = names.length
  const clusters = compareClusters(items, names)
  const cells = new Float64Array(size * size)
  for (const { blocks } of clusters) addBlocks(cells, blocks)
  const ratedTwice = clusters.reduce((sum, cluster) => sum + cluster.items, 0)
  const found = alphaOf(cells, size)
  const { value, rawAgreement, pairable } = found
  const { interval, leftOut } =
    value === null ? { interval: null, leftOut: [] } : intervalOf(clusters, { value, cells, size })
  const reason = reasonOf(found)
  const intervalReason = interval === null ? whyNoInterval({ value, leftOut }, noun) : null
  const { established, reasons } = judgeEstablished(
    {
      labelAlpha: { value, reason, interval, intervalReason },
      claims: { total: items.length, coMarked: ratedTwice, thin: items.length - ratedTwice, markedOnce: 0 },
      documentsCompared: clusters.length,
    },
    wordsFor(noun),
  )
  const coincidences = { size, cells, units: ratedTwice, leftOut: 0 }
  const given = marginalsOf(cells, size)
  return {
    methodVersion: agreementMethodVersion,
    items: items.length,
    ratedTwice,
    clusters: clusters.length,
    ratings: Math.round(pairable),
    alpha: value,
    reason,
    rawAgreement,
    interval,
    intervalReason,
    perRating: names.map((rating, place) => {
      const alpha = computeAlpha(collapseCoincidences(coincidences, place)).value
      return { rating, alpha, given: Math.round(given[place] ?? 0) }
    }),
    established,
    reasons,
  }
}

/**
 * Shares by double sampling with the difference estimator (Cochran 1977, ch. 12; Särndal, Swensson and Wretman 1992, ch. 9): all documents are read
 * once, and a random part of them is read twice and adjudicated. Single readings of all documents show how documents differ; the part shows how far
 * single readings are off.
 */
import type { BlindDocument } from '../agreement/statistics'
import { drawOrder, largestSeed } from '../review-sessions/sample'
import {
  estimateShare,
  leastDesignEffect,
  studentT95,
  wilsonInterval,
  z95,
  type Cluster,
  type Interval,
} from '../statistics/intervals'
import type { DocumentAdjudication, SessionRecord } from './input-schema'
import type { DrawnPart, TwoPhase, TwoPhaseShare } from './review-schema'
import type { AssessedRating, ClaimCounts, Gate } from './schema'

/** One document: the claims of its single reading and, if it belongs to the part, those of its adjudication. */
export interface TwoPhaseDocument {
  once: Cluster
  adjudicated: Cluster | null
}

/** The estimate and, for comparison, the single readings of all documents alone and the adjudicated part alone. */
interface TwoPhaseEstimate extends Interval {
  share: number
  /** By the single readings of all documents alone, with their bias. */
  once: number
  /** By the adjudicated documents alone. */
  adjudicated: number
  documents: { all: number; adjudicated: number }
}

function ratioOf(clusters: readonly Cluster[]): { share: number; mean: number } {
  const of = clusters.reduce((sum, cluster) => sum + cluster.of, 0)
  return { share: clusters.reduce((sum, { count }) => sum + count, 0) / of, mean: of / clusters.length }
}

function variance(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
}

/**
 * The share of claims over all documents: the share by single readings, corrected by the difference between adjudication and single reading in the
 * part.
 * With k documents, n of them in the part, and linearised residuals e (adjudicated) and d (adjudicated less once), the variance is s²(e) / k + s²(d)
 * · (1 / n − 1 / k). The interval is Wilson's on the effective size that this variance amounts to, reduced by Student's t of n − 1 degrees of
 * freedom. Before that reduction the size is at most what all documents would have had, had they been adjudicated and alike by the least likeness.
 * Valid only where the part was drawn at random.
 * @returns null below two adjudicated documents, or where either reading has no claim
 */
export function estimateTwoPhase(documents: readonly TwoPhaseDocument[]): TwoPhaseEstimate | null {
  const part = documents.flatMap(({ once, adjudicated }) => (adjudicated === null ? [] : [{ once, adjudicated }]))
  const readings = documents.map(({ once }) => once)
  const all = ratioOf(readings)
  const partOnce = ratioOf(part.map(({ once }) => once))
  const partAdjudicated = ratioOf(part.map(({ adjudicated }) => adjudicated))
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

/** A document of the report: what its session settled, and which claims of it are assessed. */
export interface AdjudicatedLine {
  id: string
  adjudication: DocumentAdjudication | null
  claims: ClaimCounts
}

/** The inputs of a two-phase estimate. */
export interface TwoPhaseFacts {
  sessions: readonly SessionRecord[]
  lines: readonly AdjudicatedLine[]
  /** Blind ratings by document and reviewer: the readings. */
  readings: readonly BlindDocument[]
  /** Documents that were withdrawn after a session had assessed them. */
  withdrawn: number
  /** Whether a gate withholds the shares. */
  isWithheld: boolean
}

const formula = 'difference estimator of double sampling (Cochran 1977, chapter 12)'

/**
 * Chooses the reader of a document's single reading, as an index into its readers sorted by code. In a document that was read twice, the seed of the
 * drawing chooses, so that no person does.
 */
function singleReader(readers: number, { seed, place }: { seed: number; place: number }): number {
  return drawOrder(readers, (seed + place) % (largestSeed + 1))[0] ?? 0
}

/** The ratings of one reading of a document; null where no reviewer who counts has read it. */
function readingOf(
  document: BlindDocument | undefined,
  draw: { seed: number; place: number },
): Record<AssessedRating | 'of', number> | null {
  if (document === undefined || document.reviewers.length === 0) return null
  const readers = [...document.reviewers].sort((one, other) => (one.id < other.id ? -1 : 1))
  const spans = readers[singleReader(readers.length, draw)]?.spans ?? []
  const having = (rating: AssessedRating) => spans.filter((span) => span.rating === rating).length
  const [sourced, unsourced, contradicted] = [having('sourced'), having('unsourced'), having('contradicted')]
  return { sourced, unsourced, contradicted, of: sourced + unsourced + contradicted }
}

interface Reading {
  once: Record<AssessedRating | 'of', number>
  twice: ClaimCounts | null
}

function readingsOf({ lines, readings }: TwoPhaseFacts, part: DrawnPart): (Reading | null)[] {
  const readingBy = new Map(readings.map((document) => [document.id, document]))
  const drawn = new Set(part.documentIds)
  return lines
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .map(({ id, claims }, place) => {
      const once = readingOf(readingBy.get(id), { seed: part.seed, place })
      return once === null ? null : { once, twice: drawn.has(id) ? claims : null }
    })
}

function documentsInWords(n: number): string {
  return `${n} ${n === 1 ? 'document' : 'documents'}`
}

/** Why no two-phase share can be given; null when one can. */
function whyNot(facts: TwoPhaseFacts, { session, part }: { session: SessionRecord; part: DrawnPart }): string | null {
  const { lines, sessions, withdrawn, isWithheld } = facts
  const elsewhere = lines.filter(({ adjudication }) => adjudication?.sessionId !== session.id).length
  if (elsewhere > 0 || sessions.length > 1)
    return `${documentsInWords(elsewhere)} of this source were reviewed outside of the session: the part was not drawn from them.`
  if (lines.length < session.documents.ofSource || session.documents.all !== part.frameSize || withdrawn > 0)
    return 'Documents of the list that the part was drawn from are missing here, and a part of what is left is no random one.'
  const drawn = new Set(part.documentIds)
  if (lines.some(({ id, adjudication }) => drawn.has(id) === (adjudication?.readOnce !== undefined)))
    return 'What was adjudicated is not what was drawn.'
  if (isWithheld) return 'What was read twice is too little for shares: too few documents, or too few settled claims.'
  return null
}

function clusterOf(reading: Record<AssessedRating | 'of', number>, rating: AssessedRating): Cluster {
  return { count: reading[rating], of: reading.of }
}

function shareOf(readings: readonly Reading[], rating: AssessedRating): TwoPhaseShare | null {
  const documents = readings.map(({ once, twice }): TwoPhaseDocument => {
    const adjudicated = twice === null ? null : { count: twice[rating], of: twice.assessed }
    return { once: clusterOf(once, rating), adjudicated }
  })
  const found = estimateTwoPhase(documents)
  const alone = estimateShare(documents.flatMap(({ adjudicated }) => adjudicated ?? []))
  if (found === null || alone === null) return null
  const { share, low, high, once } = found
  return { share, low, high, once, twice: { share: alone.share, low: alone.low, high: alone.high } }
}

function points(interval: { low: number; high: number }): string {
  return ((interval.high - interval.low) * 100).toFixed(1)
}

function chosenInWords({ size, frameSize, seed, drawings, frameSha256 }: DrawnPart): string {
  const before =
    drawings === 1 ? 'It was the only drawing.' : `It was drawing ${drawings} of this session; the last one counts.`
  return `Drawn at random before the review began: ${size} of the ${documentsInWords(frameSize)} of the session, each as likely as any other (seed ${seed}, chosen by the server; the list has sha256 ${frameSha256}). ${before} Reviewers were not told which.`
}

function saysOf(shares: TwoPhase['shares'], { all, twice }: TwoPhase['documents']): string[] {
  const says = [
    `Each of ${documentsInWords(all)} was read once, ${twice} of them twice and adjudicated. The shares are those of the single readings of all, corrected by how far adjudication and single reading differ in the part: the ${formula}. Intervals are Wilson’s of 95 % on the effective size, with Student’s t for the documents of the part.`,
  ]
  const contradicted = shares?.contradicted ?? null
  if (contradicted !== null) {
    says.push(
      `For contradicted claims the interval is ${points(contradicted)} points wide, and ${points(contradicted.twice)} by the part that was read twice alone. Single readings alone say ${(contradicted.once * 100).toFixed(1)} %.`,
    )
  }
  return says
}

/**
 * The two-phase estimate of a report, where one of its sessions had each document read once and a random part twice; otherwise null. In the part,
 * counts are of adjudicated claims; in every document, one blind reading counts as its single reading.
 */
export function stateTwoPhase(facts: TwoPhaseFacts): TwoPhase | null {
  const session = facts.sessions.find(({ secondReading }) => secondReading !== undefined)
  const part = session?.secondReading
  if (session === undefined || part === undefined) return null
  const own = facts.lines.filter(({ adjudication }) => adjudication?.sessionId === session.id)
  const readings = readingsOf({ ...facts, lines: own }, part)
  const complete = readings.flatMap((reading) => reading ?? [])
  const drawn = new Set(part.documentIds)
  const documents = { all: own.length, twice: own.filter(({ id }) => drawn.has(id)).length }
  const unread = complete.length < readings.length
  const withheld =
    whyNot(facts, { session, part }) ??
    (unread ? 'A document of the session was read by nobody whose work counts.' : null)
  const shares =
    withheld === null
      ? {
          sourced: shareOf(complete, 'sourced'),
          unsourced: shareOf(complete, 'unsourced'),
          contradicted: shareOf(complete, 'contradicted'),
        }
      : null
  return {
    sessionId: session.id,
    formula,
    documents,
    claims: {
      once: complete.reduce((sum, { once }) => sum + once.of, 0),
      twice: complete.reduce((sum, { twice }) => sum + (twice?.assessed ?? 0), 0),
    },
    shares,
    withheld,
    chosenSays: chosenInWords(part),
    says: saysOf(shares, documents),
  }
}

/** Documents that their protocol had read by more than one reviewer. Documents to be read once show nothing about agreement. */
export function withoutReadOnce<T extends { id: string }>(
  rated: readonly T[],
  documents: readonly { id: string; adjudication?: DocumentAdjudication | null }[],
): T[] {
  const once = new Set(documents.flatMap(({ id, adjudication }) => (adjudication?.readOnce === undefined ? [] : [id])))
  return rated.filter(({ id }) => !once.has(id))
}

/** States in a report why there is no estimate, where its session was planned for one. */
export function twoPhaseGate(twoPhase: TwoPhase | null): Gate[] {
  const withheld = twoPhase?.withheld ?? null
  return withheld === null
    ? []
    : [{ code: 'two-phase-withheld', says: `There is no estimate from both readings. ${withheld}` }]
}

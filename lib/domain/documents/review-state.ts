import type { Rating } from '../annotations/rating'
import type { AssignmentState } from '../assignments/states'

/** The outcome of a claim: its verdict's rating, that the words are not a claim, or no verdict yet. */
export type ClaimEnd = Rating | 'no_claim' | 'open'

/** A claim with its outcome. */
export interface SettledClaim {
  id: string
  end: ClaimEnd
}

/** The progress of one document in the review sessions that a viewer may see, and what was settled about it. */
export interface DocumentReviewState {
  /** The session that works on the document now; null when there is none. */
  running: {
    sessionId: string
    name: string
    state: 'active' | 'adjudication'
    /** Reviews required and submitted; null where others' progress is hidden from the viewer. */
    reviews: { wanted: number; submitted: number } | null
    /** Claims and how many are settled; null while claims are hidden from the viewer. */
    claims: { all: number; settled: number } | null
    /** The state of the viewer's own assignment; null when they have none. */
    own: AssignmentState | null
  } | null
  /** The claims of the most recently closed session that read the newest revision, in the order of the text; null when there is none. */
  settled: { sessionId: string; name: string; claims: readonly SettledClaim[] } | null
}

const endWords: readonly [ClaimEnd, string][] = [
  ['sourced', 'sourced'],
  ['unsourced', 'unsourced'],
  ['contradicted', 'contradicted'],
  ['not_checkable', 'not checkable'],
  ['no_claim', 'no claim'],
  ['open', 'not settled'],
]

/** Counts claims by outcome, in words such as "12 sourced, 3 unsourced, 1 contradicted"; "no claims" for none. */
export function describeEndCounts(counts: Partial<Record<ClaimEnd, number>>): string {
  const parts = endWords.flatMap(([end, words]) => {
    const count = counts[end] ?? 0
    return count === 0 ? [] : [`${String(count)} ${words}`]
  })
  return parts.length === 0 ? 'no claims' : parts.join(', ')
}

/** Counts claims by outcome; `describeEndCounts` puts the counts in words. */
export function describeEnds(ends: readonly ClaimEnd[]): string {
  const counts: Partial<Record<ClaimEnd, number>> = {}
  for (const end of ends) counts[end] = (counts[end] ?? 0) + 1
  return describeEndCounts(counts)
}

/**
 * Shares at most `most` ticks of a strip out over counted claims: one for each claim, or each for several claims when there are more. Every outcome
 * that occurs has a tick; the rest is shared out by largest remainders.
 */
export function spreadTicks(counts: Partial<Record<ClaimEnd, number>>, most: number): ClaimEnd[] {
  const present = endWords.flatMap(([end]) => {
    const count = counts[end] ?? 0
    return count > 0 ? [{ end, count }] : []
  })
  const all = present.reduce((sum, { count }) => sum + count, 0)
  if (all <= most) return present.flatMap(({ end, count }) => Array.from({ length: count }, () => end))
  const left = most - present.length
  const shares = present.map(({ end, count }) => ({ end, exact: (count / all) * left }))
  const ticks = new Map(shares.map(({ end, exact }) => [end, 1 + Math.floor(exact)]))
  const rest = most - [...ticks.values()].reduce((sum, count) => sum + count, 0)
  const byRemainder = shares.toSorted((one, other) => (other.exact % 1) - (one.exact % 1))
  for (const { end } of byRemainder.slice(0, rest)) ticks.set(end, (ticks.get(end) ?? 0) + 1)
  return [...ticks].flatMap(([end, count]) => Array.from({ length: count }, () => end))
}

const ownWords: Record<AssignmentState, string> = {
  assigned: 'waiting for your review',
  started: 'you have begun',
  submitted: 'you have submitted',
  returned: 'returned to you',
  accepted: 'your review was accepted',
  withdrawn: 'your review was withdrawn',
}

/**
 * The state of a document in sentences without a full stop, present work first: "In review in “Harbour check”, 2 of 3 submitted", "Settled in
 * “Harbour check”: 12 sourced, 1 contradicted". Empty for a document that no session visible to the viewer has read.
 */
export function describeReviewState({ running, settled }: DocumentReviewState): string[] {
  const lines: string[] = []
  if (running !== null) {
    const { name, state, reviews, claims, own } = running
    const parts =
      state === 'active'
        ? [
            ...(reviews === null ? [] : [`${String(reviews.submitted)} of ${String(reviews.wanted)} submitted`]),
            ...(own === null ? [] : [ownWords[own]]),
          ]
        : claims === null
          ? []
          : [`${String(claims.settled)} of ${String(claims.all)} claims settled`]
    const where = state === 'active' ? 'In review' : 'In adjudication'
    lines.push([`${where} in “${name}”`, ...parts].join(', '))
  }
  if (settled !== null)
    lines.push(`Settled in “${settled.name}”: ${describeEnds(settled.claims.map(({ end }) => end))}`)
  return lines
}

/** The path within the application of the page with a claim's verdict. */
export function claimPath(documentId: string, claimId: string): string {
  return `/documents/${documentId}?show=verdicts#claim-${claimId}`
}

/**
 * The progress of review sessions with a source's documents, such as "3 of 5 documents settled, 1 in review". Null when no session has read any. A
 * settled document that is read again counts in both.
 */
export function describeReviewStates({
  all,
  settled,
  inReview,
  inAdjudication,
}: {
  all: number
  settled: number
  inReview: number
  inAdjudication: number
}): string | null {
  const of = `${String(all)} ${all === 1 ? 'document' : 'documents'}`
  const parts: [number, string][] = [
    [settled, 'settled'],
    [inReview, 'in review'],
    [inAdjudication, 'in adjudication'],
  ]
  const told = parts.filter(([count]) => count > 0)
  if (told.length === 0) return null
  return told.map(([count, what], place) => `${String(count)}${place === 0 ? ` of ${of}` : ''} ${what}`).join(', ')
}

import { ratings, type Rating } from '../annotations/rating'
import { groupUnits, type Bond, type Bonds } from './group-units'

/** A rated span for matching: `[start, end)` in UTF-16 code units of one revision. */
export interface RatedSpan {
  id: string
  authorId: string
  start: number
  end: number
  rating: Rating
}

/** The least overlap of two spans of different reviewers in one claim. */
export const minimumOverlap = 0.5

/** Intersection over union of two spans: 0 when they only touch, 1 when they are equal. */
export function overlapOf(a: { start: number; end: number }, b: { start: number; end: number }): number {
  const intersection = Math.min(a.end, b.end) - Math.max(a.start, b.start)
  if (intersection <= 0) return 0
  return intersection / (Math.max(a.end, b.end) - Math.min(a.start, b.start))
}

/** Two spans that overlap enough to be one claim, by id, the earlier in the text first. */
export interface OverlapPair {
  a: string
  b: string
  overlap: number
}

/**
 * Why two spans that overlap enough are not one claim. A span of the same reviewer is in the other's claim and overlaps more (`closer`), overlaps
 * equally and has the same rating (`same-rating`), or is equal in both and earlier in the text (`tie`). Another span of one of the claims overlaps
 * the other too little (`too-little`). The sum of all overlaps is larger so (`in-all`). Or a person had put them in different claims (`kept-apart`).
 */
export type PassedReason = 'closer' | 'same-rating' | 'tie' | 'too-little' | 'in-all' | 'kept-apart'

/** A pair that was not joined, and why. */
export interface PassedPair extends OverlapPair {
  because: PassedReason
}

/** A claim with the grounds of its matching: the pairs inside it, and the pairs with spans of other claims that were not joined. */
export interface MatchedClaim<S> {
  spans: S[]
  pairs: OverlapPair[]
  passed: PassedPair[]
}

interface Pair {
  a: number
  b: number
  overlap: number
  /** Whether both have the same rating. */
  alike: boolean
}

/** All pairs of spans of different reviewers that overlap enough. */
function overlappingPairs(spans: readonly RatedSpan[]): Pair[] {
  const pairs: Pair[] = []
  spans.forEach((span, a) => {
    for (let b = a + 1; b < spans.length; b += 1) {
      const other = spans[b]
      // A span that begins after the middle of another cannot share half of its words.
      if (other === undefined || 2 * other.start > span.start + span.end) break
      if (other.authorId === span.authorId) continue
      const overlap = overlapOf(span, other)
      if (overlap >= minimumOverlap) pairs.push({ a, b, overlap, alike: span.rating === other.rating })
    }
  })
  return pairs
}

function compareRatedPlaces(p: RatedSpan, q: RatedSpan): number {
  return p.start - q.start || p.end - q.end || ratings.indexOf(p.rating) - ratings.indexOf(q.rating)
}

/**
 * Sorts the spans in reading order, equal ones by what else their reviewers marked. Neither ids nor names matter, unless two reviewers marked and
 * rated everything the same, when their order makes no difference.
 */
function sortSpans<S extends RatedSpan>(input: readonly S[]): S[] {
  const placed = [...input].sort((p, q) => compareRatedPlaces(p, q) || (p.id < q.id ? -1 : 1))
  const marksOf = new Map<string, string>()
  for (const { authorId, start, end, rating } of placed)
    marksOf.set(authorId, `${marksOf.get(authorId) ?? ''} ${start}-${end}-${rating}`)
  const ranks = new Map(
    [...marksOf]
      .sort(([id, marks], [otherId, others]) => (marks === others ? (id < otherId ? -1 : 1) : marks < others ? -1 : 1))
      .map(([id], rank) => [id, rank]),
  )
  const rankOf = ({ authorId }: S) => ranks.get(authorId) ?? 0
  return placed.sort((p, q) => compareRatedPlaces(p, q) || rankOf(p) - rankOf(q))
}

/** The units to group: single spans, and spans that a person has put into one claim (`kept`). */
interface Unit {
  places: number[]
  kept: boolean
}

/** The units in the order of their first spans, and the unit of each span. Kept groups that share a span become one. */
function makeUnits(spans: readonly RatedSpan[], kept: readonly (readonly string[])[]): { units: Unit[]; of: number[] } {
  const placeOf = new Map(spans.map(({ id }, place) => [id, place]))
  const unitOf = spans.map((_, place): Unit => {
    return { places: [place], kept: false }
  })
  for (const ids of kept) {
    const own = [...new Set(ids.flatMap((id) => placeOf.get(id) ?? []).map((place) => unitOf[place]))]
    const places = own.flatMap((unit) => unit?.places ?? []).sort((p, q) => p - q)
    const unit = { places, kept: true }
    for (const place of places) unitOf[place] = unit
  }
  const units = [...new Set(unitOf)]
  const numberOf = new Map(units.map((unit, number) => [unit, number]))
  return { units, of: unitOf.map((unit) => numberOf.get(unit) ?? 0) }
}

/** The bonds between units: the overlaps of their spans, unless a person keeps the units apart or both have a span of one reviewer. */
function bondsOf(
  spans: readonly RatedSpan[],
  { units, of }: ReturnType<typeof makeUnits>,
  pairs: readonly Pair[],
): Bonds {
  const authorOf = (place: number) => spans[place]?.authorId
  const keptAuthors = units.map(({ places, kept }) => (kept ? new Set(places.map(authorOf)) : null))
  // A pair of single spans always has different reviewers.
  const mayJoin = (left: number, right: number, { a, b }: Pair): boolean => {
    const [own, other] = [keptAuthors[left], keptAuthors[right]]
    if (left === right || (own && other)) return false
    return own?.has(authorOf(b)) !== true && other?.has(authorOf(a)) !== true
  }
  const bonds = units.map(() => new Map<number, Bond>())
  for (const pair of pairs) {
    const { a, b, overlap, alike } = pair
    const [left = a, right = b] = [of[a], of[b]]
    if (!mayJoin(left, right, pair)) continue
    const known = bonds[left]?.get(right) ?? { overlap: 0, alike: 0 }
    const bond = { overlap: known.overlap + overlap, alike: known.alike + Number(alike) }
    bonds[left]?.set(right, bond)
    bonds[right]?.set(left, bond)
  }
  return bonds
}

/** Overlaps that differ by less are equal. */
const hair = 1e-9

/** Why two spans that overlap enough are in different claims. */
function whyPassed(
  { a, b, overlap, alike }: Pair,
  spans: readonly RatedSpan[],
  claims: readonly [number[], number[]],
): PassedReason {
  const [ofA, ofB] = claims
  const rivalOf = (place: number, other: number, claim: readonly number[]) => {
    const [span, rivalled] = [spans[place], spans[other]]
    const rival = claim.find((member) => member !== place && spans[member]?.authorId === rivalled?.authorId)
    const found = rival === undefined ? undefined : spans[rival]
    if (span === undefined || found === undefined) return []
    return [{ overlap: overlapOf(span, found), alike: span.rating === found.rating }]
  }
  const rivals = [...rivalOf(a, b, ofA), ...rivalOf(b, a, ofB)]
  if (rivals.some((rival) => rival.overlap > overlap + hair)) return 'closer'
  const equal = rivals.filter((rival) => Math.abs(rival.overlap - overlap) <= hair)
  if (equal.length > 0) return equal.some((rival) => rival.alike === alike) ? 'tie' : 'same-rating'
  if (rivals.length > 0) return 'in-all'
  const sharesTooLittle = ofA.some((one) =>
    ofB.some((other) => {
      const [span, second] = [spans[one], spans[other]]
      return span !== undefined && second !== undefined && overlapOf(span, second) < minimumOverlap
    }),
  )
  return sharesTooLittle ? 'too-little' : 'in-all'
}

/** The claims as indexes of sorted spans, in reading order. */
function groupPlaces(
  spans: readonly RatedSpan[],
  made: ReturnType<typeof makeUnits>,
  pairs: readonly Pair[],
): number[][] {
  return groupUnits(bondsOf(spans, made, pairs)).map((group) =>
    group.flatMap((unit) => made.units[unit]?.places ?? []).sort((p, q) => p - q),
  )
}

/** The closest pairs first, then those with the same rating, then by place in the text. */
function byCloseness(p: Pair, q: Pair): number {
  return q.overlap - p.overlap || Number(q.alike) - Number(p.alike) || p.a - q.a || p.b - q.b
}

/**
 * Groups the spans of one revision into claims, and explains the result. A claim has at most one span of each reviewer, and every two overlap by at
 * least `minimumOverlap`. The sum of overlaps inside claims is largest; ties go to the most equal ratings, then to the first spans in the text
 * (`groupUnits` says how far this is exact). Reviewers, input order and ids do not affect the result. Every span is in exactly one claim; claims and
 * their spans are in reading order.
 * @param kept ids of spans that are one claim already, because a person decided or made it. Such a claim may gain spans of further reviewers that
 * overlap one of its own, and is never joined with another kept one. Unknown ids are ignored.
 */
export function explainMatch<S extends RatedSpan>(
  input: readonly S[],
  kept: readonly (readonly string[])[] = [],
): MatchedClaim<S>[] {
  const spans = sortSpans(input)
  const pairs = overlappingPairs(spans).sort(byCloseness)
  const made = makeUnits(spans, kept)
  const groups = groupPlaces(spans, made, pairs)
  const claims = groups.map((places): MatchedClaim<S> => {
    return { spans: places.flatMap((place) => spans[place] ?? []), pairs: [], passed: [] }
  })
  const claimOf = new Map(groups.flatMap((places, claim) => places.map((place) => [place, claim] as const)))
  const idOf = (place: number) => spans[place]?.id ?? ''
  for (const pair of pairs) {
    const { a, b, overlap } = pair
    const [left = 0, right = 0] = [claimOf.get(a), claimOf.get(b)]
    const described = { a: idOf(a), b: idOf(b), overlap }
    if (left === right) {
      claims[left]?.pairs.push(described)
      continue
    }
    const bothKept = [a, b].every((place) => made.units[made.of[place] ?? 0]?.kept === true)
    const because = bothKept ? 'kept-apart' : whyPassed(pair, spans, [groups[left] ?? [], groups[right] ?? []])
    for (const claim of [left, right]) claims[claim]?.passed.push({ ...described, because })
  }
  return claims
}

/** `explainMatch` without the explanation. */
export function matchClaims<S extends RatedSpan>(input: readonly S[]): S[][] {
  const spans = sortSpans(input)
  return groupPlaces(spans, makeUnits(spans, []), overlappingPairs(spans)).map((places) =>
    places.flatMap((place) => spans[place] ?? []),
  )
}

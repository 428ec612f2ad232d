import { ratings, type Rating } from '../annotations/rating'
import { groupUnits, type Bond, type Bonds } from './group-units'

/** A rated span as matching sees it: `[start, end)` in UTF-16 code units of one revision. */
export interface RatedSpan {
  id: string
  authorId: string
  start: number
  end: number
  rating: Rating
}

/** Two spans of different reviewers are one claim from this overlap on. */
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
 * Why a pair that overlaps enough is not one claim: a span of the same reviewer stands in the other's claim and overlaps more (`closer`), or equally and has
 * the same rating (`same-rating`) or none of both reasons decides, so the place in the text does (`tie`); another span of one of the claims shares too little
 * with the other (`too-little`); all overlaps together are larger so (`in-all`); or a person had put them in different claims (`kept-apart`).
 */
export type PassedReason = 'closer' | 'same-rating' | 'tie' | 'too-little' | 'in-all' | 'kept-apart'

/** A pair that was passed over. */
export interface PassedPair extends OverlapPair {
  because: PassedReason
}

/** A claim with what its matching rests on: the pairs inside it, and the pairs with spans of other claims that were passed over. */
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
      // What begins behind the middle of a span cannot share half of its words.
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
 * The spans in reading order, equal ones by what else their reviewers marked: neither ids nor names decide, unless two reviewers marked and rated all the same,
 * so that it makes no difference which of them comes first.
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

/** What is grouped: single spans, and spans that a person has put into one claim (`kept`). */
interface Unit {
  places: number[]
  kept: boolean
}

/** The units in the order of their first spans, and the unit of each span. Kept groups that share a span are one. */
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

/** What joins the units: the overlaps of their spans, unless a person keeps them apart or both have a span of one reviewer. */
function bondsOf(
  spans: readonly RatedSpan[],
  { units, of }: ReturnType<typeof makeUnits>,
  pairs: readonly Pair[],
): Bonds {
  const authorOf = (place: number) => spans[place]?.authorId
  const keptAuthors = units.map(({ places, kept }) => (kept ? new Set(places.map(authorOf)) : null))
  // Of two single spans the pair itself says that their reviewers differ.
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

/** Why two spans that overlap enough stand in different claims. */
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

/** The claims as places of sorted spans, in reading order. */
function groupPlaces(
  spans: readonly RatedSpan[],
  made: ReturnType<typeof makeUnits>,
  pairs: readonly Pair[],
): number[][] {
  return groupUnits(bondsOf(spans, made, pairs)).map((group) =>
    group.flatMap((unit) => made.units[unit]?.places ?? []).sort((p, q) => p - q),
  )
}

/** The closest pairs first, then those with the same rating, then by place. */
function byCloseness(p: Pair, q: Pair): number {
  return q.overlap - p.overlap || Number(q.alike) - Number(p.alike) || p.a - q.a || p.b - q.b
}

/**
 * Groups the spans of one revision into claims, and says why: at most one span of each reviewer, every two of which overlap by at least `minimumOverlap`, so that
 * the overlaps inside claims add up to the most, and of equal sums with the most equal ratings, and then with what stands first in the text (`groupUnits`
 * says up to where this is exact). Who rated, in which order and under which id changes nothing. Every span is in exactly one claim; claims and their spans
 * are in reading order.
 * @param kept ids of spans that are one claim already, because a person decided or made it: such a claim may gain spans of further reviewers that overlap
 * one of its own, and is never joined with another kept one. Unknown ids are passed over.
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

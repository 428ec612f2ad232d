import { ratings, type Rating } from '../annotations/rating'

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
 * Why a pair that overlaps enough is not one claim: one of the two was joined to a span of the same reviewer that overlaps more (`closer`) or
 * equally and has the same rating (`same-rating`) or stands earlier in the text (`tie`); or a person had put them in different claims (`kept-apart`).
 */
export type PassedReason = 'closer' | 'same-rating' | 'tie' | 'kept-apart'

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

function overlappingPairs(spans: readonly RatedSpan[]): Pair[] {
  const pairs: Pair[] = []
  spans.forEach((span, a) => {
    for (let b = a + 1; b < spans.length; b += 1) {
      const other = spans[b]
      if (other === undefined || other.start >= span.end) break
      if (other.authorId === span.authorId) continue
      const overlap = overlapOf(span, other)
      if (overlap >= minimumOverlap) pairs.push({ a, b, overlap, alike: span.rating === other.rating })
    }
  })
  // Places in the sorted list break ties, so that the result does not depend on the order of the input.
  return pairs.sort((p, q) => q.overlap - p.overlap || Number(q.alike) - Number(p.alike) || p.a - q.a || p.b - q.b)
}

/** Groups of places that only ever grow together. */
interface Groups {
  of: number[]
  members: number[][]
  /** Groups that a person made or decided; two of them are never joined. */
  kept: Set<number>
}

function join(groups: Groups, left: number, right: number): void {
  const into = Math.min(left, right)
  const joined = [...(groups.members[left] ?? []), ...(groups.members[right] ?? [])].sort((p, q) => p - q)
  groups.members[left] = []
  groups.members[right] = []
  groups.members[into] = joined
  if (groups.kept.delete(left) || groups.kept.delete(right)) groups.kept.add(into)
  for (const place of joined) groups.of[place] = into
}

function startGroups(spans: readonly RatedSpan[], kept: readonly (readonly string[])[]): Groups {
  const groups: Groups = {
    of: spans.map((_, place) => place),
    members: spans.map((_, place) => [place]),
    kept: new Set(),
  }
  const placeOf = new Map(spans.map(({ id }, place) => [id, place]))
  for (const ids of kept) {
    const [first, ...others] = ids.flatMap((id) => placeOf.get(id) ?? []).sort((p, q) => p - q)
    if (first === undefined) continue
    for (const place of others) join(groups, groups.of[first] ?? first, groups.of[place] ?? place)
    groups.kept.add(groups.of[first] ?? first)
  }
  return groups
}

/** Why a pair was passed over, from the pairs by which its spans were joined to others. */
function whyPassed({ overlap, alike }: Pair, joined: readonly (Pair | undefined)[]): PassedReason {
  const equal = joined.filter((pair) => pair?.overlap === overlap)
  if (equal.length === 0) return 'closer'
  return equal.some((pair) => pair?.alike === alike) ? 'tie' : 'same-rating'
}

function byPlaceAndRating(p: RatedSpan, q: RatedSpan): number {
  return (
    p.start - q.start ||
    p.end - q.end ||
    ratings.indexOf(p.rating) - ratings.indexOf(q.rating) ||
    (p.id < q.id ? -1 : 1)
  )
}

/** Whether two groups hold spans of one reviewer. */
function shareReviewer(spans: readonly RatedSpan[], left: readonly number[], right: readonly number[]): boolean {
  const authors = new Set(left.map((place) => spans[place]?.authorId))
  return right.some((place) => authors.has(spans[place]?.authorId))
}

/**
 * Groups the spans of one revision into claims, and says why: at most one span of each reviewer, joined where spans of different reviewers
 * overlap by at least `minimumOverlap`, the closest pairs first, of equally close ones those with the same rating, and of these the one that stands first
 * in the text. Who rated, in which order and under which id changes nothing. Every span is in exactly one claim; claims and their spans are in reading order.
 * @param kept ids of spans that are one claim already, because a person decided or made it: such a claim may gain spans of further reviewers, and
 * is never joined with another kept one. Unknown ids are passed over.
 */
export function explainMatch<S extends RatedSpan>(
  input: readonly S[],
  kept: readonly (readonly string[])[] = [],
): MatchedClaim<S>[] {
  const spans = [...input].sort(byPlaceAndRating)
  const groups = startGroups(spans, kept)
  const pairs = overlappingPairs(spans)
  /** The last pair by which each span was joined so far: the least close one. */
  const joinedBy = new Map<number, Pair>()
  const because = new Map<Pair, PassedReason>()
  for (const pair of pairs) {
    const { a, b } = pair
    const left = groups.of[a] ?? a
    const right = groups.of[b] ?? b
    if (left !== right) {
      if (groups.kept.has(left) && groups.kept.has(right)) {
        because.set(pair, 'kept-apart')
        continue
      }
      if (shareReviewer(spans, groups.members[left] ?? [], groups.members[right] ?? [])) {
        because.set(pair, whyPassed(pair, [joinedBy.get(a), joinedBy.get(b)]))
        continue
      }
      join(groups, left, right)
    }
    joinedBy.set(a, pair)
    joinedBy.set(b, pair)
  }
  return present(spans, groups, { pairs, because })
}

function present<S extends RatedSpan>(
  spans: readonly S[],
  groups: Groups,
  { pairs, because }: { pairs: readonly Pair[]; because: ReadonlyMap<Pair, PassedReason> },
): MatchedClaim<S>[] {
  const claimOf = new Map<number, MatchedClaim<S>>()
  groups.members.forEach((places, group) => {
    if (places.length > 0)
      claimOf.set(group, { spans: places.flatMap((place) => spans[place] ?? []), pairs: [], passed: [] })
  })
  const idOf = (place: number) => spans[place]?.id ?? ''
  for (const pair of pairs) {
    const described = { a: idOf(pair.a), b: idOf(pair.b), overlap: pair.overlap }
    const [left, right] = [groups.of[pair.a] ?? pair.a, groups.of[pair.b] ?? pair.b]
    const reason = because.get(pair)
    if (left === right) claimOf.get(left)?.pairs.push(described)
    else if (reason !== undefined)
      for (const group of [left, right]) claimOf.get(group)?.passed.push({ ...described, because: reason })
  }
  return [...claimOf.values()].sort((p, q) => (p.spans[0]?.start ?? 0) - (q.spans[0]?.start ?? 0))
}

/** `explainMatch` without the explanation. */
export function matchClaims<S extends RatedSpan>(input: readonly S[]): S[][] {
  return explainMatch(input).map(({ spans }) => spans)
}

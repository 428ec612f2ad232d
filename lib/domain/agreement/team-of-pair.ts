import { labelCount, pair, ratingCount, team } from './statistics'

function at(row: Float64Array, place: number): number {
  return row[place] ?? 0
}

/** The `team` row of two reviewers alone: claims that neither marked are none between them. */
export function teamOfPair(row: Float64Array, into: Float64Array): Float64Array {
  into.fill(0)
  let claims = 0
  let coMarked = 0
  let agreeing = 0
  for (let c = 0; c < labelCount; c += 1) {
    for (let k = 0; k < labelCount; k += 1) {
      const place = c * labelCount + k
      const mirrored = k * labelCount + c
      const both = at(row, pair.labels + place) + at(row, pair.labels + mirrored)
      into[team.withUnmarked + place] = both
      into[team.continuum + place] = at(row, pair.continuum + place) + at(row, pair.continuum + mirrored)
      claims += both
      if (c === ratingCount || k === ratingCount) continue
      into[team.coMarked + c * ratingCount + k] = both
      coMarked += both
      if (c === k) agreeing += both
    }
  }
  into[team.claims] = claims / 2
  into[team.coMarkedClaims] = coMarked / 2
  into[team.agreement] = agreeing / 2
  for (let rating = 0; rating < ratingCount; rating += 1) {
    let own = 0
    for (let k = 0; k < ratingCount; k += 1) own += at(into, team.coMarked + rating * ratingCount + k)
    const differing = own - at(into, team.coMarked + rating * ratingCount + rating)
    into[team.agreementByRating + rating] = coMarked / 2 - differing
    into[team.shares + rating] = own / 2
    into[team.squares + rating] = at(row, pair.squares + rating)
    into[team.sharedSquares + rating] = at(row, pair.sharedSquares + rating)
  }
  into[team.sharedLength] = at(row, pair.sharedLength)
  into[team.length] = at(row, pair.length)
  into[team.documents] = at(row, pair.documents)
  return into
}

/** Concatenates all sums of a session into one long row, so that intervals add each document in one go. */
import type { SumBlock } from './jackknife'
import { figureNames, writeFigures, type SliceSums } from './figures'
import { pair, ratingCount, team, type DocumentStatistics, labelCount } from './statistics'

function at(row: Float64Array, place: number): number {
  return row[place] ?? 0
}

/** The `team` row of two reviewers alone. Claims that neither marked do not count between them. */
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

/** The pairs of reviewers that share a document, each with the offset of its sums in the long row. */
export interface Layout {
  pairs: { reviewerIds: [string, string]; offset: number }[]
  offsetOf: Map<string, number>
  width: number
}

/** A pair of reviewers as a map key. */
export function pairKey(reviewerIds: readonly [string, string]): string {
  return JSON.stringify(reviewerIds)
}

/** Lays out the long row for documents: the sums of all reviewers, then those of each pair, sorted by id. */
export function layOut(documents: readonly DocumentStatistics[]): Layout {
  const found = new Map<string, readonly [string, string]>()
  for (const { pairs } of documents) for (const { reviewerIds } of pairs) found.set(pairKey(reviewerIds), reviewerIds)
  const pairs = [...found.values()]
    .sort(([a, b], [c, d]) => (a === c ? (b < d ? -1 : 1) : a < c ? -1 : 1))
    .map(([first, second], place): Layout['pairs'][number] => {
      return { reviewerIds: [first, second], offset: team.width + place * pair.width }
    })
  const offsetOf = new Map(pairs.map(({ reviewerIds, offset }) => [pairKey(reviewerIds), offset]))
  return { pairs, offsetOf, width: team.width + pairs.length * pair.width }
}

/** The offsets of a document's sums in the long row. */
export function blocksOf(document: DocumentStatistics, { offsetOf }: Layout): SumBlock[] {
  const own = document.pairs.map(({ reviewerIds, sums }) => {
    return { offset: offsetOf.get(pairKey(reviewerIds)) ?? 0, values: sums }
  })
  return [{ offset: 0, values: document.team }, ...own]
}

/** The long row as the slice of the whole session, made of views rather than copies. */
export function sliceOf(sums: Float64Array, { pairs }: Layout): SliceSums {
  return {
    team: sums.subarray(0, team.width),
    pairs: pairs.map(({ offset }) => sums.subarray(offset, offset + pair.width)),
  }
}

/** Writes all figures that have intervals: of the session, of each rating, of each pair. */
export function writeAll(sums: Float64Array, { layout, out }: { layout: Layout; out: Float64Array }): void {
  const session = sliceOf(sums, layout)
  writeFigures(session, { rating: null, out, offset: 0 })
  let offset = figureNames.length
  for (let rating = 0; rating < ratingCount; rating += 1, offset += figureNames.length)
    writeFigures(session, { rating, out, offset })
  const two = new Float64Array(team.width)
  for (const row of session.pairs) {
    writeFigures({ team: teamOfPair(row, two), pairs: [row] }, { rating: null, out, offset })
    offset += figureNames.length
  }
}

/** The slice of one document. */
export function documentSlice({ team: row, pairs }: DocumentStatistics): SliceSums {
  return { team: row, pairs: pairs.map(({ sums }) => sums) }
}

/** The slice of two reviewers, from their row. */
export function pairSlice(row: Float64Array): SliceSums {
  return { team: teamOfPair(row, new Float64Array(team.width)), pairs: [row] }
}

import type { Period } from './review-schema'

/** What says when a document was published and reviewed. `publishedOn` as in lib/domain/documents; `reviewed` are moments in UTC. */
export interface DatedDocument {
  publishedOn: string | null
  reviewed?: { from: string; to: string } | null
}

/** Between which dates the documents were published and reviewed. */
export function periodOf(documents: readonly DatedDocument[]): Period {
  // Dates as precise as they are known sort as text: a year stands before its months.
  const published = documents.flatMap(({ publishedOn }) => publishedOn ?? []).sort()
  const reviewed = documents.flatMap((document) => document.reviewed ?? [])
  const from = reviewed.map((each) => each.from).sort()[0]
  const to = reviewed
    .map((each) => each.to)
    .sort()
    .at(-1)
  return {
    published: {
      from: published[0] ?? null,
      to: published.at(-1) ?? null,
      undated: documents.length - published.length,
    },
    reviewed: from === undefined || to === undefined ? null : { from, to },
  }
}

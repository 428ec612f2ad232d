import type { Rating } from '../../annotations/rating'
import type { SentenceSpan } from '../../text/sentences'
import { computeReport, type ReportInput } from '../compute-report'
import type { AdjudicatedClaim, ReportAnnotation, ReportCitation, ReportDocument } from '../input-schema'

const carrying = {
  sourced: 'supports',
  contradicted: 'contradicts',
  unsourced: 'mentions',
  not_checkable: 'mentions',
} as const

/** A citation that supports a rating; `id` names its reference. */
export function makeCitation(rating: Rating, { id = 'r1', quote = 'a daily mean of 27,400' } = {}): ReportCitation {
  return {
    id: `citation of ${id}`,
    stance: carrying[rating],
    quote,
    locator: '',
    quoteCheck: 'word-for-word',
    quoteStart: 0,
    reference: {
      id,
      title: 'Traffic register',
      author: '',
      publisher: '',
      issued: '2024',
      url: '',
      doi: '',
      snapshotSha256: null,
      snapshotAt: null,
    },
  }
}

/** The whole sentence with the given number, from 0. */
export function placeOf(sentence: number): { start: number; end: number } {
  return { start: sentence * 10, end: sentence * 10 + 9 }
}

/** A claim of a closed session on one sentence: two reviewers gave it this rating, and a third person settled it. */
export function settle(
  sentence: number,
  rating: Rating | null,
  given: Partial<AdjudicatedClaim> = {},
): AdjudicatedClaim {
  return {
    id: `claim ${String(sentence)}`,
    ...placeOf(sentence),
    exact: `Claim ${String(sentence)}.`,
    rating,
    disputed: false,
    partial: false,
    reason: rating === null ? 'no-statement' : 'other',
    words: '',
    own: false,
    citations: rating === null ? [] : [makeCitation(rating)],
    votes: ['x', 'y'].map((reviewer) => ({
      annotationId: `vote of ${reviewer} on ${String(sentence)}`,
      rating: rating ?? 'not_checkable',
      late: false,
    })),
    ...given,
  }
}

/** A reviewer's mark on one sentence, outside of sessions. */
export function mark(
  authorId: string,
  sentence: number,
  { rating, ...given }: Partial<ReportAnnotation> & { rating: Rating },
): ReportAnnotation {
  return {
    id: `mark of ${authorId} on ${String(sentence)}`,
    authorId,
    ...placeOf(sentence),
    exact: `Claim ${String(sentence)}.`,
    rating,
    phase: 'open',
    disputed: false,
    partial: false,
    note: '',
    citations: [makeCitation(rating)],
    ...given,
  }
}

/** An untouched document with the given number of checkable sentences. */
export function makeDocument(id: string, sentenceCount: number, given: Partial<ReportDocument> = {}): ReportDocument {
  const sentences: SentenceSpan[] = Array.from({ length: sentenceCount }, (_, sentence) => ({
    ...placeOf(sentence),
    kind: 'sentence',
  }))
  return {
    id,
    title: `Title of ${id}`,
    publishedOn: '2025-03-14',
    revisionId: `revision of ${id}`,
    sha256: '0'.repeat(64),
    sentences,
    checkable: sentences,
    annotations: [],
    decisions: [],
    ...given,
  }
}

/** A document whose claims a closed session settled. */
export function makeSettled(id: string, sentenceCount: number, claims: readonly AdjudicatedClaim[]): ReportDocument {
  const document = makeDocument(id, sentenceCount)
  return {
    ...document,
    reviewed: { from: '2025-03-18T00:00:00.000Z', to: '2025-03-20T00:00:00.000Z' },
    adjudication: {
      sessionId: 'session',
      sessionName: 'Spring',
      closedAt: '2025-03-20T00:00:00.000Z',
      minimumReviewers: 1,
      reviewerIds: ['x', 'y'],
      claims: [...claims],
      decisions: [],
      checkable: document.checkable,
    },
  }
}

/** The given number of settled documents, each of ten sentences: eight sourced and one contradicted. */
export function makeSettledDocuments(count: number): ReportDocument[] {
  return Array.from({ length: count }, (_, place) =>
    makeSettled(`d${String(place)}`, 10, [
      ...Array.from({ length: 8 }, (_unused, sentence) => settle(sentence, 'sourced')),
      settle(8, 'contradicted'),
    ]),
  )
}

/** Computes the report on documents of an invented source. */
export function reportOn(documents: readonly ReportDocument[], given: Partial<ReportInput> = {}) {
  return computeReport({
    source: { id: 's', name: 'The Coastal Herald', kind: '', homepage: '' },
    documents,
    computedAt: '2025-03-21T00:00:00.000Z',
    inputSha256: '0'.repeat(64),
    ...given,
  })
}

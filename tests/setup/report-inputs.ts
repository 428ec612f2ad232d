import { agreementMethodVersion } from '@/lib/domain/agreement/schema'
import { agreementParameters } from '@/lib/domain/agreement/session-agreement'
import type { Rating } from '@/lib/domain/annotations/rating'
import { methodVersion } from '@/lib/domain/reports/compute-report'
import type { AdjudicatedClaim, ReportCitation, ReportDocument, ReportInputs } from '@/lib/domain/reports/input-schema'
import { defaultProtocol } from '@/lib/domain/review-sessions/protocol'
import { makeDice, pick, type Dice } from './dice'

/** An id of a kind, by number; the same at every run. */
export function fixedId(kind: number, n: number): string {
  return `0000000${String(kind)}-0000-7000-8000-${String(n).padStart(12, '0')}`
}

const settled: readonly Rating[] = ['sourced', 'sourced', 'sourced', 'unsourced', 'contradicted', 'not_checkable']
const reviewers = [fixedId(1, 1), fixedId(1, 2)]
const closedAt = '2026-03-01T12:00:00.000Z'
const sentenceLength = 40
const sentencesEach = 12
const claimsEach = 9

function citationOf(n: number, rating: Rating): ReportCitation {
  return {
    id: fixedId(6, n),
    stance: rating === 'contradicted' ? 'contradicts' : 'supports',
    quote: `The register counts ${String(n)}.`,
    locator: 'p. 4',
    quoteCheck: 'word-for-word',
    quoteStart: n,
    reference: {
      id: fixedId(7, n % 5),
      title: `Harbour register ${String(n % 5)}`,
      author: 'Port authority',
      publisher: 'City of Ostrava-on-Sea',
      issued: '2024',
      url: 'https://register.example/2024',
      doi: '',
      snapshotSha256: 'ab'.repeat(32),
      snapshotAt: '2026-02-01T08:00:00.000Z',
    },
  }
}

function claimOf(dice: Dice, n: number, place: number): AdjudicatedClaim {
  const rating = pick(dice, settled)
  const start = place * sentenceLength
  const cites = rating === 'sourced' || rating === 'contradicted'
  return {
    id: fixedId(5, n),
    start,
    end: start + sentenceLength - 1,
    exact: `Claim ${String(n)} says what the harbour did.`,
    rating,
    disputed: dice(10) === 0,
    partial: false,
    reason: cites ? 'evidence' : 'no-evidence',
    words: cites ? 'The register says so.' : '',
    own: false,
    citations: cites ? [citationOf(n, rating)] : [],
    votes: reviewers.map((_, reviewer) => ({
      annotationId: fixedId(4, n * 2 + reviewer),
      rating: dice(5) === 0 ? 'unsourced' : rating,
      late: false,
    })),
  }
}

function documentOf(dice: Dice, n: number): ReportDocument {
  const sentences = Array.from({ length: sentencesEach }, (_, place) => ({
    start: place * sentenceLength,
    end: place * sentenceLength + sentenceLength - 1,
    kind: 'sentence' as const,
  }))
  return {
    id: fixedId(2, n),
    title: `Ferries of the harbour, part ${String(n)}`,
    publishedOn: n % 4 === 0 ? null : `2026-01-0${String(n % 9)}`,
    revisionId: fixedId(3, n),
    sha256: 'cd'.repeat(32),
    sentences,
    checkable: sentences,
    annotations: [],
    decisions: [],
    adjudication: {
      sessionId: fixedId(8, 1),
      sessionName: 'The harbour in winter',
      closedAt,
      minimumReviewers: 1,
      reviewerIds: reviewers,
      claims: Array.from({ length: claimsEach }, (_, place) => claimOf(dice, n * 100 + place, place)),
      decisions: reviewers.map((authorId) => ({
        authorId,
        start: claimsEach * sentenceLength,
        end: claimsEach * sentenceLength + sentenceLength - 1,
      })),
      checkable: sentences.map(({ start, end }) => ({ start, end })),
    },
  }
}

function blindRatingsOf({ id, adjudication }: ReportDocument): ReportInputs['agreement']['documents'][number] {
  return {
    id,
    length: sentencesEach * sentenceLength,
    reviewers: reviewers.map((reviewerId, reviewer) => ({
      id: reviewerId,
      spans: (adjudication?.claims ?? []).flatMap(({ start, end, votes }) => {
        const vote = votes[reviewer]
        return vote === undefined ? [] : [{ id: vote.annotationId, start, end, rating: vote.rating }]
      }),
    })),
  }
}

/** The inputs of a report on an invented source: documents that two reviewers read blind and a closed session settled. The same at every run. */
export function makeReportInputs({ documents: count = 6, seed = 7 } = {}): ReportInputs {
  const dice = makeDice(seed)
  const documents = Array.from({ length: count }, (_, n) => documentOf(dice, n + 1))
  return {
    methodVersion,
    softwareVersion: '0.1.0',
    source: { id: fixedId(9, 1), name: 'The Coastal Herald', kind: 'newspaper', homepage: 'https://herald.example' },
    choices: { singleReviews: 'left-out' },
    documents,
    withdrawn: [],
    earlierSessions: [],
    reopenedSessions: [],
    sessions: [
      {
        id: fixedId(8, 1),
        name: 'The harbour in winter',
        question: 'Does the Herald count ferries right?',
        closedAt,
        protocol: defaultProtocol,
        sample: null,
        documents: { ofSource: count, all: count },
      },
    ],
    documentsInBlindPhase: 0,
    agreement: {
      methodVersion: agreementMethodVersion,
      parameters: agreementParameters,
      documents: documents.map(blindRatingsOf),
    },
  }
}

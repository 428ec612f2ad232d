import { permit, type Actor } from '@/lib/server/access/gate'
import { createAnnotation } from '@/lib/server/annotations/mutations'
import { decideSentences } from '@/lib/server/sentence-decisions/mutations'
import { measureCoverage } from '@/lib/domain/annotations/coverage'
import {
  findQuoted,
  takeKey,
  type QuotedRange,
  type SampleAnnotation,
  type SampleDocumentReviews,
  type SampleReview,
} from './load'
import type { SeededDocument, SeededLibrary } from './seed-library'

interface Seeding {
  actors: ReadonlyMap<string, Actor>
  library: SeededLibrary
}

function rangeOf(text: string, quoted: Parameters<typeof findQuoted>[1]): QuotedRange {
  const range = findQuoted(text, quoted)
  if (range === null) throw new Error(`The sample quotes words that the document does not have: ${quoted.exact}`)
  return range
}

async function seedAnnotation(
  actor: Actor,
  {
    revisionId,
    range,
    annotation,
    references,
  }: { revisionId: string; range: QuotedRange; annotation: SampleAnnotation; references: ReadonlyMap<string, string> },
): Promise<void> {
  const { rating, note, flags, tags, citations } = annotation
  await createAnnotation(permit(actor, 'annotation.create'), {
    revisionId,
    input: {
      ...range,
      rating,
      note,
      tags,
      disputed: flags.includes('disputed'),
      partial: flags.includes('partial'),
      citations: citations.map(({ reference, stance, quote, locator }) => ({
        referenceId: takeKey(references, reference),
        stance,
        quote,
        locator,
      })),
    },
  })
}

async function seedReview(
  review: SampleReview,
  { document, actor, references }: { document: SeededDocument; actor: Actor; references: ReadonlyMap<string, string> },
): Promise<void> {
  const { revisionId, text, checkable } = document
  const ranges = review.annotations.map((annotation) => ({ annotation, range: rangeOf(text, annotation) }))
  for (const { annotation, range } of ranges) {
    await seedAnnotation(actor, { revisionId, range, annotation, references })
  }
  const annotations = ranges.map(({ annotation, range }) => ({ ...range, rating: annotation.rating }))
  const { outcomes } = measureCoverage({ sentences: checkable, annotations, decisions: [] })
  const quoted = review.noClaims.map((noClaim) => rangeOf(text, noClaim))
  const decided = checkable.filter(
    (sentence, place) =>
      outcomes[place] === null &&
      (review.decideRest || quoted.some((range) => range.start < sentence.end && range.end > sentence.start)),
  )
  if (decided.length > 0) {
    const decisions = decided.map(({ start, end }) => ({ start, end }))
    await decideSentences(permit(actor, 'sentence-decision.create'), { revisionId, decisions, isList: true })
  }
}

/** Stores the sample's annotations and sentence decisions, each by its reviewer. */
export async function seedReviews({
  reviews,
  actors,
  library,
}: Seeding & { reviews: readonly SampleDocumentReviews[] }): Promise<void> {
  for (const { document: slug, reviews: ofDocument } of reviews) {
    const document = takeKey(library.documents, slug)
    for (const review of ofDocument) {
      await seedReview(review, { document, actor: takeKey(actors, review.reviewer), references: library.references })
    }
  }
}

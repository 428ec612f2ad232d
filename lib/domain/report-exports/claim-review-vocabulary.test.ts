import type { ClaimLeaf, ClaimReviewLeaf, CreativeWorkLeaf, Graph, OrganizationLeaf, RatingLeaf } from 'schema-dts'
import { expect, expectTypeOf, test } from 'vitest'
import { makeExportedReport } from '@/tests/setup/exported-report'
import { writeClaimReviews, type WrittenClaimReview } from './linked-data'

/** Our properties that a type of schema.org does not have. */
type Foreign<Ours, Theirs> = Exclude<keyof Ours, keyof Theirs>

/*
 * The compiler compares the exported claims with the vocabulary of schema.org as types (schema-dts): `npm run check` fails where a property is unknown to
 * its type or has a value of another kind.
 */
test('every property belongs to its type in schema.org, with a value of a kind that it takes', () => {
  const written = writeClaimReviews(makeExportedReport())
  if (!written.ok) throw new Error(written.says)
  const graph: Graph = written.graph
  expect(graph['@context']).toBe('https://schema.org')
  type Item = WrittenClaimReview['itemReviewed']
  expectTypeOf<Foreign<WrittenClaimReview, ClaimReviewLeaf>>().toBeNever()
  expectTypeOf<Foreign<Item, ClaimLeaf>>().toBeNever()
  expectTypeOf<Foreign<Item['appearance'], CreativeWorkLeaf>>().toBeNever()
  expectTypeOf<Foreign<Item['author'], OrganizationLeaf>>().toBeNever()
  expectTypeOf<Foreign<WrittenClaimReview['reviewRating'], RatingLeaf>>().toBeNever()
})

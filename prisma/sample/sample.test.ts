import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { missingEvidence } from '@/lib/domain/annotations/rating'
import { reasonsFor } from '@/lib/domain/claims/verdict'
import { buildTextIndex, type TextIndex } from '@/lib/domain/text/text-index'
import { readDocument } from '@/lib/server/importing/read-document'
import { findQuoted, loadSample, readSampleDocument } from './load'

const folder = import.meta.dirname
const sample = await loadSample(folder)

const documents = sample.sources.flatMap((source) => source.documents)
const documentOf = new Map(documents.map((document) => [document.slug, document]))
const references = new Map(sample.references.map((reference) => [reference.key, reference]))
const memberOf = new Map(sample.workspace.members.map((member) => [member.key, member]))
const allReviews = sample.reviews.flatMap(({ document, reviews }) => reviews.map((review) => ({ ...review, document })))
const allAnnotations = allReviews.flatMap((review) =>
  review.annotations.map((annotation) => ({
    ...annotation,
    reviewer: review.reviewer,
    document: review.document,
    status: review.status,
  })),
)
const indexes = new Map<string, TextIndex>()
for (const document of documents) {
  const read = await readDocument({
    bytes: await readSampleDocument(folder, document),
    fileName: basename(document.file),
  })
  if (!read.ok) throw new Error(`${document.file}: ${read.problem.message}`)
  indexes.set(document.slug, buildTextIndex(read.document.content))
}

function indexOf(slug: string): TextIndex {
  const index = indexes.get(slug)
  if (index === undefined) throw new Error(`sources.json has no document "${slug}"`)
  return index
}

function textOf(slug: string): string {
  return indexOf(slug).text
}

/** The annotations whose evidence is missing on purpose. */
const drafts = [
  ['barriers-and-budgets', 'mateo', 'the vote to the opening, the five barriers took between four and nine years'],
  ['storm-surge-explainer', 'jiwoo', 'Red has never been declared in Port Ansell.'],
  ['tide-wall-untold-truth', 'parisa', 'the water in the harbour has become cleaner'],
]

describe('names', () => {
  test.each([
    ['members', sample.workspace.members.map((member) => member.key)],
    ['e-mail addresses', sample.workspace.members.map((member) => member.email)],
    ['sources', sample.sources.map((source) => source.slug)],
    ['documents', documents.map((document) => document.slug)],
    ['references', sample.references.map((reference) => reference.key)],
    ['reviews', allReviews.map((review) => `${review.document} ${review.reviewer}`)],
  ])('%s are unique', (_name, keys) => {
    expect(keys).toEqual([...new Set(keys)])
  })

  test('every document file is listed, and every listed file is there', async () => {
    const entries = await readdir(join(folder, 'documents'), { recursive: true, withFileTypes: true })
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, 'documents').length + 1))
    expect(documents.map((document) => document.file).sort()).toEqual(files.sort())
  })

  test('reviews name documents, reviewers and references that exist', () => {
    for (const review of allReviews) {
      expect(documentOf.has(review.document), review.document).toBe(true)
      expect(memberOf.get(review.reviewer)?.role, review.reviewer).toBe('reviewer')
    }
    for (const annotation of allAnnotations) {
      for (const citation of annotation.citations)
        expect(references.has(citation.reference), citation.reference).toBe(true)
    }
  })

  test('every address is an invented one', () => {
    const addresses = [
      ...sample.sources.map((source) => source.homepage),
      ...documents.map((document) => document.url),
      ...sample.references.flatMap((reference) => reference.csl.URL ?? []),
    ]
    for (const address of addresses) expect(new URL(address).hostname).toMatch(/\.example$/)
    for (const member of sample.workspace.members) expect(member.email).toMatch(/@harbour-desk\.example$/)
    for (const { text } of indexes.values()) {
      for (const [host] of text.matchAll(/(?<=https?:\/\/)[^/\s]+/g)) expect(host).toMatch(/\.example$/)
    }
  })
})

describe('words', () => {
  test.each(allReviews.map((review) => [review.document, review.reviewer, review] as const))(
    'every span of %s by %s stands in the text once, inside one block that counts',
    (slug, _reviewer, review) => {
      for (const quoted of [...review.annotations, ...review.noClaims]) {
        const range = findQuoted(textOf(slug), quoted)
        const block = indexOf(slug).blocks.find(
          ({ start, end }) => range !== null && start <= range.start && range.end <= end,
        )
        expect(range, quoted.exact).not.toBeNull()
        expect(block, quoted.exact).toBeDefined()
        expect(block?.scope, quoted.exact).toBeNull()
        expect(quoted.exact).toBe(quoted.exact.trim())
      }
    },
  )

  test('what is discussed stands in the text once, and whoever speaks may', () => {
    const discussions = sample.reviews.flatMap(({ document, discussions: of }) =>
      of.map((one) => ({ document, ...one })),
    )
    expect(discussions).not.toEqual([])
    for (const { document, comments, ...quoted } of discussions) {
      expect(findQuoted(textOf(document), quoted), quoted.exact).not.toBeNull()
      for (const { by } of comments) expect(['owner', 'lead', 'reviewer'], by).toContain(memberOf.get(by)?.role)
    }
  })

  test('every citation of a stored text quotes it word for word', () => {
    for (const annotation of allAnnotations) {
      for (const citation of annotation.citations) {
        const snapshot = references.get(citation.reference)?.snapshotText
        if (snapshot !== undefined) expect(snapshot).toContain(citation.quote)
      }
    }
  })

  test('a sentence is not both annotated and without claim', () => {
    for (const review of allReviews) {
      const decided = review.noClaims.map((quoted) => findQuoted(textOf(review.document), quoted))
      for (const annotation of review.annotations) {
        const range = findQuoted(textOf(review.document), annotation)
        for (const other of decided) {
          const overlap = range !== null && other !== null && range.start < other.end && other.start < range.end
          expect(overlap, annotation.exact).toBe(false)
        }
      }
    }
  })
})

describe('ratings', () => {
  test('only the listed drafts lack their evidence', () => {
    const incomplete = allAnnotations.filter(
      (annotation) =>
        missingEvidence(
          annotation.rating,
          annotation.citations.map((citation) => citation.stance),
        ) !== null,
    )
    const names = incomplete.map((annotation) => [annotation.document, annotation.reviewer, annotation.exact])
    expect(names).toEqual(drafts)
    expect(allAnnotations.filter((annotation) => annotation.draft)).toEqual(incomplete)
  })

  test('nothing submitted is incomplete', () => {
    expect(allAnnotations.filter((annotation) => annotation.draft && annotation.status === 'submitted')).toEqual([])
  })

  test('a reviewer reads a document after it was published and after the cited text was stored', () => {
    for (const review of allReviews) {
      const published = documentOf.get(review.document)?.publishedOn ?? ''
      expect(review.reviewedOn > published, review.document).toBe(true)
      for (const citation of review.annotations.flatMap((annotation) => annotation.citations)) {
        const stored = references.get(citation.reference)?.snapshotOn ?? ''
        expect(review.reviewedOn >= stored, `${review.document}, ${citation.reference}`).toBe(true)
      }
    }
  })
})

describe('size', () => {
  const largest = sample.sources.find((source) => source.slug === 'tern-sound-courier')
  const slugs = new Set(largest?.documents.map((document) => document.slug))
  const ratingsBy = (reviewer: string) =>
    allAnnotations.filter((annotation) => slugs.has(annotation.document) && annotation.reviewer === reviewer)

  test('there is enough of everything', () => {
    const words = [...indexes.values()].map(({ text }) => text.split(/\s+/u).filter(Boolean).length)
    expect(sample.sources).toHaveLength(5)
    expect(documents).toHaveLength(17)
    expect(sample.references.length).toBeGreaterThanOrEqual(30)
    expect(allAnnotations.length).toBeGreaterThanOrEqual(220)
    expect(words.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(11_000)
    expect(new Set(documents.map((document) => document.language))).toEqual(new Set(['en', 'fa', 'ko']))
    expect(new Set(documents.map((document) => document.file.split('.').at(-1)))).toEqual(
      new Set(['md', 'html', 'txt']),
    )
  })

  test('one document is untouched', () => {
    const opened = new Set(sample.reviews.map((reviews) => reviews.document))
    expect(documents.filter((document) => !opened.has(document.slug)).map((document) => document.slug)).toEqual([
      'skerra-ferry-facts',
    ])
  })

  test.each(['mateo', 'jiwoo'])('the Courier is completely reviewed by %s', (reviewer) => {
    const reviews = allReviews.filter((review) => slugs.has(review.document) && review.reviewer === reviewer)
    const counted = (rating: string) => ratingsBy(reviewer).filter((annotation) => annotation.rating === rating).length
    expect(reviews).toHaveLength(7)
    expect(reviews.every((review) => review.decideRest && review.status === 'submitted')).toBe(true)
    expect(counted('sourced') + counted('unsourced') + counted('contradicted')).toBeGreaterThanOrEqual(60)
    expect(counted('contradicted')).toBeGreaterThanOrEqual(6)
    expect(counted('contradicted')).toBeLessThanOrEqual(11)
    expect(counted('sourced')).toBeGreaterThan(3 * counted('unsourced'))
  })

  test('the two reviewers of the Courier differ in some ratings and some span ends', () => {
    let ratingsDiffer = 0
    let spansDiffer = 0
    for (const one of ratingsBy('mateo')) {
      const span = findQuoted(textOf(one.document), one)
      for (const other of ratingsBy('jiwoo')) {
        if (other.document !== one.document || span === null) continue
        const otherSpan = findQuoted(textOf(other.document), other)
        if (otherSpan === null || otherSpan.start >= span.end || span.start >= otherSpan.end) continue
        if (other.rating !== one.rating) ratingsDiffer += 1
        if (otherSpan.start !== span.start || otherSpan.end !== span.end) spansDiffer += 1
      }
    }
    expect(ratingsDiffer).toBeGreaterThanOrEqual(4)
    expect(ratingsDiffer).toBeLessThanOrEqual(12)
    expect(spansDiffer).toBeGreaterThanOrEqual(20)
  })
})

describe('sessions', () => {
  test.each(sample.sessions.map((session) => [session.name, session] as const))(
    '%s names documents, members and words that exist',
    (_name, session) => {
      const slugs = session.documents.map(({ document }) => document)
      expect(slugs).toEqual([...new Set(slugs)])
      for (const key of session.adjudicators) expect(['owner', 'lead', 'reviewer']).toContain(memberOf.get(key)?.role)
      for (const key of session.reviewers) expect(memberOf.get(key)?.role, key).toBe('reviewer')
      for (const { document, assigned } of session.documents) {
        expect(documentOf.has(document), document).toBe(true)
        for (const key of assigned) expect(session.reviewers, document).toContain(key)
      }
      for (const { document, claim, rating, reason } of session.verdicts) {
        expect(slugs).toContain(document)
        expect(textOf(document)).toContain(claim)
        expect(reasonsFor(rating).map(({ code }) => code)).toContain(reason)
      }
    },
  )

  test('whoever has marked a document of a session is assigned it', () => {
    for (const { documents: assigned } of sample.sessions) {
      for (const { document, assigned: keys } of assigned) {
        const marking = allReviews.filter((review) => review.document === document).map(({ reviewer }) => reviewer)
        expect(keys).toEqual(expect.arrayContaining(marking))
      }
    }
  })
})

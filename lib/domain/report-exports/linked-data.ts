import { ratingNames } from '../annotations/words'
import { normalAddress, annotationContext, localContext, uuidIri } from '../interchange/web-annotation-model'
import { anchorOf } from '../reports/reading/findings'
import {
  listSettled,
  listClaims,
  makePlaces,
  type ExportedReport,
  type SettledRating,
  type ListedClaim,
} from './exported-report'
import { describeEvidence } from './tables'
import type { JsonObject } from '../interchange/foreign-annotation'
import { writeCitation, writeClassifications } from '../interchange/write-web-annotations'

/** The rating scale that ClaimReview requires. Unsourced is on it but never exported, because it says nothing about a claim's truth. */
const scale: Record<SettledRating, number> = { contradicted: 1, sourced: 3 }
const ends = { worst: 1, best: 3 }

const ordinal =
  'The number is ordinal: it says which rating is given, in the order contradicted (1), unsourced (2), sourced (3). It measures nothing and must not be averaged. Unsourced claims are never published as ClaimReview.'

interface WrittenOrganization {
  '@type': 'Organization'
  name: string
  url?: string
}

/** A claim in terms of schema.org. A test checks its properties and their types against the vocabulary. */
export interface WrittenClaimReview {
  '@type': 'ClaimReview'
  '@id': string
  url: string
  datePublished: string
  author: WrittenOrganization
  claimReviewed: string
  itemReviewed: {
    '@type': 'Claim'
    author: WrittenOrganization
    datePublished?: string
    appearance: { '@type': 'CreativeWork'; name: string; url?: string }
  }
  reviewRating: {
    '@type': 'Rating'
    ratingValue: number
    worstRating: number
    bestRating: number
    alternateName: string
    ratingExplanation: string
    description: string
  }
}

/** The result of writing: the document, or a sentence that says why there is none. */
export type ClaimReviews =
  | { ok: true; graph: { '@context': 'https://schema.org'; '@graph': WrittenClaimReview[] } }
  | { ok: false; says: string }

/**
 * A report's claims as schema.org ClaimReview in JSON-LD: those that a closed session settled as sourced or contradicted. ClaimReview needs an
 * address that anyone can read, so an unpublished report has none.
 */
export function writeClaimReviews(exported: ExportedReport): ClaimReviews {
  const { report, workspace, frozenAt, address, documentAddresses } = exported
  const settled = listSettled(exported)
  if (settled.length === 0) {
    return {
      ok: false,
      says: 'No claim of this report was settled in a review session as sourced or contradicted, and only those are published as ClaimReview.',
    }
  }
  if (address === null) {
    return {
      ok: false,
      says: 'A ClaimReview names the address at which anyone can read it, and this report has none yet. Publish the report, then export it again.',
    }
  }
  const publisher = normalAddress(report.source.homepage)
  const items = settled.map(({ finding, rating }): WrittenClaimReview => {
    const appearance = normalAddress(documentAddresses.get(finding.documentId) ?? '')
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(finding.publishedOn ?? '')
    return {
      '@type': 'ClaimReview',
      '@id': `${address}#${anchorOf(finding)}`,
      url: `${address}#${anchorOf(finding)}`,
      datePublished: frozenAt.slice(0, 10),
      author: { '@type': 'Organization', name: workspace, url: new URL(address).origin },
      claimReviewed: finding.exact,
      itemReviewed: {
        '@type': 'Claim',
        author: {
          '@type': 'Organization',
          name: report.source.name,
          ...(publisher === null ? {} : { url: publisher }),
        },
        ...(isDay && finding.publishedOn !== null ? { datePublished: finding.publishedOn } : {}),
        appearance: {
          '@type': 'CreativeWork',
          name: finding.documentTitle,
          ...(appearance === null ? {} : { url: appearance }),
        },
      },
      reviewRating: {
        '@type': 'Rating',
        ratingValue: scale[rating],
        worstRating: ends.worst,
        bestRating: ends.best,
        alternateName: ratingNames[rating],
        ratingExplanation: finding.evidence.map(describeEvidence).join('\n'),
        description: ordinal,
      },
    }
  })
  return { ok: true, graph: { '@context': 'https://schema.org', '@graph': items } }
}

/**
 * The counted claims of a report as a research data set, one JSON object per line: the claim, its verdict, its evidence and its place. Offsets are
 * Unicode code points of the document's text, half-open; null where that text is not kept. It contains neither names of reviewers nor their notes.
 */
export function writeDataset(exported: ExportedReport): string {
  const { report, number, texts, documentAddresses } = exported
  const placeOf = makePlaces(texts)
  const lines = listClaims(exported)
    .filter(({ finding }) => finding.counted)
    .map(({ finding, rating, documentSha256 }) => {
      const place = placeOf(finding)
      return JSON.stringify({
        claim: finding.exact,
        verdict: rating,
        disputed: finding.disputed,
        partial: finding.partial,
        adjudicated: finding.verdict !== null,
        votes: finding.reviewers,
        evidence: finding.evidence.map((each) => ({
          stance: each.stance,
          quote: each.quote,
          quote_check: each.quoteCheck,
          locator: each.locator,
          title: each.title,
          author: each.author,
          publisher: each.publisher,
          issued: each.issued,
          url: each.url,
          doi: each.doi,
          kept_text_sha256: each.snapshotSha256,
        })),
        source: report.source.name,
        document: {
          id: finding.documentId,
          title: finding.documentTitle,
          published_on: finding.publishedOn,
          url: documentAddresses.get(finding.documentId) ?? null,
          sha256: documentSha256,
        },
        start: place?.start ?? null,
        end: place?.end ?? null,
        report: { version: number, method: report.methodVersion, inputs_sha256: report.inputSha256 },
      })
    })
  return lines.map((line) => `${line}\n`).join('')
}

/** The id of a claim in exports: its verdict's, else that of the first annotation that it is listed by. */
function iriOf({ finding: { claimId, annotationIds, revisionId, start, end } }: ListedClaim): string {
  const id = claimId ?? annotationIds[0]
  return id === undefined ? `urn:sourcemark:finding:${revisionId}:${start}-${end}` : uuidIri(id)
}

/**
 * The counted claims of a report as a Web Annotation collection with a single page (W3C Web Annotation Data Model, JSON-LD): the rating as a
 * classifying body, each piece of evidence as a linking one. Selectors count code points and quote only the claim, without the words around it,
 * because an export shows no more of a text than the report does. The workspace is the creator; no reviewer is named.
 */
export function writeFindingAnnotations(exported: ExportedReport): JsonObject {
  const { report, workspace, frozenAt, documentAddresses, texts } = exported
  const placeOf = makePlaces(texts)
  const context = [annotationContext, localContext]
  const id = `urn:sourcemark:report:${report.inputSha256}`
  const items = listClaims(exported)
    .filter(({ finding }) => finding.counted)
    .map((claim) => {
      const { finding, rating, documentSha256 } = claim
      const place = placeOf(finding)
      const quote = { type: 'TextQuoteSelector', exact: finding.exact }
      return {
        '@context': context,
        id: iriOf(claim),
        type: 'Annotation',
        motivation: 'assessing',
        creator: { type: 'Organization', name: workspace },
        created: frozenAt,
        body: [
          ...writeClassifications({ rating, disputed: finding.disputed, partial: finding.partial }),
          ...finding.evidence.map(({ referenceId, title, url, ...cited }) =>
            writeCitation({ ...cited, reference: { id: referenceId, title, url } }),
          ),
        ],
        target: {
          type: 'SpecificResource',
          source: normalAddress(documentAddresses.get(finding.documentId) ?? '') ?? uuidIri(finding.documentId),
          state: {
            type: 'TimeState',
            sourceDate: frozenAt,
            cached: uuidIri(finding.revisionId),
            'sm:sha256': documentSha256,
          },
          selector:
            place === null ? quote : [{ type: 'TextPositionSelector', start: place.start, end: place.end }, quote],
        },
      }
    })
  return {
    '@context': context,
    id,
    type: 'AnnotationCollection',
    label: `Reliability report: ${report.source.name}, version ${exported.number}`,
    total: items.length,
    ...(items.length === 0
      ? {}
      : { first: { id: `${id}:1`, type: 'AnnotationPage', partOf: id, startIndex: 0, items } }),
  }
}

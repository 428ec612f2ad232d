import { ratingNames } from '../annotations/words'
import { normalAddress } from '../interchange/vocabulary'
import { anchorOf } from '../reports/reading/findings'
import { listSettled, type ExportedReport, type SettledRating } from './exported-report'
import { describeEvidence } from './tables'

/** The scale of a rating as ClaimReview wants one. Unsourced lies on it and is never exported: it says nothing of a claim's truth. */
const scale: Record<SettledRating, number> = { contradicted: 1, sourced: 3 }
const ends = { worst: 1, best: 3 }

const ordinal =
  'The number is ordinal: it says which rating is given, in the order contradicted (1), unsourced (2), sourced (3). It measures nothing and must not be averaged. Unsourced claims are never published as ClaimReview.'

interface WrittenOrganization {
  '@type': 'Organization'
  name: string
  url?: string
}

/** A claim as schema.org has it: its properties and their types are held to the vocabulary by a test. */
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

/** What came of writing: the document, or in a sentence why there can be none. */
export type ClaimReviews =
  | { ok: true; graph: { '@context': 'https://schema.org'; '@graph': WrittenClaimReview[] } }
  | { ok: false; says: string }

/**
 * A report's claims as schema.org ClaimReview in JSON-LD: those that a closed session settled as sourced or contradicted. Each needs an address at which
 * anyone reads it, so a report that is not published has none.
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

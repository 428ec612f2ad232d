import type { AdditionView, ReportReviewerView } from '../frozen-reports/schema'
import { countCodePoints, type CodePoints } from '../interchange/code-points'
import { claimRowsOf, type RatedFinding } from '../reports/reading/findings'
import { assessedRatings, type AssessedRating, type Finding, type ReportView } from '../reports/schema'

/** A frozen report with everything that its exports need beside its figures. */
export interface ExportedReport {
  report: ReportView
  /** The name of the workspace that publishes it. */
  workspace: string
  /** The version of the report among those of its source. */
  number: number
  /** ISO 8601 in UTC. */
  frozenAt: string
  /** The address at which anyone can read it; null while it is not published. */
  address: string | null
  /** Its reviewers by letter, and by name with their consent. Documents for reading name them; data files do not. */
  reviewers: readonly ReportReviewerView[]
  /** The additions to the report: replies and corrections. */
  additions: readonly AdditionView[]
  /** The changes since the previous version. */
  changes: readonly string[]
  /** Sessions that it counts and that have been reopened since, with the day. */
  reopened: readonly { name: string; at: string }[]
  /** The texts of its revisions by id, where they are kept. */
  texts: ReadonlyMap<string, string>
  /** The web addresses of its documents by id, where they have one. */
  documentAddresses: ReadonlyMap<string, string>
}

/** A claim with the list that it is in, including claims that no figure counts. */
export interface ListedClaim extends RatedFinding {
  documentSha256: string
}

/** All listed claims of a report, by document and in text order. Those that no figure counts come last. */
export function listClaims({ report }: Pick<ExportedReport, 'report'>): ListedClaim[] {
  const hashes = new Map(report.documents.map(({ id, sha256 }) => [id, sha256]))
  const uncounted = assessedRatings.flatMap((rating) =>
    report[rating].filter(({ counted }) => !counted).map((finding) => ({ finding, rating })),
  )
  return [...claimRowsOf(report).flatMap(({ claims }) => claims), ...uncounted].map(({ finding, rating }) => ({
    finding,
    rating,
    documentSha256: hashes.get(finding.documentId) ?? '',
  }))
}

/** The claims that a closed session settled as sourced or contradicted: those with evidence for a verdict. */
export function listSettled(exported: Pick<ExportedReport, 'report'>): (ListedClaim & { rating: SettledRating })[] {
  return listClaims(exported).flatMap(({ rating, ...claim }) =>
    rating === 'unsourced' || !claim.finding.counted || claim.finding.verdict === null
      ? []
      : [{ rating, finding: claim.finding, documentSha256: claim.documentSha256 }],
  )
}

/** A rating that evidence supports. */
export type SettledRating = Exclude<AssessedRating, 'unsourced'>

/** The offsets of claims in Unicode code points of the text; null where the text is not kept or has other words there. */
export function makePlaces(
  texts: ExportedReport['texts'],
): (finding: Finding) => { start: number; end: number } | null {
  const read = new Map<string, CodePoints>()
  return ({ revisionId, start, end, exact }) => {
    const text = texts.get(revisionId)
    if (text?.slice(start, end) !== exact) return null
    const points = read.get(revisionId) ?? countCodePoints(text)
    read.set(revisionId, points)
    return { start: points.fromUnits(start), end: points.fromUnits(end) }
  }
}

import type { AdditionView, ReportReviewerView } from '../frozen-reports/schema'
import { countCodePoints, type CodePoints } from '../interchange/code-points'
import { claimRowsOf, type RatedFinding } from '../reports/reading/findings'
import { assessedRatings, type AssessedRating, type Finding, type ReportView } from '../reports/schema'

/** A frozen report with what its exports say beside its figures. */
export interface ExportedReport {
  report: ReportView
  /** The name of the workspace that answers for it. */
  workspace: string
  /** The version of the report among those of its source. */
  number: number
  /** ISO 8601 in UTC. */
  frozenAt: string
  /** Where anyone can read it without signing in; null while it is not published. */
  address: string | null
  /** Its reviewers by letter, and by name where they agreed to it. Files that are read name them; files of data do not. */
  reviewers: readonly ReportReviewerView[]
  /** Replies and corrections that were noted beside it. */
  additions: readonly AdditionView[]
  /** What has changed since the version before. */
  changes: readonly string[]
  /** Sessions that it counts and that were reopened since, with the day. */
  reopened: readonly { name: string; at: string }[]
  /** The texts of its revisions by id, as far as they are kept. */
  texts: ReadonlyMap<string, string>
  /** The web addresses of its documents by id, as far as they have one. */
  documentAddresses: ReadonlyMap<string, string>
}

/** A claim of a list, with the list that it is in: those that are in no figure are among them. */
export interface ListedClaim extends RatedFinding {
  documentSha256: string
}

/** All listed claims of a report, document by document in the order of the text, and those that are in no figure after them. */
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

/** The claims that a closed session settled as sourced or contradicted: those of which evidence says something. */
export function listSettled(exported: Pick<ExportedReport, 'report'>): (ListedClaim & { rating: SettledRating })[] {
  return listClaims(exported).flatMap(({ rating, ...claim }) =>
    rating === 'unsourced' || !claim.finding.counted || claim.finding.verdict === null
      ? []
      : [{ rating, finding: claim.finding, documentSha256: claim.documentSha256 }],
  )
}

/** A rating that evidence carries. */
export type SettledRating = Exclude<AssessedRating, 'unsourced'>

/** Where claims stand, in Unicode code points from the beginning of the text; null where the text is not kept or has other words there. */
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

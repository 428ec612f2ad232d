import { assessedRatings, type AssessedRating, type DocumentLine, type Finding, type ReportView } from '../schema'
import { markDifferences } from './mark-differences'

/** An assessed claim with its rating. */
export interface RatedFinding {
  finding: Finding
  rating: AssessedRating
}

/** A reviewed document with its assessed claims in text order. */
export interface ClaimRow {
  line: DocumentLine
  claims: RatedFinding[]
}

/**
 * The counted claims of a report by document, as the picture of the report shows them. Claims that are not counted, such as open claims, are left
 * out, and documents without a counted claim have no row.
 */
export function claimRowsOf(report: Pick<ReportView, 'documents' | AssessedRating>): ClaimRow[] {
  const byDocument = new Map<string, RatedFinding[]>()
  for (const rating of assessedRatings) {
    for (const finding of report[rating]) {
      if (!finding.counted) continue
      const claims = byDocument.get(finding.documentId)
      if (claims === undefined) byDocument.set(finding.documentId, [{ finding, rating }])
      else claims.push({ finding, rating })
    }
  }
  return report.documents.flatMap((line) => {
    const claims = byDocument.get(line.id)
    if (claims === undefined) return []
    return [{ line, claims: claims.sort((a, b) => a.finding.start - b.finding.start || a.finding.end - b.finding.end) }]
  })
}

/** The URL fragment of a claim in a report: the id of the settled claim, else of the first annotation that it is listed by. */
export function anchorOf({
  claimId,
  annotationIds,
  revisionId,
  start,
}: Pick<Finding, 'claimId' | 'annotationIds' | 'revisionId' | 'start'>): string {
  return `claim-${claimId ?? annotationIds[0] ?? `${revisionId}-${String(start)}`}`
}

/** How many findings a report shows first, when it has more. */
const mostTelling = 3

/** The most characters of a claim that is read at a glance. */
const shortClaim = 220

/**
 * How clearly a finding shows by itself what was wrong: differing numbers or words side by side, a quote found in the kept text, reviewers of one
 * mind, a short claim. Null where no contradicting quote can be shown beside the claim.
 */
function weightOf({ exact, evidence, reviewers, verdict, disputed }: Finding): number | null {
  const against = evidence.filter(({ stance, quote }) => stance === 'contradicts' && quote.trim() !== '')
  if (against.length === 0) return null
  const marks = markDifferences(
    exact,
    against.map(({ quote }) => quote),
  )
  const isFound = against.some(({ quoteCheck }) => quoteCheck === 'word-for-word' || quoteCheck === 'other-typography')
  return (
    (marks.claim.length > 0 && marks.quotes.some((ranges) => ranges.length > 0) ? 4 : 0) +
    (isFound ? 3 : 0) +
    (reviewers.rated > 1 && reviewers.agreeing === reviewers.rated ? 2 : 0) +
    (exact.length <= shortClaim ? 2 : 0) +
    (verdict === null || verdict.own ? 0 : 1) -
    (disputed ? 4 : 0)
  )
}

/**
 * The findings that a report shows first: all when there are few, else three, from different documents where possible. `findings` are the counted
 * contradicted claims; ties keep their order.
 */
export function chooseTelling(findings: readonly Finding[]): Finding[] {
  if (findings.length <= mostTelling + 1) return [...findings]
  const weighed = findings
    .flatMap((finding) => {
      const weight = weightOf(finding)
      return weight === null ? [] : [{ finding, weight }]
    })
    .sort((one, other) => other.weight - one.weight)
  const seen = new Set<string>()
  const first = weighed.filter(({ finding: { documentId } }) => {
    const isNew = !seen.has(documentId)
    seen.add(documentId)
    return isNew
  })
  const others = weighed.filter((each) => !first.includes(each))
  return [...first, ...others].slice(0, mostTelling).map(({ finding }) => finding)
}

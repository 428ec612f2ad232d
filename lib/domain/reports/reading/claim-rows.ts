import { assessedRatings, type AssessedRating, type DocumentLine, type Finding, type ReportView } from '../schema'

/** An assessed claim with what it was assessed to be. */
export interface RatedFinding {
  finding: Finding
  rating: AssessedRating
}

/** A reviewed document with its assessed claims in the order of the text. */
export interface ClaimRow {
  line: DocumentLine
  claims: RatedFinding[]
}

/**
 * The assessed claims of a report, document by document: what its picture draws. Claims that reviewers differ on, or that one person alone judged, are in no
 * row as far as they are in no count; documents without an assessed claim have none.
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

/** The fragment under which a report shows a claim: of the settled claim, else of the first annotation that it is listed by. */
export function anchorOf({
  claimId,
  annotationIds,
  revisionId,
  start,
}: Pick<Finding, 'claimId' | 'annotationIds' | 'revisionId' | 'start'>): string {
  return `claim-${claimId ?? annotationIds[0] ?? `${revisionId}-${String(start)}`}`
}

import { listClaims, makePlaces, type ExportedReport } from './exported-report'

/**
 * The counted claims of a report as a data set for research: a JSON object a line, with the claim, its verdict, the evidence and where it stands. Offsets are
 * Unicode code points of the document's text, half-open; null where that text is not kept. It holds neither names of reviewers nor their notes.
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

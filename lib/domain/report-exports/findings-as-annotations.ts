import { annotationContext, localContext, normalAddress, uuidIri } from '../interchange/vocabulary'
import type { JsonObject } from '../interchange/foreign-annotation'
import { writeCitation, writeClassifications } from '../interchange/write-web-annotations'
import { listClaims, makePlaces, type ExportedReport, type ListedClaim } from './exported-report'

/** The id of a claim outside: of the verdict, else of the first mark that it is listed by. */
function iriOf({ finding: { claimId, annotationIds, revisionId, start, end } }: ListedClaim): string {
  const id = claimId ?? annotationIds[0]
  return id === undefined ? `urn:sourcemark:finding:${revisionId}:${start}-${end}` : uuidIri(id)
}

/**
 * The counted claims of a report as a Web Annotation collection with its only page (W3C Web Annotation Data Model, JSON-LD): the rating as a classifying body,
 * each piece of evidence as a linking one. Selectors count code points, and have the words of the claim without those around it: an export
 * shows no more of a text than the report does. The workspace is the creator; no reviewer is named.
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

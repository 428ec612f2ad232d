import type { AnnotationView, CitationView } from '../annotations/schema'
import { placeAnnotations, type ExportedRevision, type PlacedAnnotation } from './exported-revision'
import type { JsonObject } from './foreign-annotation'
import { annotationContext, flagIris, localContext, normalAddress, ratingIri, uuidIri } from './web-annotation-model'

const context = [annotationContext, localContext]

/**
 * Writes annotations of a revision as a Web Annotation collection with a single page (W3C Web Annotation Data Model, JSON-LD). Selectors count code
 * points. The rating is a classifying body, the note a commenting one, each tag a tagging one, each citation a linking one with its stance. Each
 * annotation names the context itself, so that it can be taken out alone.
 */
export function writeWebAnnotations(revision: ExportedRevision, annotations: readonly AnnotationView[]): JsonObject {
  const id = `urn:sourcemark:annotations:${revision.id}`
  const items = placeAnnotations(revision, annotations).map((placed) => writeAnnotation(revision, placed))
  return {
    '@context': context,
    id,
    type: 'AnnotationCollection',
    label: revision.title,
    total: items.length,
    ...(items.length === 0
      ? {}
      : { first: { id: `${id}:1`, type: 'AnnotationPage', partOf: id, startIndex: 0, items } }),
  }
}

function writeAnnotation(revision: ExportedRevision, placed: PlacedAnnotation): JsonObject {
  const { annotation } = placed
  return {
    '@context': context,
    id: uuidIri(annotation.id),
    type: 'Annotation',
    motivation: 'assessing',
    creator: { id: uuidIri(annotation.author.id), type: 'Person', name: annotation.author.name },
    created: annotation.createdAt,
    modified: annotation.updatedAt,
    body: writeBodies(annotation),
    target: writeTarget(revision, placed),
  }
}

/** Writes a rating and its flags as classifying bodies. */
export function writeClassifications({
  rating,
  disputed,
  partial,
}: Pick<AnnotationView, 'rating' | 'disputed' | 'partial'>): JsonObject[] {
  const classify = (source: string) => ({ type: 'SpecificResource', purpose: 'classifying', source })
  return [
    classify(ratingIri(rating)),
    ...(disputed ? [classify(flagIris.disputed)] : []),
    ...(partial ? [classify(flagIris.partial)] : []),
  ]
}

function writeBodies({ note, tags, citations, ...rated }: AnnotationView): JsonObject[] {
  return [
    ...writeClassifications(rated),
    ...(note === '' ? [] : [{ type: 'TextualBody', purpose: 'commenting', format: 'text/plain', value: note }]),
    ...tags.map((value) => ({ type: 'TextualBody', purpose: 'tagging', value })),
    ...citations.map(writeCitation),
  ]
}

/** The fields of a citation that a linking body has. */
type LinkedCitation = Pick<CitationView, 'stance' | 'quote' | 'locator' | 'quoteStart'> & {
  reference: Pick<CitationView['reference'], 'id' | 'title' | 'url'>
}

/** Writes a citation as a linking body that links to the address of its reference, if there is one. */
export function writeCitation({ reference, stance, quote, locator, quoteStart }: LinkedCitation): JsonObject {
  return {
    type: 'SpecificResource',
    purpose: 'linking',
    source: normalAddress(reference.url) ?? uuidIri(reference.id),
    ...(quote === '' ? {} : { selector: { type: 'TextQuoteSelector', exact: quote } }),
    'sm:stance': stance,
    'sm:reference': uuidIri(reference.id),
    'sm:title': reference.title,
    ...(locator === '' ? {} : { 'sm:locator': locator }),
    ...(quoteStart === null ? {} : { 'sm:quoteStart': quoteStart }),
  }
}

function writeTarget(
  { id, documentId, url, sha256, createdAt }: ExportedRevision,
  { annotation: { exact }, start, end, prefix, suffix, page }: PlacedAnnotation,
): JsonObject {
  return {
    type: 'SpecificResource',
    source: normalAddress(url) ?? uuidIri(documentId),
    ...(page === null ? {} : { 'sm:page': page }),
    state: { type: 'TimeState', sourceDate: createdAt, cached: uuidIri(id), 'sm:sha256': sha256 },
    selector: [
      { type: 'TextPositionSelector', start, end },
      { type: 'TextQuoteSelector', exact, prefix, suffix },
    ],
  }
}

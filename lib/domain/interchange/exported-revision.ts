import type { AnnotationView } from '../annotations/schema'
import { splitsCharacter } from '../annotations/span'
import type { PagesOf } from '../text/pages'
import { countCodePoints } from './code-points'

/** A revision whose annotations are exported. `text` is its canonical text, `sha256` its hash, `url` its document's address or empty. */
export interface ExportedRevision {
  id: string
  documentId: string
  title: string
  url: string
  text: string
  sha256: string
  createdAt: string
  /** Finds the pages of a range; null in a document without pages. */
  pagesOf: PagesOf
}

/** An annotation with its place as files give it: `start` and `end` in code points, and the words around it. */
export interface PlacedAnnotation {
  annotation: AnnotationView
  start: number
  end: number
  prefix: string
  suffix: string
  /** "12", "12–13"; null in a document without pages. */
  page: string | null
}

/** How many code units before and after a span are exported with it. */
const around = 32

/** Gives annotations of a revision their places as files give them. */
export function placeAnnotations(
  { text, pagesOf }: ExportedRevision,
  annotations: readonly AnnotationView[],
): PlacedAnnotation[] {
  const points = countCodePoints(text)
  return annotations.map((annotation) => {
    const from = Math.max(0, annotation.start - around)
    const to = Math.min(text.length, annotation.end + around)
    const pages = pagesOf(annotation)
    return {
      annotation,
      start: points.fromUnits(annotation.start),
      end: points.fromUnits(annotation.end),
      prefix: text.slice(splitsCharacter(text, from) ? from + 1 : from, annotation.start),
      suffix: text.slice(annotation.end, splitsCharacter(text, to) ? to - 1 : to),
      page: pages === null ? null : pages.first === pages.last ? pages.first : `${pages.first}–${pages.last}`,
    }
  })
}

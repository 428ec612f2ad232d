import type { AnnotationView } from '@/lib/domain/annotations/schema'
import type { AnnotationChanges } from './change'

/** The parts of an annotation that a person chooses between, in the order of the card. */
export const annotationParts = ['passage', 'rating', 'disputed', 'partial', 'note', 'tags', 'citations'] as const
/** One of `annotationParts`. */
export type AnnotationPart = (typeof annotationParts)[number]

const fieldsOf: Record<AnnotationPart, readonly (keyof AnnotationChanges)[]> = {
  passage: ['start', 'end', 'exact'],
  rating: ['rating'],
  disputed: ['disputed'],
  partial: ['partial'],
  note: ['note'],
  tags: ['tags'],
  citations: ['citations'],
}

/** The parts in which two states of an annotation differ. The order of citations counts, their server-made details do not. */
export function differingParts(one: AnnotationView, other: AnnotationView): AnnotationPart[] {
  return annotationParts.filter((part) => fieldsOf[part].some((field) => !sameField(field, one, other)))
}

/** The values that an annotation has in the given parts. */
export function takeParts(annotation: AnnotationView, parts: readonly AnnotationPart[]): AnnotationChanges {
  return Object.fromEntries(parts.flatMap((part) => fieldsOf[part].map((field) => [field, annotation[field]])))
}

/**
 * Merges two changes of one annotation that began from the same state, or gives null when a person must decide. It decides only what
 * cannot mislead: other parts of it were changed here than there. A rating and its references are one thing, because the evidence carries the
 * rating; and where one side moved the passage, everything else was said of other words.
 */
export function mergeByParts(given: { seen: AnnotationView; mine: AnnotationView; theirs: AnnotationView }): {
  /** The parts that were changed there and here, for telling. */
  fromThere: AnnotationPart[]
  fromHere: AnnotationPart[]
} | null {
  const { seen, mine, theirs } = given
  const agreed = new Set(annotationParts.filter((part) => !differingParts(mine, theirs).includes(part)))
  const fromHere = differingParts(seen, mine).filter((part) => !agreed.has(part))
  const fromThere = differingParts(seen, theirs).filter((part) => !agreed.has(part))
  if (fromHere.length > 0 && fromThere.length > 0) {
    const touched = [...fromHere, ...fromThere]
    if (touched.includes('passage')) return null
    const topics = (parts: readonly AnnotationPart[]) =>
      new Set(parts.map((part) => (part === 'citations' ? 'rating' : part)))
    const there = topics(fromThere)
    if ([...topics(fromHere)].some((topic) => there.has(topic))) return null
  }
  return { fromThere, fromHere }
}

/** Both notes one after the other; one of them when it holds the other. */
export function mergeNotes(theirs: string, mine: string): string {
  if (theirs.includes(mine)) return theirs
  if (mine.includes(theirs)) return mine
  return `${theirs}\n\n${mine}`
}

function sameField(field: keyof AnnotationChanges, one: AnnotationView, other: AnnotationView): boolean {
  if (field === 'tags') return JSON.stringify(one.tags) === JSON.stringify(other.tags)
  if (field !== 'citations') return one[field] === other[field]
  const plain = ({ citations }: AnnotationView) =>
    JSON.stringify(citations.map(({ reference, stance, quote, locator }) => [reference.id, stance, quote, locator]))
  return plain(one) === plain(other)
}

import type { AnnotationView } from '@/lib/domain/annotations/schema'
import type { Rating } from '@/lib/domain/annotations/rating'

/** What the person chose not to see. Empty sets and false hide nothing. */
export interface AnnotationFilters {
  hiddenAuthors: ReadonlySet<string>
  hiddenRatings: ReadonlySet<Rating>
  /** Only annotations whose rating lacks its evidence. */
  incompleteOnly: boolean
}

/** Filters that hide nothing. */
export const noFilters: AnnotationFilters = {
  hiddenAuthors: new Set(),
  hiddenRatings: new Set(),
  incompleteOnly: false,
}

/** Whether the filters hide anything at all. */
export function isFiltering(filters: AnnotationFilters): boolean {
  return filters.incompleteOnly || filters.hiddenAuthors.size > 0 || filters.hiddenRatings.size > 0
}

/** The annotations that the filters let through, in the given order. */
export function filterAnnotations(
  annotations: readonly AnnotationView[],
  filters: AnnotationFilters,
): AnnotationView[] {
  return annotations.filter(
    ({ author, rating, missing }) =>
      !filters.hiddenAuthors.has(author.id) &&
      !filters.hiddenRatings.has(rating) &&
      (!filters.incompleteOnly || missing !== null),
  )
}

/** Annotations in reading order: by start, the longer first, then by age. The order never depends on what is open. */
export function inReadingOrder(annotations: Iterable<AnnotationView>): AnnotationView[] {
  return [...annotations].sort((a, b) => a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : 1))
}

/** The reviewers of some annotations with how many each made: the person first, then by name. */
export function reviewersOf(
  annotations: Iterable<AnnotationView>,
  me: string,
): { id: string; name: string; count: number }[] {
  const found = new Map<string, { id: string; name: string; count: number }>()
  for (const { author } of annotations) {
    const entry = found.get(author.id) ?? { ...author, count: 0 }
    entry.count += 1
    found.set(author.id, entry)
  }
  return [...found.values()].sort((a, b) => Number(b.id === me) - Number(a.id === me) || a.name.localeCompare(b.name))
}

/** The set with the member put in or taken out. */
export function toggled<T>(set: ReadonlySet<T>, member: T): ReadonlySet<T> {
  const next = new Set(set)
  if (!next.delete(member)) next.add(member)
  return next
}

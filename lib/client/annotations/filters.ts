import type { AnnotationView } from '@/lib/domain/annotations/schema'
import { ratings, type Rating } from '@/lib/domain/annotations/rating'
import { foldTag } from '@/lib/domain/tags/tag'
import { foldWords } from '@/lib/domain/text/fold'

/** The filters that the person chose. Empty sets and false hide nothing. */
export interface AnnotationFilters {
  hiddenAuthors: ReadonlySet<string>
  hiddenRatings: ReadonlySet<Rating>
  /** Only annotations whose rating lacks its evidence. */
  incompleteOnly: boolean
  /** Only annotations with one of these tags, folded as by `foldTag`. */
  tags: ReadonlySet<string>
  /** Only annotations with this text in their note, their words or their tags. */
  text: string
}

/** Filters that hide nothing. */
export const noFilters: AnnotationFilters = {
  hiddenAuthors: new Set(),
  hiddenRatings: new Set(),
  incompleteOnly: false,
  tags: new Set(),
  text: '',
}

/** Whether the filters hide any annotations. */
export function isFiltering(filters: AnnotationFilters): boolean {
  const { hiddenAuthors, hiddenRatings, incompleteOnly, tags, text } = filters
  return incompleteOnly || hiddenAuthors.size > 0 || hiddenRatings.size > 0 || tags.size > 0 || text.trim() !== ''
}

/** The annotations that pass the filters, in the given order. */
export function filterAnnotations(
  annotations: readonly AnnotationView[],
  filters: AnnotationFilters,
): AnnotationView[] {
  const sought = foldWords(filters.text, loosely)
  return annotations.filter((annotation) => {
    const { author, rating, missing, tags } = annotation
    return (
      !filters.hiddenAuthors.has(author.id) &&
      !filters.hiddenRatings.has(rating) &&
      (!filters.incompleteOnly || missing !== null) &&
      (filters.tags.size === 0 || tags.some((tag) => filters.tags.has(foldTag(tag)))) &&
      (sought === '' || foldedWords(annotation).includes(sought))
    )
  })
}

const loosely = { case: true, marks: true }
const folded = new WeakMap<AnnotationView, string>()

/** The searched words of an annotation, folded once and cached: each typed letter searches up to ten thousand annotations. */
function foldedWords(annotation: AnnotationView): string {
  const known = folded.get(annotation)
  if (known !== undefined) return known
  const { note, exact, tags } = annotation
  const made = foldWords([note, exact, ...tags].join('\n'), loosely)
  folded.set(annotation, made)
  return made
}

/** Sorts annotations in reading order: by start, the longer first, then by age. The order never depends on which one is open. */
export function inReadingOrder(annotations: Iterable<AnnotationView>): AnnotationView[] {
  return [...annotations].sort((a, b) => a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : 1))
}

/** The reviewers of some annotations with their counts: the person first, then by name. */
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

/** The set with the member added or removed. */
export function toggled<T>(set: ReadonlySet<T>, member: T): ReadonlySet<T> {
  const next = new Set(set)
  if (!next.delete(member)) next.add(member)
  return next
}

/** The tags of some annotations by folded form, with one spelling and a count, most used first. */
export function tagsOf(
  annotations: Iterable<Pick<AnnotationView, 'tags'>>,
): { folded: string; name: string; count: number }[] {
  const found = new Map<string, { folded: string; name: string; count: number }>()
  for (const { tags } of annotations) {
    for (const name of tags) {
      const key = foldTag(name)
      const entry = found.get(key) ?? { folded: key, name, count: 0 }
      entry.count += 1
      found.set(key, entry)
    }
  }
  return [...found.values()].sort((a, b) => b.count - a.count || (a.folded < b.folded ? -1 : 1))
}

/** Filters as parameters of an address, each null where it hides nothing. */
export function filtersToQuery(filters: AnnotationFilters): Record<string, string | null> {
  const list = (values: ReadonlySet<string>) => (values.size === 0 ? null : [...values].join(','))
  const text = filters.text.trim()
  return {
    without: list(filters.hiddenAuthors),
    hide: list(filters.hiddenRatings),
    lacks: filters.incompleteOnly ? 'evidence' : null,
    tags: list(filters.tags),
    words: text === '' ? null : text,
  }
}

/** Filters from the parameters of an address, as `filtersToQuery` writes them; unknown values hide nothing. */
export function filtersFromQuery(query: URLSearchParams): AnnotationFilters {
  const list = (name: string) => (query.get(name) ?? '').split(',').filter((value) => value !== '')
  const hidden = new Set(list('hide'))
  return {
    hiddenAuthors: new Set(list('without')),
    hiddenRatings: new Set(ratings.filter((rating) => hidden.has(rating))),
    incompleteOnly: query.get('lacks') === 'evidence',
    tags: new Set(list('tags')),
    text: (query.get('words') ?? '').slice(0, 200),
  }
}

import { isObject, listOf, ratingOfTags, textOf, type FileItem } from './foreign-annotation'
import { readSelectors } from './read-web-annotations'

/**
 * An annotation as the API of Hypothesis answers it. Its positions count in a page as a browser had it, not in our text: only the words and what
 * stands around them are looked for. The rating is a tag that names one.
 */
export function readHypothesisAnnotation(value: unknown): FileItem {
  if (!isObject(value)) return { ok: false, id: null, refusal: 'malformed', reason: 'It is no object.' }
  const id = typeof value.id === 'string' ? value.id : null
  const refuse = (refusal: 'malformed' | 'not-attachable', reason: string): FileItem => ({
    ok: false,
    id,
    refusal,
    reason,
  })
  if (!Array.isArray(value.target)) return refuse('malformed', 'It has no "target", which is a list.')
  if (listOf(value.references).length > 0) return refuse('not-attachable', 'It is a reply to another annotation.')
  const [target] = listOf(value.target)
  if (!isObject(target) || listOf(target.selector).length === 0)
    return refuse('not-attachable', 'It is a note on a whole page, not on words of it.')
  const place = readSelectors(listOf(target.selector), null)
  if (typeof place === 'string') return refuse('not-attachable', place)
  if (place.quote === null) return refuse('not-attachable', 'It has a position in a page and no words to look for.')
  const { rating, tags } = ratingOfTags(listOf(value.tags).map(textOf))
  const note = textOf(value.text)
  const content = { rating, tags, note, disputed: false, partial: false, citations: [], leftOut: [] }
  return { ok: true, annotation: { id, place: { ...place, position: null }, ...content } }
}

import { measureCoverage } from '../annotations/coverage'
import { missingEvidence, type Rating, type Stance } from '../annotations/rating'
import type { Protocol } from '../review-sessions/protocol'
import type { IncompletePlace } from './schema'

interface Span {
  start: number
  end: number
}

/** The parts of an annotation that decide whether it is complete. */
export interface AnnotationToCheck extends Span {
  id: string
  rating: Rating
  note: string
  citations: readonly { stance: Stance; quote: string }[]
}

/** The work of one reviewer on one revision. `sentences` are the checkable ones, ascending and disjoint; the other lists may be in any order. */
export interface WorkToCheck {
  protocol: Pick<Protocol, 'requireSentenceDecisions' | 'requireQuotes' | 'requireSearchNote'>
  sentences: readonly Span[]
  annotations: readonly AnnotationToCheck[]
  decisions: readonly Span[]
}

const carrying: Partial<Record<Rating, Stance>> = { sourced: 'supports', contradicted: 'contradicts' }

function checkAnnotation(
  { rating, note, citations, id, start, end }: AnnotationToCheck,
  protocol: WorkToCheck['protocol'],
): IncompletePlace[] {
  const place = { annotationId: id, start, end }
  const evidence = missingEvidence(
    rating,
    citations.map(({ stance }) => stance),
  )
  if (evidence === 'supporting-citation')
    return [{ ...place, kind: 'missing-evidence', message: '“Sourced” needs a citation that supports it.' }]
  if (evidence === 'contradicting-citation')
    return [{ ...place, kind: 'missing-evidence', message: '“Contradicted” needs a citation that contradicts it.' }]
  const stance = carrying[rating]
  const unquoted =
    protocol.requireQuotes &&
    stance !== undefined &&
    citations.some((citation) => citation.stance === stance && citation.quote.trim() === '')
  if (unquoted)
    return [{ ...place, kind: 'missing-quote', message: 'Quote the words of the reference that the rating rests on.' }]
  if (protocol.requireSearchNote && rating === 'unsourced' && note.trim() === '')
    return [
      { ...place, kind: 'missing-search-note', message: 'Note what you searched before you rated this unsourced.' },
    ]
  return []
}

/**
 * The incomplete places that prevent submitting, in text order: ratings with missing evidence (law 5), annotations that break another rule of the
 * session's protocol, and undecided sentences where it asks for decisions. An annotation is named once, with the first thing it lacks. Empty when the
 * work is complete.
 */
export function findIncomplete({ protocol, sentences, annotations, decisions }: WorkToCheck): IncompletePlace[] {
  const places = annotations.flatMap((annotation) => checkAnnotation(annotation, protocol))
  if (protocol.requireSentenceDecisions) {
    const { outcomes } = measureCoverage({ sentences, annotations, decisions })
    sentences.forEach(({ start, end }, place) => {
      if (outcomes[place] !== null) return
      const message = 'Decide this sentence: mark its claim, or that there is no claim.'
      places.push({ kind: 'undecided-sentence', annotationId: null, start, end, message })
    })
  }
  return places.sort((one, other) => one.start - other.start || one.end - other.end)
}

/** The incomplete places in one sentence, for messages: the number of each kind. */
export function describeIncomplete(places: readonly IncompletePlace[]): string {
  const count = (kind: IncompletePlace['kind']) => places.filter((place) => place.kind === kind).length
  const say = (number: number, one: string, many: string) =>
    number === 0 ? [] : [`${String(number)} ${number === 1 ? one : many}`]
  const parts = [
    ...say(count('undecided-sentence'), 'sentence is undecided', 'sentences are undecided'),
    ...say(count('missing-evidence'), 'rating lacks its evidence', 'ratings lack their evidence'),
    ...say(count('missing-quote'), 'citation lacks its quote', 'citations lack their quotes'),
    ...say(count('missing-search-note'), 'rating lacks a note on the search', 'ratings lack a note on the search'),
  ]
  return parts.join(', ')
}

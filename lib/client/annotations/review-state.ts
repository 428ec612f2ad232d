import { measureCoverage, type Coverage } from '@/lib/domain/annotations/coverage'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import { applyScopeChanges, checkableSentences, type OutOfScopeRange } from '@/lib/domain/text/scope'
import { outOfScopeReasons, type OutOfScopeReason } from '@/lib/domain/text/model'
import type { SentenceSpan } from '@/lib/domain/text/sentences'
import type { History } from './undo'
import type { ReviewSnapshot } from '@/lib/client/outbox/review-store'
import type { ReviewData, Change } from '@/lib/client/outbox/change'
import type { Span } from './commands'
import { filterAnnotations, inReadingOrder, type AnnotationFilters } from './filters'

/** The parts that never change while a revision is open. */
export interface ReviewText {
  revisionId: string
  /** The canonical text; all offsets are UTF-16 code units of it. */
  text: string
  sentences: readonly SentenceSpan[]
  /** Ranges that import recognised as out of scope. */
  recognised: readonly OutOfScopeRange[]
}

/** The editor that is open in the open card. `span`: the next selection becomes the annotation's passage. */
export type Editing = 'note' | 'evidence' | 'tags' | 'span' | null

/** The state of the screen beside the saved data. */
export interface ReviewView {
  activeId: string | null
  editing: Editing
  selection: Span | null
  /** The current sentence, stored by its place so that a change of scope does not move it. */
  sentence: Span | null
  filters: AnnotationFilters
  layout: 'margin' | 'list'
}

/** A short message after an action: why it is refused, or what was undone, deleted or copied. */
export interface ReviewAnswer {
  words: string
  /** Whether the message offers to undo the action. */
  offersUndo: boolean
  /** Distinguishes repeated messages with the same words. */
  number: number
}

/** The whole state of the review screen. */
export interface ReviewState {
  review: ReviewSnapshot
  view: ReviewView
  history: History<Change>
  /** The announcement for screen readers; `number` distinguishes repeated ones. */
  announcement: { words: string; number: number }
  /** The message shown on the screen; null when it has expired. */
  answer: ReviewAnswer | null
}

/** Values derived from the state. Each is the same object until its inputs change. */
export interface DerivedReview {
  ordered: readonly AnnotationView[]
  visible: readonly AnnotationView[]
  outOfScope: readonly OutOfScopeRange[]
  /** Sentences in scope. */
  checkable: readonly SentenceSpan[]
  coverage: Coverage
  /** The person's own annotations whose rating lacks its evidence. */
  incomplete: readonly AnnotationView[]
  /** Whether annotations of several reviewers are shown. */
  hasSeveralAuthors: boolean
  /** Index into `checkable` of the current sentence; null when there is none. */
  sentenceIndex: number | null
}

/** Makes the derivation, which caches the last value of each part. */
export function makeDerive(
  text: ReviewText,
  me: string,
): (state: Pick<ReviewState, 'review' | 'view'>) => DerivedReview {
  const order = remember((annotations: ReviewData['annotations']) => inReadingOrder(annotations.values()))
  const filter = remember(filterAnnotations)
  const scope = remember((changes: ReviewData['scopeChanges']) =>
    applyScopeChanges(
      text.recognised,
      changes.map(({ start, end, inScope, reason }) => ({ start, end, inScope, reason: scopeReason(reason) })),
    ),
  )
  const check = remember((outOfScope: readonly OutOfScopeRange[]) => checkableSentences(text.sentences, outOfScope))
  const own = remember((ordered: readonly AnnotationView[]) => ordered.filter(({ author }) => author.id === me))
  const ownDecisions = remember((decisions: ReviewData['decisions']) =>
    [...decisions.values()].filter(({ author }) => author.id === me),
  )
  const cover = remember(
    (sentences: readonly SentenceSpan[], annotations: readonly AnnotationView[], decisions: readonly Span[]) =>
      measureCoverage({ sentences, annotations, decisions }),
  )
  const several = remember((ordered: readonly AnnotationView[]) =>
    ordered.some(({ author }) => author.id !== ordered[0]?.author.id || author.id !== me),
  )
  const lacking = remember((annotations: readonly AnnotationView[]) =>
    annotations.filter(({ missing }) => missing !== null),
  )
  const locate = remember((sentences: readonly SentenceSpan[], sentence: Span | null) => {
    const index = sentence === null ? -1 : sentences.findIndex(({ start }) => start === sentence.start)
    return index === -1 ? null : index
  })
  return ({ review: { data }, view }) => {
    const ordered = order(data.annotations)
    const outOfScope = scope(data.scopeChanges)
    const checkable = check(outOfScope)
    const mine = own(ordered)
    return {
      ordered,
      visible: filter(ordered, view.filters),
      outOfScope,
      checkable,
      coverage: cover(checkable, mine, ownDecisions(data.decisions)),
      incomplete: lacking(mine),
      hasSeveralAuthors: several(ordered),
      sentenceIndex: locate(checkable, view.sentence),
    }
  }
}

/** A stored reason if it is a known one; else null. */
export function scopeReason(reason: string): OutOfScopeReason | null {
  return outOfScopeReasons.find((known) => known === reason) ?? null
}

function remember<A extends unknown[], R>(compute: (...args: A) => R): (...args: A) => R {
  let last: { args: A; result: R } | null = null
  return (...args) => {
    if (last?.args.every((value, index) => value === args[index]) !== true) last = { args, result: compute(...args) }
    return last.result
  }
}

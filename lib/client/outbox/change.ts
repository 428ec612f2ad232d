import type { AnnotationView, SentenceDecisionView } from '@/lib/domain/annotations/schema'
import type { ScopeChangeView } from '@/lib/domain/documents/schema'
import { missingEvidence } from '@/lib/domain/annotations/rating'
import { keysOf } from '@/lib/domain/keys'

/** The rows of one revision that its reviewers change. Treated as immutable: every change makes new containers. */
export interface ReviewData {
  annotations: ReadonlyMap<string, AnnotationView>
  decisions: ReadonlyMap<string, SentenceDecisionView>
  scopeChanges: readonly ScopeChangeView[]
}

/** What an edit of an annotation may change. `citations` and `tags` replace the whole list. */
export type AnnotationChanges = Partial<
  Pick<AnnotationView, 'start' | 'end' | 'exact' | 'rating' | 'disputed' | 'partial' | 'note' | 'tags' | 'citations'>
>

/** A change of one row, as a plain JSON value: it can be applied, sent later, inverted and stored. */
export type Change =
  | { kind: 'create-annotation'; view: AnnotationView }
  | { kind: 'update-annotation'; id: string; changes: AnnotationChanges }
  | { kind: 'delete-annotation'; id: string }
  | { kind: 'restore-annotation'; view: AnnotationView }
  | { kind: 'create-decision'; view: SentenceDecisionView }
  | { kind: 'delete-decision'; view: SentenceDecisionView }
  | { kind: 'change-scope'; revisionId: string; view: ScopeChangeView }

/**
 * The lane of a change. Changes of one lane are sent in order, one at a time. Decisions have a lane per sentence, because a second decision must not
 * reach the server before the first is removed; scope changes share one lane, because the latest wins.
 */
export function laneOf(write: Change): string {
  switch (write.kind) {
    case 'create-annotation':
    case 'restore-annotation':
      return write.view.id
    case 'update-annotation':
    case 'delete-annotation':
      return write.id
    case 'create-decision':
    case 'delete-decision':
      return `decision:${String(write.view.start)}`
    case 'change-scope':
      return 'scope'
  }
}

/** The data after a change. A change of a missing row has no effect. */
export function applyChange(data: ReviewData, write: Change): ReviewData {
  switch (write.kind) {
    case 'create-annotation':
    case 'restore-annotation':
      return { ...data, annotations: new Map(data.annotations).set(write.view.id, write.view) }
    case 'update-annotation': {
      const present = data.annotations.get(write.id)
      if (present === undefined) return data
      return { ...data, annotations: new Map(data.annotations).set(write.id, changeAnnotation(present, write.changes)) }
    }
    case 'delete-annotation':
      return { ...data, annotations: without(data.annotations, write.id) }
    case 'create-decision':
      return { ...data, decisions: new Map(data.decisions).set(write.view.id, write.view) }
    case 'delete-decision':
      return { ...data, decisions: without(data.decisions, write.view.id) }
    case 'change-scope':
      // A known change keeps its position, because the last one wins.
      if (data.scopeChanges.some(({ id }) => id === write.view.id)) return data
      return { ...data, scopeChanges: [...data.scopeChanges, write.view] }
  }
}

/** An annotation with changes applied and its missing evidence computed again. */
export function changeAnnotation(annotation: AnnotationView, changes: AnnotationChanges): AnnotationView {
  const { script, ...others } = annotation
  // Superscripts belong to the marked words; those of other words arrive with the answer.
  const kept = changes.exact === undefined || changes.exact === annotation.exact ? { script } : {}
  const changed = { ...others, ...(script === undefined ? {} : kept), ...changes }
  return {
    ...changed,
    missing: missingEvidence(
      changed.rating,
      changed.citations.map(({ stance }) => stance),
    ),
  }
}

/**
 * The inverse of a change, given the data before it; null when there is nothing to invert (the row was missing). A scope change is inverted by a
 * further one, made with `newId` and `now`.
 */
export function inverseOf(write: Change, before: ReviewData, stamp: { newId: string; now: string }): Change | null {
  switch (write.kind) {
    case 'create-annotation':
    case 'restore-annotation':
      return { kind: 'delete-annotation', id: write.view.id }
    case 'update-annotation': {
      const present = before.annotations.get(write.id)
      return present === undefined
        ? null
        : { kind: 'update-annotation', id: write.id, changes: pickChanges(present, write.changes) }
    }
    case 'delete-annotation': {
      const present = before.annotations.get(write.id)
      return present === undefined ? null : { kind: 'restore-annotation', view: present }
    }
    case 'create-decision':
      return { kind: 'delete-decision', view: write.view }
    case 'delete-decision':
      return { kind: 'create-decision', view: write.view }
    case 'change-scope':
      return { ...write, view: { ...write.view, id: stamp.newId, inScope: !write.view.inScope, createdAt: stamp.now } }
  }
}

/**
 * Merges two waiting changes of one lane; null when both must be sent. Only edits of the same annotation merge: the later value of each field wins.
 */
export function mergeChanges(earlier: Change, later: Change): Change | null {
  if (earlier.kind !== 'update-annotation' || later.kind !== 'update-annotation' || earlier.id !== later.id) return null
  return { ...earlier, changes: { ...earlier.changes, ...later.changes } }
}

/** The present values of an annotation in the fields that `changes` names, in the same order. */
export function pickChanges(annotation: AnnotationView, changes: AnnotationChanges): AnnotationChanges {
  return Object.fromEntries(keysOf(changes).map((key) => [key, annotation[key]]))
}

function without<T>(map: ReadonlyMap<string, T>, id: string): ReadonlyMap<string, T> {
  if (!map.has(id)) return map
  const rest = new Map(map)
  rest.delete(id)
  return rest
}

/** The parts of an annotation that a person chooses between in a conflict, in the order of the card. */
export const annotationParts = ['passage', 'rating', 'disputed', 'partial', 'note', 'tags', 'citations'] as const
/** One of `annotationParts`. */
export type AnnotationPart = (typeof annotationParts)[number]

/** Labels for the parts of an annotation. */
export const partNames: Record<AnnotationPart, string> = {
  passage: 'Passage',
  rating: 'Rating',
  disputed: 'Disputed',
  partial: 'Partial',
  note: 'Note',
  tags: 'Tags',
  citations: 'References',
}

const fieldsOf: Record<AnnotationPart, readonly (keyof AnnotationChanges)[]> = {
  passage: ['start', 'end', 'exact'],
  rating: ['rating'],
  disputed: ['disputed'],
  partial: ['partial'],
  note: ['note'],
  tags: ['tags'],
  citations: ['citations'],
}

/** The parts in which two states of an annotation differ. The order of citations counts, details added by the server do not. */
export function differingParts(one: AnnotationView, other: AnnotationView): AnnotationPart[] {
  return annotationParts.filter((part) => fieldsOf[part].some((field) => !sameField(field, one, other)))
}

/** The values of an annotation in the given parts. */
export function takeParts(annotation: AnnotationView, parts: readonly AnnotationPart[]): AnnotationChanges {
  return Object.fromEntries(parts.flatMap((part) => fieldsOf[part].map((field) => [field, annotation[field]])))
}

/**
 * Merges two changes of one annotation that began from the same state; null when a person must decide. It merges only what cannot mislead: each side
 * changed different parts. A rating and its references are one part, because the evidence carries the rating. If one side moved the passage, all
 * other changes concern different words, so nothing is merged.
 */
export function mergeByParts(given: { seen: AnnotationView; mine: AnnotationView; theirs: AnnotationView }): {
  /** The parts changed on each side, for the message. */
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

/** Joins both notes; gives one of them when it contains the other. */
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

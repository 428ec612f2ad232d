import type { AnnotationView, SentenceDecisionView } from '@/lib/domain/annotations/schema'
import { missingEvidence, type Rating } from '@/lib/domain/annotations/rating'
import type { OutOfScopeReason } from '@/lib/domain/text/model'
import { keysOf } from '@/lib/domain/keys'
import type { AnnotationChanges, ReviewData, Change } from '@/lib/client/outbox/change'

/** A half-open range of the canonical text, in UTF-16 code units. */
export interface Span {
  start: number
  end: number
}

/** The input of a command: the data as shown, the acting member, and an id and a time for new rows. */
export interface CommandContext {
  revisionId: string
  /** The canonical text of the revision. */
  text: string
  me: { id: string; name: string }
  data: ReviewData
  newId: () => string
  now: string
}

/** Changes that belong together, their name (for undo and announcements), and the annotation to open afterwards. */
export interface Command {
  label: string
  writes: Change[]
  opens: string | null
}

/** A command, or a sentence that says why it is impossible and what would work. */
export type CommandResult = { ok: true; command: Command } | { ok: false; reason: string }

const names: Record<Rating, string> = {
  sourced: 'sourced',
  unsourced: 'unsourced',
  contradicted: 'contradicted',
  not_checkable: 'not checkable',
}

/** The person's own annotation on exactly this range: a rating changes it instead of adding another. */
export function ownOnExactly(context: CommandContext, span: Span): AnnotationView | null {
  for (const annotation of context.data.annotations.values()) {
    if (annotation.author.id === context.me.id && annotation.start === span.start && annotation.end === span.end)
      return annotation
  }
  return null
}

/** The person's own annotations that share text with a range, in reading order. */
export function ownOverlapping(context: Pick<CommandContext, 'data' | 'me'>, span: Span): AnnotationView[] {
  return [...context.data.annotations.values()]
    .filter(
      (annotation) =>
        annotation.author.id === context.me.id && annotation.start < span.end && span.start < annotation.end,
    )
    .sort((a, b) => a.start - b.start || a.end - b.end)
}

/**
 * Rates a range: changes the person's own annotation on exactly that range, else makes one. White space at the ends is left out. The person's "no
 * claim here" decisions inside the range are removed, because they contradict a rating.
 */
export function rateRange(context: CommandContext, range: Span, rating: Rating): CommandResult {
  const span = trimSpan(context.text, range)
  if (span === null) return { ok: false, reason: 'There are no words in the selection. Select at least one word.' }
  const present = ownOnExactly(context, span)
  if (present !== null) return rateAnnotation(present, rating)
  const view: AnnotationView = {
    id: context.newId(),
    revisionId: context.revisionId,
    author: context.me,
    ...span,
    exact: context.text.slice(span.start, span.end),
    rating,
    disputed: false,
    partial: false,
    note: '',
    tags: [],
    citations: [],
    missing: missingEvidence(rating, []),
    version: 1,
    createdAt: context.now,
    updatedAt: context.now,
    may: { update: true, delete: true },
  }
  const lifted = ownDecisions(context).filter((decision) => decision.start < span.end && span.start < decision.end)
  const writes: Change[] = [
    ...lifted.map((decision) => ({ kind: 'delete-decision' as const, view: decision })),
    { kind: 'create-annotation', view },
  ]
  return { ok: true, command: { label: `Rated ${names[rating]}`, writes, opens: view.id } }
}

/** Changes the rating of an annotation; no changes when it has that rating. */
export function rateAnnotation(annotation: AnnotationView, rating: Rating): CommandResult {
  if (!annotation.may.update)
    return {
      ok: false,
      reason: `This annotation is ${annotation.author.name}’s. Rate the words yourself to add your own.`,
    }
  const changes: AnnotationChanges = annotation.rating === rating ? {} : { rating }
  return { ok: true, command: editCommand(annotation, changes, `Rated ${names[rating]}`) }
}

/**
 * Rates the present target: the selected words; else the open annotation, if the person may change it; else the current sentence, or their only
 * annotation inside it.
 */
export function rateChosen(
  context: CommandContext,
  chosen: { selection: Span | null; active: AnnotationView | null; sentence: Span | null },
  rating: Rating,
): CommandResult {
  const { selection, active, sentence } = chosen
  if (selection !== null) return rateRange(context, selection, rating)
  if (active?.may.update === true) return rateAnnotation(active, rating)
  if (sentence === null) return { ok: false, reason: 'Select some words, or press the down arrow to go to a sentence.' }
  const [only, ...more] = ownOverlapping(context, sentence).filter(
    ({ start, end }) => start >= sentence.start && end <= sentence.end,
  )
  return only === undefined || more.length > 0 ? rateRange(context, sentence, rating) : rateAnnotation(only, rating)
}

/** Changes fields of an annotation. Unchanged values are left out; if none is left, the command has no changes. */
export function editAnnotation(annotation: AnnotationView, changes: AnnotationChanges, label: string): CommandResult {
  if (!annotation.may.update) return { ok: false, reason: `Only ${annotation.author.name} can change this annotation.` }
  const keys = keysOf(changes).filter((key) => changes[key] !== annotation[key])
  const real: AnnotationChanges = Object.fromEntries(keys.map((key) => [key, changes[key]]))
  return { ok: true, command: editCommand(annotation, real, label) }
}

/** Moves an annotation to another range, white space at the ends left out. */
export function moveAnnotation(context: CommandContext, annotation: AnnotationView, range: Span): CommandResult {
  const span = trimSpan(context.text, range)
  if (span === null) return { ok: false, reason: 'An annotation needs at least one word.' }
  if (span.start === annotation.start && span.end === annotation.end)
    return editAnnotation(annotation, {}, 'Changed the passage')
  return editAnnotation(annotation, { ...span, exact: context.text.slice(span.start, span.end) }, 'Changed the passage')
}

/** Deletes an annotation. */
export function deleteAnnotation(annotation: AnnotationView): CommandResult {
  if (!annotation.may.delete) return { ok: false, reason: `Only ${annotation.author.name} can delete this annotation.` }
  return {
    ok: true,
    command: {
      label: 'Deleted the annotation',
      writes: [{ kind: 'delete-annotation', id: annotation.id }],
      opens: null,
    },
  }
}

/** Decides "no claim here" for a sentence, or withdraws the present decision. Refused while the person's own annotation is on the sentence. */
export function decideNoClaim(context: CommandContext, sentence: Span): CommandResult {
  const standing = ownDecisions(context).find((decision) => decision.start === sentence.start)
  if (standing !== undefined) {
    return {
      ok: true,
      command: {
        label: 'Took “no claim here” back',
        writes: [{ kind: 'delete-decision', view: standing }],
        opens: null,
      },
    }
  }
  if (ownOverlapping(context, sentence).length > 0) {
    return {
      ok: false,
      reason: 'This sentence carries your annotation. Delete that first to say that there is no claim.',
    }
  }
  const view: SentenceDecisionView = {
    id: context.newId(),
    revisionId: context.revisionId,
    author: context.me,
    start: sentence.start,
    end: sentence.end,
    createdAt: context.now,
  }
  return { ok: true, command: { label: 'No claim here', writes: [{ kind: 'create-decision', view }], opens: null } }
}

/** Brings a range into scope or takes it out; `reason` says why it is out of scope. */
export function changeScope(
  context: CommandContext,
  change: Span & { inScope: boolean; reason: OutOfScopeReason },
): Command {
  const view = { id: context.newId(), ...change, member: context.me, createdAt: context.now }
  return {
    label: change.inScope ? 'This part counts now' : 'This part no longer counts',
    writes: [{ kind: 'change-scope', revisionId: context.revisionId, view }],
    opens: null,
  }
}

function editCommand(annotation: AnnotationView, changes: AnnotationChanges, label: string): Command {
  const writes: Change[] =
    Object.keys(changes).length === 0 ? [] : [{ kind: 'update-annotation', id: annotation.id, changes }]
  return { label, writes, opens: annotation.id }
}

function ownDecisions(context: CommandContext): SentenceDecisionView[] {
  return [...context.data.decisions.values()].filter((decision) => decision.author.id === context.me.id)
}

/** The range without white space at its ends; null when it is empty. */
function trimSpan(text: string, { start, end }: Span): Span | null {
  const slice = text.slice(start, end)
  const words = slice.trim()
  if (words === '') return null
  const from = start + slice.indexOf(words)
  return { start: from, end: from + words.length }
}

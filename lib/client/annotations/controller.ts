import type { Rating } from '@/lib/domain/annotations/rating'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import type { OutOfScopeReason } from '@/lib/domain/text/model'
import { undoEntryOf, recordEntry, stepBack, stepForward } from './undo'
import { laneOf, type AnnotationChanges, type Change } from '@/lib/client/outbox/change'
import {
  changeScope,
  decideNoClaim,
  deleteAnnotation,
  editAnnotation,
  moveAnnotation,
  rateAnnotation,
  rateChosen,
  type Command,
  type CommandResult,
  type Span,
} from './commands'
import { ReviewNavigation } from './navigation'
import type { Editing, ReviewState } from './review-state'

/** The review of one revision by one person: all changes that keyboard, mouse and touch can make, and undo. */
export class ReviewController extends ReviewNavigation {
  rate(rating: Rating): void {
    const { selection, sentence } = this.getState().view
    const isDone = this.#run(rateChosen(this.context(), { selection, active: this.active(), sentence }, rating))
    if (selection !== null) this.clearSelection()
    else if (isDone) this.#moveOn()
  }

  rateOne(id: string, rating: Rating): void {
    const annotation = this.annotation(id)
    if (annotation !== null) this.#run(rateAnnotation(annotation, rating))
  }

  decideNoClaim(): void {
    const { checkable } = this.derived()
    const { selection, sentence } = this.getState().view
    const at =
      selection === null
        ? sentence
        : (checkable.find(({ start, end }) => start < selection.end && selection.start < end) ?? null)
    if (at === null) {
      this.answer('Go to a sentence first: press the down arrow, or select some of its words.')
      return
    }
    if (this.#run(decideNoClaim(this.context(), at)) && selection === null) this.#moveOn()
  }

  edit(id: string, changes: AnnotationChanges, how: { label: string; group?: string; began?: AnnotationView }): void {
    const annotation = this.annotation(id)
    if (annotation !== null) this.#run(editAnnotation(annotation, changes, how.label), how)
  }

  toggleFlag(flag: 'disputed' | 'partial'): void {
    const active = this.active()
    if (active === null) {
      this.refuseWithoutAnnotation()
      return
    }
    const label = `${active[flag] ? 'No longer marked' : 'Marked'} ${flag}`
    this.edit(active.id, { [flag]: !active[flag] }, { label })
  }

  /** Opens an editor of the open annotation, or says that none is open. */
  startEditing(editing: Exclude<Editing, 'span' | null>): void {
    const active = this.active()
    if (active === null) this.refuseWithoutAnnotation()
    else if (!active.may.update) this.answer(`Only ${active.author.name} can change this annotation.`)
    else this.open(active.id, editing)
  }

  /** Says that a key needs an open annotation, and how to open one. */
  refuseWithoutAnnotation(): void {
    this.answer('No annotation is open. Rate the sentence first (1 to 4), or press Enter on words that are marked.')
  }

  /** Moves an annotation to the selected passage. */
  moveToSelection(id: string): void {
    const annotation = this.annotation(id)
    const { selection } = this.getState().view
    if (annotation === null || selection === null) return
    this.#run(moveAnnotation(this.context(), annotation, selection))
    this.reader?.clearSelection()
    this.look({ selection: null, editing: null })
  }

  /** Moves an annotation to another passage. */
  moveTo(id: string, range: Span): void {
    const annotation = this.annotation(id)
    if (annotation !== null) this.#run(moveAnnotation(this.context(), annotation, range))
  }

  /**
   * Starts changing the passage of an annotation: the selection becomes the passage when it is confirmed. With `selects`, the present words are
   * selected first. Not for a mouse: a press on selected words would drag them.
   */
  startMoving(id: string, selects: boolean): void {
    const annotation = this.annotation(id)
    if (annotation === null) return
    this.look({ activeId: id, editing: 'span' })
    if (!selects) {
      this.clearSelection()
      this.announce('Select the words that it should mark.')
      return
    }
    this.reader?.focus()
    this.reader?.selectRange(annotation)
    this.announce('Change the selection, then press Enter to keep it or Escape to leave it as it was.')
  }

  remove(id: string): void {
    const annotation = this.annotation(id)
    if (annotation === null || !this.#run(deleteAnnotation(annotation))) return
    this.answer(`Deleted the annotation of ${this.placeOf(annotation)}.`, { offersUndo: true })
  }

  changeScope(change: Span & { inScope: boolean; reason: OutOfScopeReason }): void {
    this.#carryOut(changeScope(this.context(), change))
  }

  undo(): void {
    const step = stepBack(this.getState().history)
    if (step === null) this.answer('Nothing to undo')
    else this.#travel({ ...step, writes: step.entry.undo, word: 'Undone' })
  }

  redo(): void {
    const step = stepForward(this.getState().history)
    if (step === null) this.answer('Nothing to redo')
    else this.#travel({ ...step, writes: step.entry.redo, word: 'Redone' })
  }

  #travel(step: {
    entry: { label: string }
    history: ReviewState['history']
    writes: readonly Change[]
    word: string
  }): void {
    const { problems, data } = this.getState().review
    if (step.writes.some((write) => problems.has(laneOf(write)))) {
      this.answer('Settle the open question on this annotation first; then undo works again.')
      return
    }
    const possible = step.writes.filter((write) => write.kind !== 'update-annotation' || data.annotations.has(write.id))
    this.set({ history: step.history })
    for (const write of possible) this.options.store.write(write)
    if (possible.length === 0) {
      this.answer('Nothing left to change: the annotation is gone.')
      return
    }
    const touched = possible.map(laneOf).find((lane) => this.annotation(lane) !== null)
    this.look({ activeId: touched ?? this.active()?.id ?? null, editing: null })
    const annotation = this.annotation(touched ?? null)
    if (annotation !== null) this.reader?.scrollTo(annotation)
    this.answer([`${step.word}: ${inSentence(step.entry.label)}`, ...this.#placesOf(possible, data)].join(', '))
  }

  /** Moves to the next sentence after a decision that needs nothing more, if the person has chosen so. */
  #moveOn(): void {
    const { coverage, checkable, sentenceIndex } = this.derived()
    if (sentenceIndex === null || this.options.movesOn?.() !== true) return
    const isComplete = (coverage.outcomes[sentenceIndex] ?? null) !== null && (this.active()?.missing ?? null) === null
    const next = checkable[sentenceIndex + 1]
    if (!isComplete || next === undefined) return
    this.goToSentence(sentenceIndex + 1)
    this.reader?.scrollTo(next)
  }

  /** The place of the first of some writes, to say what was undone; empty for writes without a place. */
  #placesOf(writes: readonly Change[], before: ReviewState['review']['data']): string[] {
    for (const write of writes) {
      if (write.kind === 'change-scope') continue
      const range =
        'view' in write
          ? write.view
          : (before.annotations.get(write.id) ?? this.getState().review.data.annotations.get(write.id))
      if (range !== undefined) return [this.placeOf(range)]
    }
    return []
  }

  /** Whether a command was carried out; if not, the reason has been announced. */
  #run(result: CommandResult, how: { group?: string; began?: AnnotationView } = {}): boolean {
    if (!this.options.mayAnnotate) this.answer('Your role lets you read here, not annotate.')
    else if (result.ok) this.#carryOut(result.command, how)
    else this.answer(result.reason)
    return this.options.mayAnnotate && result.ok
  }

  #carryOut(command: Command, { group, began }: { group?: string; began?: AnnotationView } = {}): void {
    const before = this.getState().review.data
    const stamps = { newId: this.options.newId, now: this.options.now }
    const entry = undoEntryOf({ label: command.label, group, writes: command.writes, before, stamps })
    for (const write of command.writes) this.options.store.write(write, began)
    const { activeId, editing } = this.getState().view
    this.set({
      review: this.options.store.getSnapshot(),
      answer: null,
      ...(entry === null ? {} : { history: recordEntry(this.getState().history, entry) }),
    })
    this.look({ activeId: command.opens, editing: command.opens === activeId ? editing : null })
    if (group !== undefined) return
    const { coverage } = this.derived()
    this.announce(`${command.label}. ${String(coverage.decided)} of ${String(coverage.total)} sentences decided.`)
  }
}

/** The label of an entry, for use inside a sentence. */
function inSentence(label: string): string {
  return `${label.charAt(0).toLowerCase()}${label.slice(1)}`
}

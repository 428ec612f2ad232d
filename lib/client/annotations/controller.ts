import { nextUndecided } from '@/lib/domain/annotations/coverage'
import type { Rating } from '@/lib/domain/annotations/rating'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import type { OutOfScopeReason } from '@/lib/domain/text/model'
import { makePlaceOf } from '@/lib/domain/text/sentence-numbers'
import { undoEntryOf, emptyHistory, recordEntry, stepBack, stepForward } from '@/lib/client/undo'
import type { ReviewStore } from '@/lib/client/outbox/review-store'
import { laneOf, type AnnotationChanges, type Change } from '@/lib/client/outbox/change'
import {
  changeScope,
  decideNoClaim,
  deleteAnnotation,
  editAnnotation,
  moveAnnotation,
  ownOverlapping,
  rateAnnotation,
  rateChosen,
  type Command,
  type CommandContext,
  type CommandResult,
  type Span,
} from './commands'
import { noFilters, type AnnotationFilters } from './filters'
import {
  makeDerive,
  type DerivedReview,
  type Editing,
  type ReviewState,
  type ReviewText,
  type ReviewView,
} from './review-state'

/** What the controller asks of the reader. */
export interface ReaderControls {
  scrollTo: (range: Span) => void
  selectRange: (range: Span) => void
  clearSelection: () => void
  focus: () => void
}

/** What the controller is made of. Ids and times are made by the given functions. */
export interface ControllerOptions {
  text: ReviewText
  me: { id: string; name: string }
  /** Whether the person may annotate this document at all. */
  mayAnnotate: boolean
  store: ReviewStore
  newId: () => string
  now: () => string
  /** Whether a decision that needs nothing more moves on to the next sentence; asked at each. */
  movesOn?: () => boolean
}

/**
 * The review of one revision by one person: what is open, what is selected, and every action the keyboard, the mouse and touch can ask for.
 * An external store in React's sense; it knows nothing of the DOM.
 */
export class ReviewController {
  readonly #options: ControllerOptions
  readonly #derive: (state: Pick<ReviewState, 'review' | 'view'>) => DerivedReview
  readonly #listeners = new Set<() => void>()
  #reader: ReaderControls | null = null
  readonly #placeOf: (range: Span) => string
  #state: ReviewState
  #stopListening: (() => void) | null = null

  constructor(options: ControllerOptions) {
    this.#options = options
    this.#derive = makeDerive(options.text, options.me.id)
    this.#placeOf = makePlaceOf(options.text.sentences)
    this.#state = {
      review: options.store.getSnapshot(),
      view: { activeId: null, editing: null, selection: null, sentence: null, filters: noFilters, layout: 'margin' },
      history: emptyHistory(),
      announcement: { words: '', number: 0 },
      answer: null,
    }
  }

  readonly getState = (): ReviewState => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    this.#stopListening ??= this.#options.store.subscribe(() => {
      this.#set({ review: this.#options.store.getSnapshot() })
    })
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size > 0) return
      this.#stopListening?.()
      this.#stopListening = null
    }
  }

  derived(): DerivedReview {
    return this.#derive(this.#state)
  }

  get store(): ReviewStore {
    return this.#options.store
  }

  get me(): { id: string; name: string } {
    return this.#options.me
  }

  get text(): ReviewText {
    return this.#options.text
  }

  get mayAnnotate(): boolean {
    return this.#options.mayAnnotate
  }

  setReader(reader: ReaderControls | null): void {
    this.#reader = reader
  }

  annotation(id: string | null): AnnotationView | null {
    return id === null ? null : (this.#state.review.data.annotations.get(id) ?? null)
  }

  active(): AnnotationView | null {
    return this.annotation(this.#state.view.activeId)
  }

  announce(words: string): void {
    this.#set({ announcement: { words, number: this.#state.announcement.number + 1 } })
  }

  /** Says something to everyone: to screen readers, and for a while on the screen. */
  answer(words: string, { offersUndo = false }: { offersUndo?: boolean } = {}): void {
    this.announce(words)
    this.#set({ answer: { words, offersUndo, number: this.#state.announcement.number } })
  }

  /** Takes the answer off the screen. */
  dismissAnswer(): void {
    if (this.#state.answer !== null) this.#set({ answer: null })
  }

  /** Where a range stands, in words such as "sentence 16". */
  placeOf(range: Span): string {
    return this.#placeOf(range)
  }

  setFilters(filters: AnnotationFilters): void {
    this.#look({ filters })
    this.announce(
      `${String(this.derived().visible.length)} of ${String(this.derived().ordered.length)} annotations shown`,
    )
  }

  setLayout(layout: ReviewView['layout']): void {
    this.#look({ layout })
  }

  setEditing(editing: Editing): void {
    this.#look({ editing })
  }

  select(selection: Span | null): void {
    this.#look({ selection })
  }

  /** Selects words of the text, as if the person had. */
  selectWords(range: Span): void {
    this.#reader?.selectRange(range)
    this.#look({ selection: range })
  }

  clearSelection(): void {
    this.#reader?.clearSelection()
    this.#look({ selection: null })
  }

  focusText(): void {
    this.#reader?.focus()
  }

  /** Brings a place of the text into view. */
  show(range: Span): void {
    this.#reader?.scrollTo(range)
  }

  /** Opens an annotation's card, or closes the open one. */
  open(id: string | null, editing: Editing = null): void {
    if (id === this.#state.view.activeId && editing === this.#state.view.editing) return
    this.#look({ activeId: id, editing })
  }

  /** A press on highlighted words: opens the topmost annotation that is shown, and at each further press the next one there. */
  pressAt(ids: readonly string[]): void {
    const shown = new Set(this.derived().visible.map(({ id }) => id))
    const here = ids.filter((id) => shown.has(id))
    const at = here.indexOf(this.#state.view.activeId ?? '')
    this.open(here[(at + 1) % here.length] ?? null)
  }

  /** Makes a sentence in scope the current one and opens the person's annotation on it. */
  goToSentence(index: number): void {
    const sentence = this.derived().checkable[index]
    if (sentence === undefined) return
    const here = ownOverlapping(this.#context(), sentence)[0]
    this.#look({ sentence: { start: sentence.start, end: sentence.end }, activeId: here?.id ?? null, editing: null })
  }

  nextUndecided(): void {
    const { coverage, checkable, sentenceIndex } = this.derived()
    const index = nextUndecided(coverage.outcomes, sentenceIndex ?? -1)
    const sentence = index === null ? undefined : checkable[index]
    if (index === null || sentence === undefined) {
      this.answer(checkable.length === 0 ? 'No sentence of this text is in scope' : 'Every sentence is decided')
      return
    }
    this.clearSelection()
    this.goToSentence(index)
    this.#reader?.scrollTo(sentence)
    this.#reader?.focus()
  }

  rate(rating: Rating): void {
    const { selection, sentence } = this.#state.view
    const isDone = this.#run(rateChosen(this.#context(), { selection, active: this.active(), sentence }, rating))
    if (selection !== null) this.clearSelection()
    else if (isDone) this.#moveOn()
  }

  rateOne(id: string, rating: Rating): void {
    const annotation = this.annotation(id)
    if (annotation !== null) this.#run(rateAnnotation(annotation, rating))
  }

  decideNoClaim(): void {
    const { checkable } = this.derived()
    const { selection, sentence } = this.#state.view
    const at =
      selection === null
        ? sentence
        : (checkable.find(({ start, end }) => start < selection.end && selection.start < end) ?? null)
    if (at === null) {
      this.answer('Go to a sentence first: press the down arrow, or select some of its words.')
      return
    }
    if (this.#run(decideNoClaim(this.#context(), at)) && selection === null) this.#moveOn()
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

  /** Says that a key needs an open annotation, and how to get one. */
  refuseWithoutAnnotation(): void {
    this.answer('No annotation is open. Rate the sentence first (1 to 4), or press Enter on words that are marked.')
  }

  /** Gives an annotation the selected passage. */
  moveToSelection(id: string): void {
    const annotation = this.annotation(id)
    const { selection } = this.#state.view
    if (annotation === null || selection === null) return
    this.#run(moveAnnotation(this.#context(), annotation, selection))
    this.#reader?.clearSelection()
    this.#look({ selection: null, editing: null })
  }

  /** Gives an annotation another passage. */
  moveTo(id: string, range: Span): void {
    const annotation = this.annotation(id)
    if (annotation !== null) this.#run(moveAnnotation(this.#context(), annotation, range))
  }

  /**
   * Starts changing the passage of an annotation: what is selected when confirmed becomes the passage. With `selects` its words are selected to
   * begin with; for a mouse they are not, because a press on selected words would drag them.
   */
  startMoving(id: string, selects: boolean): void {
    const annotation = this.annotation(id)
    if (annotation === null) return
    this.#look({ activeId: id, editing: 'span' })
    if (!selects) {
      this.clearSelection()
      this.announce('Select the words it should stand on.')
      return
    }
    this.#reader?.focus()
    this.#reader?.selectRange(annotation)
    this.announce('Change the selection, then press Enter to keep it or Escape to leave it as it was.')
  }

  remove(id: string): void {
    const annotation = this.annotation(id)
    if (annotation === null || !this.#run(deleteAnnotation(annotation))) return
    this.answer(`Deleted the annotation of ${this.#placeOf(annotation)}.`, { offersUndo: true })
  }

  changeScope(change: Span & { inScope: boolean; reason: OutOfScopeReason }): void {
    this.#carryOut(changeScope(this.#context(), change))
  }

  undo(): void {
    const step = stepBack(this.#state.history)
    if (step === null) this.answer('Nothing to undo')
    else this.#travel({ ...step, writes: step.entry.undo, word: 'Undone' })
  }

  redo(): void {
    const step = stepForward(this.#state.history)
    if (step === null) this.answer('Nothing to redo')
    else this.#travel({ ...step, writes: step.entry.redo, word: 'Redone' })
  }

  #travel(step: {
    entry: { label: string }
    history: ReviewState['history']
    writes: readonly Change[]
    word: string
  }): void {
    const { problems, data } = this.#state.review
    if (step.writes.some((write) => problems.has(laneOf(write)))) {
      this.answer('Settle the open question on this annotation first; then undo works again.')
      return
    }
    const possible = step.writes.filter((write) => write.kind !== 'update-annotation' || data.annotations.has(write.id))
    this.#set({ history: step.history })
    for (const write of possible) this.#options.store.write(write)
    if (possible.length === 0) {
      this.answer('Nothing left to change: the annotation is gone.')
      return
    }
    const touched = possible.map(laneOf).find((lane) => this.annotation(lane) !== null)
    this.#look({ activeId: touched ?? this.active()?.id ?? null, editing: null })
    const annotation = this.annotation(touched ?? null)
    if (annotation !== null) this.#reader?.scrollTo(annotation)
    this.answer([`${step.word}: ${inSentence(step.entry.label)}`, ...this.#placesOf(possible, data)].join(', '))
  }

  /** Goes on to the next sentence after a decision that needs nothing more, when the person wants that. */
  #moveOn(): void {
    const { coverage, checkable, sentenceIndex } = this.derived()
    if (sentenceIndex === null || this.#options.movesOn?.() !== true) return
    const isComplete = (coverage.outcomes[sentenceIndex] ?? null) !== null && (this.active()?.missing ?? null) === null
    const next = checkable[sentenceIndex + 1]
    if (!isComplete || next === undefined) return
    this.goToSentence(sentenceIndex + 1)
    this.#reader?.scrollTo(next)
  }

  /** Where the first of some writes stands, for saying what was undone; nothing when it has no place. */
  #placesOf(writes: readonly Change[], before: ReviewState['review']['data']): string[] {
    for (const write of writes) {
      if (write.kind === 'change-scope') continue
      const range =
        'view' in write
          ? write.view
          : (before.annotations.get(write.id) ?? this.#state.review.data.annotations.get(write.id))
      if (range !== undefined) return [this.#placeOf(range)]
    }
    return []
  }

  /** Whether a command was carried out; when not, it was said why. */
  #run(result: CommandResult, how: { group?: string; began?: AnnotationView } = {}): boolean {
    if (!this.#options.mayAnnotate) this.answer('Your role lets you read here, not annotate.')
    else if (result.ok) this.#carryOut(result.command, how)
    else this.answer(result.reason)
    return this.#options.mayAnnotate && result.ok
  }

  #carryOut(command: Command, { group, began }: { group?: string; began?: AnnotationView } = {}): void {
    const before = this.#state.review.data
    const stamps = { newId: this.#options.newId, now: this.#options.now }
    const entry = undoEntryOf({ label: command.label, group, writes: command.writes, before, stamps })
    for (const write of command.writes) this.#options.store.write(write, began)
    const { activeId, editing } = this.#state.view
    this.#set({
      review: this.#options.store.getSnapshot(),
      answer: null,
      ...(entry === null ? {} : { history: recordEntry(this.#state.history, entry) }),
    })
    this.#look({ activeId: command.opens, editing: command.opens === activeId ? editing : null })
    if (group !== undefined) return
    const { coverage } = this.derived()
    this.announce(`${command.label}. ${String(coverage.decided)} of ${String(coverage.total)} sentences decided.`)
  }

  #context(): CommandContext {
    const { text, me, newId, now } = this.#options
    return { revisionId: text.revisionId, text: text.text, me, data: this.#state.review.data, newId, now: now() }
  }

  #look(change: Partial<ReviewView>): void {
    const keys = Object.keys(change) as (keyof ReviewView)[]
    if (keys.every((key) => this.#state.view[key] === change[key])) return
    this.#set({ view: { ...this.#state.view, ...change } })
  }

  #set(change: Partial<ReviewState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}

/** A label of an entry as it stands inside a sentence. */
function inSentence(label: string): string {
  return `${label.charAt(0).toLowerCase()}${label.slice(1)}`
}

import { nextUndecided } from '@/lib/domain/annotations/coverage'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import { makePlaceOf } from '@/lib/domain/text/sentence-numbers'
import { keysOf } from '@/lib/domain/keys'
import { emptyHistory } from './undo'
import type { ReviewStore } from '@/lib/client/outbox/review-store'
import { ownOverlapping, type CommandContext, type Span } from './commands'
import { noFilters, type AnnotationFilters } from './filters'
import {
  makeDerive,
  type DerivedReview,
  type Editing,
  type ReviewState,
  type ReviewText,
  type ReviewView,
} from './review-state'

/** What the controller needs from the reader. */
export interface ReaderControls {
  scrollTo: (range: Span) => void
  selectRange: (range: Span) => void
  clearSelection: () => void
  focus: () => void
}

/** The parts that the controller is made from. The given functions make ids and times. */
export interface ControllerOptions {
  text: ReviewText
  me: { id: string; name: string }
  /** Whether the person may annotate this document at all. */
  mayAnnotate: boolean
  store: ReviewStore
  newId: () => string
  now: () => string
  /** Whether the review moves on after a decision that needs nothing more; read at each decision. */
  movesOn?: () => boolean
}

/**
 * Where one person is in the review of a revision: what is open, selected and shown, and how to get elsewhere. An external store in React's sense,
 * without the DOM. Changes of the review are in the controller.
 */
export class ReviewNavigation {
  protected readonly options: ControllerOptions
  readonly #derive: (state: Pick<ReviewState, 'review' | 'view'>) => DerivedReview
  readonly #listeners = new Set<() => void>()
  protected reader: ReaderControls | null = null
  readonly #placeOf: (range: Span) => string
  #state: ReviewState
  #stopListening: (() => void) | null = null

  constructor(options: ControllerOptions) {
    this.options = options
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
    this.#stopListening ??= this.options.store.subscribe(() => {
      this.set({ review: this.options.store.getSnapshot() })
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
    return this.options.store
  }

  get me(): { id: string; name: string } {
    return this.options.me
  }

  get text(): ReviewText {
    return this.options.text
  }

  get mayAnnotate(): boolean {
    return this.options.mayAnnotate
  }

  setReader(reader: ReaderControls | null): void {
    this.reader = reader
  }

  annotation(id: string | null): AnnotationView | null {
    return id === null ? null : (this.#state.review.data.annotations.get(id) ?? null)
  }

  active(): AnnotationView | null {
    return this.annotation(this.#state.view.activeId)
  }

  announce(words: string): void {
    this.set({ announcement: { words, number: this.#state.announcement.number + 1 } })
  }

  /** Announces a message to screen readers, and shows it for a while on the screen. */
  answer(words: string, { offersUndo = false }: { offersUndo?: boolean } = {}): void {
    this.announce(words)
    this.set({ answer: { words, offersUndo, number: this.#state.announcement.number } })
  }

  /** Hides the message. */
  dismissAnswer(): void {
    if (this.#state.answer !== null) this.set({ answer: null })
  }

  /** Describes the place of a range, such as "sentence 16". */
  placeOf(range: Span): string {
    return this.#placeOf(range)
  }

  setFilters(filters: AnnotationFilters): void {
    this.look({ filters })
    this.announce(
      `${String(this.derived().visible.length)} of ${String(this.derived().ordered.length)} annotations shown`,
    )
  }

  setLayout(layout: ReviewView['layout']): void {
    this.look({ layout })
  }

  setEditing(editing: Editing): void {
    this.look({ editing })
  }

  select(selection: Span | null): void {
    this.look({ selection })
  }

  /** Selects words of the text, as a person would. */
  selectWords(range: Span): void {
    this.reader?.selectRange(range)
    this.look({ selection: range })
  }

  clearSelection(): void {
    this.reader?.clearSelection()
    this.look({ selection: null })
  }

  focusText(): void {
    this.reader?.focus()
  }

  /** Scrolls a place of the text into view. */
  show(range: Span): void {
    this.reader?.scrollTo(range)
  }

  /** Opens an annotation's card, or closes the open one. */
  open(id: string | null, editing: Editing = null): void {
    if (id === this.#state.view.activeId && editing === this.#state.view.editing) return
    this.look({ activeId: id, editing })
  }

  /** Handles a press on highlighted words: opens the topmost visible annotation, and at each further press the next one there. */
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
    const here = ownOverlapping(this.context(), sentence)[0]
    this.look({ sentence: { start: sentence.start, end: sentence.end }, activeId: here?.id ?? null, editing: null })
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
    this.reader?.scrollTo(sentence)
    this.reader?.focus()
  }

  protected context(): CommandContext {
    const { text, me, newId, now } = this.options
    return { revisionId: text.revisionId, text: text.text, me, data: this.#state.review.data, newId, now: now() }
  }

  protected look(change: Partial<ReviewView>): void {
    if (keysOf(change).every((key) => this.#state.view[key] === change[key])) return
    this.set({ view: { ...this.#state.view, ...change } })
  }

  protected set(change: Partial<ReviewState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}

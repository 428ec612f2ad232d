import type { AnnotationView, SentenceDecisionView } from '@/lib/domain/annotations/schema'
import type { LiveMessage } from '@/lib/domain/live/message'
import type { ReviewStore } from '../outbox/review-store'
import { laneOf, type ReviewData, type Change } from '../outbox/change'

/** The rows of a revision as stored on the server. */
export interface StoredRows {
  annotations: readonly AnnotationView[]
  decisions: readonly SentenceDecisionView[]
  since: number
}

/**
 * Changes that others made to the rows of one revision since they were shown. They are held back until the person asks for them, so that nothing
 * moves while they read. The person's own changes in another window are applied at once, when none of theirs is being sent. An external store in
 * React's sense: its snapshot is the number of rows held back.
 */
export class LiveReview {
  readonly #revisionId: string
  #sessionId: string | undefined
  readonly #store: Pick<ReviewStore, 'getSnapshot' | 'subscribe' | 'receive'>
  readonly #me: string
  /** By row; a later message replaces an earlier one. */
  readonly #held = new Map<string, Change>()
  readonly #own = new Map<string, Change>()
  readonly #listeners = new Set<() => void>()
  #count = 0
  #heard = 0

  constructor(given: {
    revisionId: string
    store: Pick<ReviewStore, 'getSnapshot' | 'subscribe' | 'receive'>
    me: string
  }) {
    this.#revisionId = given.revisionId
    this.#store = given.store
    this.#me = given.me
  }

  /** The review session whose marks are shown; undefined for all marks that the person may see. */
  narrowTo(sessionId: string | undefined): void {
    this.#sessionId = sessionId
  }

  readonly getCount = (): number => this.#count

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    const stop = this.#store.subscribe(() => {
      this.takeOwn()
    })
    return () => {
      this.#listeners.delete(listener)
      stop()
    }
  }

  /** Receives a message of the feed. */
  hear(message: LiveMessage): void {
    this.#heard = Math.max(this.#heard, message.sequence)
    const write = this.#writeOf(message)
    if (write === null) {
      // Deleted here already: an earlier message about it must not bring it back.
      if (message.subjectId !== null) this.#own.delete(message.subjectId)
      return
    }
    if (!message.own) this.#hold(write)
    // A row with unsaved changes is shown although the message says that it is gone: it was made again since, and the answer to that is newer.
    else if (!takesAway(write) || !this.#store.getSnapshot().unsaved.has(laneOf(write)))
      this.#own.set(rowOf(write), write)
    this.#changed()
  }

  /**
   * Compares the shown rows with the stored ones, after too many events were missed or when other marks have become visible.
   * @param since the last event that the stored rows include
   */
  compare({ annotations, decisions, since }: StoredRows): void {
    const { data, unsaved } = this.#store.getSnapshot()
    const take = (write: Change, authorId: string) => {
      if (authorId === this.#me) this.#own.set(rowOf(write), write)
      else this.#hold(write)
    }
    for (const view of annotations) take({ kind: 'restore-annotation', view }, view.author.id)
    for (const view of decisions) take({ kind: 'create-decision', view }, view.author.id)
    // Rows older than the last received event say nothing about deletions.
    const stored = new Set(since < this.#heard ? data.annotations.keys() : annotations.map(({ id }) => id))
    for (const { id, author } of data.annotations.values())
      if (!stored.has(id) && !unsaved.has(id)) take({ kind: 'delete-annotation', id }, author.id)
    this.#changed()
    this.takeOwn()
  }

  /** Applies the changes that were held back. */
  show(): void {
    const told = [...this.#held.values()]
    this.#held.clear()
    this.#store.receive(told)
    this.#changed()
  }

  /** Applies the person's changes from elsewhere, once no change is unsaved: the server compares those first. */
  readonly takeOwn = (): void => {
    if (this.#own.size === 0 || this.#store.getSnapshot().unsaved.size > 0) return
    const told = [...this.#own.values()]
    this.#own.clear()
    this.#store.receive(told)
  }

  #hold(write: Change): void {
    const { data } = this.#store.getSnapshot()
    // Decisions of others are not shown in the text.
    if (write.kind === 'create-decision' || write.kind === 'delete-decision') this.#store.receive([write])
    else if (changes(data, write)) this.#held.set(rowOf(write), write)
    else this.#held.delete(rowOf(write))
  }

  #changed(): void {
    if (this.#count === this.#held.size) return
    this.#count = this.#held.size
    for (const listener of this.#listeners) listener()
  }

  #writeOf({ type, subjectId, sessionId, annotation, decision, scopeChange }: LiveMessage): Change | null {
    const revisionId = this.#revisionId
    if (subjectId === null) return null
    if (scopeChange !== undefined) {
      const { revisionId: at, ...view } = scopeChange
      return at === revisionId ? { kind: 'change-scope', revisionId, view } : null
    }
    if (this.#sessionId !== undefined && sessionId !== this.#sessionId) return null
    const { data } = this.#store.getSnapshot()
    if (type.startsWith('annotation.')) {
      if (annotation)
        return annotation.revisionId === revisionId ? { kind: 'restore-annotation', view: annotation } : null
      return data.annotations.has(subjectId) || this.#held.has(subjectId)
        ? { kind: 'delete-annotation', id: subjectId }
        : null
    }
    if (!type.startsWith('sentence-decision.')) return null
    if (decision) return decision.revisionId === revisionId ? { kind: 'create-decision', view: decision } : null
    const view = data.decisions.get(subjectId)
    return view === undefined ? null : { kind: 'delete-decision', view }
  }
}

function takesAway({ kind }: Change): boolean {
  return kind === 'delete-annotation' || kind === 'delete-decision'
}

function rowOf(write: Change): string {
  return write.kind === 'create-decision' || write.kind === 'delete-decision' || write.kind === 'change-scope'
    ? write.view.id
    : laneOf(write)
}

/** Whether a write would change the shown rows. */
function changes(data: ReviewData, write: Change): boolean {
  switch (write.kind) {
    case 'restore-annotation': {
      const shown = data.annotations.get(write.view.id)
      return shown === undefined || shown.version < write.view.version
    }
    case 'change-scope':
      return data.scopeChanges.every(({ id }) => id !== write.view.id)
    case 'delete-annotation':
      return data.annotations.has(write.id)
    default:
      return true
  }
}

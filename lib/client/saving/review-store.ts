import type { AnnotationView } from '@/lib/domain/annotations/schema'
import { readAnswer, type Verdict } from './answers'
import { requestOf } from './requests'
import { SaveQueue, type SaveState, type Timers } from './save-queue'
import type { Transport } from './transport'
import { applyWrite, laneOf, mergeWrites, pickChanges, type ReviewData, type Write } from './writes'

/** A write that stands still: the words are kept and the person decides. */
export type ReviewProblem =
  /** Someone changed the annotation first. `theirs` is what is stored. */
  { kind: 'conflict'; theirs: AnnotationView } | { kind: 'refused'; message: string; gone: boolean }

/** What the interface shows: the data with every unsaved write applied, and what became of the writes. */
export interface ReviewSnapshot {
  data: ReviewData
  save: SaveState
  /** By lane: an annotation's id, `decision:<start>` or `scope`. */
  problems: ReadonlyMap<string, ReviewProblem>
  /** Lanes with writes on the way. */
  unsaved: ReadonlySet<string>
}

/** An external store in React's sense (`useSyncExternalStore`). The snapshot is the same object until something changes. */
export interface ReviewStore {
  getSnapshot: () => ReviewSnapshot
  subscribe: (listener: () => void) => () => void
  /** Applies a write at once and sends it in its turn. */
  write: (write: Write) => void
  retryNow: () => void
  /** Sends my change again, over what is stored now. The person has seen both. */
  keepMine: (annotationId: string) => void
  /** Drops my waiting changes of a lane and shows what is stored. */
  discardMine: (lane: string) => void
  /** Sends my change again with this note, over what is stored now. */
  mergeNote: (annotationId: string, note: string) => void
  stop: () => void
}

/**
 * Makes the store of one revision. The visible data is always the acknowledged data with the unsaved writes applied in order, so an
 * acknowledgement can never undo what was typed since. Unsaved writes live in memory; they are plain JSON values, so that an
 * outbox on disk can hold them.
 */
export function createReviewStore(given: { initial: ReviewData; transport: Transport; timers: Timers }): ReviewStore {
  let acknowledged = given.initial
  let snapshot: ReviewSnapshot | null = null
  const listeners = new Set<() => void>()
  // What the server said of a blocked annotation; it becomes the acknowledged state when the person has decided.
  const theirs = new Map<string, AnnotationView>()

  const changed = () => {
    snapshot = null
    for (const listener of listeners) listener()
  }

  const send = async (write: Write): Promise<Verdict> => {
    const version = acknowledged.annotations.get(laneOf(write))?.version
    try {
      const verdict = readAnswer(await given.transport(requestOf(asStored(write, acknowledged), version)))
      if (isAlreadyDone(write, verdict))
        return { kind: 'done', body: verdict.kind === 'conflict' ? verdict.current : null }
      if (verdict.kind !== 'conflict') return verdict
      if (!isAnnotation(verdict.current))
        return { kind: 'refused', status: 412, message: 'This was changed elsewhere. Reload to see what is stored.' }
      theirs.set(laneOf(write), verdict.current)
      return verdict
    } catch (error) {
      return {
        kind: 'retry',
        reason: 'offline',
        message: error instanceof Error ? error.message : 'no answer',
        afterMs: 0,
      }
    }
  }

  const queue = new SaveQueue<Write>({
    laneOf,
    merge: mergeWrites,
    send,
    onDone: (write, body) => {
      acknowledged = applyWrite(acknowledged, asStored(write, acknowledged))
      if (write.kind === 'create-decision' && hasId(body) && body.id !== write.view.id) {
        // The sentence was decided before, from elsewhere: the decision there is counts, under its own id.
        acknowledged = applyWrite(applyWrite(acknowledged, { kind: 'delete-decision', view: write.view }), {
          ...write,
          view: { ...write.view, id: body.id },
        })
      }
      if (write.kind !== 'delete-annotation' && isAnnotation(body))
        acknowledged = applyWrite(acknowledged, { kind: 'restore-annotation', view: body })
    },
    onChange: changed,
    timers: given.timers,
  })

  const read = (): ReviewSnapshot => {
    const unsaved = queue.unsaved()
    const problems = new Map<string, ReviewProblem>()
    for (const [lane, problem] of queue.problems()) {
      const stored = theirs.get(lane)
      if (problem.kind === 'conflict' && stored !== undefined) problems.set(lane, { kind: 'conflict', theirs: stored })
      if (problem.kind === 'refused')
        problems.set(lane, {
          kind: 'refused',
          message: problem.message,
          gone: problem.status === 404 || problem.status === 410,
        })
    }
    return {
      data: unsaved.reduce(applyWrite, acknowledged),
      save: queue.state(),
      problems,
      unsaved: new Set(unsaved.map(laneOf)),
    }
  }

  const acceptTheirs = (id: string) => {
    const stored = theirs.get(id)
    if (stored !== undefined) acknowledged = applyWrite(acknowledged, { kind: 'restore-annotation', view: stored })
    theirs.delete(id)
  }

  return {
    getSnapshot: () => (snapshot ??= read()),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    write: (write) => {
      queue.add(write)
    },
    retryNow: () => {
      queue.retryNow()
    },
    keepMine: (id) => {
      acceptTheirs(id)
      queue.unblock(id)
    },
    discardMine: (lane) => {
      acceptTheirs(lane)
      queue.drop(lane)
    },
    mergeNote: (id, note) => {
      acceptTheirs(id)
      const first = queue.unsaved().find((write) => laneOf(write) === id)
      if (first?.kind === 'update-annotation') queue.unblock(id, { ...first, changes: { ...first.changes, note } })
      else queue.unblock(id)
    },
    stop: () => {
      queue.stop()
    },
  }
}

/**
 * Whether a refusal only says that the write has arrived before: an answer that got lost makes us send again. An edit has arrived when what
 * is stored holds all its values, a deletion when there is nothing left to delete.
 */
function isAlreadyDone(write: Write, verdict: Verdict): boolean {
  if (verdict.kind === 'conflict' && write.kind === 'update-annotation' && isAnnotation(verdict.current)) {
    return sameRequest(write, { ...write, changes: pickChanges(verdict.current, write.changes) })
  }
  const deletes = write.kind === 'delete-annotation' || write.kind === 'delete-decision'
  return deletes && verdict.kind === 'refused' && (verdict.status === 404 || verdict.status === 410)
}

/** The write as the server knows its row: a decision is found again by its sentence and author, because its id may be another one there. */
function asStored(write: Write, acknowledged: ReviewData): Write {
  if (write.kind !== 'delete-decision') return write
  const { start, author } = write.view
  const stored = [...acknowledged.decisions.values()].find(
    (decision) => decision.start === start && decision.author.id === author.id,
  )
  return stored === undefined ? write : { ...write, view: stored }
}

function hasId(value: unknown): value is { id: string } {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
}

function sameRequest(one: Write, other: Write): boolean {
  return JSON.stringify(requestOf(one, undefined)) === JSON.stringify(requestOf(other, undefined))
}

function isAnnotation(value: unknown): value is AnnotationView {
  return typeof value === 'object' && value !== null && 'id' in value && 'rating' in value && 'version' in value
}

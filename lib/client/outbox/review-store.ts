import type { AnnotationView } from '@/lib/domain/annotations/schema'
import type { Transport } from '../api/transport'
import { applyRecord, type OutboxPlace, type OutboxRecord } from './record'
import type { Timers, Waiting } from './send-lanes'
import { applyTo, isAnnotation, type Problem } from './send-record'
import { PendingChanges, type KeepChanges } from './pending-changes'
import { applyChange, type AnnotationChanges, type ReviewData, type Change, type AnnotationPart } from './change'
import { newId } from '../new-id'

/** A change that stands still: the words are kept and the person decides. */
export type ReviewProblem =
  /** Someone changed the annotation first. `theirs` is what is stored, `seen` what mine began from; `mine` is null when I deleted it. */
  | { kind: 'conflict'; theirs: AnnotationView; mine: AnnotationView | null; seen: AnnotationView | null }
  /** The server will not have it. `gone`: the row was deleted elsewhere. `records` are all that would be lost. */
  | { kind: 'refused'; message: string; gone: boolean; records: readonly OutboxRecord[] }

/** The state of saving, for the line that is always visible. */
export interface SaveState {
  /** Records not yet acknowledged, those with a problem included. */
  unsaved: number
  /** Lanes with a problem. */
  blocked: number
  /** Why nothing goes out; null while something does. */
  waiting: Waiting | null
  /** Where unsaved changes are kept: on this device, or only in this page because the browser keeps nothing. */
  storage: 'opening' | 'device' | 'page'
  /** Unsaved changes that closing the page would lose. */
  unkept: number
}

/** What the interface shows: the data with every unsaved change applied, and what became of the changes. */
export interface ReviewSnapshot {
  data: ReviewData
  save: SaveState
  /** By lane: an annotation's id, `decision:<start>` or `scope`. */
  problems: ReadonlyMap<string, ReviewProblem>
  /** Lanes with changes on the way. */
  unsaved: ReadonlySet<string>
}

/** An external store in React's sense (`useSyncExternalStore`). The snapshot is the same object until something changes. */
export interface ReviewStore {
  getSnapshot: () => ReviewSnapshot
  subscribe: (listener: () => void) => () => void
  /**
   * Applies a change at once, keeps it on this device and sends it when its turn comes. For a change that took a while, such as writing a note,
   * `began` is the annotation as it looked at the start: what was changed elsewhere since is then a conflict, and is not covered.
   */
  write: (write: Change, began?: AnnotationView) => void
  retryNow: () => void
  /** Sends my change again, over what is stored now. The person has seen both. */
  keepMine: (lane: string) => void
  /** Drops my waiting changes of a lane and shows what is stored. */
  discardMine: (lane: string) => void
  /** Sends these values over what is stored now, in the place of my waiting changes. */
  choose: (annotationId: string, changes: AnnotationChanges) => void
  /** Restores an annotation that was deleted elsewhere, with my changes. */
  bringBack: (annotationId: string) => void
  /** Takes what was told of rows by another way. Of an annotation, only a later version replaces the one that is known. */
  receive: (told: readonly Change[]) => void
  /** Lets another tab send, if one waits for that: a hidden tab may be put to sleep. */
  handOver: () => void
  /**
   * Opens the outbox, takes over what was left there and begins to send. Returns the way to stop: what is on its way still arrives, and what
   * the device could not keep is still sent.
   */
  start: () => () => void
}

/** What a store is made of. */
export interface ReviewStoreOptions {
  initial: ReviewData
  transport: Transport
  timers: Timers
  /** Where changes are kept and how tabs agree; null (the default) keeps them in memory and sends at once. */
  keep?: KeepChanges | null
  now?: () => number
  newId?: () => string
  /** A change made elsewhere and one made here were both kept; `fromThere` are the parts that came from there. */
  onMerged?: (annotationId: string, fromThere: readonly AnnotationPart[]) => void
}

const nowhere: OutboxPlace = {
  workspaceId: '',
  memberId: '',
  memberName: '',
  documentId: '',
  revisionId: '',
  title: '',
}

/**
 * Makes the store of one revision. The visible data is always the acknowledged data with the unsaved changes applied in order, so an
 * acknowledgement can never undo what was typed since.
 */
export function createReviewStore(given: ReviewStoreOptions): ReviewStore {
  const { keep = null, now = Date.now, newId: makeId = newId, onMerged } = given
  let snapshot: ReviewSnapshot | null = null
  const listeners = new Set<() => void>()
  const changes = new PendingChanges({
    ...given,
    keep,
    place: keep?.place ?? nowhere,
    now,
    newId: makeId,
    onMerged,
    onChange: () => {
      snapshot = null
      for (const listener of listeners) listener()
    },
  })
  const getSnapshot = () => (snapshot ??= snapshotOf(changes))

  return {
    getSnapshot,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    write: (write, began) => {
      changes.write(write, getSnapshot().data, began)
    },
    retryNow: () => {
      changes.retryNow()
    },
    keepMine: (lane) => {
      changes.resolve(lane, { kind: 'send-mine' })
    },
    discardMine: (lane) => {
      changes.resolve(lane, { kind: 'discard' })
    },
    choose: (id, chosen) => {
      changes.resolve(id, { kind: 'choose', changes: chosen })
    },
    bringBack: (id) => {
      changes.resolve(id, { kind: 'bring-back' })
    },
    handOver: () => {
      changes.handOver()
    },
    receive: (told) => {
      changes.receive(told)
    },
    start: () => changes.start(),
  }
}

function snapshotOf(changes: PendingChanges): ReviewSnapshot {
  const { acknowledged, pending, save } = changes.read()
  const records = pending.map(({ record }) => record)
  let data = records.reduce(applyRecord, acknowledged)
  const problems = new Map<string, ReviewProblem>()
  for (const { lane, problem } of records) {
    if (problem === null) continue
    const shown = problemOf(
      problem,
      records.filter((record) => record.lane === lane),
    )
    if (shown === null) continue
    problems.set(lane, shown)
    // What was deleted here and changed there is shown, or nobody could decide about it.
    if (shown.kind === 'conflict' && shown.mine === null)
      data = applyChange(data, { kind: 'restore-annotation', view: shown.theirs })
  }
  return { data, save, problems, unsaved: new Set(records.map(({ lane }) => lane)) }
}

function problemOf(problem: Problem, records: readonly OutboxRecord[]): ReviewProblem | null {
  if (problem.kind === 'refused') {
    const gone = problem.status === 404 || problem.status === 410
    return { kind: 'refused', message: problem.message, gone, records }
  }
  const theirs = problem.current
  if (!isAnnotation(theirs)) return null
  const seen = records[0]?.seen ?? null
  const mine = records.reduce<AnnotationView | null>(applyTo, seen ?? theirs)
  return { kind: 'conflict', theirs, mine, seen }
}

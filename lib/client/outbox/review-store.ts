import type { AnnotationView } from '@/lib/domain/annotations/schema'
import type { Transport } from '../api/transport'
import { applyRecord, type OutboxPlace, type OutboxRecord } from './record'
import type { Timers, Waiting } from './send-lanes'
import { applyTo, isAnnotation, type Problem } from './send-record'
import { PendingChanges, type KeepChanges } from './pending-changes'
import { applyChange, type AnnotationChanges, type ReviewData, type Change, type AnnotationPart } from './change'
import { newId } from '../new-id'

/** A blocked change: its words are kept until the person decides. */
export type ReviewProblem =
  /** Another member changed the annotation first. `theirs` is stored, `seen` is the base of my change; `mine` is null when I deleted it. */
  | { kind: 'conflict'; theirs: AnnotationView; mine: AnnotationView | null; seen: AnnotationView | null }
  /** The server refuses it. `gone`: the row was deleted elsewhere. `records` are all that would be lost. */
  | { kind: 'refused'; message: string; gone: boolean; records: readonly OutboxRecord[] }

/** The state of saving, for the status line that is always visible. */
export interface SaveState {
  /** Unacknowledged records, including those with a problem. */
  unsaved: number
  /** Lanes with a problem. */
  blocked: number
  /** Why nothing is sent; null while something is. */
  waiting: Waiting | null
  /** Where unsaved changes are kept: on this device, or only in this page because the browser stores nothing. */
  storage: 'opening' | 'device' | 'page'
  /** Unsaved changes that would be lost by closing the page. */
  unkept: number
}

/** The state for the interface: the data with every unsaved change applied, and the progress of the changes. */
export interface ReviewSnapshot {
  data: ReviewData
  save: SaveState
  /** By lane: an annotation's id, `decision:<start>` or `scope`. */
  problems: ReadonlyMap<string, ReviewProblem>
  /** Lanes with unsaved changes. */
  unsaved: ReadonlySet<string>
}

/** An external store in React's sense (`useSyncExternalStore`). The snapshot is the same object until something changes. */
export interface ReviewStore {
  getSnapshot: () => ReviewSnapshot
  subscribe: (listener: () => void) => () => void
  /**
   * Applies a change at once, stores it on this device and sends it in turn. For a change that took time, such as writing a note, `began` is the
   * annotation as it looked at the start: changes made elsewhere since then become a conflict instead of being overwritten.
   */
  write: (write: Change, began?: AnnotationView) => void
  retryNow: () => void
  /** Sends my change again, replacing what is stored now. The person has seen both. */
  keepMine: (lane: string) => void
  /** Drops my waiting changes of a lane and shows the stored state. */
  discardMine: (lane: string) => void
  /** Replaces my waiting changes by these values and sends them over what is stored now. */
  choose: (annotationId: string, changes: AnnotationChanges) => void
  /** Restores an annotation that was deleted elsewhere, with my changes. */
  bringBack: (annotationId: string) => void
  /** Applies rows known from another channel. An annotation is replaced by a later version only. */
  receive: (told: readonly Change[]) => void
  /** Lets another tab send, if one waits for it: the browser may suspend a hidden tab. */
  handOver: () => void
  /**
   * Opens the outbox, takes over the changes left there and begins to send. Returns the function that stops it: changes on their way still arrive,
   * and those kept only in the page are still sent.
   */
  start: () => () => void
}

/** The parts that a store is made from. */
export interface ReviewStoreOptions {
  initial: ReviewData
  transport: Transport
  timers: Timers
  /** The storage of changes and the election of the sending tab; null (the default) keeps changes in memory and sends at once. */
  keep?: KeepChanges | null
  now?: () => number
  newId?: () => string
  /** Called when changes from here and elsewhere were merged; `fromThere` are the parts that came from elsewhere. */
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
 * Makes the store of one revision. The visible data is always the acknowledged data with the unsaved changes applied in order, so an acknowledgement
 * never undoes what was typed since.
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
    // A row that was deleted here and changed elsewhere is shown, so that the person can decide about it.
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

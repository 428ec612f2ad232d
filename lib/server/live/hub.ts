import { DomainError } from '@/lib/domain/errors'
import type { Actor } from '../access/gate'
import type { Database } from '../db/client'
import { readLastSequence } from '../events/data'
import { logger } from '../log'
import { viewerOf } from '../visibility/marks'
import { Connection, type Frames, type Interest, Listeners, type CheckIdentity } from './connection'
import { lastSequence, readEvents, readNews, type EventRow } from './event-payloads'
import { Presence, presenceInterval, PresenceBroadcast } from './presence'
import { listenToOthers, type Signals, onEventsCommitted } from '../db/signals'
import { changesVisibility, VisibilityCache, type RuleEvent, endedBy } from './visibility-cache'
import { perProcess } from '../per-process'

/** The most feeds of one member, and of all members in one process. */
const maxConnectionsOfMember = 20
const maxConnections = 2_000
/** Events read per query, and the most events sent to a listener who was away; beyond it, the page loads everything again. */
const batchSize = 500
const maxMissed = 5_000
/** How often a silent feed gets a sign of life, in ms. */
const beatInterval = 20_000
/** The interval between two checks of listeners, in ms. They are checked in turn, so that a crowd does not query the database all at once. */
const checkStep = 200
/** The pause in reading after a database failure, in ms. */
const failurePause = 1_000

/** A request for a feed. */
export interface ListenRequest {
  actor: Actor
  interest: Interest
  /** The number of the last event that the listener has; null to receive future ones only. */
  after: number | null
  /** Whether the feed ends after the missed events. */
  isShort: boolean
  check: CheckIdentity
}

/**
 * The live feed of one process and database. New events are read once for all listeners, with their payloads, regardless of the process that stored
 * them; each listener receives what they may see.
 */
export class LiveHub {
  readonly #opened: Database
  readonly #listeners = new Listeners()
  #visibilities: VisibilityCache
  readonly #presence: Presence
  readonly #teller: PresenceBroadcast
  /** The number of the last event passed to live connections. */
  #position = 0
  #starting: Promise<void> | null = null
  #stops: (() => void)[] = []
  #signals: Signals | null = null
  #isReading = false
  #isAsked = false

  constructor(opened: Database) {
    this.#opened = opened
    this.#visibilities = this.#newStandings()
    this.#presence = new Presence({
      send: (payload) => this.#signals?.sendPresence(payload),
      changed: (workspaceId) => {
        this.#teller.changed(workspaceId)
      },
    })
    this.#teller = new PresenceBroadcast({
      listeners: this.#listeners,
      presence: this.#presence,
      visibilityOf: (workspaceId) => this.#visibilities.of(workspaceId),
    })
  }

  /** Opens a feed. @throws DomainError `too-many-requests` or `unavailable` when there are too many. */
  async listen(request: ListenRequest): Promise<ReadableStream<Uint8Array>> {
    const { actor, interest, after, isShort, check } = request
    if (this.#listeners.of(actor.memberId).length >= maxConnectionsOfMember)
      throw new DomainError(
        'too-many-requests',
        `You have ${maxConnectionsOfMember} live feeds open. Close one of them first.`,
        { retryAfter: 30 },
      )
    if (this.#listeners.size >= maxConnections)
      throw new DomainError('unavailable', 'Too many live feeds are open here. Try again in a minute.', {
        retryAfter: 60,
      })
    const connection = new Connection({
      actor,
      interest,
      cursor: after ?? 0,
      isShort,
      onEnd: () => {
        this.#leave(connection)
      },
    })
    this.#listeners.add(connection, check)
    try {
      await this.#start()
    } catch (error) {
      connection.end()
      throw error
    }
    if (!connection.isOpen) return connection.stream
    connection.beginAfter(after === null ? this.#position : this.#listeners.skipHidden(actor.memberId, after))
    if (!isShort) {
      connection.isPresent = true
      this.#presence.enter(actor, interest)
    }
    this.#catchUp(connection).catch((error: unknown) => {
      logger().error({ err: error }, 'A live feed could not catch up')
      connection.end()
    })
    return connection.stream
  }

  /** The newest event that a listening member has received here; 0 for none. */
  toldTo(memberId: string): number {
    return Math.max(0, ...this.#listeners.of(memberId).map(({ lastTold }) => lastTold))
  }

  /** Ends all feeds when the process stops. */
  stop(): void {
    for (const connection of [...this.#listeners.all()]) connection.end()
  }

  #start(): Promise<void> {
    if (this.#starting !== null) return this.#starting
    // While it starts, all listeners may leave and others arrive.
    const starting = this.#begin(() => this.#starting === starting)
    this.#starting = starting
    return starting
  }

  async #begin(isWanted: () => boolean): Promise<void> {
    await this.#visibilities.catchUp()
    const position = await lastSequence(this.#opened.read)
    if (!isWanted()) return
    this.#position = position
    const wake = () => {
      this.#wake()
    }
    const every = (ms: number, run: () => void) => {
      const timer = setInterval(run, ms)
      timer.unref()
      return () => {
        clearInterval(timer)
      }
    }
    const signals = listenToOthers(this.#opened.location, {
      onEvents: wake,
      onPresence: (payload) => {
        this.#presence.hear(payload)
      },
      onConnected: () => {
        this.#presence.sayAll('hello')
      },
    })
    this.#signals = signals
    this.#stops = [
      onEventsCommitted(this.#opened, wake),
      every(beatInterval, () => {
        for (const connection of this.#listeners.all()) connection.beat()
      }),
      every(checkStep, () => void this.#listeners.checkDue()),
      every(presenceInterval, () => {
        this.#presence.sayAll()
      }),
      () => {
        this.#presence.sayGoodbye()
        signals.stop()
      },
    ]
  }

  #leave(connection: Connection): void {
    if (!this.#listeners.remove(connection)) return
    if (connection.isPresent) this.#presence.leave(connection.actor, connection.interest)
    if (this.#listeners.size > 0) return
    // Without listeners the database is not queried.
    for (const stop of this.#stops) stop()
    this.#stops = []
    this.#signals = null
    this.#starting = null
    // Events until the next start are not followed, and may be many.
    this.#visibilities = this.#newStandings()
  }

  #newStandings(): VisibilityCache {
    return new VisibilityCache(this.#opened.read, (events) => this.#takeIn(events))
  }

  #wake(): void {
    this.#isAsked = true
    if (!this.#isReading) void this.#read()
  }

  async #read(): Promise<void> {
    this.#isReading = true
    try {
      while (this.#isAsked && this.#listeners.size > 0) {
        this.#isAsked = false
        const events = await readEvents(this.#opened.read, { after: this.#position, limit: batchSize })
        if (events.length === 0) continue
        await this.#dispatch(events)
        if (events.length === batchSize) this.#isAsked = true
      }
    } catch (error) {
      logger().error({ err: error }, 'New events could not be read for the live feeds')
      setTimeout(() => {
        this.#wake()
      }, failurePause).unref()
    } finally {
      this.#isReading = false
    }
  }

  async #dispatch(events: readonly EventRow[]): Promise<void> {
    const workspaces = new Set([...this.#listeners.all()].map(({ actor }) => actor.workspaceId))
    const news = await readNews(
      this.#opened.read,
      events.filter(({ workspaceId }) => workspaces.has(workspaceId)),
    )
    const visibilities = new Map(
      await Promise.all([...workspaces].map(async (id) => [id, await this.#visibilities.of(id)] as const)),
    )
    // No pause from here on: a connection gets an event either here or while it catches up.
    this.#position = Math.max(this.#position, events.at(-1)?.sequence ?? 0)
    for (const item of news) {
      const visibility = visibilities.get(item.workspaceId)
      if (visibility === undefined) continue
      const frames: Frames = new Map()
      for (const connection of this.#listeners.all())
        if (connection.isLive && connection.actor.workspaceId === item.workspaceId)
          connection.tell(item, visibility, frames)
    }
    for (const connection of this.#listeners.all())
      if (connection.isLive) connection.cursor = Math.max(connection.cursor, this.#position)
  }

  /** Reads what has happened before any listener's visibility is judged. */
  async #takeIn(events: readonly RuleEvent[]): Promise<void> {
    for (const { type, workspaceId } of events) if (changesVisibility(type)) this.#teller.changed(workspaceId)
    const ended = events.flatMap(endedBy)
    if (ended.length > 0)
      await this.#listeners.check([...this.#listeners.all()].filter(({ actor }) => ended.includes(actor.memberId)))
  }

  async #catchUp(connection: Connection): Promise<void> {
    const { read } = this.#opened
    const { workspaceId } = connection.actor
    // The actor was looked up before the feed was registered, and may have changed unnoticed since.
    await this.#listeners.check([connection])
    // A number from before a restored backup would hide all future events.
    if (connection.cursor > this.#position && connection.cursor > (await lastSequence(read)))
      await this.#reset(connection)
    let told = 0
    while (connection.isOpen && connection.cursor < this.#position) {
      if (told >= maxMissed) {
        await this.#reset(connection)
        told = 0
        continue
      }
      const target = this.#position
      const events = await readEvents(read, { after: connection.cursor, limit: batchSize, workspaceId })
      const news = await readNews(read, events)
      const visibility = await this.#visibilities.of(workspaceId)
      for (const item of news) connection.tell(item, visibility, new Map())
      if (events.length < batchSize) connection.cursor = Math.max(connection.cursor, target)
      else connection.cursor = Math.max(connection.cursor, events.at(-1)?.sequence ?? 0)
      told += events.length
      await connection.hasRoom()
    }
    connection.isLive = true
    if (connection.isShort) connection.end()
  }

  async #reset(connection: Connection): Promise<void> {
    const position = this.#position
    const lastVisible = await readLastSequence(this.#opened.read, viewerOf(connection))
    connection.reset(position, lastVisible)
  }
}

const hubs = perProcess('live hubs', () => new Map<Database, LiveHub>())

/** The hub of a database in this process. */
export function liveHub(opened: Database): LiveHub {
  const known = hubs.get(opened)
  if (known !== undefined) return known
  const made = new LiveHub(opened)
  hubs.set(opened, made)
  return made
}

/** Ends every live feed of this process, so that it can stop. */
export function endLiveFeeds(): void {
  for (const hub of hubs.values()) hub.stop()
  hubs.clear()
}

import { hearingOf } from '@/lib/domain/live/audience'
import type { LiveMessage, LivePresence } from '@/lib/domain/live/message'
import { DomainError } from '@/lib/domain/errors'
import type { Actor } from '../access/gate'
import { presentAnnotation } from '../annotations/present'
import type { News } from './event-payloads'
import type { WorkspaceVisibility } from './visibility-cache'
import { logger } from '../log'

/** Bytes that may wait for a reader before the server waits with more, and before it gives the reader up. */
const comfortable = 64 * 1024
const unbearable = 1024 * 1024
/** What a browser is told to wait before it opens a broken feed again, in ms. */
const retryAfter = 2_000

const encoder = new TextEncoder()

/** What a listener follows. `documents` null: the marks of all. */
export interface Interest {
  documents: ReadonlySet<string> | null
  sessions: ReadonlySet<string>
}

/** How a message that a listener may hear is written: made once for all who are told the same. */
export type Frames = Map<string, Uint8Array>

/** One open feed: a stream of server-sent events to one member, in the order of the events, each once. */
export class Connection {
  readonly interest: Interest
  readonly stream: ReadableStream<Uint8Array>
  /** Ends when what was missed has been told: a look at the feed, and no one's presence. */
  readonly isShort: boolean
  /** Who listens; a changed role takes effect at the next check. */
  actor: Actor
  /** The number of the last event that this connection needs not be told any more. */
  cursor: number
  /** The last event that this member hears of, in whichever documents; up to `cursor` there was none after it. */
  lastVisible: number
  /** The newest event that was told here; 0 for none. */
  lastTold = 0
  /** Whether it hears of events as they come; before, it catches up. */
  isLive = false
  isOpen = true
  /** Whether its member counts as there: not before the feed has begun, and never for a look. */
  isPresent = false
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null
  #onRoom: (() => void) | null = null
  readonly #shownPresence = new Map<string, string>()
  readonly #onEnd: () => void

  constructor(given: { actor: Actor; interest: Interest; cursor: number; isShort?: boolean; onEnd: () => void }) {
    this.actor = given.actor
    this.interest = given.interest
    this.isShort = given.isShort ?? false
    this.cursor = given.cursor
    this.lastVisible = given.cursor
    this.#onEnd = given.onEnd
    this.stream = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller
          controller.enqueue(encoder.encode(`retry: ${String(retryAfter)}\n\n`))
        },
        pull: () => {
          this.#onRoom?.()
          this.#onRoom = null
        },
        cancel: () => {
          this.#ended()
        },
      },
      new ByteLengthQueuingStrategy({ highWaterMark: comfortable }),
    )
  }

  /** Tells of an event, unless it was told or is not for this listener. @param frames of this event, for all connections */
  tell(news: News, visibility: WorkspaceVisibility, frames: Frames): void {
    if (!this.isOpen || news.sequence <= this.cursor) return
    this.cursor = news.sequence
    const { facts } = news
    const heard = hearingOf(this.actor, facts, visibility)
    if (heard === 'nothing') return
    this.lastVisible = news.sequence
    const { documents } = this.interest
    const follows = facts.mark === null || documents?.has(facts.mark.documentId) !== false
    if (!follows && facts.sessionId === null) return
    this.lastTold = news.sequence
    const isWhole = heard === 'whole' && follows
    const own = facts.actorId === this.actor.memberId
    const { role, via, scopes } = this.actor
    // What an author may do with a mark depends on how they came in; nobody else may do anything with it.
    const key = own ? `own ${String(isWhole)} ${role} ${via} ${String(scopes)}` : String(isWhole)
    let frame = frames.get(key)
    if (frame === undefined) {
      frame = frameOf(isWhole ? messageOf(news, this.actor, own) : progressOf(news, own))
      frames.set(key, frame)
    }
    this.#send(frame)
  }

  /** Says who is at a place, when that is news to this listener; the first time always, because they may know of people from before it. */
  tellPresence(presence: LivePresence): void {
    const text = JSON.stringify(presence)
    if (this.isShort || this.#shownPresence.get(presence.place) === text) return
    this.#shownPresence.set(presence.place, text)
    this.#send(encoder.encode(`event: presence\ndata: ${text}\n\n`))
  }

  /** Begins after an event. */
  beginAfter(sequence: number): void {
    this.cursor = sequence
    this.lastVisible = sequence
  }

  /** Says that too much was missed to be told, and goes on. @param lastVisible the newest event that the member hears of: no other is named */
  reset(position: number, lastVisible: number): void {
    this.cursor = position
    this.lastVisible = lastVisible
    this.lastTold = lastVisible
    this.#send(encoder.encode(`event: reset\nid: ${String(lastVisible)}\ndata: {}\n\n`))
  }

  /** Keeps proxies from taking the silence for the end. It does not say where the feed stands: that would count what is not told. */
  beat(): void {
    this.#send(encoder.encode(': still here\n\n'))
  }

  /** Resolves when the reader has taken what was sent. */
  async hasRoom(): Promise<void> {
    if (!this.isOpen || (this.#controller?.desiredSize ?? 1) > 0) return
    await new Promise<void>((resolve) => {
      this.#onRoom = resolve
    })
  }

  /** Ends the stream after what was sent. */
  end(): void {
    if (!this.isOpen) return
    this.#controller?.close()
    this.#ended()
  }

  #send(frame: Uint8Array): void {
    if (!this.isOpen || this.#controller === null) return
    this.#controller.enqueue(frame)
    // Who reads too slowly is let go, and comes back to where they were: the others must not wait, nor memory fill.
    if (-(this.#controller.desiredSize ?? 0) <= unbearable) return
    this.#controller.error(new Error('The listener does not read.'))
    this.#ended()
  }

  #ended(): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.#onRoom?.()
    this.#onRoom = null
    this.#onEnd()
  }
}

function frameOf(message: LiveMessage): Uint8Array {
  return encoder.encode(`id: ${String(message.sequence)}\ndata: ${JSON.stringify(message)}\n\n`)
}

function progressOf({ sequence, facts: { documentId, sessionId } }: News, own: boolean): LiveMessage {
  return { sequence, type: 'assignment.progressed', subjectId: null, documentId, sessionId, own }
}

function messageOf(news: News, actor: Actor, own: boolean): LiveMessage {
  const { sequence, facts, annotation, decision, scopeChange } = news
  const { type, subjectId, documentId, sessionId } = facts
  return {
    sequence,
    type,
    subjectId,
    documentId,
    sessionId,
    own,
    ...(annotation === undefined
      ? {}
      : { annotation: annotation === null ? null : presentAnnotation(annotation, actor) }),
    ...(decision === undefined ? {} : { decision }),
    ...(scopeChange === undefined ? {} : { scopeChange }),
  }
}

/** How often it is asked whether a listener is still signed in, in ms. */
const checkInterval = 5_000

/** Members whose last stand is remembered. */
const maxRemembered = 2_000

/** Who a listener is now: null or a refusal when they may listen no more. */
export type CheckIdentity = () => Promise<Actor | null>

/** Where a feed stands: after `lastVisible` and up to `cursor` there was nothing for its member. */
interface Stand {
  lastVisible: number
  cursor: number
}

/** The open feeds of a process, whose they are, and where those stood that were closed. */
export class Listeners {
  readonly #turns = new Map<Connection, { check: CheckIdentity; checkAt: number }>()
  readonly #left = new Map<string, Stand>()

  get size(): number {
    return this.#turns.size
  }

  /** The open feeds. A feed may end while they are gone through. */
  all(): IterableIterator<Connection> {
    return this.#turns.keys()
  }

  of(memberId: string): Connection[] {
    return [...this.all()].filter(({ actor }) => actor.memberId === memberId)
  }

  add(connection: Connection, check: CheckIdentity): void {
    this.#turns.set(connection, { check, checkAt: Date.now() + Math.random() * checkInterval })
  }

  /** Takes a feed off; false when it was not there. */
  remove(connection: Connection): boolean {
    if (!this.#turns.delete(connection)) return false
    if (connection.isLive) this.#remember(connection)
    return true
  }

  /** An event from which on the member would be told the same as from `after`: what others do in hiding need not be read again. */
  skipHidden(memberId: string, after: number): number {
    return this.#standsOf(memberId).reduce(
      (sequence, { lastVisible, cursor }) => (lastVisible <= sequence && sequence < cursor ? cursor : sequence),
      after,
    )
  }

  /** Asks those whose turn it is who they are; see `check`. */
  checkDue(): Promise<void> {
    const now = Date.now()
    const due = [...this.#turns].filter(([, { checkAt }]) => checkAt <= now)
    for (const [, turn] of due) turn.checkAt = now + checkInterval
    return this.check(due.map(([connection]) => connection))
  }

  /** Asks who listeners are now; lets go of those who may not listen any more. */
  async check(connections: readonly Connection[]): Promise<void> {
    await Promise.all(
      connections.map(async (connection) => {
        const turn = this.#turns.get(connection)
        if (turn === undefined) return
        try {
          const actor = await turn.check()
          const { actor: before } = connection
          if (actor?.memberId !== before.memberId) connection.end()
          else connection.actor = actor
        } catch (error) {
          if (error instanceof DomainError) connection.end()
          else logger().warn({ err: error }, 'It could not be asked whether a listener is still signed in')
        }
      }),
    )
  }

  /** Where a member's feeds stand, and where they stood. */
  #standsOf(memberId: string): Stand[] {
    const open = this.of(memberId).filter(({ isLive }) => isLive)
    const left = this.#left.get(memberId)
    return left === undefined ? open : [...open, left]
  }

  #remember({ actor: { memberId }, lastVisible, cursor }: Connection): void {
    this.#left.delete(memberId)
    this.#left.set(memberId, { lastVisible, cursor })
    const oldest = this.#left.keys().next()
    if (this.#left.size > maxRemembered && oldest.done !== true) this.#left.delete(oldest.value)
  }
}

import { hearingOf } from '@/lib/domain/live/audience'
import type { LiveMessage, LivePresence } from '@/lib/domain/live/message'
import { DomainError } from '@/lib/domain/errors'
import type { Actor } from '../access/gate'
import { presentAnnotation } from '../annotations/present'
import type { News } from './event-payloads'
import type { WorkspaceVisibility } from './visibility-cache'
import { logger } from '../log'

/** Bytes that may wait for a reader: the server pauses above the first limit, and closes the feed above the second. */
const comfortable = 64 * 1024
const unbearable = 1024 * 1024
/** How long a browser waits before it reopens a broken feed, in ms. */
const retryAfter = 2_000

const encoder = new TextEncoder()

/** What a listener follows. `documents` null: the marks of all documents. */
export interface Interest {
  documents: ReadonlySet<string> | null
  sessions: ReadonlySet<string>
}

/** Encoded messages of one event, made once for all listeners who receive the same. */
export type Frames = Map<string, Uint8Array>

/** One open feed: a stream of server-sent events to one member, in order, each event once. */
export class Connection {
  readonly interest: Interest
  readonly stream: ReadableStream<Uint8Array>
  /** Whether the feed ends after the missed events. Such a feed reads events only, and shows nobody as present. */
  readonly isShort: boolean
  /** The listening member; a changed role takes effect at the next check. */
  actor: Actor
  /** The number of the last event that this connection has dealt with. */
  cursor: number
  /** The last event visible to this member, in any document; none follows up to `cursor`. */
  lastVisible: number
  /** The newest event that was sent here; 0 for none. */
  lastTold = 0
  /** Whether it receives events as they happen; before that, it catches up. */
  isLive = false
  isOpen = true
  /** Whether its member counts as present: not before the feed has begun, and never with `isShort`. */
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

  /** Sends an event, unless it was dealt with or is not for this listener. @param frames encoded messages of this event, shared by all connections */
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
    // The rights in an author's own mark depend on their role and channel. Nobody else has any, so all others share one message.
    const key = own ? `own ${String(isWhole)} ${role} ${via} ${String(scopes)}` : String(isWhole)
    let frame = frames.get(key)
    if (frame === undefined) {
      frame = frameOf(isWhole ? messageOf(news, this.actor, own) : progressOf(news, own))
      frames.set(key, frame)
    }
    this.#send(frame)
  }

  /**
   * Sends who is present at a place, unless this listener has received the same. The first time always, because the page may show people from before.
   */
  tellPresence(presence: LivePresence): void {
    const text = JSON.stringify(presence)
    if (this.isShort || this.#shownPresence.get(presence.place) === text) return
    this.#shownPresence.set(presence.place, text)
    this.#send(encoder.encode(`event: presence\ndata: ${text}\n\n`))
  }

  /** Starts the feed after an event. */
  beginAfter(sequence: number): void {
    this.cursor = sequence
    this.lastVisible = sequence
  }

  /** Sends that too many events were missed, and continues. @param lastVisible the newest event visible to the member: no other number is revealed */
  reset(position: number, lastVisible: number): void {
    this.cursor = position
    this.lastVisible = lastVisible
    this.lastTold = lastVisible
    this.#send(encoder.encode(`event: reset\nid: ${String(lastVisible)}\ndata: {}\n\n`))
  }

  /** Keeps proxies from closing a silent feed. It has no event number, which would count hidden events. */
  beat(): void {
    this.#send(encoder.encode(': still here\n\n'))
  }

  /** Resolves when the reader has taken enough to receive more. */
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
    // A reader that is too slow is disconnected and resumes from its last event: others must not wait, nor memory fill.
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

/** How often a listener's sign-in is checked, in ms. */
const checkInterval = 5_000

/** The most members whose last position is remembered. */
const maxRemembered = 2_000

/** Looks up a listener's present actor: null or a refusal when they may no longer listen. */
export type CheckIdentity = () => Promise<Actor | null>

/** The position of a feed: its member sees no event after `lastVisible` up to `cursor`. */
interface Stand {
  lastVisible: number
  cursor: number
}

/** The open feeds of a process with their members, and the last positions of closed ones. */
export class Listeners {
  readonly #turns = new Map<Connection, { check: CheckIdentity; checkAt: number }>()
  readonly #left = new Map<string, Stand>()

  get size(): number {
    return this.#turns.size
  }

  /** The open feeds. A feed may end during the iteration. */
  all(): IterableIterator<Connection> {
    return this.#turns.keys()
  }

  of(memberId: string): Connection[] {
    return [...this.all()].filter(({ actor }) => actor.memberId === memberId)
  }

  add(connection: Connection, check: CheckIdentity): void {
    this.#turns.set(connection, { check, checkAt: Date.now() + Math.random() * checkInterval })
  }

  /** Removes a feed; false when it is unknown. */
  remove(connection: Connection): boolean {
    if (!this.#turns.delete(connection)) return false
    if (connection.isLive) this.#remember(connection)
    return true
  }

  /** A later event from which the member would receive the same as from `after`: hidden events in between need not be read again. */
  skipHidden(memberId: string, after: number): number {
    return this.#standsOf(memberId).reduce(
      (sequence, { lastVisible, cursor }) => (lastVisible <= sequence && sequence < cursor ? cursor : sequence),
      after,
    )
  }

  /** Checks the listeners that are due; see `check`. */
  checkDue(): Promise<void> {
    const now = Date.now()
    const due = [...this.#turns].filter(([, { checkAt }]) => checkAt <= now)
    for (const [, turn] of due) turn.checkAt = now + checkInterval
    return this.check(due.map(([connection]) => connection))
  }

  /** Checks listeners' sign-ins and roles; disconnects those who may no longer listen. */
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
          else logger().warn({ err: error }, 'The sign-in of a listener could not be checked')
        }
      }),
    )
  }

  /** The positions of a member's feeds, open and closed. */
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

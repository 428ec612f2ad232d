import { DomainError } from '@/lib/domain/errors'
import type { Actor } from '../access/gate'
import { logger } from '../log'
import type { Connection } from './connection'

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

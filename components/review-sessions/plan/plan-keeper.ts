import type { CallResult } from '@/lib/client/api/call'
import type { SessionPatch, SessionView } from '@/lib/domain/review-sessions/schema'
import { differences, mergePlans, patchOf, planOf, type Clash, type Plan } from './plan'

/** The state of saving a plan. `blocked` means that a problem must be solved first, which `message` names. */
export type Saving = 'saved' | 'waiting' | 'sending' | 'failed' | 'blocked'

/** The state of a plan's page. */
export interface PlanState {
  plan: Plan
  session: SessionView
  saving: Saving
  message: string | null
  clashes: readonly Clash[]
}

/** Sends a patch, against the version that was read. */
export type SendPatch = (seen: { id: string; version: number }, patch: SessionPatch) => Promise<CallResult<SessionView>>

/** How long after the last change it is sent, and how long until the next try when the server was out of reach, both in ms. */
const pause = 700
const retryPause = 5_000

/**
 * Keeps a draft's plan: the values of the fields, the saved plan, and the saving of changes. Changes are sent a moment after the last one, one
 * request at a time. Changes of another lead are merged field by field; where both changed the same field, nothing is sent until one version is
 * chosen.
 */
export class PlanKeeper {
  readonly #send: SendPatch
  readonly #listeners = new Set<() => void>()
  #state: PlanState
  #timer: ReturnType<typeof setTimeout> | null = null
  #sending = false

  constructor(session: SessionView, send: SendPatch) {
    this.#send = send
    this.#state = { plan: planOf(session), session, saving: 'saved', message: null, clashes: [] }
  }

  readonly read = (): PlanState => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  #show(next: Partial<PlanState>): void {
    this.#state = { ...this.#state, ...next }
    for (const listener of this.#listeners) listener()
  }

  /** The fields that the current member changed. */
  readonly change = (part: Partial<Plan>): void => {
    this.#show({ plan: { ...this.#state.plan, ...part } })
    if (this.#state.clashes.length > 0) return
    this.#show({ saving: 'waiting', message: null })
    this.#later(pause)
  }

  /** Takes the session that the page was loaded with, if it is newer than the last answer. */
  readonly adopt = (session: SessionView): void => {
    if (session.id !== this.#state.session.id || this.#sending) return
    // Changes of documents and assignments leave the version as it is, but change the conditions for the start.
    if (session.version === this.#state.session.version) this.#show({ session })
    else if (session.version > this.#state.session.version) this.#merge(session)
  }

  /** Ends a clash with one of the two versions. The other lead's text is never lost: the history has it. */
  readonly settle = (choice: 'mine' | 'theirs'): void => {
    const theirs = Object.fromEntries(this.#state.clashes.map((clash) => [clash.key, clash.theirs]))
    const plan = choice === 'mine' ? this.#state.plan : { ...this.#state.plan, ...theirs }
    this.#show({ plan, clashes: [], saving: 'waiting', message: null })
    void this.flush()
  }

  /** Sends pending changes now. Resolves when everything is saved or nothing can be. */
  readonly flush = async (): Promise<void> => {
    this.stop()
    if (this.#sending || this.#state.clashes.length > 0) return
    const { session, plan } = this.#state
    const patch = patchOf(session, plan)
    if (patch === null) {
      this.#show({ saving: 'saved', message: null })
      return
    }
    if (plan.name.trim() === '') {
      this.#show({ saving: 'blocked', message: 'Give the session a name.' })
      return
    }
    this.#sending = true
    this.#show({ saving: 'sending', message: null })
    const answer = await this.#send({ id: session.id, version: session.version }, patch)
    this.#sending = false
    if (answer.ok) {
      this.#accept(answer.value, plan)
      return this.flush()
    }
    if (answer.code === 'version-mismatch' && isSession(answer.current)) {
      this.#merge(answer.current)
      return
    }
    const unreachable = answer.status === 0 || answer.status >= 500
    this.#show({ saving: unreachable ? 'failed' : 'blocked', message: answer.message })
    if (unreachable) this.#later(retryPause)
  }

  /** Cancels a pending send; unsaved changes stay in the fields. */
  readonly stop = (): void => {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  /** Keeps the fields as typed. Only when nothing was typed since does it take over the values that the server stored differently. */
  #accept(session: SessionView, sent: Plan): void {
    const { plan } = this.#state
    const asWritten = differences(sent, plan).length === 0 && patchOf(session, plan) !== null
    this.#show({ session, plan: asWritten ? planOf(session) : plan })
  }

  #merge(theirs: SessionView): void {
    const { session, plan: mine } = this.#state
    const { plan, clashes } = mergePlans({ base: planOf(session), mine, theirs: planOf(theirs) })
    this.#show({ session: theirs, plan, clashes })
    if (clashes.length > 0) this.#show({ saving: 'blocked', message: 'Another lead changed the same field.' })
    else if (patchOf(theirs, plan) === null) this.#show({ saving: 'saved', message: null })
    else {
      this.#show({ saving: 'waiting', message: null })
      this.#later(0)
    }
  }

  #later(ms: number): void {
    this.stop()
    this.#timer = setTimeout(() => void this.flush(), ms)
  }
}

function isSession(value: unknown): value is SessionView {
  return typeof value === 'object' && value !== null && 'protocol' in value && 'version' in value
}

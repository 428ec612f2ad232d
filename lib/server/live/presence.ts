import { z } from 'zod'
import { maySeePresent, type PlaceFacts } from '@/lib/domain/live/audience'
import type { LivePlace, LivePresence } from '@/lib/domain/live/message'
import type { Actor } from '../access/gate'
import { instanceId } from '../db/signals'
import type { Interest, Listeners } from './connection'
import type { WorkspaceVisibility } from './visibility-cache'
import { logger } from '../log'

/** How long a member who left is still shown, in ms, so that reloading a page does not flicker. */
const lingers = 3_000
/** How long another instance's presence is valid without renewal, and how often it is renewed, in ms. */
const holds = 60_000
export const presenceInterval = 20_000
/** A PostgreSQL notification carries less than 8,000 bytes. */
const mostBytes = 7_000

type Key = `${string} ${LivePlace}`
type Entry = readonly [key: string, memberId: string, name: string]

const keySchema = z.templateLiteral([z.string(), ' ', z.enum(['document', 'session']), ':', z.string()])
const payloadSchema = z.object({
  from: z.string(),
  here: z.array(z.tuple([keySchema, z.string(), z.string()])).default([]),
  gone: z.array(z.tuple([z.string(), z.string(), z.string()])).default([]),
  /** The instance has just started, or stops. */
  says: z.enum(['hello', 'bye']).optional(),
})

interface Present {
  name: string
  /** Open connections of this process; zero for a member who just left or is connected elsewhere. */
  here: number
  leftAt: number | null
  /** Expiry times, by other instance. */
  elsewhere: Map<string, number>
}

/** The places that a connection follows. */
function placesOf({ documents, sessions }: Interest): LivePlace[] {
  return [
    ...[...(documents ?? [])].map((id) => `document:${id}` as const),
    ...[...sessions].map((id) => `session:${id}` as const),
  ]
}

function factsOf(place: LivePlace, visibility: WorkspaceVisibility): PlaceFacts {
  const id = place.slice(place.indexOf(':') + 1)
  return place.startsWith('document:')
    ? { documentId: id, sessionId: null, shown: !visibility.hiddenDocuments.has(id) }
    : { documentId: null, sessionId: id, shown: !visibility.hiddenSessions.has(id) }
}

/**
 * Who has which document or session's page open now: members connected to this process, and those reported by other instances. Kept in memory only.
 * Tokens belong to programs and count as nobody.
 */
export class Presence {
  readonly #places = new Map<string, Map<string, Present>>()
  readonly #send: (payload: string) => void
  readonly #changed: (workspaceId: string) => void

  /** @param given.changed called when a member came to or left a place of a workspace */
  constructor(given: { send: (payload: string) => void; changed: (workspaceId: string) => void }) {
    this.#send = given.send
    this.#changed = given.changed
  }

  enter(actor: Actor, interest: Interest): void {
    if (actor.via !== 'session') return
    for (const place of placesOf(interest)) {
      const present = this.#at(`${actor.workspaceId} ${place}`, actor.memberId, actor.name)
      present.here += 1
      present.leftAt = null
      if (present.here === 1) this.#say({ here: [[`${actor.workspaceId} ${place}`, actor.memberId, actor.name]] })
    }
    this.#changed(actor.workspaceId)
  }

  leave(actor: Actor, interest: Interest): void {
    if (actor.via !== 'session') return
    for (const place of placesOf(interest)) {
      const present = this.#places.get(`${actor.workspaceId} ${place}`)?.get(actor.memberId)
      if (present === undefined) continue
      present.here -= 1
      if (present.here > 0) continue
      present.leftAt = Date.now()
      setTimeout(() => {
        this.#tidy()
      }, lingers + 50).unref()
    }
  }

  /** Receives a message of another instance. */
  hear(payload: string): void {
    const parsed = payloadSchema.safeParse(JSON.parse(payload))
    if (!parsed.success || parsed.data.from === instanceId()) return
    const { from, here, gone, says } = parsed.data
    const workspaces = new Set<string>()
    for (const [key, memberId, name] of here) {
      this.#at(key, memberId, name).elsewhere.set(from, Date.now() + holds)
      workspaces.add(key.slice(0, key.indexOf(' ')))
    }
    for (const [key, memberId] of gone) this.#places.get(key)?.get(memberId)?.elsewhere.delete(from)
    if (says === 'bye')
      for (const people of this.#places.values()) for (const { elsewhere } of people.values()) elsewhere.delete(from)
    if (says === 'hello') this.sayAll()
    for (const workspaceId of workspaces) this.#changed(workspaceId)
    this.#tidy()
  }

  /** Sends this process's members to the other instances, for new ones and as a sign of life. */
  sayAll(says?: 'hello'): void {
    const all: Entry[] = []
    for (const [key, people] of this.#places)
      for (const [memberId, { name, here }] of people) if (here > 0) all.push([key, memberId, name])
    if (says !== undefined) this.#send(JSON.stringify({ from: instanceId(), says }))
    this.#say({ here: all })
    this.#tidy()
  }

  sayGoodbye(): void {
    this.#send(JSON.stringify({ from: instanceId(), says: 'bye' }))
  }

  /** The others at each place that a listener follows, if the listener may see them, by name. */
  shownTo(viewer: Actor, interest: Interest, visibility: WorkspaceVisibility): LivePresence[] {
    return placesOf(interest).map((place) => {
      const facts = factsOf(place, visibility)
      const people = this.#places.get(`${viewer.workspaceId} ${place}`) ?? new Map<string, Present>()
      const members = [...people]
        .filter(
          ([id]) => id !== viewer.memberId && maySeePresent({ viewer, presentId: id, snapshot: visibility }, facts),
        )
        .map(([id, { name }]) => ({ id, name }))
        .sort((one, other) => one.name.localeCompare(other.name, 'en') || (one.id < other.id ? -1 : 1))
      return { place, members }
    })
  }

  #at(key: Key, memberId: string, name: string): Present {
    const people = this.#places.get(key) ?? new Map<string, Present>()
    this.#places.set(key, people)
    const known = people.get(memberId)
    if (known !== undefined) {
      known.name = name
      return known
    }
    const made: Present = { name, here: 0, leftAt: null, elsewhere: new Map() }
    people.set(memberId, made)
    return made
  }

  /** Removes members who are no longer anywhere. */
  #tidy(): void {
    const now = Date.now()
    const gone: Entry[] = []
    for (const [key, people] of this.#places) {
      let isChanged = false
      for (const [memberId, present] of people) {
        for (const [instance, until] of present.elsewhere) if (until < now) present.elsewhere.delete(instance)
        if (present.here > 0 || (present.leftAt !== null && now - present.leftAt < lingers)) continue
        if (present.leftAt !== null) gone.push([key, memberId, present.name])
        present.leftAt = null
        if (present.elsewhere.size > 0) continue
        people.delete(memberId)
        isChanged = true
      }
      if (people.size === 0) this.#places.delete(key)
      if (isChanged) this.#changed(key.slice(0, key.indexOf(' ')))
    }
    if (gone.length > 0) this.#say({ gone })
  }

  #say({ here = [], gone = [] }: { here?: readonly Entry[]; gone?: readonly Entry[] }): void {
    for (const [kind, entries] of [
      ['here', here],
      ['gone', gone],
    ] as const) {
      let part: Entry[] = []
      let size = 0
      const flush = () => {
        if (part.length > 0) this.#send(JSON.stringify({ from: instanceId(), [kind]: part }))
        part = []
        size = 0
      }
      for (const entry of entries) {
        const bytes = Buffer.byteLength(JSON.stringify(entry)) + 1
        if (size + bytes > mostBytes) flush()
        part.push(entry)
        size += bytes
      }
      flush()
    }
  }
}

/** How long changes of presence are collected before they are sent, in ms. */
const presencePause = 150

interface Given {
  listeners: Listeners
  presence: Presence
  /** The visibility of a workspace, at least as new as the call. */
  visibilityOf: (workspaceId: string) => Promise<WorkspaceVisibility>
}

/** Sends listeners the presence of others, shortly after it changed. */
export class PresenceBroadcast {
  readonly #given: Given
  readonly #workspaces = new Set<string>()
  #timer: ReturnType<typeof setTimeout> | null = null

  constructor(given: Given) {
    this.#given = given
  }

  /** A member of the workspace came, left, or became visible to other members. */
  changed(workspaceId: string): void {
    this.#workspaces.add(workspaceId)
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      this.#tell().catch((error: unknown) => {
        logger().warn({ err: error }, 'Presence could not be sent')
      })
    }, presencePause)
  }

  async #tell(): Promise<void> {
    const { listeners, presence, visibilityOf } = this.#given
    const workspaces = [...this.#workspaces]
    this.#workspaces.clear()
    for (const workspaceId of workspaces) {
      const told = [...listeners.all()].filter(({ actor }) => actor.workspaceId === workspaceId)
      if (told.length === 0) continue
      const visibility = await visibilityOf(workspaceId)
      for (const connection of told)
        for (const shown of presence.shownTo(connection.actor, connection.interest, visibility))
          connection.tellPresence(shown)
    }
  }
}

import { z } from 'zod'
import type { VisibilitySnapshot } from '@/lib/domain/live/audience'
import { protocolSchema } from '@/lib/domain/review-sessions/protocol'
import type { Reader } from '../db/client'
import { readSecrecy } from '../visibility/marks'
import { lastSequence } from './event-payloads'

/** Events that end sessions or tokens. */
const endings: ReadonlySet<string> = new Set([
  'member.suspended',
  'member.role-changed',
  'member.sessions-ended',
  'member.session-ended',
  'member.password-changed',
  'token.revoked',
])

const revokedSchema = z.object({ before: z.object({ memberId: z.string() }) })

/** The feed's facts about a workspace: the input of the visibility rules, and the places whose protocol hides presence. */
export interface WorkspaceVisibility extends VisibilitySnapshot {
  /** Ids of sessions whose protocol hides presence, and of the documents of those that are active or in adjudication. */
  hiddenSessions: ReadonlySet<string>
  hiddenDocuments: ReadonlySet<string>
}

/** Nouns whose events change visibility in a workspace. */
const changing: ReadonlySet<string> = new Set(['review-session', 'session-member', 'session-document', 'assignment'])

/** Whether events of a type change visibility in a workspace. */
export function changesVisibility(type: string): boolean {
  return changing.has(type.slice(0, type.indexOf('.')))
}

/** The fields of an event that decide whether it changes visibility. */
export interface RuleEvent {
  sequence: number
  workspaceId: string
  type: string
  subjectId: string
  actorId: string
  data: unknown
}

/** How often a visibility is read again when it changes during the reading. */
const maxRounds = 10

/**
 * The visibilities of workspaces, cached until an event changes them. New events are read before every judgement, so that it includes the last
 * committed change of any process.
 */
export class VisibilityCache {
  readonly #reader: Reader
  readonly #onEvents: (events: readonly RuleEvent[]) => Promise<void>
  readonly #known = new Map<string, WorkspaceVisibility>()
  /** The last event read that changed a workspace's visibility. */
  readonly #changedAt = new Map<string, number>()
  /** The number of the last event that was read; null before the first. */
  #through: number | null = null
  #last: Promise<unknown> = Promise.resolve()
  #next: Promise<void> | null = null

  /** @param onEvents called once with the events since the last judgement, before the next one */
  constructor(reader: Reader, onEvents: (events: readonly RuleEvent[]) => Promise<void>) {
    this.#reader = reader
    this.#onEvents = onEvents
  }

  /** Reads what was committed before the call. Calls run one after another, so that none continues before earlier reads are applied. */
  catchUp(): Promise<void> {
    if (this.#next !== null) return this.#next
    const next = this.#last.then(() => {
      this.#next = null
      return this.#readEvents()
    })
    this.#next = next
    this.#last = next.catch(() => undefined)
    return next
  }

  /**
   * The visibility of a workspace, at least as new as the call. Data judged by it must be read before the call: data read later may include rows that
   * a later rule hides.
   * @throws Error when the visibility changes all the time.
   */
  async of(workspaceId: string): Promise<WorkspaceVisibility> {
    await this.catchUp()
    for (let round = 0; round < maxRounds; round += 1) {
      const known = this.#known.get(workspaceId)
      if (known !== undefined) return known
      const changedAt = this.#changedAt.get(workspaceId)
      const visibility = await this.#read(workspaceId)
      // Reading takes several queries; with a change between them the parts would not agree.
      await this.catchUp()
      if (this.#changedAt.get(workspaceId) === changedAt) this.#known.set(workspaceId, visibility)
    }
    throw new Error('The visibility of a workspace changed each time it was read.')
  }

  async #readEvents(): Promise<void> {
    if (this.#through === null) {
      this.#through = await lastSequence(this.#reader)
      return
    }
    const events: RuleEvent[] = await this.#reader.event.findMany({
      where: { sequence: { gt: this.#through } },
      orderBy: { sequence: 'asc' },
      select: { sequence: true, workspaceId: true, type: true, subjectId: true, actorId: true, data: true },
    })
    if (events.length === 0) return
    for (const { sequence, type, workspaceId } of events) {
      if (!changesVisibility(type)) continue
      this.#known.delete(workspaceId)
      this.#changedAt.set(workspaceId, sequence)
    }
    await this.#onEvents(events)
    this.#through = events.at(-1)?.sequence ?? this.#through
  }

  async #read(workspaceId: string): Promise<WorkspaceVisibility> {
    const reader = this.#reader
    const [secrecy, sessions, members] = await Promise.all([
      readSecrecy(reader, workspaceId),
      reader.reviewSession.findMany({
        where: { workspaceId, deletedAt: null },
        select: { id: true, state: true, protocol: true },
      }),
      reader.sessionMember.findMany({
        where: { workspaceId },
        select: { sessionId: true, memberId: true, adjudicates: true },
      }),
    ])
    const partsOf = new Map<string, { memberId: string; adjudicates: boolean }[]>()
    for (const part of members) {
      const known = partsOf.get(part.sessionId)
      if (known === undefined) partsOf.set(part.sessionId, [part])
      else known.push(part)
    }
    const hidden = sessions.filter(({ protocol }) => !protocolSchema.parse(protocol).presence)
    const running = hidden.filter(({ state }) => state === 'active' || state === 'adjudication').map(({ id }) => id)
    const documents =
      running.length === 0
        ? []
        : await reader.sessionDocument.findMany({
            where: { workspaceId, sessionId: { in: running } },
            select: { documentId: true },
          })
    return {
      secrecy,
      sessions: new Map(
        sessions.map(({ id, state }) => {
          const parts = partsOf.get(id) ?? []
          const memberIds = new Set(parts.map(({ memberId }) => memberId))
          const adjudicating = parts.filter(({ adjudicates }) => adjudicates)
          return [id, { state, memberIds, adjudicatorIds: new Set(adjudicating.map(({ memberId }) => memberId)) }]
        }),
      ),
      hiddenSessions: new Set(hidden.map(({ id }) => id)),
      hiddenDocuments: new Set(documents.map(({ documentId }) => documentId)),
    }
  }
}

/** The members whose sessions or tokens an event may have ended: their sign-ins are checked at once. */
export function endedBy({ type, subjectId, actorId, data }: RuleEvent): string[] {
  if (!endings.has(type)) return []
  const revoked = revokedSchema.safeParse(data)
  return [subjectId, actorId, ...(revoked.success ? [revoked.data.before.memberId] : [])]
}

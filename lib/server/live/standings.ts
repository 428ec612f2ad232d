import type { LiveStanding } from '@/lib/domain/live/audience'
import { protocolSchema } from '@/lib/domain/review-sessions/protocol'
import type { Reader } from '../db/client'
import { readSecrecy } from '../review-sessions/visibility'

/** What the feed knows of a workspace: what the rules ask, and the places where a protocol wants nobody seen. */
export interface WorkspaceStanding extends LiveStanding {
  /** Ids of sessions, and of documents of sessions that are not over, whose protocol hides presence. */
  hiddenSessions: ReadonlySet<string>
  hiddenDocuments: ReadonlySet<string>
}

/** Nouns whose events change what the rules say. */
const changing = new Set(['review-session', 'session-member', 'session-document', 'assignment'])
/** How long a standing is used at most, in ms, should a change have come without an event. */
const keepFor = 30_000

/** The standings of workspaces, read when they are asked for and kept until an event says that they changed. */
export class Standings {
  readonly #reader: Reader
  readonly #known = new Map<string, { at: number; standing: Promise<WorkspaceStanding> }>()

  constructor(reader: Reader) {
    this.#reader = reader
  }

  /** To be called with every event before anybody is judged by the standing of its workspace. True when the event changes it. */
  heard({ workspaceId, type }: { workspaceId: string; type: string }): boolean {
    const isChanged = changing.has(type.slice(0, type.indexOf('.')))
    if (isChanged) this.#known.delete(workspaceId)
    return isChanged
  }

  /** The standing of a workspace, as new as the last event that was heard. */
  async of(workspaceId: string): Promise<WorkspaceStanding> {
    const now = Date.now()
    const known = this.#known.get(workspaceId)
    if (known !== undefined && now - known.at < keepFor) return known.standing
    const standing = this.#read(workspaceId)
    this.#known.set(workspaceId, { at: now, standing })
    try {
      return await standing
    } catch (error) {
      this.#known.delete(workspaceId)
      throw error
    }
  }

  async #read(workspaceId: string): Promise<WorkspaceStanding> {
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

import { describe, expect, it } from 'vitest'
import { secrecyOf } from '@/lib/domain/review-sessions/visibility'
import type { Actor } from '../access/gate'
import { Connection, type Frames } from './connection'
import type { News } from './event-payloads'
import type { WorkspaceVisibility } from './visibility-cache'

const actor: Actor = {
  workspaceId: 'w',
  memberId: 'm',
  userId: 'u',
  name: 'Ada',
  role: 'viewer',
  via: 'session',
  scopes: 'all',
}
const visibility: WorkspaceVisibility = {
  secrecy: secrecyOf([], []),
  sessions: new Map(),
  hiddenSessions: new Set(),
  hiddenDocuments: new Set(),
}

function news(sequence: number, type: 'source.updated' | 'token.created' = 'source.updated'): News {
  return {
    workspaceId: 'w',
    sequence,
    facts: {
      type,
      actorId: 'other',
      subjectId: 's'.repeat(1000),
      documentId: null,
      sessionId: null,
      mark: null,
      reviewerId: null,
      thread: null,
    },
  }
}

function open(cursor = 0): { connection: Connection; ends: () => number } {
  let ends = 0
  const connection = new Connection({
    actor,
    interest: { documents: null, sessions: new Set() },
    cursor,
    onEnd: () => {
      ends += 1
    },
  })
  return { connection, ends: () => ends }
}

async function textOf(connection: Connection): Promise<string> {
  connection.end()
  return new Response(connection.stream).text()
}

describe('a connection', () => {
  it('tells of each event once, in order, and leaves out what is not for the listener', async () => {
    const { connection } = open(2)
    for (const sequence of [1, 2, 3, 3, 4]) connection.tell(news(sequence), visibility, new Map())
    connection.tell(news(5, 'token.created'), visibility, new Map())
    const text = await textOf(connection)
    expect([...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => id)).toEqual(['3', '4'])
    expect(connection.cursor, 'it knows of the one that was not told').toBe(5)
  })

  it('writes a message once for all who are told the same', () => {
    const frames: Frames = new Map()
    const connections = Array.from({ length: 5 }, () => open().connection)
    for (const connection of connections) connection.tell(news(1), visibility, frames)
    expect(frames.size).toBe(1)
    for (const connection of connections) connection.end()
  })

  it('lets go of a listener who does not read, before memory fills', async () => {
    const { connection, ends } = open()
    let told = 0
    while (connection.isOpen && told < 10_000) connection.tell(news(++told), visibility, new Map())
    expect(connection.isOpen).toBe(false)
    expect(told * 1_000).toBeLessThan(2_000_000)
    expect(ends()).toBe(1)
    await expect(new Response(connection.stream).text()).rejects.toThrow('does not read')
  })

  it('has no room while the reader is behind, and room again when it has read', async () => {
    const { connection } = open()
    for (let sequence = 1; sequence <= 100; sequence++) connection.tell(news(sequence), visibility, new Map())
    const reader = connection.stream.getReader()
    let hasRoom = false
    const waiting = connection.hasRoom().then(() => {
      hasRoom = true
    })
    await reader.read()
    await new Promise((resolve) => setTimeout(resolve, 10))
    expect(hasRoom).toBe(false)
    for (let read = 0; read < 60; read++) await reader.read()
    await waiting
    expect(connection.isOpen).toBe(true)
    await reader.cancel()
    expect(connection.isOpen).toBe(false)
  })

  it('says who is there only when that is news', async () => {
    const { connection } = open()
    const place = 'document:d'
    // At first that nobody is there, too: before a break people may have been.
    connection.tellPresence({ place, members: [] })
    connection.tellPresence({ place, members: [{ id: 'a', name: 'Ada' }] })
    connection.tellPresence({ place, members: [{ id: 'a', name: 'Ada' }] })
    connection.tellPresence({ place, members: [] })
    connection.tellPresence({ place, members: [] })
    expect((await textOf(connection)).match(/event: presence/g)).toHaveLength(3)
  })
})

import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { openDatabase } from '@/lib/server/db/client'
import { migrateDatabase } from '@/lib/server/db/migrate'
import { createMember, createToken, createWorkspace } from '@/tests/setup/factories'

/** How a server fared while it had something read, in ms. */
export interface Served {
  /** From the request to its answer. */
  whole: number
  /** How long the event loop was held: of a hundred looks the last but one, and the longest. */
  p99: number
  longest: number
  /** The longest that a question for its health waited. */
  health: number
}

const toldSchema = z.object({ p99: z.number(), longest: z.number() })

/** A server with an empty workspace, and a lead's token. */
export interface ImportServer {
  /** Sends a body to a path of the API, and asks for the health all the while. @throws Error when it is refused. */
  send(path: string, body: unknown): Promise<Served>
  stop(): Promise<void>
}

/** Starts a server on an SQLite database of its own. */
export async function startServer(): Promise<ImportServer> {
  const folder = mkdtempSync(join(tmpdir(), 'sourcemark-import-'))
  const token = await makeToken(join(folder, 'sourcemark.db'))
  const child = fork('bench/import/server.ts', [], {
    execArgv: ['--import', 'tsx'],
    env: {
      ...process.env,
      DATA_DIR: folder,
      LOG_LEVEL: 'error',
      AUTH_SECRET: 'only for one run on this machine, never kept',
    },
  })
  const { port } = z.object({ port: z.number() }).parse(await answerOf(child))
  const address = `http://127.0.0.1:${String(port)}`
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const post = async (path: string, body: string) => {
    const answer = await fetch(`${address}/api/v1${path}`, { method: 'POST', headers, body })
    if (!answer.ok) throw new Error(await answer.text())
    await answer.arrayBuffer()
  }
  // The first request of a kind has its code compiled.
  await post('/documents/preview', JSON.stringify({ text: 'The harbour froze.' }))
  await post('/documents', JSON.stringify({ text: 'The harbour froze.', source: { name: 'Harbour Gazette' } }))
  return {
    send: async (path, body) => {
      const written = JSON.stringify(body)
      child.send('start')
      const began = performance.now()
      const { longest: health } = await askFor(`${address}/api/health`, post(path, written))
      const whole = performance.now() - began
      child.send('tell')
      return { whole, health, ...toldSchema.parse(await answerOf(child)) }
    },
    stop: async () => {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Asks an address for an answer every few milliseconds until some work is done. */
async function askFor(address: string, work: Promise<void>): Promise<{ longest: number }> {
  const state = { isDone: false }
  const ended = work.finally(() => {
    state.isDone = true
  })
  let longest = 0
  const isDone = () => state.isDone
  while (!isDone()) {
    const began = performance.now()
    await (await fetch(address)).arrayBuffer()
    longest = Math.max(longest, performance.now() - began)
    await sleep(5)
  }
  await ended
  return { longest }
}

async function answerOf(child: ChildProcess): Promise<unknown> {
  const answers: unknown[] = await once(child, 'message')
  return answers[0]
}

async function makeToken(file: string): Promise<string> {
  const location = { engine: 'sqlite', file } as const
  await migrateDatabase(location, { at: new Date() })
  const database = await openDatabase(location)
  const { id: workspaceId } = await createWorkspace(database)
  const { memberId } = await createMember(database, { workspaceId, role: 'lead' })
  const token = await createToken(database, { workspaceId, memberId, scopes: ['read', 'manage'] })
  await database.close()
  return token
}

import { randomUUID } from 'node:crypto'
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

/** The delays of a server while a text was read, in ms. */
export interface Served {
  /** From the request to its answer. */
  whole: number
  /** How long the event loop was blocked: the 99th percentile of the samples, and the longest. */
  p99: number
  longest: number
  /** The longest wait of a health request. */
  health: number
}

const toldSchema = z.object({ p99: z.number(), longest: z.number() })

/** A server with an empty workspace, and a lead's token. */
export interface ImportServer {
  /** Sends a body to a path of the API, with health requests all the while. @throws Error when it is refused. */
  send(path: string, body: unknown): Promise<Served>
  /** Imports a file, with health requests all the while. @throws Error when it is refused. */
  sendFile(name: string, bytes: Uint8Array): Promise<Served>
  /** Sends files as one batch, with health requests until all are imported. @throws Error when one is refused. */
  sendBatch(files: readonly { name: string; text: string }[]): Promise<Served>
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
  const ask = async (path: string, init: RequestInit = {}): Promise<unknown> => {
    const answer = await fetch(`${address}/api/v1${path}`, init)
    if (!answer.ok) throw new Error(await answer.text())
    return answer.json()
  }
  const { authorization } = headers
  const post = (path: string, body: string) => ask(path, { method: 'POST', headers, body })
  const watch = async (work: () => Promise<unknown>): Promise<Served> => {
    child.send('start')
    const began = performance.now()
    const { longest: health } = await askFor(`${address}/api/health`, work())
    const whole = performance.now() - began
    child.send('tell')
    return { whole, health, ...toldSchema.parse(await answerOf(child)) }
  }
  // Not measured: the first request of a kind includes compiling its code.
  await post('/documents/preview', JSON.stringify({ text: 'The harbour froze.' }))
  await post('/documents', JSON.stringify({ text: 'The harbour froze.', source: { name: 'Harbour Gazette' } }))
  return {
    send: (path, body) => {
      const written = JSON.stringify(body)
      return watch(() => post(path, written))
    },
    sendFile: (name, bytes) => {
      const body = new FormData()
      body.append('sourceName', 'Harbour Gazette')
      body.append('file', new File([new Uint8Array(bytes)], name))
      return watch(() => ask('/documents/files', { method: 'POST', headers: { authorization }, body }))
    },
    sendBatch: (files) => {
      const forms = formsOf(files)
      return watch(async () => {
        for (const body of forms) await ask('/batches/files', { method: 'POST', headers: { authorization }, body })
        await waitForEnd(async () => jobsSchema.parse(await ask('/jobs?limit=1', { headers: { authorization } })))
      })
    },
    stop: async () => {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const jobsSchema = z.object({
  items: z.array(z.object({ state: z.string(), counts: z.record(z.string(), z.number()) })).length(1),
})

/** The most files in one form of a batch. */
const filesOfForm = 100

/** The forms in which a batch of files is sent, one after another. */
function formsOf(files: readonly { name: string; text: string }[]): FormData[] {
  const id = randomUUID()
  return Array.from({ length: Math.ceil(files.length / filesOfForm) }, (_, at) => {
    const first = at * filesOfForm
    const form = new FormData()
    const fields = { id, first: String(first), sourceName: 'Harbour Gazette', onSimilar: 'import' }
    for (const [name, value] of Object.entries(fields)) form.append(name, value)
    if (first + filesOfForm < files.length) form.append('more', 'true')
    for (const { name, text } of files.slice(first, first + filesOfForm)) form.append('file', new File([text], name))
    return form
  })
}

/** Polls a job until it has ended. @throws Error when one of its items was not imported. */
async function waitForEnd(read: () => Promise<z.infer<typeof jobsSchema>>): Promise<void> {
  for (;;) {
    const { items } = await read()
    const [job] = items
    if (job?.state === 'finished') {
      const { done, ...others } = job.counts
      const left = Object.values(others).reduce((sum, count) => sum + count, 0)
      if (left > 0) throw new Error(`Of the batch ${String(done)} files came in, and ${String(left)} did not`)
      return
    }
    await sleep(100)
  }
}

/** Requests an address every few milliseconds until the given work is done. */
async function askFor(address: string, work: Promise<unknown>): Promise<{ longest: number }> {
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

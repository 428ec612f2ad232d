/**
 * A process that reads documents and compares texts, started by reader-pool.ts. No file can bring the server down with it. It exits when it holds too
 * much memory, and when its parent process is gone.
 */
import { setPriority } from 'node:os'
import { Worker } from 'node:worker_threads'
import { anchorSpans } from '@/lib/domain/anchoring/anchor-spans'
import { diffRevisions } from '@/lib/domain/anchoring/diff-revisions'
import { readDocument } from '../importing/read-document'
import type { ReadResult } from '../importing/imported-document'
import {
  type Comparison,
  type ReaderMessage,
  type ReaderRequest,
  maxReaderMemory,
  watchInterval,
} from './reader-protocol'
import { makeStorable } from './storable-document'

/** The most bytes of JSON that the content of one document may take. */
const maxContentBytes = 64 * 1024 * 1024

// V8's limit excludes the memory of buffers, and a busy reader checks nothing, so a separate thread watches the memory. The thread is plain
// JavaScript, which needs no loader.
const watch = `
  const parent = process.ppid
  setInterval(() => {
    if (process.memoryUsage.rss() > ${String(maxReaderMemory)} || process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
  }, ${String(watchInterval)})
`

function send(message: ReaderMessage): void {
  process.send?.(message)
}

async function work(request: ReaderRequest) {
  return 'comparison' in request ? compare(request.comparison) : present(await readDocument(request))
}

function compare(comparison: Comparison) {
  const found =
    comparison.kind === 'diff'
      ? diffRevisions(comparison.before, comparison.after)
      : anchorSpans(comparison.before, comparison.after, comparison.spans)
  return { kind: 'compared' as const, json: new TextEncoder().encode(JSON.stringify(found)) }
}

async function answerTo(request: ReaderRequest): Promise<ReaderMessage> {
  const before = process.cpuUsage()
  const message = await work(request).catch(explain)
  const { user, system } = process.cpuUsage(before)
  const peakMemory = process.resourceUsage().maxRSS * 1024
  return { ...message, used: { memory: process.memoryUsage.rss(), peakMemory, cpu: (user + system) / 1000 } }
}

function explain(error: unknown) {
  return {
    kind: 'failed' as const,
    explanation: error instanceof Error ? (error.stack ?? error.message) : String(error),
  }
}

function present(result: ReadResult) {
  if (!result.ok) return { kind: 'refused' as const, problem: result.problem }
  const { content, original, ...rest } = makeStorable(result.document)
  const bytes = new TextEncoder().encode(JSON.stringify(content))
  if (bytes.length > maxContentBytes) {
    const message = `Its structure takes ${String(Math.ceil(bytes.length / 1024 / 1024))} MB; at most ${String(maxContentBytes / 1024 / 1024)} MB can be stored. Split the document into parts.`
    return { kind: 'refused' as const, problem: { code: 'too-complex' as const, message } }
  }
  const { bytes: _bytes, ...described } = original
  return { kind: 'read' as const, document: { ...rest, content: bytes, original: described } }
}

process.on('message', (request: ReaderRequest) => {
  void answerTo(request).then(send)
})
// A lower priority than the server's, whose requests go first.
setPriority(10)
new Worker(watch, { eval: true, execArgv: [], stdin: false }).unref()
send({ kind: 'ready' })

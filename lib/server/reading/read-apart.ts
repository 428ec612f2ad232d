import { availableParallelism } from 'node:os'
import { DomainError } from '@/lib/domain/errors'
import type { DocumentContent } from '@/lib/domain/text/model'
import { anchorSpans, type Anchored } from '@/lib/domain/anchoring/anchor-spans'
import { diffRevisions, type BlockChange, type DiffableText } from '@/lib/domain/anchoring/diff-revisions'
import type { TextRange } from '@/lib/domain/ranges/text-range'
import { isDevelopment } from '../env'
import type { ReadInput, ReadProblem } from '../importing/imported-document'
import { logger } from '../log'
import { perProcess } from '../per-process'
import { type SentDocument, maxReaderMemory, readingTime, type Comparison } from './reader-protocol'
import { ReaderPool, type Reading } from './reader-pool'
import type { StorableDocument } from './storable-document'

/** The answer of `readApart`. */
export type ApartResult = { ok: true; document: StorableDocument } | { ok: false; problem: ReadProblem }

// With many processors, most are left to the server itself.
const size = Math.min(4, Math.max(2, availableParallelism() - 1))

/** The reader processes of this server. */
export function readers(): ReaderPool {
  // In development each document gets a new process, so that changed code takes effect.
  return perProcess('readers', () => new ReaderPool({ size, time: readingTime, isKept: !isDevelopment() }))
}

/**
 * Reads a document as `readDocument` does, in a separate process with limits on memory and time. A file that exceeds them or crashes its reader is
 * refused like an unreadable one, and nothing else is affected.
 * @param options.caller the member who sent it; one caller's documents never occupy all readers
 * @param options.signal aborts the reading at once
 * @throws DomainError `unavailable` when too many documents wait to be read, no reader can be started, or the signal aborts.
 */
export async function readApart(
  input: ReadInput,
  { caller, signal }: { caller: string; signal?: AbortSignal | undefined },
): Promise<ApartResult> {
  const reading = await readers().read(input, { caller, signal })
  if (reading.kind === 'read') return { ok: true, document: unpack(reading.document, input) }
  if (reading.kind === 'refused') return { ok: false, problem: reading.problem }
  if (reading.kind === 'compared') throw new Error('A reader compared texts instead of reading one')
  return { ok: false, problem: explainEnd(reading, input) }
}

function unpack({ content, original, ...document }: SentDocument, input: ReadInput): StorableDocument {
  return {
    ...document,
    content: parseContent(content),
    original: { ...original, bytes: input.bytes ?? new TextEncoder().encode(input.text ?? '') },
  }
}

/** The reader has checked the content before it sent it: a second check would take this process as long as the reading took. */
function parseContent(bytes: Uint8Array): DocumentContent {
  return JSON.parse(new TextDecoder().decode(bytes)) as DocumentContent
}

const splitIt = 'Split the document into parts, or save it as plain text and import that.'

/** The answer for a reading that gave none. @throws DomainError `unavailable` when no reader could be started. */
function explainEnd(end: Exclude<Reading, { kind: 'read' | 'refused' | 'compared' }>, input: ReadInput): ReadProblem {
  const size = input.bytes?.length ?? input.text?.length ?? 0
  if (end.kind === 'late') {
    logger().warn({ size }, 'A document took too long to be read')
    const seconds = String(readingTime / 1000)
    return { code: 'too-slow', message: `Reading this took longer than ${seconds} seconds and was stopped. ${splitIt}` }
  }
  if (end.kind === 'ended' && end.why === 'memory') {
    logger().warn({ size }, 'A document took too much memory to be read')
    const memory = String(maxReaderMemory / 1024 / 1024)
    return { code: 'too-large', message: `Reading this takes more than ${memory} MB of memory. ${splitIt}` }
  }
  const said = end.kind === 'failed' ? end.explanation : end.said
  if (end.kind === 'ended' && end.why === 'start') {
    logger().error({ said }, 'A reader of documents cannot be started')
    throw new DomainError('unavailable', 'Documents cannot be read at the moment. Try again in a minute.', {
      retryAfter: 60,
    })
  }
  logger().error({ size, said }, 'A document made its reader fail')
  const remedy = 'It may be damaged: save it anew, or as plain text, and import that.'
  return { code: 'unreadable', message: `This cannot be read: its reader failed on it. ${remedy}` }
}

/** Texts of at most this many UTF-16 code units together are compared in this process: that takes less time than to send them. */
const short = 200_000

/**
 * Compares texts as `diffRevisions` does. Long ones are compared in a separate process, so that the server can answer others in the meantime.
 * @param caller the member who asks; one caller's requests never occupy all readers
 * @throws DomainError `unavailable` when too much waits to be read or compared, or it takes too long.
 */
export async function diffApart(before: DiffableText, after: DiffableText, caller: string): Promise<BlockChange[]> {
  if (before.text.length + after.text.length <= short) return diffRevisions(before, after)
  const plain = ({ text, blocks }: DiffableText) => ({ text, blocks: blocks.map(({ start, end }) => ({ start, end })) })
  return JSON.parse(
    await compareApart({ kind: 'diff', before: plain(before), after: plain(after) }, caller),
  ) as BlockChange[]
}

/** Re-anchors spans as `anchorSpans` does, in the process that `diffApart` would choose. @throws DomainError as `diffApart`. */
export async function anchorApart(
  { before, after, spans }: { before: string; after: string; spans: readonly TextRange[] },
  caller: string,
): Promise<Anchored[]> {
  if (spans.length === 0 || before.length + after.length <= short) return anchorSpans(before, after, spans)
  const ranges = spans.map(({ start, end }) => ({ start, end }))
  return JSON.parse(await compareApart({ kind: 'anchor', before, after, spans: ranges }, caller)) as Anchored[]
}

/** The result of a reader, parsed from JSON. */
async function compareApart(comparison: Comparison, caller: string): Promise<string> {
  const reading = await readers().read({ comparison }, { caller })
  if (reading.kind === 'compared') return new TextDecoder().decode(reading.json)
  logger().error({ reading: reading.kind }, 'Two texts could not be compared')
  throw new DomainError('unavailable', 'These texts cannot be compared at the moment. Try again in a minute.', {
    retryAfter: 60,
  })
}

import { z } from 'zod'
import type { DiffableText } from '@/lib/domain/anchoring/diff-revisions'
import type { TextRange } from '@/lib/domain/ranges/text-range'
import type { ReadInput, ReadProblem } from '../importing/imported-document'
import type { StorableDocument } from './storable-document'

/** The most memory a reader process may hold, in bytes; it exits above this. */
export const maxReaderMemory = 512 * 1024 * 1024

/** How often a reader process checks its memory, in ms. */
export const watchInterval = 50

/** The most memory of JavaScript objects in a reader process, in MB; code and buffers take the rest. */
export const maxReaderHeap = 320

/** A reader process that holds more than this after a document is not reused, in bytes. */
export const retireAbove = 320 * 1024 * 1024

/** The time limit for one document, in ms. */
export const readingTime = 60_000

/** How long an idle reader process waits before it exits, in ms. */
export const idleTime = 60_000

/** The most documents that wait to be read. */
export const maxWaiting = 200

/** Two texts to compare: block by block to show the differences, or to find the spans of the first in the second. */
export type Comparison =
  | { kind: 'diff'; before: DiffableText; after: DiffableText }
  | { kind: 'anchor'; before: string; after: string; spans: readonly TextRange[] }

/** A request to a reader process, which takes one at a time: read a document, or compare texts. */
export type ReaderRequest = ReadInput | { comparison: Comparison }

/**
 * A document sent between processes. The content is JSON in UTF-8, which transfers several times as fast as the tree of its nodes; the original goes
 * without its bytes, which the other side has.
 */
export interface SentDocument extends Omit<StorableDocument, 'content' | 'original'> {
  content: Uint8Array
  original: Omit<StorableDocument['original'], 'bytes'>
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

const usedSchema = z.object({
  memory: z.number().describe('What the process holds now, in bytes.'),
  peakMemory: z.number().describe('The most it has held since it started, in bytes.'),
  cpu: z.number().describe('Processor time that the reading took, in ms.'),
})

/** A message of a reader process. */
export const readerMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('read'), document: z.custom<SentDocument>(isObject), used: usedSchema }),
  z.object({ kind: z.literal('compared'), json: z.instanceof(Uint8Array), used: usedSchema }),
  z.object({ kind: z.literal('refused'), problem: z.custom<ReadProblem>(isObject), used: usedSchema }),
  z.object({ kind: z.literal('failed'), explanation: z.string(), used: usedSchema }),
])
export type ReaderMessage = z.infer<typeof readerMessageSchema>

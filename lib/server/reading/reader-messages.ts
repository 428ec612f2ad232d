import { z } from 'zod'
import type { ReadInput, ReadProblem } from '../importing/imported-document'
import type { StorableDocument } from './storable-document'

/** What a reader process is asked: one document at a time. */
export type ReaderRequest = ReadInput

/**
 * A document on its way between processes: the content as JSON in UTF-8, which is taken over several times as fast as the tree of its nodes, and
 * the original without its bytes, which the other side has.
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

/** What a reader process says. */
export const readerMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('read'), document: z.custom<SentDocument>(isObject), used: usedSchema }),
  z.object({ kind: z.literal('refused'), problem: z.custom<ReadProblem>(isObject), used: usedSchema }),
  z.object({ kind: z.literal('failed'), explanation: z.string(), used: usedSchema }),
])
export type ReaderMessage = z.infer<typeof readerMessageSchema>

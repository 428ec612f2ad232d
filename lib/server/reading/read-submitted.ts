import type { EncodingName } from '@/lib/domain/documents/encodings'
import { DomainError, type ErrorCode } from '@/lib/domain/errors'
import { textSchema } from '@/lib/domain/fields'
import type { Actor } from '../access/gate'
import type { KnownRobots } from '../fetching/fetch-page'
import { check } from '../http/request-body'
import type { ReadInput, ReadProblemCode } from '../importing/imported-document'
import { readApart } from './read-apart'
import type { StorableDocument } from './storable-document'

const codeOfProblem: Record<ReadProblemCode, ErrorCode> = {
  empty: 'invalid',
  'too-large': 'too-large',
  binary: 'unsupported-media-type',
  'unsupported-format': 'unsupported-media-type',
  'malformed-text': 'invalid',
  'too-complex': 'invalid',
  damaged: 'invalid',
  protected: 'invalid',
  'too-slow': 'too-large',
  unreadable: 'invalid',
}

/** The member who has something read, and the signal that aborts the reading. */
export interface Caller {
  caller: string
  signal?: AbortSignal | undefined
}

/** The caller whose documents share one queue. The reading is aborted when the caller disconnects. */
export function callerOf({ memberId }: Actor, { signal }: Request): Caller {
  return { caller: memberId, signal }
}

/** How something is read: for which caller, and in which language if one was chosen. */
export interface ReadingChoices extends Caller {
  language?: string | undefined
  encoding?: EncodingName | undefined
  /** A cache of sites' robots.txt rules. */
  robots?: KnownRobots | undefined
}

/**
 * Reads a text or file in a separate process.
 * @throws DomainError `invalid`, `too-large` or `unsupported-media-type` for one that cannot be read, `unavailable` when too many wait.
 */
export async function readImport(
  input: ReadInput,
  { language, encoding, robots: _robots, ...caller }: ReadingChoices,
): Promise<StorableDocument> {
  const chosen = { ...(language === undefined ? {} : { language }), ...(encoding === undefined ? {} : { encoding }) }
  const result = await readApart({ ...input, ...chosen }, caller)
  if (result.ok) return result.document
  throw new DomainError(codeOfProblem[result.problem.code], result.problem.message)
}

/** Reads one file of a form. @throws DomainError as `readImport`, and `invalid` for a file name that cannot be stored. */
export async function readFile(file: File, choices: ReadingChoices): Promise<StorableDocument> {
  const fileName = check(textSchema(300), file.name, 'file name')
  return readImport({ bytes: new Uint8Array(await file.arrayBuffer()), fileName, mediaType: file.type }, choices)
}

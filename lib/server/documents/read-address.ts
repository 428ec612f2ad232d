import { DomainError } from '@/lib/domain/errors'
import { textSchema } from '@/lib/domain/fields'
import { fetchPage } from '../fetching/fetch-page'
import type { ReadInput } from '../importing/imported-document'
import type { StorableDocument } from '../reading/storable-document'
import { readImport, type ReadingChoices } from '../reading/read-submitted'

/** The text that a caller sends, or the address of a page to read. */
export interface Submission extends Pick<ReadInput, 'text' | 'format' | 'fileName'> {
  address?: string | undefined
  /** The hash of the text that the caller has previewed. */
  expectedSha256?: string | undefined
}

/**
 * Reads the text that a caller sent, or fetches and reads the page of an address.
 * @throws DomainError as `readImport` and `fetchPage`, and `conflict` when the text is not the one that the caller has previewed.
 */
export async function readSubmission(
  { address, expectedSha256, ...input }: Submission,
  caller: ReadingChoices,
): Promise<StorableDocument> {
  const imported = address === undefined ? await readImport(input, caller) : await readAddress(address, input, caller)
  if (expectedSha256 !== undefined && expectedSha256 !== imported.sha256)
    throw new DomainError('conflict', 'The page has changed since you previewed it. Take it away, then fetch it again.')
  return imported
}

/** Fetches a page and reads it. @throws DomainError as `readImport` and `fetchPage`. */
export async function readAddress(
  address: string,
  { format }: Pick<ReadInput, 'format'>,
  caller: ReadingChoices,
): Promise<StorableDocument> {
  const { bytes, ...fetched } = await fetchPage(address, { signal: caller.signal, robots: caller.robots })
  const mediaType = fetched.headers['content-type']
  const imported = await readImport(
    { bytes, format, mediaType, address: fetched.url, fileName: fileNameIn(fetched.url) },
    caller,
  )
  return { ...imported, fetched }
}

/** The file name at the end of an address; undefined when there is none, or one that cannot be stored. */
export function fileNameIn(address: string): string | undefined {
  const segment = new URL(address).pathname.split('/').at(-1) ?? ''
  try {
    const name = decodeURIComponent(segment)
    return textSchema(300).min(1).safeParse(name).data
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}

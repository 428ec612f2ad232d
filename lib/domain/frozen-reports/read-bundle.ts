import { z } from 'zod'
import { DomainError } from '../errors'
import { canonicalJson } from './canonical-json'
import { bundleFormat, bundleSchema, mostBundleBytes, type Bundle } from './bundle'

/**
 * A bundle that could be read: as data as it was written and as it was checked, and whether its bytes are those that the program writes; or why it cannot be
 * verified.
 */
export type ReadBundle =
  | { readable: true; written: Record<string, unknown>; bundle: Bundle; isCanonical: boolean }
  | { readable: false; says: string }

const another = 'Download the bundle again, and leave it as it is.'

function refuse(says: string): ReadBundle {
  return { readable: false, says }
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

function valueOf(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return null
  }
}

function isCanonical(value: unknown, text: string): boolean | null {
  try {
    return canonicalJson(value) === text
  } catch (error) {
    if (error instanceof DomainError) return null
    throw error
  }
}

/** The first thing that is wrong with the parts of a bundle: "inputs, documents, 3, title: …". */
function firstProblem({ issues: [issue] }: z.ZodError): string {
  return issue === undefined ? '' : `${issue.path.map(String).join(', ')}: ${issue.message}`
}

/** Reads the bytes of a file as a bundle. Nothing is verified yet; what is no bundle, or only part of one, is refused in a sentence. */
export function readBundle(bytes: Uint8Array): ReadBundle {
  const limit = `at most ${String(mostBundleBytes / 1024 / 1024)} MB`
  if (bytes.length === 0) return refuse(`The file is empty. ${another}`)
  if (bytes.length > mostBundleBytes)
    return refuse(`The file is too large for the bundle of a report, which has ${limit}.`)
  const text = textOf(bytes)
  if (text === null)
    return refuse(`The file is not text in UTF-8, so it is no bundle, or bytes of it were changed. ${another}`)
  const parsed = valueOf(text)
  if (parsed === null) {
    return refuse(
      text.startsWith('{"')
        ? `The file begins as a bundle and is not valid JSON: it was cut off or edited. ${another}`
        : 'The file is not the bundle of a report: it is no JSON. The bundle is the file that “Download bundle” gives on a report.',
    )
  }
  const written = z.record(z.string(), z.unknown()).safeParse(parsed.value)
  if (!written.success || !('format' in written.data) || !('inputs' in written.data))
    return refuse('The file is JSON, but not the bundle of a report: it has no inputs of one.')
  if (written.data.format !== bundleFormat) {
    return refuse(
      `The file says that its format is ${JSON.stringify(written.data.format).slice(0, 60)}. This program reads ${bundleFormat}.`,
    )
  }
  const checked = bundleSchema.safeParse(written.data)
  if (!checked.success) {
    return refuse(
      `The file was changed, or was written by another version of the program: its parts are not those of a bundle (${firstProblem(checked.error)}). ${another}`,
    )
  }
  const canonical = isCanonical(written.data, text)
  if (canonical === null) return refuse(`The file was changed: its figures lie too deep in each other. ${another}`)
  return { readable: true, written: written.data, bundle: checked.data, isCanonical: canonical }
}

import { z } from 'zod'
import { instantSchema } from '../fields'
import { checkInputsSteps, reportInputsSchema, type ReportInputs } from '../reports/input-schema'
import type { ReportView } from '../reports/schema'
import { inOneGo, type Steps } from '../steps'
import { canonicalInputs, hashInputsSteps } from './canonical-inputs'
import { canonicalJsonSteps, canonicalJson } from './canonical-json'
import { sha256Steps } from './sha256'
import { DomainError } from '../errors'

/** The format and its number, at the start of every bundle. The number changes when programs that read this format could not read the new one. */
export const bundleFormat = 'sourcemark-report/1'
/** The most bytes of a bundle to read: many times a report of 3,000 claims. */
export const mostBundleBytes = 64 * 1024 * 1024

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/, 'A SHA-256 is 64 digits from 0 to f.')

/**
 * A frozen report as a file: its inputs, every figure, and two hashes. `inputSha256` identifies the report and covers the inputs alone; `sha256`
 * seals the file and covers all of it but itself. `figures` stay as they were written, and are read by the version of the method that they name.
 */
export const bundleSchema = z.strictObject({
  format: z.literal(bundleFormat),
  /** The version of the report among those of its source, from 1. */
  number: z.number().int().min(1),
  frozenAt: instantSchema,
  /** The name of the workspace that froze it. */
  workspace: z.string().max(1_000),
  inputs: reportInputsSchema,
  figures: z.record(z.string(), z.unknown()),
  inputSha256: hashSchema,
  sha256: hashSchema,
})
/** See `bundleSchema`. */
export type Bundle = z.infer<typeof bundleSchema>

/** The parts of a bundle: the inputs, the report computed from them, and its version. */
interface Freezing {
  number: number
  frozenAt: string
  workspace: string
  inputs: ReportInputs
  report: ReportView
}

function* sealSteps(bundle: Record<string, unknown>): Steps<string> {
  return yield* sha256Steps(yield* canonicalJsonSteps({ ...bundle, sha256: undefined }))
}

/** The seal of a bundle: the hash of everything in it but the seal. */
export function sealOf(bundle: Record<string, unknown>): string {
  return inOneGo(sealSteps(bundle))
}

/** A bundle as stored, with its two hashes. */
interface WrittenBundle {
  text: string
  inputSha256: string
  sha256: string
}

/**
 * `writeBundle` in steps.
 * @throws as `writeBundle`
 */
export function* writeBundleSteps({ number, frozenAt, workspace, inputs, report }: Freezing): Steps<WrittenBundle> {
  const canonical = canonicalInputs(yield* checkInputsSteps(inputs))
  const inputSha256 = yield* hashInputsSteps(canonical)
  const unsealed = {
    format: bundleFormat,
    number,
    frozenAt,
    workspace,
    inputs: canonical,
    figures: { ...report, computedAt: frozenAt, inputSha256 },
    inputSha256,
  }
  const seal = yield* sealSteps(unsealed)
  return { text: yield* canonicalJsonSteps({ ...unsealed, sha256: seal }), inputSha256, sha256: seal }
}

/**
 * Writes the bundle that is stored and handed out: canonical JSON, the same bytes for the same freezing.
 * @throws ZodError for inputs that could not be read again, because such a bundle must never be stored
 */
export function writeBundle(freezing: Freezing): WrittenBundle {
  return inOneGo(writeBundleSteps(freezing))
}

/**
 * The result of reading a bundle: its data as written and as checked, and whether its bytes are those that the program writes; or why it cannot be
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

/** Names the first invalid field of a bundle and what is wrong with it: "inputs, documents, 3, title: …". */
function firstProblem({ issues: [issue] }: z.ZodError): string {
  return issue === undefined ? '' : `${issue.path.map(String).join(', ')}: ${issue.message}`
}

/** Reads the bytes of a file as a bundle, without verifying it. A file that is not a bundle, or only part of one, is refused with a sentence. */
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
        : 'The file is not the bundle of a report: it is not JSON. The bundle is the file that “Download bundle” gives on a report.',
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

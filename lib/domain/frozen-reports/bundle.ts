import { z } from 'zod'
import { instantSchema } from '../fields'
import { checkInputsSteps, reportInputsSchema, type ReportInputs } from '../reports/input-schema'
import type { ReportView } from '../reports/schema'
import { inOneGo, type Steps } from '../steps'
import { canonicalInputs, hashInputsSteps } from './canonical-inputs'
import { canonicalJsonSteps } from './canonical-json'
import { sha256Steps } from './sha256'

/** What a bundle begins with saying of itself; another number, when a program that reads this one could not read it. */
export const bundleFormat = 'sourcemark-report/1'
/** The most bytes of a bundle that is read: many times a report of 3,000 claims. */
export const mostBundleBytes = 64 * 1024 * 1024

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/, 'A SHA-256 is 64 digits from 0 to f.')

/**
 * A frozen report as a file: everything it was computed from, every figure, and two hashes. `inputSha256` is the hash by which the report is known, and is
 * made of the inputs alone; `sha256` seals the whole file and is made of all of it but itself. `figures` stay as they were written: reading
 * them is up to the version of the method that they name.
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

/** What is frozen: the inputs, the report that was computed from them, and its version. */
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

/** The hash that seals a bundle: of all of it but the seal. */
export function sealOf(bundle: Record<string, unknown>): string {
  return inOneGo(sealSteps(bundle))
}

/** A bundle as it is stored, with its two hashes. */
interface WrittenBundle {
  text: string
  inputSha256: string
  sha256: string
}

/** `writeBundle` in steps. @throws as `writeBundle`. */
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
 * The bundle as it is stored and handed out: canonical JSON, the same bytes for the same freezing.
 * @throws ZodError for inputs that could not be read again: such a bundle must never be kept.
 */
export function writeBundle(freezing: Freezing): WrittenBundle {
  return inOneGo(writeBundleSteps(freezing))
}

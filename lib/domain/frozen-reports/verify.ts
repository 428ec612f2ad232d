import { agreementMethodVersion } from '../agreement/schema'
import { methodVersion } from '../reports/compute-report'
import type { ReportView } from '../reports/schema'
import { sealOf, readBundle, type Bundle, type ReadBundle } from './bundle'
import { hashInputs, recomputeReport } from './canonical-inputs'
import { canonicalJson } from './canonical-json'

/** One value of a report as the bundle states it and as recomputed from the inputs. Null where there is none. */
interface ComparedValue {
  name: string
  stated: string | null
  recomputed: string | null
  same: boolean
}

/** One part of a report: how many of its values were compared, and those that differ. */
interface ComparedPart {
  name: string
  compared: number
  different: ComparedValue[]
}

/** A check of the file as a whole, with its result in a sentence. */
interface FileCheck {
  name: string
  holds: boolean
  says: string
}

/**
 * The result of verifying. `same`: both hashes are right and every recomputed value is equal. `other-method`: the hashes are right, but another
 * version of the method than this program's computed the figures. `different`: something was changed.
 */
type Verification =
  | { outcome: 'unreadable'; says: string }
  | {
      outcome: 'same' | 'different' | 'other-method'
      says: string
      report: { source: string; number: number; frozenAt: string; workspace: string; inputSha256: string }
      checks: FileCheck[]
      /** The figures of the source: all numbers that do not belong to one document, session or claim. */
      figures: ComparedValue[]
      /** The values of a report, grouped by part. */
      parts: ComparedPart[]
    }

type Leaf = string | number | boolean | null

/** A value with its path of names. */
interface Placed {
  path: readonly string[]
  leaf: Leaf
}

/** All values of plain data, keyed by path as JSON because names in the file may contain any character. An empty list or object counts as a value. */
function leavesOf(
  value: unknown,
  path: readonly string[] = [],
  into = new Map<string, Placed>(),
): ReadonlyMap<string, Placed> {
  if (value === undefined) return into
  const put = (leaf: Leaf) => into.set(JSON.stringify(path), { path, leaf })
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return put(value)
  }
  const entries = Object.entries(value)
  if (entries.length === 0) put(Array.isArray(value) ? '[]' : '{}')
  for (const [key, part] of entries) leavesOf(part, [...path, key], into)
  return into
}

/** JavaScript engines may differ in the last digits of a logarithm or a root. */
const tolerance = 1e-9

function isSame(one: Leaf | undefined, other: Leaf | undefined): boolean {
  if (typeof one === 'number' && typeof other === 'number')
    return Math.abs(one - other) <= tolerance * Math.max(1, Math.abs(one), Math.abs(other))
  return one === other
}

/** A path as words: "otherIntervals, jeffreys" becomes "other intervals, jeffreys"; list positions count from 1. */
function nameOf(path: readonly string[]): string {
  return path
    .map((key) =>
      /^\d+$/.test(key) ? String(Number(key) + 1) : key.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase(),
    )
    .join(', ')
}

function wordsOf(leaf: Leaf | undefined): string | null {
  return leaf === undefined ? null : String(leaf)
}

interface Compared extends ComparedValue {
  path: readonly string[]
  isFigure: boolean
}

function compareLeaves(stated: ReadonlyMap<string, Placed>, recomputed: ReadonlyMap<string, Placed>): Compared[] {
  return [...new Map([...recomputed, ...stated])].map(([key, { path }]) => {
    const [one, other] = [stated.get(key)?.leaf, recomputed.get(key)?.leaf]
    return {
      path,
      name: nameOf(path),
      stated: wordsOf(one),
      recomputed: wordsOf(other),
      same: isSame(one, other),
      isFigure: !path.some((part) => /^\d+$/.test(part)) && (typeof one === 'number' || typeof other === 'number'),
    }
  })
}

function shown({ name, stated, recomputed, same }: Compared): ComparedValue {
  return { name, stated, recomputed, same }
}

function partsOf(values: readonly Compared[]): ComparedPart[] {
  const groups = new Map<string, Compared[]>()
  for (const value of values) {
    const key = value.path[0] ?? ''
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [value])
    else group.push(value)
  }
  return [...groups].map(([key, group]) => ({
    name: nameOf([key]),
    compared: group.length,
    different: group.filter(({ same }) => !same).map(shown),
  }))
}

function checksOf({ bundle, written, isCanonical: bytesHold }: Extract<ReadBundle, { readable: true }>): FileCheck[] {
  const own = hashInputs(bundle.inputs)
  const hashHolds = own === bundle.inputSha256
  const sealHolds = sealOf(written) === bundle.sha256
  return [
    {
      name: 'Hash of the inputs',
      holds: hashHolds,
      says: hashHolds
        ? `The inputs have the hash that the report is known by, ${bundle.inputSha256}. Compare it with the one on the report.`
        : `The inputs have the hash ${own}, and the file says ${bundle.inputSha256}: the inputs were changed.`,
    },
    {
      name: 'Seal of the file',
      holds: sealHolds,
      says: sealHolds
        ? 'The whole file has the hash that seals it.'
        : 'The seal does not fit: something in the file was changed.',
    },
    {
      name: 'Bytes of the file',
      holds: bytesHold,
      says: bytesHold
        ? 'The file is written as the program writes bundles, byte for byte.'
        : 'The file is not written as the program writes bundles: it was saved anew or edited.',
    },
  ]
}

function recomputed(bundle: Bundle): { report: ReportView } | { problem: string } {
  try {
    return { report: recomputeReport(bundle.inputs, bundle.frozenAt) }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}

/** Whether the bundle names the method versions of this program. */
function hasOurMethod({ inputs }: Bundle): boolean {
  return inputs.methodVersion === methodVersion && inputs.agreement.methodVersion === agreementMethodVersion
}

function conclude(bundle: Bundle, { checks, values }: { checks: readonly FileCheck[]; values: readonly Compared[] }) {
  const differing = values.filter(({ same }) => !same).length
  const intact = checks.every(({ holds }) => holds)
  if (intact && differing === 0) {
    return {
      outcome: 'same' as const,
      says: `Same: all ${String(values.length)} values of this report come out of its inputs again, and the file is as it was written.`,
    }
  }
  const of = `${String(differing)} of ${String(values.length)} values`
  if (intact && !hasOurMethod(bundle)) {
    return {
      outcome: 'other-method' as const,
      says: `The file is as it was written. Its figures were computed by method ${bundle.inputs.methodVersion} (agreement ${bundle.inputs.agreement.methodVersion}), and this program computes by ${methodVersion} (${agreementMethodVersion}): ${of} come out differently, which a change of the method explains.`,
    }
  }
  const file = intact ? 'The file is as it was written' : 'The file was changed after it was written'
  const says =
    differing === 0
      ? `Different: ${file.charAt(0).toLowerCase()}${file.slice(1)}. All ${String(values.length)} values come out of its inputs all the same.`
      : `Different: ${of} do not come out of the inputs. ${file}.`
  return { outcome: 'different' as const, says }
}

/**
 * Verifies a bundle: recomputes every figure from its inputs and compares value by value, and checks both hashes and the bytes of the file. Needs
 * neither a database nor a server. It cannot tell whether the file is the published one, because a person who changes everything can also write new
 * hashes: compare the hash with the published report's.
 */
export function verifyBundle(bytes: Uint8Array): Verification {
  const read = readBundle(bytes)
  if (!read.readable) return { outcome: 'unreadable', says: read.says }
  const { bundle, written } = read
  const own = recomputed(bundle)
  if ('problem' in own) {
    return { outcome: 'unreadable', says: `No report can be computed from the inputs in the file: ${own.problem}` }
  }
  const values = compareLeaves(leavesOf(written.figures), leavesOf(JSON.parse(canonicalJson(own.report))))
  const checks = checksOf(read)
  const { inputs, number, frozenAt, workspace, inputSha256 } = bundle
  return {
    ...conclude(bundle, { checks, values }),
    report: { source: inputs.source.name, number, frozenAt, workspace, inputSha256 },
    checks,
    figures: values.filter(({ isFigure }) => isFigure).map(shown),
    parts: partsOf(values),
  }
}

import { DomainError } from '../errors'
import { inOneGo, type Steps } from '../steps'

/** The deepest nesting of objects and lists, far deeper than in a report. */
const deepest = 100

/** Down to this depth of nesting, other work may run between items: in a report, between documents and between findings. */
const interruptible = 3

function isPlain(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object'
}

/** Names are compared by UTF-16 code units, as RFC 8785 demands and JavaScript compares strings. */
function fieldsOf(value: Record<string, unknown>): [name: string, part: unknown][] {
  return Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
}

function written(value: unknown, depth: number): string {
  if (depth > deepest) throw new DomainError('invalid', 'Objects lie too deep in each other for a report.')
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new DomainError('invalid', 'JSON has no number that is infinite or none.')
  if (Array.isArray(value)) return `[${value.map((part: unknown) => written(part ?? null, depth + 1)).join(',')}]`
  if (!isPlain(value)) return JSON.stringify(value ?? null)
  const fields = fieldsOf(value).map(([name, part]) => `${JSON.stringify(name)}:${written(part, depth + 1)}`)
  return `{${fields.join(',')}}`
}

function* writtenInSteps(value: unknown, depth: number): Steps<string> {
  if (depth >= interruptible || !isPlain(value)) {
    yield
    return written(value, depth)
  }
  const parts: string[] = []
  if (Array.isArray(value)) {
    for (const part of value as unknown[]) parts.push(yield* writtenInSteps(part ?? null, depth + 1))
    return `[${parts.join(',')}]`
  }
  for (const [name, part] of fieldsOf(value))
    parts.push(`${JSON.stringify(name)}:${yield* writtenInSteps(part, depth + 1)}`)
  return `{${parts.join(',')}}`
}

/**
 * Writes plain data as canonical JSON by RFC 8785, so that equal data gives equal bytes everywhere: no white space, names sorted by UTF-16 code
 * units, numbers and strings as ECMAScript writes them. Undefined fields are left out.
 * @throws DomainError `invalid` for numbers that JSON cannot represent, and for data nested deeper than 100
 */
export function canonicalJson(value: unknown): string {
  return inOneGo(writtenInSteps(value, 0))
}

/**
 * `canonicalJson` in steps.
 * @throws as `canonicalJson`
 */
export function canonicalJsonSteps(value: unknown): Steps<string> {
  return writtenInSteps(value, 0)
}

import { DomainError } from '../errors'

/** The deepest that objects and lists may lie in each other: far deeper than a report. */
const deepest = 100

function partsOf(value: unknown, depth: number): string {
  if (depth > deepest) throw new DomainError('invalid', 'Objects lie too deep in each other for a report.')
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new DomainError('invalid', 'JSON has no number that is infinite or none.')
  if (Array.isArray(value)) return `[${value.map((part: unknown) => partsOf(part ?? null, depth + 1)).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null)
  // Names are compared by UTF-16 code units, as RFC 8785 has it and as strings compare here.
  const fields = Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, part]) => `${JSON.stringify(name)}:${partsOf(part, depth + 1)}`)
  return `{${fields.join(',')}}`
}

/**
 * Plain data as canonical JSON by RFC 8785: no white space, names sorted by UTF-16 code units, numbers and strings as ECMAScript writes them, so that equal
 * data gives equal bytes everywhere. Fields that are undefined are left out.
 * @throws DomainError `invalid` for numbers that JSON has no words for, and for data that lies deeper than 100.
 */
export function canonicalJson(value: unknown): string {
  return partsOf(value, 0)
}

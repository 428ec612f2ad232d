import { DomainError } from '@/lib/domain/errors'

/** The entity tag of a row's version: `"3"` for 3. */
export function etagOf(version: number): string {
  return `"${version}"`
}

/**
 * The version a caller read before editing, from `If-Match`.
 * @throws DomainError `precondition-required` without the header or with `*` (an edit must say what it saw); `malformed` when it is no
 * entity tag of ours.
 */
export function versionOfIfMatch(header: string | null): number {
  if (header === null || header.trim() === '*') {
    throw new DomainError(
      'precondition-required',
      'Send the version you read in If-Match, such as If-Match: "3"; answers carry it as ETag and as "version".',
    )
  }
  const match = /^\s*(?:W\/)?"([1-9]\d{0,8})"\s*$/.exec(header)
  if (match === null)
    throw new DomainError(
      'malformed',
      'If-Match takes one entity tag, such as "3", as the ETag of the answer shows it.',
    )
  return Number(match[1])
}

import { DomainError } from './errors'

/** The failure of an edit whose version is not the stored one; `current` is the state that the edit would have overwritten. */
export function versionMismatch(
  noun: string,
  { expected, current }: { expected: number; current: { version: number } },
): DomainError {
  return new DomainError(
    'version-mismatch',
    `This ${noun} has changed: you edited version ${expected}, it is at ${current.version}. Look at "current", merge, and send If-Match: "${current.version}".`,
    { current },
  )
}

/** The failure of a creation whose id is taken; `current` is the row with that id, or null when the current member may not see it. */
export function idTaken(noun: string, current: unknown): DomainError {
  const way = current === null ? 'Use a new id.' : 'Use a new id, or change the one in “current”.'
  return new DomainError('conflict', `Another ${noun} has this id already. ${way}`, { current })
}

/** The failure of a change to something deleted; it tells the caller to restore it first. */
export function deletedAlready(noun: string): DomainError {
  return new DomainError('gone', `This ${noun} was deleted. Restore it first.`)
}

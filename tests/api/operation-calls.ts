import { expect } from 'vitest'
import { makeId } from '../setup/factories'
import { call, type Answer, type Call, type Credentials } from './calls'
import { operationCases, type OperationCase } from './operation-cases'
import type { Operation } from './operations'
import type { World } from './world'

/** The ids of a world, by the names of path parameters. */
export function knownParams(world: World): Record<string, string> {
  return {
    sourceId: world.document.sourceId,
    otherSourceId: world.emptySource.id,
    documentId: world.document.id,
    revisionId: world.document.revisionId,
    annotationId: world.annotation.id,
    decisionId: world.decisionId,
    threadId: world.threadId,
    commentId: world.commentId,
    referenceId: world.reference.id,
    memberId: world.members.viewer.memberId,
    invitationId: world.invitationId,
    tokenId: world.tokenId,
    signInId: world.signInId,
    sessionId: world.sessionId,
    otherSessionId: world.draftId,
    assignmentId: world.assignmentId,
    conflictId: world.conflictId,
    claimId: world.adjudication.claimId,
    carriedId: world.carriedId,
    reportId: world.frozen.reportId,
    publicationId: world.frozen.publicationId,
    additionId: world.frozen.additionId,
    jobId: world.jobId,
  }
}

/** An operation and its call in a world. */
export interface Scene {
  operation: Operation
  given: OperationCase
  world: World
}

/** The call that succeeds, with the given changes; with `unknownIds`, its path has ids that were never used. */
export function make(
  { operation, given, world }: Scene,
  as: Credentials,
  change: Partial<Call> & { unknownIds?: boolean } = {},
): Promise<Answer> {
  const { unknownIds = false, ...rest } = change
  const params = { ...knownParams(world), ...given.params?.(world) }
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    unknownIds ? makeId() : (params[name] ?? ''),
  )
  return call({
    method: operation.method,
    path: given.query === undefined ? path : `${path}?${given.query}`,
    as,
    ...(given.json === undefined ? {} : { json: given.json(world) }),
    ...(given.form === undefined ? {} : { body: given.form(world) }),
    ...(operation.ifMatch ? { version: 1 } : {}),
    ...rest,
  })
}

/** The case of an operation. @throws when there is none. */
export function caseOf(id: string): OperationCase {
  const given = operationCases[id]
  if (given === undefined) throw new Error(`There is no entry for ${id}; add one to operation-cases.ts`)
  return given
}

/** Runs a check on every operation, and names all that failed. */
export async function tryEach(
  some: readonly Operation[],
  attempt: (operation: Operation) => Promise<void>,
): Promise<void> {
  const failures: string[] = []
  for (const operation of some) {
    try {
      await attempt(operation)
    } catch (error) {
      failures.push(`${operation.id}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  expect(failures.join('\n\n')).toBe('')
}

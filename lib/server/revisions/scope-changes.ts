import { uuidv7 } from 'uuidv7'
import { checkRange } from '@/lib/domain/annotations/span'
import { changesOf } from '@/lib/domain/audit/changes'
import type { ScopeChangeInput, ScopeChangeView } from '@/lib/domain/documents/schema'
import { DomainError } from '@/lib/domain/errors'
import { idTaken } from '@/lib/domain/versions'
import { mayDo, type Permit } from '../access/gate'
import { database } from '../db/client'
import { write } from '../db/write'
import { revisionFacts } from '../marking/revision-facts'
import { isDocumentInBlindPhase } from '../visibility/marks'

/** The columns a scope change is presented from. */
export const scopeChangeColumns = {
  id: true,
  start: true,
  end: true,
  inScope: true,
  reason: true,
  createdAt: true,
  member: { select: { id: true, user: { select: { name: true } } } },
} as const

/** A row read with `scopeChangeColumns`. */
export interface ScopeChangeRow {
  id: string
  start: number
  end: number
  inScope: boolean
  reason: string
  createdAt: Date
  member: { id: string; user: { name: string } }
}

/** Presents a scope change. */
export function presentScopeChange({ member, createdAt, ...row }: ScopeChangeRow): ScopeChangeView {
  const { id, start, end, inScope, reason } = row
  return {
    id,
    start,
    end,
    inScope,
    reason,
    member: { id: member.id, name: member.user.name },
    createdAt: createdAt.toISOString(),
  }
}

/** A revision's scope changes, oldest first: a later one wins where two overlap. @throws DomainError `not-found`. */
export async function listScopeChanges(
  permit: Permit<'document.read'>,
  revisionId: string,
): Promise<ScopeChangeView[]> {
  await revisionFacts(permit, revisionId)
  const { read } = await database()
  const rows = await read.scopeChange.findMany({
    where: { revisionId, workspaceId: permit.workspaceId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: scopeChangeColumns,
  })
  return rows.map(presentScopeChange)
}

/**
 * Brings a range of a revision into scope or takes it out. Idempotent: the same id and content from the same member is the same change.
 * @throws DomainError `not-found`, `invalid` for a range outside the text, `conflict` for an id with another content, and for anyone but a lead while
 * a session has the document in its blind phase.
 */
export async function changeScope(
  permit: Permit<'scope.change'>,
  { revisionId, input }: { revisionId: string; input: ScopeChangeInput },
): Promise<{ change: ScopeChangeView; created: boolean }> {
  const { text, documentId } = await revisionFacts(permit, revisionId)
  const problem = checkRange(text, input)
  if (problem !== null) throw new DomainError('invalid', problem.message, { fields: [problem] })
  const { id = uuidv7(), start, end, inScope, reason } = input
  const { workspaceId, actor } = permit
  const values = { revisionId, start, end, inScope, reason }
  return write(permit, async ({ tx, now, record }) => {
    // The scope is the same for all reviewers, so a change by one reviewer would influence the others.
    if (!mayDo(actor, 'document.update') && (await isDocumentInBlindPhase(tx, { workspaceId, documentId })))
      throw new DomainError(
        'conflict',
        'This document is being judged blind, so only a lead may change what counts in it now. Ask the lead, or decide “no claim here” for its sentences.',
      )
    const taken = await tx.scopeChange.findUnique({
      where: { workspaceId_id: { workspaceId, id } },
      select: { ...scopeChangeColumns, revisionId: true },
    })
    if (taken !== null) {
      const same =
        changesOf({ ...values, memberId: taken.member.id, ...taken }, { ...values, memberId: actor.memberId }) === null
      if (!same) throw idTaken('scope change', presentScopeChange(taken))
      return { change: presentScopeChange(taken), created: false }
    }
    const row = await tx.scopeChange.create({
      data: { id, workspaceId, memberId: actor.memberId, ...values, createdAt: now },
      select: scopeChangeColumns,
    })
    record({ type: 'scope.changed', subjectId: id, documentId, data: { after: values } })
    return { change: presentScopeChange(row), created: true }
  })
}

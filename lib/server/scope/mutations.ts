import { uuidv7 } from 'uuidv7'
import { checkRange } from '@/lib/domain/annotations/span'
import { changesOf } from '@/lib/domain/audit/changes'
import type { ScopeChangeInput, ScopeChangeView } from '@/lib/domain/documents/schema'
import { DomainError } from '@/lib/domain/errors'
import { idTaken } from '@/lib/domain/versions'
import { mayDo, type Permit } from '../access/gate'
import { write } from '../db/write'
import { isDocumentInBlindPhase } from '../visibility/marks'
import { revisionFacts } from '../marking/revision-facts'
import { presentScopeChange, scopeChangeColumns } from '../revisions/scope-changes'

/**
 * Brings a range of a revision into scope or takes it out. The same id with the same content, by the same member, is the one change.
 * @throws DomainError `not-found`, `invalid` for a range outside the text, `conflict` for an id with another content, and for anyone but a lead
 * while a session has the document in its blind phase.
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
    // What counts is the same for all reviewers, so one reviewer's judgement of it would reach the others.
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

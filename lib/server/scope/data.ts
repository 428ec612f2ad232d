import type { ScopeChangeView } from '@/lib/domain/documents/schema'
import type { Permit } from '../access/gate'
import { database } from '../db/client'
import { revisionFacts } from '../marking/revision-facts'
import { presentScopeChange, scopeChangeColumns } from '../revisions/scope-changes'

/** A revision's scope changes, the oldest first: a later one wins where two overlap. @throws DomainError `not-found`. */
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

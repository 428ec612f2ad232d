import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import { DomainError, notFound } from '@/lib/domain/errors'
import { cslSchema, type Csl, type ReferenceView } from '@/lib/domain/references/schema'
import type { Permit } from '../access/gate'
import type { Transaction } from '../db/client'
import type { Prisma } from '../db/generated/sqlite/client'
import { asJson, inChunks } from '../db/parameters'
import { write } from '../db/write'
import { viewerOf } from '../visibility/marks'
import { findReferenceRow } from './data'
import { changeRow, cslColumns, locateQuotesAgain, recorded, snapshotColumns } from './mutations'
import { presentReference, type ReferenceRow } from './present'

const mergeColumns = {
  id: true,
  keptId: true,
  keptVersion: true,
  goneVersion: true,
  keptCsl: true,
  tookText: true,
  citationIds: true,
  verdictCitationIds: true,
  undoneAt: true,
} as const

type MergeRow = Prisma.ReferenceMergeGetPayload<{ select: typeof mergeColumns }>

/**
 * Stores what undoing a merge needs. Call it before the citations of `goneId` move: those it has now are the ones to move back. They include ids of
 * citations in hidden marks, so none of this may be shown.
 */
export async function rememberMerge(
  tx: Transaction,
  merge: {
    workspaceId: string
    keptId: string
    goneId: string
    /** The versions of both references after the merge. */
    keptVersion: number
    goneVersion: number
    keptCsl: Csl
    tookText: boolean
    mergedAt: Date
  },
): Promise<void> {
  const where = { workspaceId: merge.workspaceId, referenceId: merge.goneId }
  const citations = await tx.citation.findMany({ where, select: { id: true } })
  const verdictCitations = await tx.verdictCitation.findMany({ where, select: { id: true } })
  await tx.referenceMerge.create({
    data: {
      ...merge,
      id: uuidv7(),
      keptCsl: asJson(merge.keptCsl),
      citationIds: citations.map(({ id }) => id),
      verdictCitationIds: verdictCitations.map(({ id }) => id),
    },
    select: { id: true },
  })
}

/**
 * Undoes a merge: the merged reference returns to the library, with the citations that moved and still cite the one that stayed, which gets back its
 * own fields and kept text. Citations made since stay where they are. One transaction; repeating it changes nothing.
 * @throws DomainError `not-found`, and `conflict` when the reference was not merged, or when one of the two was changed, deleted or brought back
 * since.
 */
export async function unmergeReference(permit: Permit<'reference.delete'>, id: string): Promise<ReferenceView> {
  return write(permit, async ({ tx, now, record }) => {
    const viewer = viewerOf(permit)
    const { workspaceId } = permit
    const gone = await findReferenceRow(tx, viewer, id)
    if (gone === null) throw notFound('reference')
    const merge = await tx.referenceMerge.findFirst({
      where: { workspaceId, goneId: id },
      orderBy: [{ mergedAt: 'desc' }, { id: 'desc' }],
      select: mergeColumns,
    })
    if (merge === null) throw await neverRemembered(tx, { workspaceId, gone })
    if (merge.undoneAt !== null && gone.deletedAt === null) return presentReference(gone, permit.actor)
    const kept = await findReferenceRow(tx, viewer, merge.keptId)
    if (kept === null || !isAsMerged(merge, { kept, gone })) throw changedSince(gone)
    const csl = cslSchema.parse(merge.keptCsl)
    const text = merge.tookText ? null : kept.snapshotText
    const snapshot = merge.tookText ? snapshotColumns(null, { now, file: null }) : {}
    const stored =
      (await changeRow(tx, { row: kept, workspaceId, data: { ...cslColumns(csl), ...snapshot, updatedAt: now } })) &&
      (await changeRow(tx, { row: gone, workspaceId, data: { deletedAt: null, updatedAt: now } }))
    if (!stored) throw changedSince(gone)
    await moveBack(tx, { merge, workspaceId, goneId: id })
    await locateQuotesAgain(tx, { workspaceId, referenceId: id, text: gone.snapshotText })
    await locateQuotesAgain(tx, { workspaceId, referenceId: kept.id, text })
    await tx.referenceMerge.update({
      where: { workspaceId_id: { workspaceId, id: merge.id } },
      data: { undoneAt: now },
      select: { id: true },
    })
    record({
      type: 'reference.unmerged',
      subjectId: id,
      data: { before: { into: kept.id }, after: recorded(cslSchema.parse(gone.csl), gone.snapshotSha256) },
    })
    record({
      type: 'reference.updated',
      subjectId: kept.id,
      data: {
        before: recorded(cslSchema.parse(kept.csl), kept.snapshotSha256),
        after: recorded(csl, merge.tookText ? null : kept.snapshotSha256),
      },
    })
    const restored = await findReferenceRow(tx, viewer, id)
    if (restored === null) throw notFound('reference')
    return presentReference(restored, permit.actor)
  })
}

/** Whether both references are still as the merge left them. */
function isAsMerged(merge: MergeRow, { kept, gone }: { kept: ReferenceRow; gone: ReferenceRow }): boolean {
  return (
    merge.undoneAt === null &&
    kept.deletedAt === null &&
    gone.deletedAt !== null &&
    kept.version === merge.keptVersion &&
    gone.version === merge.goneVersion
  )
}

/** What the member can do when a merge cannot be undone. */
function wayOut(gone: ReferenceRow): string {
  return gone.deletedAt === null
    ? 'The one that was merged away is in the library again: cite it again where it belongs.'
    : 'Restore the one that was merged away, and cite it again where it belongs.'
}

function changedSince(gone: ReferenceRow): DomainError {
  return new DomainError(
    'conflict',
    `One of the two references was changed since they were merged, so the merge cannot be undone. ${wayOut(gone)}`,
  )
}

/** Why there is nothing to undo: the reference was never merged, or was merged by a version that did not store which citations moved. */
async function neverRemembered(
  tx: Transaction,
  { workspaceId, gone }: { workspaceId: string; gone: ReferenceRow },
): Promise<DomainError> {
  const merged = await tx.event.findFirst({
    where: { workspaceId, subjectId: gone.id, type: 'reference.merged' },
    select: { sequence: true },
  })
  return new DomainError(
    'conflict',
    merged === null
      ? 'This reference was not merged into another one: there is nothing to undo.'
      : `This merge cannot be undone any more: it was made before merges were remembered. ${wayOut(gone)}`,
  )
}

const idsSchema = z.array(z.string())

/**
 * Moves back the citations that still cite the reference that stayed; citations that were deleted, or given another reference since, are left as they
 * are. Raises the versions of their annotations and claims, because a page with the earlier list would otherwise overwrite this one.
 */
async function moveBack(
  tx: Transaction,
  { merge, workspaceId, goneId }: { merge: MergeRow; workspaceId: string; goneId: string },
): Promise<void> {
  const movable = (ids: string[]) => ({ workspaceId, referenceId: merge.keptId, id: { in: ids } })
  const annotationIds = new Set<string>()
  await inChunks(idsSchema.parse(merge.citationIds), async (ids) => {
    const where = movable(ids)
    const moving = await tx.citation.findMany({ where, select: { annotationId: true } })
    for (const { annotationId } of moving) annotationIds.add(annotationId)
    await tx.citation.updateMany({ where, data: { referenceId: goneId } })
  })
  const claimIds = new Set<string>()
  await inChunks(idsSchema.parse(merge.verdictCitationIds), async (ids) => {
    const where = movable(ids)
    const moving = await tx.verdictCitation.findMany({ where, select: { verdict: { select: { claimId: true } } } })
    for (const { verdict } of moving) claimIds.add(verdict.claimId)
    await tx.verdictCitation.updateMany({ where, data: { referenceId: goneId } })
  })
  const raised = { data: { version: { increment: 1 } } }
  await inChunks([...annotationIds], (ids) =>
    tx.annotation.updateMany({ where: { workspaceId, id: { in: ids } }, ...raised }),
  )
  await inChunks([...claimIds], (ids) => tx.claim.updateMany({ where: { workspaceId, id: { in: ids } }, ...raised }))
}

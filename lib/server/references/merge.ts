import { z } from 'zod'
import { DomainError, notFound } from '@/lib/domain/errors'
import { findTwins, mergeCsl, mergeTexts, type Twins } from '@/lib/domain/references/merge'
import { cslSchema, type ReferenceSummary, type ReferenceView } from '@/lib/domain/references/schema'
import { versionMismatch } from '@/lib/domain/versions'
import type { Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { write } from '../db/write'
import { viewerOf, type Viewer } from '../visibility/marks'
import { findReferenceRow } from './data'
import { changeRow, cslColumns, locateQuotesAgain, recorded, snapshotColumns } from './mutations'
import {
  presentReference,
  presentReferenceSummary,
  readKeptFile,
  referenceSummaryColumns,
  type ReferenceRow,
} from './present'
import { rememberMerge } from './unmerge'
import { isBlindWork, readHiddenReferences } from '../visibility/references'

/** The most references compared for pairs, newest first, and the most pairs returned. */
const mostCompared = 5_000
const mostTwins = 100

/** Pairs of references that seem to be the same, of those the viewer may see; at most 100. */
export async function listTwins(permit: Permit<'reference.read'>): Promise<Twins<ReferenceSummary>[]> {
  const { read } = await database()
  const hidden = new Set(await readHiddenReferences(read, viewerOf(permit)))
  const rows = await read.reference.findMany({
    where: { workspaceId: permit.workspaceId, deletedAt: null },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: mostCompared,
    select: referenceSummaryColumns,
  })
  // The older one of a pair comes first, because it is the one that is cited.
  const seen = rows.filter(({ id }) => !hidden.has(id)).reverse()
  return findTwins(seen.map(presentReferenceSummary)).slice(0, mostTwins)
}

/** The reference that stays, the one merged into it, and the versions of both that the caller saw. */
export interface Merging {
  id: string
  version: number
  otherId: string
  otherVersion: number
}

/**
 * Merges one reference into another: every citation of `otherId` becomes one of `id`, including those the actor may not see yet. Fields and a
 * snapshot that `id` lacks are filled, and `otherId` leaves the library. One transaction, which `unmergeReference` reverses.
 * @throws DomainError `not-found`, `version-mismatch`, and `conflict` when it is the same reference, when both have a kept text and the texts differ,
 * or while a reviewer who is in a blind phase added one of them.
 */
export async function mergeReferences(
  permit: Permit<'reference.delete'>,
  { id, version, otherId, otherVersion }: Merging,
): Promise<ReferenceView> {
  return write(permit, async ({ tx, now, record }) => {
    const viewer = viewerOf(permit)
    const { workspaceId } = permit
    if (id === otherId) throw new DomainError('conflict', 'These are the same reference. Choose another one.')
    const kept = await readCurrent(tx, { viewer, permit, id, version })
    const other = await readCurrent(tx, { viewer, permit, id: otherId, version: otherVersion })
    await refuseBlindWork(tx, { workspaceId, ids: [id, otherId] })
    const text = mergeTexts(kept.snapshotText, other.snapshotText)
    if (!text.ok) {
      throw new DomainError(
        'conflict',
        'Both have a kept text, and the texts differ. Remove one of them first, so that no quote loses the text it was found in.',
      )
    }
    const before = cslSchema.parse(kept.csl)
    const csl = mergeCsl(before, cslSchema.parse(other.csl))
    const from = text.text === kept.snapshotText ? kept : other
    const file = readKeptFile(from) ?? (other.snapshotText === text.text ? readKeptFile(other) : null)
    const snapshot = snapshotColumns(text.text, { now: from.snapshotAt ?? now, file })
    await rememberMerge(tx, {
      workspaceId,
      keptId: id,
      goneId: otherId,
      keptVersion: kept.version + 1,
      goneVersion: other.version + 1,
      keptCsl: before,
      tookText: text.text !== kept.snapshotText,
      mergedAt: now,
    })
    const moved = { where: { workspaceId, referenceId: otherId }, data: { referenceId: id } }
    await tx.citation.updateMany(moved)
    await tx.verdictCitation.updateMany(moved)
    const changedSince = (row: ReferenceRow) =>
      versionMismatch('reference', { expected: row.version, current: presentReference(row, permit.actor) })
    const fields = { ...cslColumns(csl), ...snapshot, updatedAt: now }
    if (!(await changeRow(tx, { row: kept, workspaceId, data: fields }))) throw changedSince(kept)
    const hidden = { deletedAt: now, updatedAt: now }
    if (!(await changeRow(tx, { row: other, workspaceId, data: hidden }))) throw changedSince(other)
    await locateQuotesAgain(tx, { workspaceId, referenceId: id, text: text.text })
    record({
      type: 'reference.merged',
      subjectId: otherId,
      data: { before: recorded(cslSchema.parse(other.csl), other.snapshotSha256), after: { into: id } },
    })
    record({
      type: 'reference.updated',
      subjectId: id,
      data: { before: recorded(before, kept.snapshotSha256), after: recorded(csl, snapshot.snapshotSha256) },
    })
    const stored = await findReferenceRow(tx, viewer, id)
    if (stored === null) throw notFound('reference')
    return presentReference(stored, permit.actor)
  })
}

async function readCurrent(
  tx: Transaction,
  { viewer, permit, id, version }: { viewer: Viewer; permit: Permit; id: string; version: number },
): Promise<ReferenceRow> {
  const row = await findReferenceRow(tx, viewer, id)
  if (row?.deletedAt !== null) throw notFound('reference')
  if (row.version !== version)
    throw versionMismatch('reference', { expected: version, current: presentReference(row, permit.actor) })
  return row
}

/**
 * Refuses references that a reviewer added in a blind phase: merging would show others what that reviewer collects, even when a lead who may see both
 * merges them.
 */
async function refuseBlindWork(
  tx: Transaction,
  { workspaceId, ids }: { workspaceId: string; ids: readonly string[] },
): Promise<void> {
  const nobody = { workspaceId, memberId: '' }
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 AS "blind" FROM "Event" e
    WHERE e."workspaceId" = ${workspaceId} AND e."subjectId" IN (${Prisma.join([...ids])}) AND e."type" = 'reference.created'
      AND ${isBlindWork(nobody, { actorId: Prisma.sql`e."actorId"`, at: Prisma.sql`e."at"` })}
    LIMIT 1`
  if (rows.length === 0) return
  throw new DomainError(
    'conflict',
    'A reviewer who is in a blind phase added one of them. Merge them when that phase has ended.',
  )
}

const mergedSchema = z.object({ after: z.object({ into: z.string() }) })

/** The ids of the references that replace merged ones, by the merged id. Ids that were not merged, or whose merge was undone, have no entry. */
export async function readMergedInto(
  reader: Reader | Transaction,
  { workspaceId, ids }: { workspaceId: string; ids: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  const into = new Map<string, string>()
  let asked = [...ids]
  // The replacement may itself have been merged later.
  for (let step = 0; step < 8 && asked.length > 0; step += 1) {
    const events = await reader.event.findMany({
      where: { workspaceId, type: { in: ['reference.merged', 'reference.unmerged'] }, subjectId: { in: asked } },
      orderBy: { sequence: 'asc' },
      select: { type: true, subjectId: true, data: true },
    })
    for (const { type, subjectId, data } of events) {
      const merge = mergedSchema.safeParse(data)
      if (type === 'reference.unmerged') into.delete(subjectId)
      else if (merge.success) into.set(subjectId, merge.data.after.into)
    }
    asked = events.map(({ subjectId }) => into.get(subjectId) ?? '').filter((id) => id !== '' && !into.has(id))
  }
  return new Map(ids.flatMap((id) => (into.has(id) ? [[id, lastOf(into, id)] as const] : [])))
}

function lastOf(into: ReadonlyMap<string, string>, id: string): string {
  const seen = new Set([id])
  let last = id
  for (let next = into.get(last); next !== undefined && !seen.has(next); next = into.get(last)) {
    seen.add(next)
    last = next
  }
  return last
}

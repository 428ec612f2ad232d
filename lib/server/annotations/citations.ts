import { uuidv7 } from 'uuidv7'
import { continueCitations } from '@/lib/domain/annotations/continue-citations'
import type { CitationInput } from '@/lib/domain/annotations/schema'
import { DomainError, type FieldProblem } from '@/lib/domain/errors'
import { quoteFinder, type QuoteFinder } from '@/lib/domain/references/locate-quote'
import type { Permit } from '../access/gate'
import type { HotRow } from '../db/bulk-insert/columns'
import { database } from '../db/client'
import type { WriteContext } from '../db/write'
import { readMergedInto } from '../references/merge'
import { quotePlaceColumns, referenceSummaryColumns, type ReferenceSummaryRow } from '../references/present'
import { viewerOf } from '../visibility/marks'
import { readHiddenReferences } from '../visibility/references'
import { recordedCitations, type CitationRow } from './present'

type CitedReference = ReferenceSummaryRow & { snapshotText?: string | null }

async function readReferences(
  permit: Permit,
  { sent: citations, before }: CitationChange,
): Promise<Map<string, CitedReference>> {
  const { workspaceId } = permit
  const idsOf = (some: readonly CitationInput[]) => [...new Set(some.map(({ referenceId }) => referenceId))]
  const { read } = await database()
  const hidden = new Set(await readHiddenReferences(read, viewerOf(permit), idsOf(citations)))
  const cited = new Set(before.map(({ reference }) => reference.id))
  const rows: (CitedReference & { deletedAt: Date | null })[] = await read.reference.findMany({
    where: { workspaceId, id: { in: idsOf(citations) } },
    select: { ...referenceSummaryColumns, deletedAt: true },
  })
  const references = new Map<string, CitedReference>(
    rows
      .filter(({ id, deletedAt }) => cited.has(id) || (deletedAt === null && !hidden.has(id)))
      .map(({ deletedAt: _deletedAt, ...row }) => [row.id, row]),
  )
  await addMerged(permit, { references, ids: idsOf(citations) })
  // Snapshots may be long, so only those that a quote is looked up in are read.
  const quoting = citations.filter(
    ({ quote, referenceId }) => quote.trim() !== '' && references.get(referenceId)?.snapshotSha256 != null,
  )
  if (quoting.length === 0) return references
  const snapshots = await read.reference.findMany({
    where: { workspaceId, id: { in: idsOf(quoting) } },
    select: { id: true, snapshotText: true },
  })
  for (const { id, snapshotText } of snapshots) {
    const reference = references.get(id)
    if (reference !== undefined) reference.snapshotText = snapshotText
  }
  return references
}

/** A reference that was merged away after it was picked is replaced by the one it was merged into. */
async function addMerged(
  permit: Permit,
  { references, ids }: { references: Map<string, CitedReference>; ids: readonly string[] },
): Promise<void> {
  const unknown = ids.filter((id) => !references.has(id))
  if (unknown.length === 0) return
  const { workspaceId } = permit
  const { read } = await database()
  const into = await readMergedInto(read, { workspaceId, ids: unknown })
  if (into.size === 0) return
  const targets = [...new Set(into.values())]
  const hidden = new Set(await readHiddenReferences(read, viewerOf(permit), targets))
  const rows = await read.reference.findMany({
    where: { workspaceId, deletedAt: null, id: { in: targets } },
    select: { ...referenceSummaryColumns, snapshotText: true },
  })
  for (const [id, target] of into) {
    const row = rows.find((each) => each.id === target)
    if (row !== undefined && !hidden.has(target)) references.set(id, row)
  }
}

/** The citations an annotation is to have, and those it has now. A reference it already cites may have left the library since. */
export interface CitationChange {
  sent: readonly CitationInput[]
  before: readonly CitationRow[]
}

/** The ids under which citations are stored: the given id, or that of the stored citation it continues; null for a new citation. */
function idsFor({ sent, before }: CitationChange, references: ReadonlyMap<string, CitedReference>): (string | null)[] {
  // A merged reference counts as the one it was merged into.
  const next = sent.map((each) => ({ ...each, referenceId: references.get(each.referenceId)?.id ?? each.referenceId }))
  return continueCitations(recordedCitations(before), next)
}

/**
 * Reads the references that citations point to and looks each quote up in its reference's snapshot. A citation without an id keeps its stored one,
 * because undoing a merge of references finds it by that id.
 * @throws DomainError `invalid` naming the citations whose reference is not in this workspace (or not visible to this member yet), or whose id is
 * given twice.
 */
export async function prepareCitations(permit: Permit, change: CitationChange): Promise<CitationRow[]> {
  const citations = change.sent
  if (citations.length === 0) return []
  const references = await readReferences(permit, change)
  const problems: FieldProblem[] = []
  const seen = new Set<string>()
  const finders = new Map<string, QuoteFinder>()
  // Each snapshot is folded once, for all quotes looked up in it.
  const findersOf = ({ id, snapshotText }: CitedReference) => {
    if (snapshotText == null) return null
    const finder = finders.get(id) ?? quoteFinder(snapshotText)
    finders.set(id, finder)
    return finder
  }
  const ids = idsFor(change, references)
  const rows = citations.flatMap(({ referenceId, stance, quote, locator, quoteStart }, index) => {
    const id = ids[index] ?? uuidv7()
    if (seen.has(id))
      problems.push({ path: `citations.${index}.id`, message: 'Another citation of this annotation has this id.' })
    seen.add(id)
    const reference = references.get(referenceId)
    if (reference === undefined) {
      problems.push({
        path: `citations.${index}.referenceId`,
        message: 'There is no such reference in this workspace. Make it first.',
      })
      return []
    }
    const place = findersOf(reference)?.(quote, quoteStart) ?? null
    return [{ id, stance, quote, locator, ...quotePlaceColumns(place), reference }]
  })
  const [first] = problems
  if (first !== undefined) throw new DomainError('invalid', `${first.path}: ${first.message}`, { fields: problems })
  return rows
}

/** An annotation's citations as rows, in their order. */
export function citationRows({
  workspaceId,
  annotationId,
  citations,
}: {
  workspaceId: string
  annotationId: string
  citations: readonly CitationRow[]
}): HotRow<'Citation'>[] {
  return citations.map(({ reference, ...citation }, position) => ({
    ...citation,
    workspaceId,
    annotationId,
    position,
    referenceId: reference.id,
  }))
}

/** Stores citations. @throws DomainError `conflict` when another annotation's citation has one of the ids. */
export async function insertCitations(context: WriteContext, rows: readonly HotRow<'Citation'>[]): Promise<void> {
  if (rows.length === 0 || (await context.insert('Citation', rows)) === rows.length) return
  throw new DomainError(
    'conflict',
    'Another annotation has a citation with one of these ids. Leave citation ids out, or make new ones.',
  )
}

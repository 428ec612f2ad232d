import { measureCoverage } from '@/lib/domain/annotations/coverage'
import type { Rating } from '@/lib/domain/annotations/rating'
import { applyScopeChanges, checkableSentences, scopeRegions, type ScopeRegion } from '@/lib/domain/text/scope'
import type { SentenceSpan } from '@/lib/domain/text/sentences'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import type { Reader, Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { storedContent, storedReason, storedSentences } from '../marking/revision-facts'

/** The fixed part of which sentences of a revision count. */
interface Kept {
  sentences: readonly SentenceSpan[]
  /** The parts that the import left out of scope; null until first needed. */
  regions: readonly ScopeRegion[] | null
  /** The sentences that count while nobody has changed the scope; null until first needed. */
  checkable: readonly SentenceSpan[] | null
}

/** The most sentences kept in memory, over all revisions. */
const maxKept = 500_000
const kept = new Map<string, Kept>()
let keptSentences = 0

function keep(id: string, entry: Kept): void {
  const before = kept.get(id)
  if (before !== undefined) keptSentences -= before.sentences.length
  kept.delete(id)
  kept.set(id, entry)
  keptSentences += entry.sentences.length
  for (const [oldest, { sentences }] of kept) {
    if (keptSentences <= maxKept || oldest === id) return
    kept.delete(oldest)
    keptSentences -= sentences.length
  }
}

async function readSentences(reader: Reader | Transaction, ids: readonly string[]): Promise<Map<string, Kept>> {
  const found = new Map<string, Kept>()
  const missing: string[] = []
  for (const id of ids) {
    const entry = kept.get(id)
    if (entry === undefined) missing.push(id)
    else found.set(id, entry)
  }
  if (missing.length === 0) return found
  const rows = await reader.revision.findMany({
    where: { id: { in: missing } },
    select: { id: true, sentences: true, checkableCount: true },
  })
  for (const { id, sentences: packed, checkableCount } of rows) {
    const sentences = storedSentences(packed)
    const all = sentences.filter(({ kind }) => kind === 'sentence')
    // All sentences were counted at import, so no part is out of scope and the content need not be read.
    const entry = { sentences, regions: null, checkable: all.length === checkableCount ? all : null }
    keep(id, entry)
    found.set(id, entry)
  }
  return found
}

async function readRegions(
  reader: Reader | Transaction,
  entries: ReadonlyMap<string, Kept>,
): Promise<Map<string, Kept & { regions: readonly ScopeRegion[] }>> {
  const found = new Map<string, Kept & { regions: readonly ScopeRegion[] }>()
  for (const [id, entry] of entries) {
    const { regions } = entry
    if (regions !== null) found.set(id, { ...entry, regions })
  }
  const missing = [...entries.keys()].filter((id) => !found.has(id))
  // Contents are large: reading few at a time lets other requests have their turn.
  for (let from = 0; from < missing.length; from += 20) {
    const rows = await reader.revision.findMany({
      where: { id: { in: missing.slice(from, from + 20) } },
      select: { id: true, content: true },
    })
    for (const { id, content } of rows) {
      const entry = entries.get(id)
      if (entry === undefined) continue
      const regions = scopeRegions(buildTextIndex(storedContent(content)))
      const whole = { ...entry, regions, checkable: checkableSentences(entry.sentences, regions) }
      keep(id, whole)
      found.set(id, whole)
    }
  }
  return found
}

/**
 * The sentences of revisions that need a decision now, with changes of scope applied, by revision id. The fixed facts of each revision are kept in
 * memory; an unknown id has no entry.
 */
export async function readCheckable(
  reader: Reader | Transaction,
  revisionIds: readonly string[],
): Promise<Map<string, readonly SentenceSpan[]>> {
  if (revisionIds.length === 0) return new Map()
  const changes = await reader.scopeChange.findMany({
    where: { revisionId: { in: [...revisionIds] } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { revisionId: true, start: true, end: true, inScope: true, reason: true },
  })
  const changed = new Map<string, { start: number; end: number; inScope: boolean; reason: string }[]>()
  for (const { revisionId, ...change } of changes) {
    const before = changed.get(revisionId)
    if (before === undefined) changed.set(revisionId, [change])
    else before.push(change)
  }
  const entries = await readSentences(reader, revisionIds)
  const found = new Map<string, readonly SentenceSpan[]>()
  const unsettled = new Map<string, Kept>()
  for (const [id, entry] of entries) {
    if (entry.checkable !== null && !changed.has(id)) found.set(id, entry.checkable)
    else unsettled.set(id, entry)
  }
  for (const [id, { sentences, regions }] of await readRegions(reader, unsettled)) {
    const stored = changed.get(id) ?? []
    const read = stored.map((change) => ({ ...change, reason: storedReason(change.reason) }))
    found.set(id, checkableSentences(sentences, applyScopeChanges(regions, read)))
  }
  return found
}

/** A reviewer's progress: the checkable sentences decided in the assignment's session, and all of them. */
interface AssignmentProgress {
  decided: number
  total: number
}

/** Selects the assignments whose progress is read. */
type ProgressOf =
  | { workspaceId: string; sessionId: string }
  | { workspaceId: string; memberId: string }
  | { workspaceId: string; assignmentIds: readonly string[] }

interface AssignmentPlace {
  id: string
  sessionId: string
  memberId: string
  revisionId: string
}

interface Mark {
  sessionId: string
  revisionId: string
  authorId: string
  start: number
  end: number
}

function condition(of: ProgressOf): Prisma.Sql {
  if ('sessionId' in of) return Prisma.sql`a."sessionId" = ${of.sessionId}`
  if ('memberId' in of) return Prisma.sql`a."memberId" = ${of.memberId}`
  return Prisma.sql`a."id" IN (${Prisma.join([...of.assignmentIds])})`
}

function groupMarks<M extends Mark>(marks: readonly M[]): Map<string, M[]> {
  const groups = new Map<string, M[]>()
  for (const mark of marks) {
    const key = keyOf(mark.sessionId, mark.revisionId, mark.authorId)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [mark])
    else group.push(mark)
  }
  return groups
}

function keyOf(...parts: string[]): string {
  return parts.join(' ')
}

/**
 * The progress of assignments by id, including withdrawn ones, whose work is kept. An assignment whose document was taken out of its session has no
 * entry. Only sentences are counted, so it reveals no rating; the caller decides who may see it.
 */
export async function readProgress(
  reader: Reader | Transaction,
  of: ProgressOf,
): Promise<Map<string, AssignmentProgress>> {
  if ('assignmentIds' in of && of.assignmentIds.length === 0) return new Map()
  const places = await reader.$queryRaw<AssignmentPlace[]>`
    SELECT a."id", a."sessionId", a."memberId", e."revisionId"
    FROM "Assignment" a
    JOIN "SessionDocument" e ON e."workspaceId" = a."workspaceId" AND e."sessionId" = a."sessionId" AND e."documentId" = a."documentId"
    WHERE a."workspaceId" = ${of.workspaceId} AND ${condition(of)}`
  if (places.length === 0) return new Map()
  const checkable = await readCheckable(reader, [...new Set(places.map(({ revisionId }) => revisionId))])
  const sessionIds = [...new Set(places.map(({ sessionId }) => sessionId))]
  const authors = [...new Set(places.map(({ memberId }) => memberId))]
  const revisions = [...new Set(places.map(({ revisionId }) => revisionId))]
  const annotations = groupMarks(
    await reader.$queryRaw<(Mark & { rating: Rating })[]>`
      SELECT "sessionId", "revisionId", "authorId", "start", "end", "rating"
      FROM "Annotation"
      WHERE "workspaceId" = ${of.workspaceId} AND "sessionId" IN (${Prisma.join(sessionIds)}) AND "revisionId" IN (${Prisma.join(revisions)})
        AND "authorId" IN (${Prisma.join(authors)}) AND "deletedAt" IS NULL`,
  )
  const decisions = groupMarks(
    await reader.$queryRaw<Mark[]>`
      SELECT "sessionId", "revisionId", "authorId", "start", "end"
      FROM "SentenceDecision"
      WHERE "workspaceId" = ${of.workspaceId} AND "revisionId" IN (${Prisma.join(revisions)}) AND "authorId" IN (${Prisma.join(authors)})
        AND "sessionKey" IN (${Prisma.join(sessionIds)})`,
  )
  return new Map(
    places.map(({ id, sessionId, memberId, revisionId }) => {
      const key = keyOf(sessionId, revisionId, memberId)
      const { decided, total } = measureCoverage({
        sentences: checkable.get(revisionId) ?? [],
        annotations: annotations.get(key) ?? [],
        decisions: decisions.get(key) ?? [],
      })
      return [id, { decided, total }]
    }),
  )
}

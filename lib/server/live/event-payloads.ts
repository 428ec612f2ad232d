import { z } from 'zod'
import type { SentenceDecisionView } from '@/lib/domain/annotations/schema'
import { eventTypes, type EventType } from '@/lib/domain/audit/events'
import type { ScopeChangeView } from '@/lib/domain/documents/schema'
import type { EventFacts, ThreadFacts } from '@/lib/domain/live/audience'
import type { MarkKey } from '@/lib/domain/review-sessions/visibility'
import type { AnnotationRow } from '../annotations/present'
import { selectAnnotations } from '../annotations/rows'
import type { Reader } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { presentScopeChange, scopeChangeColumns } from '../revisions/scope-changes'
import { presentDecision, selectDecisions } from '../sentence-decisions/data'

/** An event with its payload: the present rows that it is about, null when they are gone. */
export interface News {
  workspaceId: string
  sequence: number
  facts: EventFacts
  annotation?: AnnotationRow | null
  decision?: SentenceDecisionView | null
  scopeChange?: ScopeChangeView & { revisionId: string }
}

/** A row of the event table. */
export interface EventRow {
  sequence: number
  workspaceId: string
  documentId: string | null
  sessionId: string | null
  actorId: string
  type: string
  subjectId: string
  data: unknown
}

/** Events after a number, in order, optionally of one workspace. */
export async function readEvents(
  reader: Reader,
  { after, limit, workspaceId }: { after: number; limit: number; workspaceId?: string },
): Promise<EventRow[]> {
  return reader.event.findMany({
    where: { sequence: { gt: after }, ...(workspaceId === undefined ? {} : { workspaceId }) },
    orderBy: { sequence: 'asc' },
    take: limit,
    select: {
      sequence: true,
      workspaceId: true,
      documentId: true,
      sessionId: true,
      actorId: true,
      type: true,
      subjectId: true,
      data: true,
    },
  })
}

/** The number of the newest event; 0 without any. */
export async function lastSequence(reader: Reader): Promise<number> {
  const [row] = await reader.$queryRaw<
    { last: number | bigint | null }[]
  >`SELECT MAX("sequence") AS "last" FROM "Event"`
  return Number(row?.last ?? 0)
}

const knownTypes: ReadonlySet<string> = new Set(eventTypes)
const revisionSchema = z.object({ revisionId: z.string() })

function isKnown(type: string): type is EventType {
  return knownTypes.has(type)
}

function idsOf(events: readonly EventRow[], noun: string): string[] {
  return [...new Set(events.filter(({ type }) => type.startsWith(`${noun}.`)).map(({ subjectId }) => subjectId))]
}

function byId<T extends { id: string }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.id, row]))
}

const scopeColumns = { ...scopeChangeColumns, revisionId: true, revision: { select: { documentId: true } } } as const

/** The key for looking up a workspace's events: ids are unique within it. */
interface Scope {
  reader: Reader
  workspaceId: string
}

interface PlaceRow extends MarkKey {
  id: string
}

/** The places of marks by id, without those that are gone. */
async function readPlaces(
  { reader, workspaceId }: Scope,
  table: 'Annotation' | 'SentenceDecision',
  ids: readonly string[],
): Promise<Map<string, MarkKey>> {
  if (ids.length === 0) return new Map()
  return byId(
    await reader.$queryRaw<PlaceRow[]>`
      SELECT a."id", a."authorId", a."sessionId", v."documentId"
      FROM ${Prisma.raw(`"${table}"`)} a JOIN "Revision" v ON v."workspaceId" = a."workspaceId" AND v."id" = a."revisionId"
      WHERE a."workspaceId" = ${workspaceId} AND a."id" IN (${Prisma.join(ids)})`,
  )
}

/** The document of a mark's event that names only the revision, as events of older versions do. */
async function readDocuments(
  { reader, workspaceId }: Scope,
  events: readonly EventRow[],
): Promise<Map<string, string>> {
  const wanted = events.flatMap(({ documentId, data }) => {
    const parsed = documentId === null ? revisionSchema.safeParse(data) : null
    return parsed?.success === true ? [parsed.data.revisionId] : []
  })
  if (wanted.length === 0) return new Map()
  const rows = await reader.revision.findMany({
    where: { workspaceId, id: { in: [...new Set(wanted)] } },
    select: { id: true, documentId: true },
  })
  return new Map(rows.map(({ id, documentId }) => [id, documentId]))
}

/** The subjects of threads and comments, by the id of either. */
async function readThreads(scope: Scope, events: readonly EventRow[]): Promise<Map<string, ThreadFacts>> {
  const { reader, workspaceId } = scope
  const commentIds = idsOf(events, 'comment')
  const comments =
    commentIds.length === 0
      ? []
      : await reader.comment.findMany({
          where: { workspaceId, id: { in: commentIds } },
          select: { id: true, threadId: true, authorId: true },
        })
  const threadIds = [...new Set([...idsOf(events, 'thread'), ...comments.map(({ threadId }) => threadId)])]
  if (threadIds.length === 0) return new Map()
  const threads = await reader.thread.findMany({
    where: { workspaceId, id: { in: threadIds } },
    select: {
      id: true,
      audience: true,
      createdById: true,
      documentId: true,
      sessionId: true,
      annotationId: true,
      claimId: true,
    },
  })
  const marks = await readPlaces(
    scope,
    'Annotation',
    threads.flatMap(({ annotationId }) => annotationId ?? []),
  )
  const facts = new Map<string, ThreadFacts>(
    threads.map(({ id, createdById, annotationId, claimId, ...place }) => [
      id,
      {
        ...place,
        startedById: createdById,
        mark: annotationId === null ? null : (marks.get(annotationId) ?? null),
        onClaim: claimId !== null,
        commentAuthorId: null,
      },
    ]),
  )
  for (const { id, threadId, authorId } of comments) {
    const thread = facts.get(threadId)
    if (thread !== undefined) facts.set(id, { ...thread, commentAuthorId: authorId })
  }
  return facts
}

function withoutDocument({
  documentId: _document,
  ...scope
}: ScopeChangeView & { revisionId: string; documentId: string }) {
  return scope
}

/** The payloads of events, in their order: a fixed number of queries per workspace. */
export async function readNews(reader: Reader, events: readonly EventRow[]): Promise<News[]> {
  const workspaceIds = [...new Set(events.map(({ workspaceId }) => workspaceId))]
  const news = await Promise.all(
    workspaceIds.map((workspaceId) =>
      readNewsOf(
        { reader, workspaceId },
        events.filter((event) => event.workspaceId === workspaceId),
      ),
    ),
  )
  return news.flat().sort((one, other) => one.sequence - other.sequence)
}

async function readNewsOf(scope: Scope, events: readonly EventRow[]): Promise<News[]> {
  const { reader, workspaceId } = scope
  // The place of a mark never changes; events of older versions omit it.
  const placeless = events.filter(({ documentId }) => documentId === null)
  const annotationIds = idsOf(events, 'annotation')
  const decisionIds = idsOf(events, 'sentence-decision')
  const scopeIds = idsOf(events, 'scope')
  const assignmentIds = idsOf(events, 'assignment')
  const [annotationPlaces, annotations, decisionPlaces, decisions, scopes, assignments, documents, threads] =
    await Promise.all([
      readPlaces(scope, 'Annotation', idsOf(placeless, 'annotation')),
      annotationIds.length === 0
        ? []
        : selectAnnotations(reader, {
            workspaceId,
            condition: Prisma.sql`a."id" IN (${Prisma.join(annotationIds)}) AND a."deletedAt" IS NULL AND d."deletedAt" IS NULL`,
            limit: annotationIds.length,
          }),
      readPlaces(scope, 'SentenceDecision', idsOf(placeless, 'sentence-decision')),
      decisionIds.length === 0
        ? []
        : selectDecisions(
            reader,
            Prisma.sql`s."workspaceId" = ${workspaceId} AND s."id" IN (${Prisma.join(decisionIds)})`,
            decisionIds.length,
          ),
      scopeIds.length === 0
        ? []
        : reader.scopeChange.findMany({ where: { workspaceId, id: { in: scopeIds } }, select: scopeColumns }),
      assignmentIds.length === 0
        ? []
        : reader.assignment.findMany({
            where: { workspaceId, id: { in: assignmentIds } },
            select: { id: true, memberId: true },
          }),
      readDocuments(scope, events),
      readThreads(scope, events),
    ])
  const found: Found = {
    places: new Map([...decisionPlaces, ...annotationPlaces]),
    annotations: byId(annotations),
    decisions: byId(decisions.map(presentDecision)),
    scopes: byId(
      scopes.map(({ revisionId, revision, ...row }) => ({ ...presentScopeChange(row), revisionId, ...revision })),
    ),
    reviewers: new Map(assignments.map(({ id, memberId }) => [id, memberId])),
    documents,
    threads,
  }
  return events.flatMap((event) => newsOf(event, found) ?? [])
}

/** The rows that events are about, by subject id; `documents` are those of revisions. */
interface Found {
  places: ReadonlyMap<string, MarkKey>
  annotations: ReadonlyMap<string, AnnotationRow>
  decisions: ReadonlyMap<string, SentenceDecisionView>
  scopes: ReadonlyMap<string, ScopeChangeView & { revisionId: string; documentId: string }>
  reviewers: ReadonlyMap<string, string>
  documents: ReadonlyMap<string, string>
  threads: ReadonlyMap<string, ThreadFacts>
}

/** The payload of one event; null for a kind that this version does not know. */
function newsOf({ workspaceId, sequence, type, subjectId, actorId, ...event }: EventRow, found: Found): News | null {
  if (!isKnown(type)) return null
  const noun = type.slice(0, type.indexOf('.'))
  const place = found.places.get(subjectId)
  const scope = found.scopes.get(subjectId)
  const documentId =
    place?.documentId ?? event.documentId ?? scope?.documentId ?? documentOfRevision(event.data, found.documents)
  const sessionId = place === undefined ? event.sessionId : place.sessionId
  const isMark = noun === 'annotation' || noun === 'sentence-decision'
  // Only its author may delete a mark, so the author of a missing one is the event's actor.
  const mark = place ?? (documentId === null ? null : { authorId: actorId, documentId, sessionId })
  return {
    workspaceId,
    sequence,
    facts: {
      type,
      actorId,
      subjectId,
      documentId,
      sessionId,
      mark: isMark ? mark : null,
      reviewerId: found.reviewers.get(subjectId) ?? null,
      thread: found.threads.get(subjectId) ?? null,
    },
    ...(noun === 'annotation' ? { annotation: found.annotations.get(subjectId) ?? null } : {}),
    ...(noun === 'sentence-decision' ? { decision: found.decisions.get(subjectId) ?? null } : {}),
    ...(scope === undefined ? {} : { scopeChange: withoutDocument(scope) }),
  }
}

/** The document of the revision named in an event's data; null without one. */
function documentOfRevision(data: unknown, documents: ReadonlyMap<string, string>): string | null {
  const named = revisionSchema.safeParse(data)
  return named.success ? (documents.get(named.data.revisionId) ?? null) : null
}

import { measureCoverage } from '@/lib/domain/annotations/coverage'
import type { Rating, Stance } from '@/lib/domain/annotations/rating'
import { findIncomplete, type AnnotationToCheck } from '@/lib/domain/assignments/completeness'
import type { Completeness, IncompletePlace } from '@/lib/domain/assignments/schema'
import { DomainError } from '@/lib/domain/errors'
import { protocolSchema } from '@/lib/domain/review-sessions/protocol'
import type { Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { readCheckable } from './checkable'
import { findAssignmentRow } from './data'

/** The most places that one answer names. */
const maxPlaces = 500

/** Whose work is looked at. */
export interface WorkOf {
  workspaceId: string
  sessionId: string
  documentId: string
  memberId: string
}

/** What is incomplete in the work of an assignment, and how far it has come. */
export interface CheckedWork {
  revisionId: string
  places: IncompletePlace[]
  decided: number
  total: number
}

interface RawAnnotation {
  id: string
  start: number
  end: number
  rating: Rating
  note: string
  stance: Stance | null
  quote: string | null
}

/** The member's live annotations of a revision in a session, with what their completeness depends on; one query. */
async function readAnnotations(
  reader: Reader | Transaction,
  { workspaceId, revisionId, sessionId, memberId }: WorkOf & { revisionId: string },
): Promise<AnnotationToCheck[]> {
  const rows = await reader.$queryRaw<RawAnnotation[]>`
    SELECT a."id", a."start", a."end", a."rating", a."note", c."stance", c."quote"
    FROM "Annotation" a
    LEFT JOIN "Citation" c ON c."workspaceId" = a."workspaceId" AND c."annotationId" = a."id"
    WHERE a."workspaceId" = ${workspaceId} AND a."sessionId" = ${sessionId} AND a."revisionId" = ${revisionId} AND a."authorId" = ${memberId} AND a."deletedAt" IS NULL`
  const found = new Map<string, AnnotationToCheck & { citations: { stance: Stance; quote: string }[] }>()
  for (const { stance, quote, ...row } of rows) {
    const annotation = found.get(row.id) ?? { ...row, citations: [] }
    if (stance !== null) annotation.citations.push({ stance, quote: quote ?? '' })
    found.set(row.id, annotation)
  }
  return [...found.values()]
}

/**
 * Checks the work of an assignment by its session's protocol.
 * @throws DomainError `conflict` when the document was taken out of the session.
 */
export async function checkWork(reader: Reader | Transaction, work: WorkOf): Promise<CheckedWork> {
  const { workspaceId, sessionId, documentId, memberId } = work
  const session = await reader.reviewSession.findUnique({
    where: { workspaceId_id: { workspaceId, id: sessionId } },
    select: { protocol: true },
  })
  const place = await reader.sessionDocument.findUnique({
    where: { workspaceId_sessionId_documentId: { workspaceId, sessionId, documentId } },
    select: { revisionId: true },
  })
  if (session === null || place === null)
    throw new DomainError('conflict', 'This document was taken out of the session. Ask the lead what to do with it.')
  const { revisionId } = place
  const sentences = (await readCheckable(reader, [revisionId])).get(revisionId) ?? []
  const annotations = await readAnnotations(reader, { ...work, revisionId })
  const decisions = await reader.sentenceDecision.findMany({
    where: { workspaceId, revisionId, authorId: memberId, sessionKey: sessionId },
    select: { start: true, end: true },
  })
  const places = findIncomplete({
    protocol: protocolSchema.parse(session.protocol),
    sentences,
    annotations,
    decisions,
  })
  const { decided, total } = measureCoverage({ sentences, annotations, decisions })
  return { revisionId, places, decided, total }
}

/** The work as answers show it. */
export function presentCompleteness({ places, decided, total }: CheckedWork): Completeness {
  return {
    complete: places.length === 0,
    progress: { decided, total },
    count: places.length,
    places: places.slice(0, maxPlaces),
  }
}

/**
 * Whether the actor's own assignment can be submitted, and what stands in the way.
 * @throws DomainError `not-found`; `forbidden` for another's: what someone's marks lack says what they marked.
 */
export async function readCompleteness(permit: Permit<'assignment.work'>, id: string): Promise<Completeness> {
  const { actor } = permit
  const { read } = await database()
  const row = await findAssignmentRow(read, actor, id)
  if (row.memberId !== actor.memberId)
    throw new DomainError('forbidden', `Only ${row.memberName} is told what this work still lacks.`)
  return presentCompleteness(await checkWork(read, { ...row, workspaceId: permit.workspaceId }))
}

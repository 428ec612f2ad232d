import type { Role } from '@/lib/domain/access/policy'
import type { AssignmentState } from '@/lib/domain/assignments/states'
import type { Reader } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { readsBlind, type Viewer } from './visibility'

/** A document of a session, flat. */
export interface MatrixDocumentRow {
  id: string
  title: string
  sourceId: string
  sourceName: string
  revisionId: string
  wordCount: number
}

/** An assignment of a session, flat. */
export interface MatrixAssignmentRow {
  id: string
  documentId: string
  memberId: string
  state: AssignmentState
  dueAt: Date | null
  version: number
}

/** Somebody with a part in a session, or with an assignment there. */
export interface MatrixMemberRow {
  id: string
  name: string
  role: Role
  /** Neither suspended nor a viewer. */
  active: boolean
  part: { reviews: boolean; adjudicates: boolean } | null
}

/** Claims of a document of a session; `disagreements` are the open ones whose annotations differ in their rating. */
export interface ClaimCount {
  claims: number
  openClaims: number
  disagreements: number
}

interface Place {
  workspaceId: string
  sessionId: string
}

/** The documents of a session in their order. */
export async function readMatrixDocuments(
  read: Reader,
  { workspaceId, sessionId }: Place,
): Promise<MatrixDocumentRow[]> {
  return read.$queryRaw<MatrixDocumentRow[]>`
    SELECT d."id", d."title", d."sourceId", o."name" AS "sourceName", e."revisionId", v."wordCount"
    FROM "SessionDocument" e
    JOIN "Document" d ON d."id" = e."documentId"
    JOIN "Source" o ON o."id" = d."sourceId"
    JOIN "Revision" v ON v."id" = e."revisionId"
    WHERE e."sessionId" = ${sessionId} AND e."workspaceId" = ${workspaceId}
    ORDER BY e."position", e."documentId"`
}

/** The assignments of a session, or one member's. */
export async function readMatrixAssignments(
  read: Reader,
  { workspaceId, sessionId, memberId }: Place & { memberId: string | null },
): Promise<MatrixAssignmentRow[]> {
  return read.assignment.findMany({
    where: { workspaceId, sessionId, ...(memberId === null ? {} : { memberId }) },
    orderBy: [{ documentId: 'asc' }, { memberId: 'asc' }],
    select: { id: true, documentId: true, memberId: true, state: true, dueAt: true, version: true },
  })
}

/** When something happened to the assignments of a session, by their id. */
export async function readMatrixMoments(
  read: Reader,
  { workspaceId, sessionId }: Place,
): Promise<Map<string, { startedAt: Date | null; submittedAt: Date | null; acceptedAt: Date | null }>> {
  const rows = await read.assignment.findMany({
    where: { workspaceId, sessionId },
    select: { id: true, startedAt: true, submittedAt: true, acceptedAt: true },
  })
  return new Map(rows.map(({ id, ...moments }) => [id, moments]))
}

/** The members of a session and those who have assignments in it, by name. */
export async function readMatrixMembers(
  read: Reader,
  { workspaceId, sessionId, others }: Place & { others: readonly string[] },
): Promise<MatrixMemberRow[]> {
  const parts = await read.sessionMember.findMany({
    where: { workspaceId, sessionId },
    select: { memberId: true, reviews: true, adjudicates: true },
  })
  const partOf = new Map(parts.map(({ memberId, ...part }) => [memberId, part]))
  const rows = await read.member.findMany({
    where: { workspaceId, id: { in: [...new Set([...partOf.keys(), ...others])] } },
    select: { id: true, role: true, status: true, user: { select: { name: true } } },
  })
  return rows
    .map(({ id, role, status, user }) => ({
      id,
      name: user.name,
      role,
      active: status === 'active' && role !== 'viewer',
      part: partOf.get(id) ?? null,
    }))
    .sort((one, other) => one.name.localeCompare(other.name, 'en') || (one.id < other.id ? -1 : 1))
}

interface RawCount {
  documentId: string
  claims: number | bigint
  openClaims: number | bigint
  disagreements: number | bigint
}

/** The documents of a session that the viewer is to judge blind, in it or in another one. */
export async function readDocumentsToJudgeBlind(
  read: Reader,
  { sessionId, viewer }: { sessionId: string; viewer: Viewer },
): Promise<ReadonlySet<string>> {
  const rows = await read.$queryRaw<{ documentId: string }[]>`
    SELECT e."documentId" FROM "SessionDocument" e
    WHERE e."sessionId" = ${sessionId} AND ${readsBlind(viewer, Prisma.sql`e."documentId"`)}`
  return new Set(rows.map(({ documentId }) => documentId))
}

/** Claims of a session by document. Documents that the viewer is to judge blind in another session have an entry of null. */
export async function readClaimCounts(
  read: Reader,
  { workspaceId, sessionId, viewer }: Place & { viewer: Viewer },
): Promise<Map<string, ClaimCount | null>> {
  const rows = await read.$queryRaw<RawCount[]>`
    SELECT c."documentId", COUNT(*) AS "claims",
      SUM(CASE WHEN v."id" IS NULL THEN 1 ELSE 0 END) AS "openClaims",
      SUM(CASE WHEN v."id" IS NULL AND t."ratings" > 1 THEN 1 ELSE 0 END) AS "disagreements"
    FROM "Claim" c
    LEFT JOIN "Verdict" v ON v."claimId" = c."id"
    LEFT JOIN (
      SELECT l."claimId", COUNT(DISTINCT n."rating") AS "ratings"
      FROM "Claim" k
      JOIN "ClaimAnnotation" l ON l."claimId" = k."id"
      JOIN "Annotation" n ON n."id" = l."annotationId" AND n."deletedAt" IS NULL
      WHERE k."sessionId" = ${sessionId}
      GROUP BY l."claimId"
    ) t ON t."claimId" = c."id"
    WHERE c."sessionId" = ${sessionId} AND c."workspaceId" = ${workspaceId} AND c."deletedAt" IS NULL
    GROUP BY c."documentId"`
  const hidden = await readDocumentsToJudgeBlind(read, { sessionId, viewer })
  return new Map<string, ClaimCount | null>([
    ...rows.map(({ documentId, claims, openClaims, disagreements }): [string, ClaimCount] => [
      documentId,
      { claims: Number(claims), openClaims: Number(openClaims), disagreements: Number(disagreements) },
    ]),
    ...[...hidden].map((documentId): [string, null] => [documentId, null]),
  ])
}

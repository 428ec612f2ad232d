import type { Role } from '@/lib/domain/access/policy'
import type { AssignmentState } from '@/lib/domain/assignments/states'
import type { MemberStatus } from '@/lib/domain/members/schema'
import type { Reader } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { readsBlind, type Viewer } from '../visibility/marks'
import { shownTitle } from '../documents/shown-title'

/** A document of a session, flat. */
export interface MatrixDocumentRow {
  id: string
  title: string
  sourceId: string
  sourceName: string
  revisionId: string
  wordCount: number
  readTwice: boolean
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

/** A member with a part in a session, or with an assignment in it. */
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
  const rows = await read.$queryRaw<(Omit<MatrixDocumentRow, 'readTwice'> & { readTwice: boolean | number })[]>`
    SELECT d."id", ${shownTitle} AS "title", d."sourceId", o."name" AS "sourceName", e."revisionId", v."wordCount", e."readTwice"
    FROM "SessionDocument" e
    JOIN "Document" d ON d."workspaceId" = e."workspaceId" AND d."id" = e."documentId"
    JOIN "Source" o ON o."workspaceId" = d."workspaceId" AND o."id" = d."sourceId"
    JOIN "Revision" v ON v."workspaceId" = e."workspaceId" AND v."id" = e."revisionId"
    WHERE e."sessionId" = ${sessionId} AND e."workspaceId" = ${workspaceId}
    ORDER BY e."position", e."documentId"`
  // SQLite has no booleans of its own.
  return rows.map((row) => ({ ...row, readTwice: Boolean(row.readTwice) }))
}

/** The assignments of a session, or one member's. */
export async function readMatrixAssignments(
  read: Reader,
  { workspaceId, sessionId, memberId }: Place & { memberId: string | null },
): Promise<MatrixAssignmentRow[]> {
  // A raw query, like the others here: building objects of some thousand rows takes Prisma longer than reading them.
  const rows = await read.$queryRaw<(Omit<MatrixAssignmentRow, 'dueAt'> & { dueAt: Date | string | null })[]>`
    SELECT a."id", a."documentId", a."memberId", a."state", a."dueAt", a."version"
    FROM "Assignment" a
    WHERE a."sessionId" = ${sessionId} AND a."workspaceId" = ${workspaceId}
      ${memberId === null ? Prisma.empty : Prisma.sql`AND a."memberId" = ${memberId}`}
    ORDER BY a."documentId", a."memberId"`
  return rows.map(({ dueAt, ...row }) => ({ ...row, dueAt: dueAt === null ? null : new Date(dueAt) }))
}

/** The times of the assignments of a session, by id. */
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
  const outside = others.length === 0 ? Prisma.empty : Prisma.sql`OR m."id" IN (${Prisma.join([...others])})`
  const rows = await read.$queryRaw<RawMember[]>`
    SELECT m."id", u."name", m."role", m."status", p."reviews", p."adjudicates"
    FROM "Member" m
    JOIN "User" u ON u."id" = m."userId"
    LEFT JOIN "SessionMember" p ON p."workspaceId" = m."workspaceId" AND p."memberId" = m."id" AND p."sessionId" = ${sessionId}
    WHERE m."workspaceId" = ${workspaceId} AND (p."memberId" IS NOT NULL ${outside})`
  return rows
    .map(({ id, name, role, status, reviews, adjudicates }) => ({
      id,
      name,
      role,
      active: status === 'active' && role !== 'viewer',
      part:
        reviews === null || adjudicates === null
          ? null
          : { reviews: Boolean(reviews), adjudicates: Boolean(adjudicates) },
    }))
    .sort((one, other) => one.name.localeCompare(other.name, 'en') || (one.id < other.id ? -1 : 1))
}

interface RawMember {
  id: string
  name: string
  role: Role
  status: MemberStatus
  reviews: boolean | number | null
  adjudicates: boolean | number | null
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
    WHERE e."workspaceId" = ${viewer.workspaceId} AND e."sessionId" = ${sessionId} AND ${readsBlind(viewer, Prisma.sql`e."documentId"`)}`
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
    LEFT JOIN "Verdict" v ON v."workspaceId" = c."workspaceId" AND v."claimId" = c."id"
    LEFT JOIN (
      SELECT l."claimId", COUNT(DISTINCT n."rating") AS "ratings"
      FROM "Claim" k
      JOIN "ClaimAnnotation" l ON l."workspaceId" = k."workspaceId" AND l."claimId" = k."id"
      JOIN "Annotation" n ON n."workspaceId" = l."workspaceId" AND n."id" = l."annotationId" AND n."deletedAt" IS NULL
      WHERE k."workspaceId" = ${workspaceId} AND k."sessionId" = ${sessionId}
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

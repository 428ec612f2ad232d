import type { Reveal } from '@/lib/domain/review-sessions/protocol'
import { secrecyOf, type Secrecy } from '@/lib/domain/review-sessions/visibility'
import type { Reader, Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'

/** The member who sees. `viewerOf(permit)` makes one of a `Permit`. */
export interface Viewer {
  workspaceId: string
  memberId: string
}

/** The SQL expressions of a mark's author, document and session in a query. The session may be NULL, for open reading. */
export interface MarkColumns {
  authorId: Prisma.Sql
  documentId: Prisma.Sql
  sessionId: Prisma.Sql
}

/** The member behind a permit, as the rule of blindness needs it. */
export function viewerOf({ actor }: { actor: Viewer }): Viewer {
  return { workspaceId: actor.workspaceId, memberId: actor.memberId }
}

/** `isBlindNow` of the ReviewSession `y`. */
const blindNow = Prisma.sql`y."blind" AND y."state" = 'active'`
/** The condition that a session of the viewer's workspace is in its blind phase (`isBlindNow`); false when there is no session. */
export function isInBlindPhase({ workspaceId }: Viewer, sessionId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM "ReviewSession" y WHERE y."workspaceId" = ${workspaceId} AND y."id" = ${sessionId} AND ${blindNow})`
}

/** The condition that the session `y` does not show others' marks yet to the viewer, whose Assignment is `x`. */
const unrevealed = Prisma.sql`NOT (y."reveal" = 'after_submission' AND x."submittedAt" IS NOT NULL)`

/**
 * The condition that a viewer is to judge a document blind, so that others' marks on it are hidden, wherever they were made: `mustReadBlind` of
 * lib/domain/review-sessions/visibility.ts.
 */
export function readsBlind(viewer: Viewer, documentId: Prisma.Sql): Prisma.Sql {
  return readsOneBlind(viewer, Prisma.sql`x."documentId" = ${documentId}`)
}

/** `readsBlind` for one document of several: `isAmong` is a condition on the viewer's Assignment `x` of it. */
export function readsOneBlind({ workspaceId, memberId }: Viewer, isAmong: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT 1 FROM "Assignment" x JOIN "ReviewSession" y ON y."workspaceId" = x."workspaceId" AND y."id" = x."sessionId"
    WHERE x."workspaceId" = ${workspaceId} AND x."memberId" = ${memberId} AND ${isAmong} AND ${blindNow} AND ${unrevealed})`
}

/**
 * The condition that a viewer may see a mark: `maySeeMark` of lib/domain/review-sessions/visibility.ts, for any query that has the columns. Every
 * list, count and look-up of marks, and of everything that reveals one, uses this condition, or `seesMarkIn` with the result of `readSecrecy`.
 */
export function seesMark(viewer: Viewer, { authorId, documentId, sessionId }: MarkColumns): Prisma.Sql {
  const { workspaceId, memberId } = viewer
  return Prisma.sql`(${authorId} = ${memberId} OR (
    NOT ${readsBlind(viewer, documentId)}
    AND (
      NOT ${isInBlindPhase(viewer, sessionId)}
      OR EXISTS (
        SELECT 1 FROM "Assignment" x
        JOIN "ReviewSession" y ON y."workspaceId" = x."workspaceId" AND y."id" = x."sessionId"
        JOIN "Assignment" z ON z."workspaceId" = x."workspaceId" AND z."sessionId" = x."sessionId" AND z."documentId" = x."documentId"
        WHERE x."workspaceId" = ${workspaceId} AND x."sessionId" = ${sessionId} AND x."documentId" = ${documentId} AND x."memberId" = ${memberId}
          AND x."state" <> 'withdrawn' AND y."reveal" = 'after_submission' AND x."submittedAt" IS NOT NULL
          AND z."memberId" = ${authorId} AND z."submittedAt" IS NOT NULL))))`
}

/** `seesMark` over the tables `a` (Annotation) and `v` (its Revision). */
export function seesAnnotation(viewer: Viewer): Prisma.Sql {
  return seesMark(viewer, {
    authorId: Prisma.sql`a."authorId"`,
    documentId: Prisma.sql`v."documentId"`,
    sessionId: Prisma.sql`a."sessionId"`,
  })
}

/** `seesMark` over the tables `s` (SentenceDecision) and `v` (its Revision). */
export function seesDecision(viewer: Viewer): Prisma.Sql {
  return seesMark(viewer, {
    authorId: Prisma.sql`s."authorId"`,
    documentId: Prisma.sql`v."documentId"`,
    sessionId: Prisma.sql`s."sessionId"`,
  })
}

interface SecrecyRow {
  sessionId: string
  reveal: Reveal
  documentId: string | null
  memberId: string | null
  submitted: number | bigint
  withdrawn: number | bigint
}

/**
 * Reads the current facts for the rule of blindness of a workspace in one query: for code that judges many marks or many viewers at once, such as the
 * live feed and the audit trail (`seesMarkIn`, `readsBlindIn`). Read it again when a session or an assignment has changed.
 */
export async function readSecrecy(reader: Reader | Transaction, workspaceId: string): Promise<Secrecy> {
  const rows = await reader.$queryRaw<SecrecyRow[]>`
    SELECT y."id" AS "sessionId", y."reveal", x."documentId", x."memberId",
      CASE WHEN x."submittedAt" IS NULL THEN 0 ELSE 1 END AS "submitted",
      CASE WHEN x."state" = 'withdrawn' THEN 1 ELSE 0 END AS "withdrawn"
    FROM "ReviewSession" y
    LEFT JOIN "Assignment" x ON x."workspaceId" = y."workspaceId" AND x."sessionId" = y."id"
    WHERE y."workspaceId" = ${workspaceId} AND ${blindNow}`
  const sessionOf = ({ sessionId, reveal }: SecrecyRow) => ({
    id: sessionId,
    blind: true,
    reveal,
    state: 'active' as const,
  })
  return secrecyOf(
    [...new Map(rows.map((row) => [row.sessionId, sessionOf(row)])).values()],
    rows.flatMap((row) => {
      const { documentId, memberId, submitted, withdrawn } = row
      if (documentId === null || memberId === null) return []
      return [
        {
          session: sessionOf(row),
          documentId,
          memberId,
          submitted: Boolean(submitted),
          withdrawn: Boolean(withdrawn),
        },
      ]
    }),
  )
}

/**
 * A query for the ids (`documentId`) of documents in a session in its blind phase, or assigned in one: all documents that anyone can be judging
 * blind. That is enough to leave out what was settled elsewhere; where marks are shown, `readDocumentsInBlindPhase` finds more.
 */
export function documentsJudgedBlind(workspaceId: string): Prisma.Sql {
  return Prisma.sql`
    SELECT p."documentId" FROM "SessionDocument" p JOIN "ReviewSession" y ON y."workspaceId" = p."workspaceId" AND y."id" = p."sessionId"
    WHERE y."workspaceId" = ${workspaceId} AND ${blindNow}
    UNION
    SELECT x."documentId" FROM "Assignment" x JOIN "ReviewSession" y ON y."workspaceId" = x."workspaceId" AND y."id" = x."sessionId"
    WHERE y."workspaceId" = ${workspaceId} AND ${blindNow}`
}

/**
 * A query for the sources of those documents in `kept` that can be judged blind now (`documentsJudgedBlind`). `kept` is a table with `workspaceId`,
 * `documentId` and `sourceId`. Starting from the few documents of sessions is quicker than testing each row of it.
 */
export function sourcesJudgedBlind(workspaceId: string, kept: Prisma.Sql): Prisma.Sql {
  // SQLite would otherwise start with all rows of `kept`. CROSS JOIN fixes the order and changes nothing else.
  return Prisma.sql`
    SELECT c."sourceId" FROM "ReviewSession" y CROSS JOIN "SessionDocument" p CROSS JOIN ${kept} c
    WHERE y."workspaceId" = ${workspaceId} AND ${blindNow} AND p."workspaceId" = y."workspaceId" AND p."sessionId" = y."id"
      AND c."workspaceId" = p."workspaceId" AND c."documentId" = p."documentId"
    UNION
    SELECT c."sourceId" FROM "ReviewSession" y CROSS JOIN "Assignment" x CROSS JOIN ${kept} c
    WHERE y."workspaceId" = ${workspaceId} AND ${blindNow} AND x."workspaceId" = y."workspaceId" AND x."sessionId" = y."id"
      AND c."workspaceId" = x."workspaceId" AND c."documentId" = x."documentId"`
}

/** Ids of the documents in a session in its blind phase, or assigned or marked in one: no reader gets any counts of them. */
export async function readDocumentsInBlindPhase(
  reader: Reader | Transaction,
  workspaceId: string,
): Promise<ReadonlySet<string>> {
  const rows = await reader.$queryRaw<{ documentId: string }[]>`
    ${documentsJudgedBlind(workspaceId)}
    UNION
    SELECT v."documentId" FROM "Annotation" a
    JOIN "ReviewSession" y ON y."workspaceId" = a."workspaceId" AND y."id" = a."sessionId"
    JOIN "Revision" v ON v."workspaceId" = a."workspaceId" AND v."id" = a."revisionId"
    WHERE y."workspaceId" = ${workspaceId} AND ${blindNow}`
  return new Set(rows.map(({ documentId }) => documentId))
}

/** Whether a session in its blind phase has the document or an assignment of it. */
export async function isDocumentInBlindPhase(
  reader: Reader | Transaction,
  { workspaceId, documentId }: { workspaceId: string; documentId: string },
): Promise<boolean> {
  const rows = await reader.$queryRaw<unknown[]>`
    SELECT 1 AS "blind" FROM "ReviewSession" y
    WHERE y."workspaceId" = ${workspaceId} AND ${blindNow} AND (
      EXISTS (SELECT 1 FROM "SessionDocument" p WHERE p."workspaceId" = y."workspaceId" AND p."sessionId" = y."id" AND p."documentId" = ${documentId})
      OR EXISTS (SELECT 1 FROM "Assignment" x WHERE x."workspaceId" = y."workspaceId" AND x."sessionId" = y."id" AND x."documentId" = ${documentId}))
    LIMIT 1`
  return rows.length > 0
}

/**
 * The condition that a viewer may see an annotation, over the tables `a` (Annotation), `v` (its Revision) and `d` (its Document). Every list, count
 * and look-up of annotations uses it.
 */
export function visibleAnnotations(viewer: Viewer): Prisma.Sql {
  return Prisma.sql`a."workspaceId" = ${viewer.workspaceId} AND a."deletedAt" IS NULL AND d."deletedAt" IS NULL AND ${seesAnnotation(viewer)}`
}

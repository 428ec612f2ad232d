import type { Reveal } from '@/lib/domain/review-sessions/protocol'
import { secrecyOf, type Secrecy } from '@/lib/domain/review-sessions/visibility'
import type { Reader, Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'

/** Who looks. A `Permit` fits by its actor: `viewerOf(permit)`. */
export interface Viewer {
  workspaceId: string
  memberId: string
}

/** The SQL that names a mark's place in a query. The session's may be NULL, for open reading. */
export interface MarkColumns {
  authorId: Prisma.Sql
  documentId: Prisma.Sql
  sessionId: Prisma.Sql
}

/** The member behind a permit, as the rule of blindness asks. */
export function viewerOf({ actor }: { actor: Viewer }): Viewer {
  return { workspaceId: actor.workspaceId, memberId: actor.memberId }
}

/** `isBlindNow` of the ReviewSession `y`. */
const blindNow = Prisma.sql`y."blind" AND y."state" = 'active'`
/** The condition that a session of the viewer's workspace is in its blind phase: `isBlindNow`; false when there is none. */
export function isInBlindPhase({ workspaceId }: Viewer, sessionId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM "ReviewSession" y WHERE y."workspaceId" = ${workspaceId} AND y."id" = ${sessionId} AND ${blindNow})`
}

/** The session `y` does not show the viewer, whose Assignment `x` is, the marks of others yet. */
const unrevealed = Prisma.sql`NOT (y."reveal" = 'after_submission' AND x."submittedAt" IS NOT NULL)`

/**
 * The condition that a viewer is to judge a document blind, so that no mark of others on it may be seen, wherever it was made: `mustReadBlind`
 * of lib/domain/review-sessions/visibility.ts.
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
 * list, count and look-up of marks, and of everything that tells of one, has this condition or asks `seesMarkIn` of what `readSecrecy` answers.
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
 * What the rule of blindness asks of a workspace now, in one query: for code that judges many marks or many viewers at once, such as the live
 * feed and the audit trail (`seesMarkIn`, `readsBlindIn`). Read it again when a session or an assignment has changed.
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
 * The ids (`documentId`) of the documents that sessions have in their blind phase, or have assignments of then, as a query: all that anyone can be judging blind. For
 * what was settled elsewhere that is all to leave out; where marks are shown, `readDocumentsInBlindPhase` says more.
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
 * The sources that have documents of some kind which can be judged blind now (`documentsJudgedBlind`), as a query. `kept` has a row of `workspaceId`, `documentId` and
 * `sourceId` for each document of that kind: looking up the few that sessions have is quicker than asking of each whether it is among them.
 */
export function sourcesJudgedBlind(workspaceId: string, kept: Prisma.Sql): Prisma.Sql {
  // SQLite would begin with all that is kept; CROSS JOIN makes it keep this order, and means nothing else.
  return Prisma.sql`
    SELECT c."sourceId" FROM "ReviewSession" y CROSS JOIN "SessionDocument" p CROSS JOIN ${kept} c
    WHERE y."workspaceId" = ${workspaceId} AND ${blindNow} AND p."workspaceId" = y."workspaceId" AND p."sessionId" = y."id"
      AND c."workspaceId" = p."workspaceId" AND c."documentId" = p."documentId"
    UNION
    SELECT c."sourceId" FROM "ReviewSession" y CROSS JOIN "Assignment" x CROSS JOIN ${kept} c
    WHERE y."workspaceId" = ${workspaceId} AND ${blindNow} AND x."workspaceId" = y."workspaceId" AND x."sessionId" = y."id"
      AND c."workspaceId" = x."workspaceId" AND c."documentId" = x."documentId"`
}

/** Ids of the documents that a session of the workspace has in its blind phase, or has assignments of: nothing in them is counted for any reader. */
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

/** Whether some session has the document in its blind phase, or has assignments of it then. */
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
 * Which annotations a viewer may see, over the tables `a` (Annotation), `v` (its Revision) and `d` (its Document): every list, count and look-up
 * of annotations has this condition.
 */
export function visibleAnnotations(viewer: Viewer): Prisma.Sql {
  return Prisma.sql`a."workspaceId" = ${viewer.workspaceId} AND a."deletedAt" IS NULL AND d."deletedAt" IS NULL AND ${seesAnnotation(viewer)}`
}

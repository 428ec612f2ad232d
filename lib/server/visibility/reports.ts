import { Prisma } from '../db/generated/sqlite/client'
import { readsOneBlind, type Viewer } from './marks'

/**
 * The condition that the viewer reads blind, at this time, one of the documents that a frozen report has figures of. What was noted beside such a report, and why
 * it was withdrawn, tells what others found in that document (docs/decisions/0015-blindness.md).
 */
export function readsReportBlind(viewer: Viewer, reportId: Prisma.Sql): Prisma.Sql {
  // The documents are listed in JSON. An id is found as text, which both databases do alike.
  const isListed = Prisma.sql`EXISTS (
    SELECT 1 FROM "Report" r
    WHERE r."workspaceId" = x."workspaceId" AND r."id" = ${reportId} AND CAST(r."summary" AS TEXT) LIKE '%"' || x."documentId" || '"%')`
  return readsOneBlind(viewer, isListed)
}

import { Prisma } from '../db/generated/sqlite/client'
import { readsOneBlind, type Viewer } from './marks'

/**
 * The condition that the viewer currently judges blind one of the documents that a frozen report has figures about. The additions to such a report,
 * and the reason of a withdrawal, would reveal what others found in that document (docs/decisions/0015-blindness.md).
 */
export function readsReportBlind(viewer: Viewer, reportId: Prisma.Sql): Prisma.Sql {
  // The documents are listed in JSON. An id is searched as text, which works alike in both databases.
  const isListed = Prisma.sql`EXISTS (
    SELECT 1 FROM "Report" r
    WHERE r."workspaceId" = x."workspaceId" AND r."id" = ${reportId} AND CAST(r."summary" AS TEXT) LIKE '%"' || x."documentId" || '"%')`
  return readsOneBlind(viewer, isListed)
}

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Thread" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "documentId" TEXT NOT NULL,
    "sessionId" TEXT,
    "annotationId" TEXT,
    "claimId" TEXT,
    "revisionId" TEXT,
    "start" INTEGER,
    "end" INTEGER,
    "exact" TEXT,
    "audience" TEXT NOT NULL DEFAULT 'everyone',
    "createdById" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "resolvedAt" DATETIME,
    "resolvedById" TEXT,
    CONSTRAINT "Thread_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Thread_workspaceId_documentId_fkey" FOREIGN KEY ("workspaceId", "documentId") REFERENCES "Document" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Thread_workspaceId_sessionId_fkey" FOREIGN KEY ("workspaceId", "sessionId") REFERENCES "ReviewSession" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Thread_workspaceId_annotationId_fkey" FOREIGN KEY ("workspaceId", "annotationId") REFERENCES "Annotation" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Thread_workspaceId_claimId_fkey" FOREIGN KEY ("workspaceId", "claimId") REFERENCES "Claim" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Thread_workspaceId_revisionId_fkey" FOREIGN KEY ("workspaceId", "revisionId") REFERENCES "Revision" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Thread_workspaceId_createdById_fkey" FOREIGN KEY ("workspaceId", "createdById") REFERENCES "Member" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Thread_subject_check" CHECK ("annotationId" IS NULL OR "claimId" IS NULL),
    CONSTRAINT "Thread_passage_check" CHECK (("revisionId" IS NULL AND "start" IS NULL AND "end" IS NULL AND "exact" IS NULL) OR ("revisionId" IS NOT NULL AND "start" IS NOT NULL AND "end" IS NOT NULL AND "exact" IS NOT NULL AND "start" >= 0 AND "end" > "start" AND length("exact") > 0 AND "annotationId" IS NULL AND "claimId" IS NULL)),
    CONSTRAINT "Thread_resolution_check" CHECK (("resolvedAt" IS NULL) = ("resolvedById" IS NULL)),
    CONSTRAINT "Thread_version_check" CHECK ("version" >= 1),
    CONSTRAINT "Thread_audience_check" CHECK ("audience" IN ('everyone', 'leads'))
);
INSERT INTO "new_Thread" ("annotationId", "audience", "claimId", "createdAt", "createdById", "documentId", "id", "resolvedAt", "resolvedById", "sessionId", "updatedAt", "version", "workspaceId") SELECT "annotationId", "audience", "claimId", "createdAt", "createdById", "documentId", "id", "resolvedAt", "resolvedById", "sessionId", "updatedAt", "version", "workspaceId" FROM "Thread";
DROP TABLE "Thread";
ALTER TABLE "new_Thread" RENAME TO "Thread";
CREATE INDEX "Thread_documentId_createdAt_idx" ON "Thread"("documentId", "createdAt");
CREATE INDEX "Thread_annotationId_idx" ON "Thread"("annotationId");
CREATE INDEX "Thread_claimId_idx" ON "Thread"("claimId");
CREATE UNIQUE INDEX "Thread_workspaceId_id_key" ON "Thread"("workspaceId", "id");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

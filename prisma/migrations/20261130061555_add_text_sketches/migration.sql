-- CreateTable
CREATE TABLE "TextSketch" (
    "workspaceId" TEXT NOT NULL,
    "revisionId" TEXT NOT NULL,
    "hashes" JSONB NOT NULL,

    PRIMARY KEY ("workspaceId", "revisionId"),
    CONSTRAINT "TextSketch_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "TextSketch_workspaceId_revisionId_fkey" FOREIGN KEY ("workspaceId", "revisionId") REFERENCES "Revision" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "TextSketch_hashes_check" CHECK (json_valid("hashes"))
);

-- CreateTable
CREATE TABLE "TextSketchKey" (
    "workspaceId" TEXT NOT NULL,
    "revisionId" TEXT NOT NULL,
    "hash" INTEGER NOT NULL,

    PRIMARY KEY ("workspaceId", "hash", "revisionId"),
    CONSTRAINT "TextSketchKey_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "TextSketchKey_workspaceId_revisionId_fkey" FOREIGN KEY ("workspaceId", "revisionId") REFERENCES "Revision" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_JobItem" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "jobId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "host" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "memberId" TEXT NOT NULL,
    "via" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lease" TEXT,
    "leasedUntil" DATETIME,
    "notBefore" DATETIME,
    "changedAt" DATETIME,
    "message" TEXT NOT NULL DEFAULT '',
    "result" JSONB NOT NULL,
    CONSTRAINT "JobItem_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "JobItem_workspaceId_jobId_fkey" FOREIGN KEY ("workspaceId", "jobId") REFERENCES "Job" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "JobItem_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "JobItem_position_check" CHECK ("position" >= 0),
    CONSTRAINT "JobItem_name_check" CHECK (length("name") > 0),
    CONSTRAINT "JobItem_attempts_check" CHECK ("attempts" >= 0),
    CONSTRAINT "JobItem_lease_check" CHECK (("state" = 'working') = ("lease" IS NOT NULL) AND ("lease" IS NULL) = ("leasedUntil" IS NULL)),
    CONSTRAINT "JobItem_input_check" CHECK (json_valid("input")),
    CONSTRAINT "JobItem_state_check" CHECK ("state" IN ('waiting', 'working', 'done', 'skipped', 'undecided', 'failed', 'cancelled')),
    CONSTRAINT "JobItem_result_check" CHECK (json_valid("result"))
);
INSERT INTO "new_JobItem" ("attempts", "host", "id", "input", "jobId", "lease", "leasedUntil", "memberId", "message", "name", "notBefore", "position", "result", "state", "via", "workspaceId") SELECT "attempts", "host", "id", "input", "jobId", "lease", "leasedUntil", "memberId", "message", "name", "notBefore", "position", "result", "state", "via", "workspaceId" FROM "JobItem";
DROP TABLE "JobItem";
ALTER TABLE "new_JobItem" RENAME TO "JobItem";
CREATE INDEX "JobItem_workspaceId_jobId_state_position_idx" ON "JobItem"("workspaceId", "jobId", "state", "position");
CREATE INDEX "JobItem_state_position_idx" ON "JobItem"("state", "position");
CREATE INDEX "JobItem_changedAt_idx" ON "JobItem"("changedAt");
CREATE UNIQUE INDEX "JobItem_workspaceId_jobId_position_key" ON "JobItem"("workspaceId", "jobId", "position");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "TextSketchKey_workspaceId_revisionId_idx" ON "TextSketchKey"("workspaceId", "revisionId");

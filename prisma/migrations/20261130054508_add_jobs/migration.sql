-- CreateTable
CREATE TABLE "Job" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "choices" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'active',
    "awaitsMore" BOOLEAN NOT NULL DEFAULT false,
    "createdById" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "finishedAt" DATETIME,

    PRIMARY KEY ("workspaceId", "id"),
    CONSTRAINT "Job_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Job_workspaceId_createdById_fkey" FOREIGN KEY ("workspaceId", "createdById") REFERENCES "Member" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Job_kind_check" CHECK (length("kind") > 0),
    CONSTRAINT "Job_name_check" CHECK (length("name") > 0),
    CONSTRAINT "Job_finished_check" CHECK (("state" = 'active') = ("finishedAt" IS NULL)),
    CONSTRAINT "Job_choices_check" CHECK (json_valid("choices")),
    CONSTRAINT "Job_state_check" CHECK ("state" IN ('active', 'finished', 'cancelled')),
    CONSTRAINT "Job_awaitsMore_check" CHECK ("awaitsMore" IN (0, 1))
);

-- CreateTable
CREATE TABLE "JobItem" (
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
    "startedAt" DATETIME,
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

-- CreateTable
CREATE TABLE "JobItemFile" (
    "itemId" TEXT NOT NULL PRIMARY KEY,
    "bytes" BLOB NOT NULL,
    "byteLength" INTEGER NOT NULL,
    CONSTRAINT "JobItemFile_itemId_fkey" FOREIGN KEY ("itemId") REFERENCES "JobItem" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "JobItemFile_byte_length_check" CHECK ("byteLength" >= 0)
);

-- CreateIndex
CREATE INDEX "Job_workspaceId_createdAt_idx" ON "Job"("workspaceId", "createdAt");

-- CreateIndex
CREATE INDEX "Job_state_finishedAt_idx" ON "Job"("state", "finishedAt");

-- CreateIndex
CREATE INDEX "JobItem_workspaceId_jobId_state_position_idx" ON "JobItem"("workspaceId", "jobId", "state", "position");

-- CreateIndex
CREATE INDEX "JobItem_state_position_idx" ON "JobItem"("state", "position");

-- CreateIndex
CREATE INDEX "JobItem_startedAt_idx" ON "JobItem"("startedAt");

-- CreateIndex
CREATE UNIQUE INDEX "JobItem_workspaceId_jobId_position_key" ON "JobItem"("workspaceId", "jobId", "position");

-- CreateEnum
CREATE TYPE "JobState" AS ENUM ('active', 'finished', 'cancelled');

-- CreateEnum
CREATE TYPE "JobItemState" AS ENUM ('waiting', 'working', 'done', 'skipped', 'undecided', 'failed', 'cancelled');

-- CreateTable
CREATE TABLE "Job" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "choices" JSONB NOT NULL,
    "state" "JobState" NOT NULL DEFAULT 'active',
    "awaitsMore" BOOLEAN NOT NULL DEFAULT false,
    "createdById" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "finishedAt" TIMESTAMP(3),

    CONSTRAINT "Job_pkey" PRIMARY KEY ("workspaceId","id")
);

-- CreateTable
CREATE TABLE "JobItem" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "jobId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "host" TEXT NOT NULL DEFAULT '',
    "state" "JobItemState" NOT NULL DEFAULT 'waiting',
    "memberId" TEXT NOT NULL,
    "via" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lease" TEXT,
    "leasedUntil" TIMESTAMP(3),
    "notBefore" TIMESTAMP(3),
    "startedAt" TIMESTAMP(3),
    "message" TEXT NOT NULL DEFAULT '',
    "result" JSONB NOT NULL,

    CONSTRAINT "JobItem_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "JobItemFile" (
    "itemId" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "byteLength" INTEGER NOT NULL,

    CONSTRAINT "JobItemFile_pkey" PRIMARY KEY ("itemId")
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

-- AddForeignKey
ALTER TABLE "Job" ADD CONSTRAINT "Job_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Job" ADD CONSTRAINT "Job_workspaceId_createdById_fkey" FOREIGN KEY ("workspaceId", "createdById") REFERENCES "Member"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JobItem" ADD CONSTRAINT "JobItem_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JobItem" ADD CONSTRAINT "JobItem_workspaceId_jobId_fkey" FOREIGN KEY ("workspaceId", "jobId") REFERENCES "Job"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JobItem" ADD CONSTRAINT "JobItem_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JobItemFile" ADD CONSTRAINT "JobItemFile_itemId_fkey" FOREIGN KEY ("itemId") REFERENCES "JobItem"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Checks
ALTER TABLE "Job" ADD CONSTRAINT "Job_kind_check" CHECK (length("kind") > 0);
ALTER TABLE "Job" ADD CONSTRAINT "Job_name_check" CHECK (length("name") > 0);
ALTER TABLE "Job" ADD CONSTRAINT "Job_finished_check" CHECK (("state" = 'active') = ("finishedAt" IS NULL));
ALTER TABLE "JobItem" ADD CONSTRAINT "JobItem_position_check" CHECK ("position" >= 0);
ALTER TABLE "JobItem" ADD CONSTRAINT "JobItem_name_check" CHECK (length("name") > 0);
ALTER TABLE "JobItem" ADD CONSTRAINT "JobItem_attempts_check" CHECK ("attempts" >= 0);
ALTER TABLE "JobItem" ADD CONSTRAINT "JobItem_lease_check" CHECK (("state" = 'working') = ("lease" IS NOT NULL) AND ("lease" IS NULL) = ("leasedUntil" IS NULL));
ALTER TABLE "JobItemFile" ADD CONSTRAINT "JobItemFile_byte_length_check" CHECK ("byteLength" >= 0);

-- DropIndex
DROP INDEX "JobItem_startedAt_idx";

-- AlterTable
ALTER TABLE "JobItem" DROP COLUMN "startedAt",
ADD COLUMN     "changedAt" TIMESTAMP(3);

-- CreateTable
CREATE TABLE "TextSketch" (
    "workspaceId" TEXT NOT NULL,
    "revisionId" TEXT NOT NULL,
    "hashes" JSONB NOT NULL,

    CONSTRAINT "TextSketch_pkey" PRIMARY KEY ("workspaceId","revisionId")
);

-- CreateTable
CREATE TABLE "TextSketchKey" (
    "workspaceId" TEXT NOT NULL,
    "revisionId" TEXT NOT NULL,
    "hash" INTEGER NOT NULL,

    CONSTRAINT "TextSketchKey_pkey" PRIMARY KEY ("workspaceId","hash","revisionId")
);

-- CreateIndex
CREATE INDEX "TextSketchKey_workspaceId_revisionId_idx" ON "TextSketchKey"("workspaceId", "revisionId");

-- CreateIndex
CREATE INDEX "JobItem_changedAt_idx" ON "JobItem"("changedAt");

-- AddForeignKey
ALTER TABLE "TextSketch" ADD CONSTRAINT "TextSketch_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TextSketch" ADD CONSTRAINT "TextSketch_workspaceId_revisionId_fkey" FOREIGN KEY ("workspaceId", "revisionId") REFERENCES "Revision"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TextSketchKey" ADD CONSTRAINT "TextSketchKey_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TextSketchKey" ADD CONSTRAINT "TextSketchKey_workspaceId_revisionId_fkey" FOREIGN KEY ("workspaceId", "revisionId") REFERENCES "Revision"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

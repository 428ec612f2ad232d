-- AlterTable
ALTER TABLE "Thread" ADD COLUMN     "end" INTEGER,
ADD COLUMN     "exact" TEXT,
ADD COLUMN     "revisionId" TEXT,
ADD COLUMN     "start" INTEGER;

-- AddForeignKey
ALTER TABLE "Thread" ADD CONSTRAINT "Thread_workspaceId_revisionId_fkey" FOREIGN KEY ("workspaceId", "revisionId") REFERENCES "Revision"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Checks
ALTER TABLE "Thread" ADD CONSTRAINT "Thread_passage_check" CHECK (("revisionId" IS NULL AND "start" IS NULL AND "end" IS NULL AND "exact" IS NULL) OR ("revisionId" IS NOT NULL AND "start" IS NOT NULL AND "end" IS NOT NULL AND "exact" IS NOT NULL AND "start" >= 0 AND "end" > "start" AND length("exact") > 0 AND "annotationId" IS NULL AND "claimId" IS NULL));

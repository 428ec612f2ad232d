-- AlterEnum
ALTER TYPE "RevisionOrigin" ADD VALUE 'address';

-- CreateTable
CREATE TABLE "RevisionFetch" (
    "revisionId" TEXT NOT NULL,
    "requestedUrl" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "headers" JSONB NOT NULL,
    "fetchedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "RevisionFetch_pkey" PRIMARY KEY ("revisionId")
);

-- AddForeignKey
ALTER TABLE "RevisionFetch" ADD CONSTRAINT "RevisionFetch_revisionId_fkey" FOREIGN KEY ("revisionId") REFERENCES "Revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Checks
ALTER TABLE "RevisionFetch" ADD CONSTRAINT "RevisionFetch_status_check" CHECK ("status" >= 100 AND "status" <= 599);

-- AlterTable
ALTER TABLE "SessionDocument" ADD COLUMN     "readTwice" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "SecondReadingDraw" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "documentIds" JSONB NOT NULL,
    "frameSize" INTEGER NOT NULL,
    "frameSha256" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "seed" INTEGER NOT NULL,
    "drawnAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "SecondReadingDraw_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "SecondReadingDraw_workspaceId_sessionId_drawnAt_idx" ON "SecondReadingDraw"("workspaceId", "sessionId", "drawnAt");

-- AddForeignKey
ALTER TABLE "SecondReadingDraw" ADD CONSTRAINT "SecondReadingDraw_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SecondReadingDraw" ADD CONSTRAINT "SecondReadingDraw_workspaceId_sessionId_fkey" FOREIGN KEY ("workspaceId", "sessionId") REFERENCES "ReviewSession"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SecondReadingDraw" ADD CONSTRAINT "SecondReadingDraw_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Checks
ALTER TABLE "SecondReadingDraw" ADD CONSTRAINT "SecondReadingDraw_size_check" CHECK ("size" >= 1 AND "size" <= "frameSize");
ALTER TABLE "SecondReadingDraw" ADD CONSTRAINT "SecondReadingDraw_seed_check" CHECK ("seed" >= 0);
ALTER TABLE "SecondReadingDraw" ADD CONSTRAINT "SecondReadingDraw_frame_sha256_check" CHECK (length("frameSha256") = 64);

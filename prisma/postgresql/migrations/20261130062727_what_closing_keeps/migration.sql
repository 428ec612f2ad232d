-- CreateTable
CREATE TABLE "ClosedDocument" (
    "workspaceId" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "documentId" TEXT NOT NULL,
    "revisionId" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "closedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "ClosedDocument_pkey" PRIMARY KEY ("workspaceId","sessionId","documentId")
);

-- CreateTable
CREATE TABLE "DocumentWithdrawal" (
    "workspaceId" TEXT NOT NULL,
    "documentId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "withdrawnAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "DocumentWithdrawal_pkey" PRIMARY KEY ("workspaceId","documentId")
);

-- CreateTable
CREATE TABLE "SampleDraw" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "frame" JSONB NOT NULL,
    "frameKey" TEXT NOT NULL,
    "frameSize" INTEGER NOT NULL,
    "frameSha256" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "seed" INTEGER NOT NULL,
    "drawnAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "SampleDraw_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ClosedDocument_workspaceId_documentId_idx" ON "ClosedDocument"("workspaceId", "documentId");

-- CreateIndex
CREATE INDEX "SampleDraw_workspaceId_sessionId_drawnAt_idx" ON "SampleDraw"("workspaceId", "sessionId", "drawnAt");

-- CreateIndex
CREATE INDEX "SampleDraw_workspaceId_frameKey_idx" ON "SampleDraw"("workspaceId", "frameKey");

-- AddForeignKey
ALTER TABLE "ClosedDocument" ADD CONSTRAINT "ClosedDocument_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ClosedDocument" ADD CONSTRAINT "ClosedDocument_workspaceId_sessionId_fkey" FOREIGN KEY ("workspaceId", "sessionId") REFERENCES "ReviewSession"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ClosedDocument" ADD CONSTRAINT "ClosedDocument_workspaceId_documentId_fkey" FOREIGN KEY ("workspaceId", "documentId") REFERENCES "Document"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ClosedDocument" ADD CONSTRAINT "ClosedDocument_workspaceId_revisionId_fkey" FOREIGN KEY ("workspaceId", "revisionId") REFERENCES "Revision"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DocumentWithdrawal" ADD CONSTRAINT "DocumentWithdrawal_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DocumentWithdrawal" ADD CONSTRAINT "DocumentWithdrawal_workspaceId_documentId_fkey" FOREIGN KEY ("workspaceId", "documentId") REFERENCES "Document"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DocumentWithdrawal" ADD CONSTRAINT "DocumentWithdrawal_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SampleDraw" ADD CONSTRAINT "SampleDraw_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SampleDraw" ADD CONSTRAINT "SampleDraw_workspaceId_sessionId_fkey" FOREIGN KEY ("workspaceId", "sessionId") REFERENCES "ReviewSession"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SampleDraw" ADD CONSTRAINT "SampleDraw_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Checks
ALTER TABLE "DocumentWithdrawal" ADD CONSTRAINT "DocumentWithdrawal_reason_check" CHECK (length("reason") > 0);
ALTER TABLE "SampleDraw" ADD CONSTRAINT "SampleDraw_size_check" CHECK ("size" >= 1 AND "size" <= "frameSize");
ALTER TABLE "SampleDraw" ADD CONSTRAINT "SampleDraw_seed_check" CHECK ("seed" >= 0);
ALTER TABLE "SampleDraw" ADD CONSTRAINT "SampleDraw_frame_sha256_check" CHECK (length("frameSha256") = 64);

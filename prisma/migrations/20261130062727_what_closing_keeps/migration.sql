-- CreateTable
CREATE TABLE "ClosedDocument" (
    "workspaceId" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "documentId" TEXT NOT NULL,
    "revisionId" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "closedAt" DATETIME NOT NULL,

    PRIMARY KEY ("workspaceId", "sessionId", "documentId"),
    CONSTRAINT "ClosedDocument_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ClosedDocument_workspaceId_sessionId_fkey" FOREIGN KEY ("workspaceId", "sessionId") REFERENCES "ReviewSession" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ClosedDocument_workspaceId_documentId_fkey" FOREIGN KEY ("workspaceId", "documentId") REFERENCES "Document" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ClosedDocument_workspaceId_revisionId_fkey" FOREIGN KEY ("workspaceId", "revisionId") REFERENCES "Revision" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ClosedDocument_body_check" CHECK (json_valid("body"))
);

-- CreateTable
CREATE TABLE "DocumentWithdrawal" (
    "workspaceId" TEXT NOT NULL,
    "documentId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "withdrawnAt" DATETIME NOT NULL,

    PRIMARY KEY ("workspaceId", "documentId"),
    CONSTRAINT "DocumentWithdrawal_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "DocumentWithdrawal_workspaceId_documentId_fkey" FOREIGN KEY ("workspaceId", "documentId") REFERENCES "Document" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "DocumentWithdrawal_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "DocumentWithdrawal_reason_check" CHECK (length("reason") > 0)
);

-- CreateTable
CREATE TABLE "SampleDraw" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "frame" JSONB NOT NULL,
    "frameKey" TEXT NOT NULL,
    "frameSize" INTEGER NOT NULL,
    "frameSha256" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "seed" INTEGER NOT NULL,
    "drawnAt" DATETIME NOT NULL,
    CONSTRAINT "SampleDraw_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SampleDraw_workspaceId_sessionId_fkey" FOREIGN KEY ("workspaceId", "sessionId") REFERENCES "ReviewSession" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SampleDraw_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SampleDraw_size_check" CHECK ("size" >= 1 AND "size" <= "frameSize"),
    CONSTRAINT "SampleDraw_seed_check" CHECK ("seed" >= 0),
    CONSTRAINT "SampleDraw_frame_sha256_check" CHECK (length("frameSha256") = 64),
    CONSTRAINT "SampleDraw_frame_check" CHECK (json_valid("frame"))
);

-- CreateIndex
CREATE INDEX "ClosedDocument_workspaceId_documentId_idx" ON "ClosedDocument"("workspaceId", "documentId");

-- CreateIndex
CREATE INDEX "SampleDraw_workspaceId_sessionId_drawnAt_idx" ON "SampleDraw"("workspaceId", "sessionId", "drawnAt");

-- CreateIndex
CREATE INDEX "SampleDraw_workspaceId_frameKey_idx" ON "SampleDraw"("workspaceId", "frameKey");

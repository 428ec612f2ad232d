-- CreateTable
CREATE TABLE "SecondReadingDraw" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "documentIds" JSONB NOT NULL,
    "frameSize" INTEGER NOT NULL,
    "frameSha256" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "seed" INTEGER NOT NULL,
    "drawnAt" DATETIME NOT NULL,
    CONSTRAINT "SecondReadingDraw_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SecondReadingDraw_workspaceId_sessionId_fkey" FOREIGN KEY ("workspaceId", "sessionId") REFERENCES "ReviewSession" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SecondReadingDraw_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SecondReadingDraw_size_check" CHECK ("size" >= 1 AND "size" <= "frameSize"),
    CONSTRAINT "SecondReadingDraw_seed_check" CHECK ("seed" >= 0),
    CONSTRAINT "SecondReadingDraw_frame_sha256_check" CHECK (length("frameSha256") = 64),
    CONSTRAINT "SecondReadingDraw_documentIds_check" CHECK (json_valid("documentIds"))
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_SessionDocument" (
    "workspaceId" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "documentId" TEXT NOT NULL,
    "revisionId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "readTwice" BOOLEAN NOT NULL DEFAULT false,

    PRIMARY KEY ("workspaceId", "sessionId", "documentId"),
    CONSTRAINT "SessionDocument_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SessionDocument_workspaceId_sessionId_fkey" FOREIGN KEY ("workspaceId", "sessionId") REFERENCES "ReviewSession" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SessionDocument_workspaceId_documentId_fkey" FOREIGN KEY ("workspaceId", "documentId") REFERENCES "Document" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SessionDocument_workspaceId_revisionId_fkey" FOREIGN KEY ("workspaceId", "revisionId") REFERENCES "Revision" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SessionDocument_position_check" CHECK ("position" >= 0),
    CONSTRAINT "SessionDocument_readTwice_check" CHECK ("readTwice" IN (0, 1))
);
INSERT INTO "new_SessionDocument" ("documentId", "position", "revisionId", "sessionId", "workspaceId") SELECT "documentId", "position", "revisionId", "sessionId", "workspaceId" FROM "SessionDocument";
DROP TABLE "SessionDocument";
ALTER TABLE "new_SessionDocument" RENAME TO "SessionDocument";
CREATE INDEX "SessionDocument_workspaceId_documentId_idx" ON "SessionDocument"("workspaceId", "documentId");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "SecondReadingDraw_workspaceId_sessionId_drawnAt_idx" ON "SecondReadingDraw"("workspaceId", "sessionId", "drawnAt");

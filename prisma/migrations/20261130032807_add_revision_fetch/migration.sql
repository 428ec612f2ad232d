-- CreateTable
CREATE TABLE "RevisionFetch" (
    "revisionId" TEXT NOT NULL PRIMARY KEY,
    "requestedUrl" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "headers" JSONB NOT NULL,
    "fetchedAt" DATETIME NOT NULL,
    CONSTRAINT "RevisionFetch_revisionId_fkey" FOREIGN KEY ("revisionId") REFERENCES "Revision" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "RevisionFetch_status_check" CHECK ("status" >= 100 AND "status" <= 599),
    CONSTRAINT "RevisionFetch_headers_check" CHECK (json_valid("headers"))
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Revision" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "documentId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "text" TEXT NOT NULL,
    "folded" TEXT,
    "sha256" TEXT NOT NULL,
    "sentences" JSONB NOT NULL,
    "wordCount" INTEGER NOT NULL,
    "sentenceCount" INTEGER NOT NULL,
    "checkableCount" INTEGER NOT NULL,
    "origin" TEXT NOT NULL,
    "createdById" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "Revision_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Revision_workspaceId_documentId_fkey" FOREIGN KEY ("workspaceId", "documentId") REFERENCES "Document" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Revision_number_check" CHECK ("number" >= 1),
    CONSTRAINT "Revision_sha256_check" CHECK (length("sha256") = 64),
    CONSTRAINT "Revision_counts_check" CHECK ("wordCount" >= 0 AND "checkableCount" >= 0 AND "sentenceCount" >= "checkableCount"),
    CONSTRAINT "Revision_content_check" CHECK (json_valid("content")),
    CONSTRAINT "Revision_sentences_check" CHECK (json_valid("sentences")),
    CONSTRAINT "Revision_origin_check" CHECK ("origin" IN ('paste', 'file', 'command_line', 'api', 'address'))
);
INSERT INTO "new_Revision" ("id", "workspaceId", "documentId", "number", "content", "text", "folded", "sha256", "sentences", "wordCount", "sentenceCount", "checkableCount", "origin", "createdById", "createdAt") SELECT "id", "workspaceId", "documentId", "number", "content", "text", "folded", "sha256", "sentences", "wordCount", "sentenceCount", "checkableCount", "origin", "createdById", "createdAt" FROM "Revision";
DROP TABLE "Revision";
ALTER TABLE "new_Revision" RENAME TO "Revision";
CREATE UNIQUE INDEX "Revision_workspaceId_documentId_number_key" ON "Revision"("workspaceId", "documentId", "number");
CREATE UNIQUE INDEX "Revision_workspaceId_id_key" ON "Revision"("workspaceId", "id");
CREATE INDEX "Revision_workspaceId_sha256_idx" ON "Revision"("workspaceId", "sha256");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

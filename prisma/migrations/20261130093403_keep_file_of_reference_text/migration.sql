-- AlterTable
ALTER TABLE "Reference" ADD COLUMN "snapshotFile" JSONB;

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Reference" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "csl" JSONB NOT NULL,
    "type" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "author" TEXT NOT NULL DEFAULT '',
    "publisher" TEXT NOT NULL DEFAULT '',
    "issued" TEXT NOT NULL DEFAULT '',
    "doi" TEXT NOT NULL DEFAULT '',
    "url" TEXT NOT NULL DEFAULT '',
    "snapshotText" TEXT,
    "snapshotSha256" TEXT,
    "snapshotAt" DATETIME,
    "snapshotFile" JSONB,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "deletedAt" DATETIME,

    PRIMARY KEY ("workspaceId", "id"),
    CONSTRAINT "Reference_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Reference_snapshot_check" CHECK (("snapshotText" IS NULL) = ("snapshotSha256" IS NULL) AND ("snapshotText" IS NULL) = ("snapshotAt" IS NULL)),
    CONSTRAINT "Reference_snapshot_file_check" CHECK ("snapshotFile" IS NULL OR "snapshotText" IS NOT NULL),
    CONSTRAINT "Reference_snapshot_sha256_check" CHECK ("snapshotSha256" IS NULL OR length("snapshotSha256") = 64),
    CONSTRAINT "Reference_version_check" CHECK ("version" >= 1),
    CONSTRAINT "Reference_csl_check" CHECK (json_valid("csl")),
    CONSTRAINT "Reference_snapshotFile_check" CHECK (json_valid("snapshotFile"))
);
INSERT INTO "new_Reference" ("id", "workspaceId", "csl", "type", "title", "author", "publisher", "issued", "doi", "url", "snapshotText", "snapshotSha256", "snapshotAt", "snapshotFile", "version", "createdAt", "updatedAt", "deletedAt") SELECT "id", "workspaceId", "csl", "type", "title", "author", "publisher", "issued", "doi", "url", "snapshotText", "snapshotSha256", "snapshotAt", "snapshotFile", "version", "createdAt", "updatedAt", "deletedAt" FROM "Reference";
DROP TABLE "Reference";
ALTER TABLE "new_Reference" RENAME TO "Reference";
CREATE INDEX "Reference_workspaceId_title_idx" ON "Reference"("workspaceId", "title");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

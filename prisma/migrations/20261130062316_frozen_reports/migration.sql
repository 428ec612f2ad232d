-- CreateTable
CREATE TABLE "ReportReviewer" (
    "workspaceId" TEXT NOT NULL,
    "reportId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "namedAt" DATETIME,

    PRIMARY KEY ("workspaceId", "reportId", "memberId"),
    CONSTRAINT "ReportReviewer_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ReportReviewer_workspaceId_reportId_fkey" FOREIGN KEY ("workspaceId", "reportId") REFERENCES "Report" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ReportReviewer_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ReportReviewer_place_check" CHECK ("place" >= 0)
);

-- CreateTable
CREATE TABLE "ReportAddition" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "reportId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "claimId" TEXT,
    "day" TEXT NOT NULL,
    "url" TEXT NOT NULL DEFAULT '',
    "text" TEXT NOT NULL,
    "createdById" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "deletedAt" DATETIME,

    PRIMARY KEY ("workspaceId", "id"),
    CONSTRAINT "ReportAddition_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ReportAddition_workspaceId_reportId_fkey" FOREIGN KEY ("workspaceId", "reportId") REFERENCES "Report" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ReportAddition_text_check" CHECK (length("text") > 0),
    CONSTRAINT "ReportAddition_day_check" CHECK (length("day") = 10),
    CONSTRAINT "ReportAddition_claim_check" CHECK ("kind" <> 'correction' OR "claimId" IS NOT NULL),
    CONSTRAINT "ReportAddition_kind_check" CHECK ("kind" IN ('reply', 'correction'))
);

-- CreateTable
CREATE TABLE "Publication" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "reportId" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "indexed" BOOLEAN NOT NULL DEFAULT false,
    "createdById" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "withdrawnAt" DATETIME,
    "withdrawnById" TEXT,
    "reason" TEXT NOT NULL DEFAULT '',

    PRIMARY KEY ("workspaceId", "id"),
    CONSTRAINT "Publication_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Publication_workspaceId_reportId_fkey" FOREIGN KEY ("workspaceId", "reportId") REFERENCES "Report" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Publication_token_check" CHECK (length("token") >= 40),
    CONSTRAINT "Publication_withdrawal_check" CHECK (("withdrawnAt" IS NULL) = ("withdrawnById" IS NULL) AND ("withdrawnAt" IS NULL) = ("reason" = '')),
    CONSTRAINT "Publication_indexed_check" CHECK ("indexed" IN (0, 1))
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Report" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "methodVersion" TEXT NOT NULL,
    "softwareVersion" TEXT NOT NULL,
    "inputSha256" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "summary" JSONB NOT NULL,
    "createdById" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "Report_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Report_workspaceId_sourceId_fkey" FOREIGN KEY ("workspaceId", "sourceId") REFERENCES "Source" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Report_input_sha256_check" CHECK (length("inputSha256") = 64),
    CONSTRAINT "Report_number_check" CHECK ("number" >= 1),
    CONSTRAINT "Report_sha256_check" CHECK (length("sha256") = 64),
    CONSTRAINT "Report_summary_check" CHECK (json_valid("summary"))
);
INSERT INTO "new_Report" ("body", "createdAt", "createdById", "id", "methodVersion", "number", "sha256", "sourceId", "workspaceId") SELECT "body", "createdAt", "createdById", "id", "methodVersion", "number", "sha256", "sourceId", "workspaceId" FROM "Report";
DROP TABLE "Report";
ALTER TABLE "new_Report" RENAME TO "Report";
CREATE UNIQUE INDEX "Report_workspaceId_id_key" ON "Report"("workspaceId", "id");
CREATE UNIQUE INDEX "Report_workspaceId_sourceId_number_key" ON "Report"("workspaceId", "sourceId", "number");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "ReportAddition_workspaceId_reportId_idx" ON "ReportAddition"("workspaceId", "reportId");

-- CreateIndex
CREATE UNIQUE INDEX "Publication_token_key" ON "Publication"("token");

-- CreateIndex
CREATE INDEX "Publication_workspaceId_reportId_idx" ON "Publication"("workspaceId", "reportId");

-- A frozen report is never changed and never deleted.
CREATE TRIGGER "Report_body_frozen" BEFORE UPDATE OF "body" ON "Report"
BEGIN
  SELECT RAISE(ABORT, 'Report_body_frozen: the body of a frozen report cannot be changed');
END;
CREATE TRIGGER "Report_kept" BEFORE DELETE ON "Report"
BEGIN
  SELECT RAISE(ABORT, 'Report_kept: a frozen report cannot be deleted');
END;

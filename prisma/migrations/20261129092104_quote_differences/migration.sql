-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Citation" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "annotationId" TEXT NOT NULL,
    "referenceId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "stance" TEXT NOT NULL,
    "quote" TEXT NOT NULL DEFAULT '',
    "locator" TEXT NOT NULL DEFAULT '',
    "quoteStart" INTEGER,
    "quoteEnd" INTEGER,
    "quoteDifferences" TEXT NOT NULL DEFAULT '',
    CONSTRAINT "Citation_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Citation_workspaceId_annotationId_fkey" FOREIGN KEY ("workspaceId", "annotationId") REFERENCES "Annotation" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Citation_workspaceId_referenceId_fkey" FOREIGN KEY ("workspaceId", "referenceId") REFERENCES "Reference" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Citation_position_check" CHECK ("position" >= 0),
    CONSTRAINT "Citation_quote_place_check" CHECK (("quoteStart" IS NULL AND "quoteEnd" IS NULL) OR ("quoteStart" IS NOT NULL AND "quoteEnd" IS NOT NULL AND "quoteStart" >= 0 AND "quoteEnd" > "quoteStart")),
    CONSTRAINT "Citation_quote_differences_check" CHECK ("quoteDifferences" = '' OR "quoteStart" IS NOT NULL),
    CONSTRAINT "Citation_stance_check" CHECK ("stance" IN ('supports', 'contradicts', 'mentions'))
);
INSERT INTO "new_Citation" ("annotationId", "id", "locator", "position", "quote", "quoteEnd", "quoteStart", "referenceId", "stance", "workspaceId") SELECT "annotationId", "id", "locator", "position", "quote", "quoteEnd", "quoteStart", "referenceId", "stance", "workspaceId" FROM "Citation";
DROP TABLE "Citation";
ALTER TABLE "new_Citation" RENAME TO "Citation";
CREATE INDEX "Citation_annotationId_position_idx" ON "Citation"("annotationId", "position");
CREATE INDEX "Citation_referenceId_idx" ON "Citation"("referenceId");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

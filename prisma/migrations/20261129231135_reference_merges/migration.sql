-- CreateTable
CREATE TABLE "ReferenceMerge" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "keptId" TEXT NOT NULL,
    "goneId" TEXT NOT NULL,
    "keptVersion" INTEGER NOT NULL,
    "goneVersion" INTEGER NOT NULL,
    "keptCsl" JSONB NOT NULL,
    "tookText" BOOLEAN NOT NULL,
    "citationIds" JSONB NOT NULL,
    "verdictCitationIds" JSONB NOT NULL,
    "mergedAt" DATETIME NOT NULL,
    "undoneAt" DATETIME,

    PRIMARY KEY ("workspaceId", "id"),
    CONSTRAINT "ReferenceMerge_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ReferenceMerge_workspaceId_keptId_fkey" FOREIGN KEY ("workspaceId", "keptId") REFERENCES "Reference" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ReferenceMerge_workspaceId_goneId_fkey" FOREIGN KEY ("workspaceId", "goneId") REFERENCES "Reference" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ReferenceMerge_keptCsl_check" CHECK (json_valid("keptCsl")),
    CONSTRAINT "ReferenceMerge_tookText_check" CHECK ("tookText" IN (0, 1)),
    CONSTRAINT "ReferenceMerge_citationIds_check" CHECK (json_valid("citationIds")),
    CONSTRAINT "ReferenceMerge_verdictCitationIds_check" CHECK (json_valid("verdictCitationIds"))
);

-- CreateIndex
CREATE INDEX "ReferenceMerge_workspaceId_goneId_idx" ON "ReferenceMerge"("workspaceId", "goneId");

-- DropIndex
DROP INDEX "Document_workspaceId_sourceId_idx";

-- CreateTable
CREATE TABLE "DocumentCount" (
    "workspaceId" TEXT NOT NULL,
    "documentId" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "closedAt" TIMESTAMP(3) NOT NULL,
    "sourced" INTEGER NOT NULL,
    "unsourced" INTEGER NOT NULL,
    "contradicted" INTEGER NOT NULL,
    "notCheckable" INTEGER NOT NULL,
    "noClaim" INTEGER NOT NULL,
    "incomplete" INTEGER NOT NULL,
    "singleReview" INTEGER NOT NULL,
    "disputed" INTEGER NOT NULL,
    "partial" INTEGER NOT NULL,
    "decided" INTEGER NOT NULL,
    "checkable" INTEGER NOT NULL,

    CONSTRAINT "DocumentCount_pkey" PRIMARY KEY ("workspaceId","documentId")
);

-- CreateTable
CREATE TABLE "SourceCount" (
    "workspaceId" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "documents" INTEGER NOT NULL,
    "documentsWithClaims" INTEGER NOT NULL,
    "sourced" INTEGER NOT NULL,
    "unsourced" INTEGER NOT NULL,
    "contradicted" INTEGER NOT NULL,
    "notCheckable" INTEGER NOT NULL,
    "noClaim" INTEGER NOT NULL,
    "incomplete" INTEGER NOT NULL,
    "singleReview" INTEGER NOT NULL,
    "disputed" INTEGER NOT NULL,
    "partial" INTEGER NOT NULL,
    "decided" INTEGER NOT NULL,
    "checkable" INTEGER NOT NULL,
    "mostAssessed" INTEGER NOT NULL,
    "assessedSquares" BIGINT NOT NULL,
    "sourcedSquares" BIGINT NOT NULL,
    "sourcedProducts" BIGINT NOT NULL,
    "unsourcedSquares" BIGINT NOT NULL,
    "unsourcedProducts" BIGINT NOT NULL,
    "contradictedSquares" BIGINT NOT NULL,
    "contradictedProducts" BIGINT NOT NULL,
    "lastClosedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "SourceCount_pkey" PRIMARY KEY ("workspaceId","sourceId")
);

-- CreateIndex
CREATE INDEX "DocumentCount_workspaceId_sourceId_idx" ON "DocumentCount"("workspaceId", "sourceId");

-- CreateIndex
CREATE INDEX "DocumentCount_workspaceId_sessionId_idx" ON "DocumentCount"("workspaceId", "sessionId");

-- CreateIndex
CREATE INDEX "Document_workspaceId_sourceId_deletedAt_idx" ON "Document"("workspaceId", "sourceId", "deletedAt");

-- CreateIndex
CREATE INDEX "Report_workspaceId_sourceId_number_id_createdAt_idx" ON "Report"("workspaceId", "sourceId", "number", "id", "createdAt");

-- AddForeignKey
ALTER TABLE "DocumentCount" ADD CONSTRAINT "DocumentCount_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DocumentCount" ADD CONSTRAINT "DocumentCount_workspaceId_documentId_fkey" FOREIGN KEY ("workspaceId", "documentId") REFERENCES "Document"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DocumentCount" ADD CONSTRAINT "DocumentCount_workspaceId_sourceId_fkey" FOREIGN KEY ("workspaceId", "sourceId") REFERENCES "Source"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DocumentCount" ADD CONSTRAINT "DocumentCount_workspaceId_sessionId_fkey" FOREIGN KEY ("workspaceId", "sessionId") REFERENCES "ReviewSession"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SourceCount" ADD CONSTRAINT "SourceCount_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SourceCount" ADD CONSTRAINT "SourceCount_workspaceId_sourceId_fkey" FOREIGN KEY ("workspaceId", "sourceId") REFERENCES "Source"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Checks
ALTER TABLE "DocumentCount" ADD CONSTRAINT "DocumentCount_counts_check" CHECK ("sourced" >= 0 AND "unsourced" >= 0 AND "contradicted" >= 0 AND "notCheckable" >= 0 AND "noClaim" >= 0 AND "incomplete" >= 0 AND "singleReview" >= 0 AND "disputed" >= 0 AND "partial" >= 0);
ALTER TABLE "DocumentCount" ADD CONSTRAINT "DocumentCount_decided_check" CHECK ("decided" >= 0 AND "checkable" >= "decided");
ALTER TABLE "SourceCount" ADD CONSTRAINT "SourceCount_documents_check" CHECK ("documents" >= 0 AND "documentsWithClaims" >= 0 AND "documents" >= "documentsWithClaims");
ALTER TABLE "SourceCount" ADD CONSTRAINT "SourceCount_decided_check" CHECK ("decided" >= 0 AND "checkable" >= "decided");

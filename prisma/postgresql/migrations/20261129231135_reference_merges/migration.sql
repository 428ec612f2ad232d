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
    "mergedAt" TIMESTAMP(3) NOT NULL,
    "undoneAt" TIMESTAMP(3),

    CONSTRAINT "ReferenceMerge_pkey" PRIMARY KEY ("workspaceId","id")
);

-- CreateIndex
CREATE INDEX "ReferenceMerge_workspaceId_goneId_idx" ON "ReferenceMerge"("workspaceId", "goneId");

-- AddForeignKey
ALTER TABLE "ReferenceMerge" ADD CONSTRAINT "ReferenceMerge_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReferenceMerge" ADD CONSTRAINT "ReferenceMerge_workspaceId_keptId_fkey" FOREIGN KEY ("workspaceId", "keptId") REFERENCES "Reference"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReferenceMerge" ADD CONSTRAINT "ReferenceMerge_workspaceId_goneId_fkey" FOREIGN KEY ("workspaceId", "goneId") REFERENCES "Reference"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

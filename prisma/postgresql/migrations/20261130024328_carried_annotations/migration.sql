-- CreateEnum
CREATE TYPE "AnchorState" AS ENUM ('same', 'moved', 'changed', 'lost');

-- CreateEnum
CREATE TYPE "CarryOutcome" AS ENUM ('waiting', 'carried', 'retired');

-- CreateTable
CREATE TABLE "CarriedAnnotation" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "fromId" TEXT NOT NULL,
    "revisionId" TEXT NOT NULL,
    "state" "AnchorState" NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "start" INTEGER,
    "end" INTEGER,
    "outcome" "CarryOutcome" NOT NULL,
    "toId" TEXT,
    "decidedById" TEXT,
    "decidedAt" TIMESTAMP(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "CarriedAnnotation_pkey" PRIMARY KEY ("workspaceId","id")
);

-- CreateIndex
CREATE INDEX "CarriedAnnotation_workspaceId_revisionId_outcome_idx" ON "CarriedAnnotation"("workspaceId", "revisionId", "outcome");

-- CreateIndex
CREATE UNIQUE INDEX "CarriedAnnotation_workspaceId_fromId_key" ON "CarriedAnnotation"("workspaceId", "fromId");

-- CreateIndex
CREATE UNIQUE INDEX "CarriedAnnotation_workspaceId_toId_key" ON "CarriedAnnotation"("workspaceId", "toId");

-- AddForeignKey
ALTER TABLE "CarriedAnnotation" ADD CONSTRAINT "CarriedAnnotation_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CarriedAnnotation" ADD CONSTRAINT "CarriedAnnotation_workspaceId_fromId_fkey" FOREIGN KEY ("workspaceId", "fromId") REFERENCES "Annotation"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CarriedAnnotation" ADD CONSTRAINT "CarriedAnnotation_workspaceId_toId_fkey" FOREIGN KEY ("workspaceId", "toId") REFERENCES "Annotation"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CarriedAnnotation" ADD CONSTRAINT "CarriedAnnotation_workspaceId_revisionId_fkey" FOREIGN KEY ("workspaceId", "revisionId") REFERENCES "Revision"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CarriedAnnotation" ADD CONSTRAINT "CarriedAnnotation_workspaceId_decidedById_fkey" FOREIGN KEY ("workspaceId", "decidedById") REFERENCES "Member"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Checks
ALTER TABLE "CarriedAnnotation" ADD CONSTRAINT "CarriedAnnotation_span_check" CHECK (("start" IS NULL AND "end" IS NULL) OR ("start" IS NOT NULL AND "end" IS NOT NULL AND "start" >= 0 AND "end" > "start"));
ALTER TABLE "CarriedAnnotation" ADD CONSTRAINT "CarriedAnnotation_carried_check" CHECK (("outcome" <> 'carried' OR "toId" IS NOT NULL) AND ("outcome" NOT IN ('waiting', 'retired') OR "toId" IS NULL));
ALTER TABLE "CarriedAnnotation" ADD CONSTRAINT "CarriedAnnotation_score_check" CHECK ("score" >= 0 AND "score" <= 1);
ALTER TABLE "CarriedAnnotation" ADD CONSTRAINT "CarriedAnnotation_version_check" CHECK ("version" >= 1);

-- CreateEnum
CREATE TYPE "AdditionKind" AS ENUM ('reply', 'correction');

-- AlterTable
ALTER TABLE "Report" ADD COLUMN     "inputSha256" TEXT NOT NULL,
ADD COLUMN     "softwareVersion" TEXT NOT NULL,
ADD COLUMN     "summary" JSONB NOT NULL,
ALTER COLUMN "body" SET DATA TYPE TEXT;

-- CreateTable
CREATE TABLE "ReportReviewer" (
    "workspaceId" TEXT NOT NULL,
    "reportId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "namedAt" TIMESTAMP(3),

    CONSTRAINT "ReportReviewer_pkey" PRIMARY KEY ("workspaceId","reportId","memberId")
);

-- CreateTable
CREATE TABLE "ReportAddition" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "reportId" TEXT NOT NULL,
    "kind" "AdditionKind" NOT NULL,
    "claimId" TEXT,
    "day" TEXT NOT NULL,
    "url" TEXT NOT NULL DEFAULT '',
    "text" TEXT NOT NULL,
    "createdById" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "deletedAt" TIMESTAMP(3),

    CONSTRAINT "ReportAddition_pkey" PRIMARY KEY ("workspaceId","id")
);

-- CreateTable
CREATE TABLE "Publication" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "reportId" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "indexed" BOOLEAN NOT NULL DEFAULT false,
    "createdById" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "withdrawnAt" TIMESTAMP(3),
    "withdrawnById" TEXT,
    "reason" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "Publication_pkey" PRIMARY KEY ("workspaceId","id")
);

-- CreateIndex
CREATE INDEX "ReportAddition_workspaceId_reportId_idx" ON "ReportAddition"("workspaceId", "reportId");

-- CreateIndex
CREATE UNIQUE INDEX "Publication_token_key" ON "Publication"("token");

-- CreateIndex
CREATE INDEX "Publication_workspaceId_reportId_idx" ON "Publication"("workspaceId", "reportId");

-- CreateIndex
CREATE UNIQUE INDEX "Report_workspaceId_id_key" ON "Report"("workspaceId", "id");

-- AddForeignKey
ALTER TABLE "ReportReviewer" ADD CONSTRAINT "ReportReviewer_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReportReviewer" ADD CONSTRAINT "ReportReviewer_workspaceId_reportId_fkey" FOREIGN KEY ("workspaceId", "reportId") REFERENCES "Report"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReportReviewer" ADD CONSTRAINT "ReportReviewer_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReportAddition" ADD CONSTRAINT "ReportAddition_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReportAddition" ADD CONSTRAINT "ReportAddition_workspaceId_reportId_fkey" FOREIGN KEY ("workspaceId", "reportId") REFERENCES "Report"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Publication" ADD CONSTRAINT "Publication_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Publication" ADD CONSTRAINT "Publication_workspaceId_reportId_fkey" FOREIGN KEY ("workspaceId", "reportId") REFERENCES "Report"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Checks
ALTER TABLE "ReportReviewer" ADD CONSTRAINT "ReportReviewer_place_check" CHECK ("place" >= 0);
ALTER TABLE "ReportAddition" ADD CONSTRAINT "ReportAddition_text_check" CHECK (length("text") > 0);
ALTER TABLE "ReportAddition" ADD CONSTRAINT "ReportAddition_day_check" CHECK (length("day") = 10);
ALTER TABLE "ReportAddition" ADD CONSTRAINT "ReportAddition_claim_check" CHECK ("kind" <> 'correction' OR "claimId" IS NOT NULL);
ALTER TABLE "Publication" ADD CONSTRAINT "Publication_token_check" CHECK (length("token") >= 40);
ALTER TABLE "Publication" ADD CONSTRAINT "Publication_withdrawal_check" CHECK (("withdrawnAt" IS NULL) = ("withdrawnById" IS NULL) AND ("withdrawnAt" IS NULL) = ("reason" = ''));
ALTER TABLE "Report" ADD CONSTRAINT "Report_input_sha256_check" CHECK (length("inputSha256") = 64);

-- A frozen report is never changed and never deleted.
-- The body is written with \x3B for a semicolon, because migrations are cut at semicolons before they run.
CREATE FUNCTION "refuse_report_change"() RETURNS trigger LANGUAGE plpgsql
  AS E'BEGIN RAISE EXCEPTION \'%: a frozen report cannot be changed or deleted\', TG_NAME\x3B END\x3B';
CREATE TRIGGER "Report_body_frozen" BEFORE UPDATE OF "body" ON "Report"
  FOR EACH ROW EXECUTE FUNCTION "refuse_report_change"();
CREATE TRIGGER "Report_kept" BEFORE DELETE ON "Report"
  FOR EACH ROW EXECUTE FUNCTION "refuse_report_change"();

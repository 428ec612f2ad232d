-- CreateEnum
CREATE TYPE "Reveal" AS ENUM ('after_submission', 'after_phase');

-- CreateEnum
CREATE TYPE "ClaimOrigin" AS ENUM ('matched', 'split', 'merged');

-- CreateEnum
CREATE TYPE "ThreadAudience" AS ENUM ('everyone', 'leads');

-- CreateEnum
CREATE TYPE "MailTiming" AS ENUM ('immediately', 'daily', 'never');

-- AlterEnum
ALTER TYPE "AssignmentState" ADD VALUE 'withdrawn';

-- DropIndex
DROP INDEX "SentenceDecision_revisionId_authorId_start_key";

-- AlterTable
ALTER TABLE "Annotation" ADD COLUMN     "sessionId" TEXT;

-- AlterTable
ALTER TABLE "Assignment" ADD COLUMN     "acceptedAt" TIMESTAMP(3),
ADD COLUMN     "comment" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "createdById" TEXT NOT NULL,
ADD COLUMN     "dueAt" TIMESTAMP(3),
ADD COLUMN     "remindedAt" TIMESTAMP(3),
ADD COLUMN     "returnedAt" TIMESTAMP(3),
ADD COLUMN     "startedAt" TIMESTAMP(3),
ADD COLUMN     "submittedAt" TIMESTAMP(3),
ADD COLUMN     "why" JSONB,
ADD COLUMN     "withdrawnAt" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "Claim" ADD COLUMN     "deletedAt" TIMESTAMP(3),
ADD COLUMN     "match" JSONB,
ADD COLUMN     "origin" "ClaimOrigin" NOT NULL DEFAULT 'matched',
ADD COLUMN     "revisionId" TEXT NOT NULL,
ADD COLUMN     "updatedAt" TIMESTAMP(3) NOT NULL,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "Event" ADD COLUMN     "documentId" TEXT,
ADD COLUMN     "sessionId" TEXT;

-- AlterTable
ALTER TABLE "Member" ADD COLUMN     "mailTiming" "MailTiming" NOT NULL DEFAULT 'immediately';

-- AlterTable
ALTER TABLE "ReviewSession" ADD COLUMN     "activatedAt" TIMESTAMP(3),
ADD COLUMN     "blind" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "blindEndedAt" TIMESTAMP(3),
ADD COLUMN     "closedAt" TIMESTAMP(3),
ADD COLUMN     "createdById" TEXT NOT NULL,
ADD COLUMN     "deletedAt" TIMESTAMP(3),
ADD COLUMN     "dueAt" TIMESTAMP(3),
ADD COLUMN     "isTemplate" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "reveal" "Reveal" NOT NULL DEFAULT 'after_phase',
ADD COLUMN     "sample" JSONB;

-- AlterTable
ALTER TABLE "SentenceDecision" ADD COLUMN     "sessionId" TEXT,
ADD COLUMN     "sessionKey" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "SessionDocument" ADD COLUMN     "position" INTEGER NOT NULL,
ADD COLUMN     "revisionId" TEXT NOT NULL;

-- AlterTable
ALTER TABLE "Verdict" ADD COLUMN     "disputed" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "inBulk" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "ownAnnotation" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "partial" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "updatedAt" TIMESTAMP(3) NOT NULL,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "votes" JSONB NOT NULL,
ALTER COLUMN "rating" DROP NOT NULL;

-- CreateTable
CREATE TABLE "SessionMember" (
    "workspaceId" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "reviews" BOOLEAN NOT NULL DEFAULT true,
    "adjudicates" BOOLEAN NOT NULL DEFAULT false,
    "weight" DOUBLE PRECISION NOT NULL DEFAULT 1,
    "quotaDocuments" INTEGER,
    "quotaWords" INTEGER,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "SessionMember_pkey" PRIMARY KEY ("sessionId","memberId")
);

-- CreateTable
CREATE TABLE "ConflictOfInterest" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "sourceId" TEXT,
    "documentId" TEXT,
    "reason" TEXT NOT NULL DEFAULT '',
    "createdById" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "ConflictOfInterest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BlindRating" (
    "workspaceId" TEXT NOT NULL,
    "assignmentId" TEXT NOT NULL,
    "annotationId" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "documentId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "rating" "Rating" NOT NULL,
    "disputed" BOOLEAN NOT NULL,
    "partial" BOOLEAN NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "BlindRating_pkey" PRIMARY KEY ("assignmentId","annotationId")
);

-- CreateTable
CREATE TABLE "VerdictCitation" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "verdictId" TEXT NOT NULL,
    "referenceId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "stance" "Stance" NOT NULL,
    "quote" TEXT NOT NULL DEFAULT '',
    "locator" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "VerdictCitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Thread" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "documentId" TEXT NOT NULL,
    "sessionId" TEXT,
    "annotationId" TEXT,
    "claimId" TEXT,
    "audience" "ThreadAudience" NOT NULL DEFAULT 'everyone',
    "createdById" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "resolvedAt" TIMESTAMP(3),
    "resolvedById" TEXT,

    CONSTRAINT "Thread_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Comment" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "threadId" TEXT NOT NULL,
    "authorId" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "deletedAt" TIMESTAMP(3),

    CONSTRAINT "Comment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Mention" (
    "workspaceId" TEXT NOT NULL,
    "commentId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,

    CONSTRAINT "Mention_pkey" PRIMARY KEY ("commentId","memberId")
);

-- CreateTable
CREATE TABLE "Notification" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "readAt" TIMESTAMP(3),
    "mailedAt" TIMESTAMP(3),

    CONSTRAINT "Notification_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "SessionMember_memberId_idx" ON "SessionMember"("memberId");

-- CreateIndex
CREATE INDEX "ConflictOfInterest_workspaceId_memberId_idx" ON "ConflictOfInterest"("workspaceId", "memberId");

-- CreateIndex
CREATE INDEX "BlindRating_sessionId_documentId_idx" ON "BlindRating"("sessionId", "documentId");

-- CreateIndex
CREATE INDEX "VerdictCitation_verdictId_position_idx" ON "VerdictCitation"("verdictId", "position");

-- CreateIndex
CREATE INDEX "VerdictCitation_referenceId_idx" ON "VerdictCitation"("referenceId");

-- CreateIndex
CREATE INDEX "Thread_documentId_createdAt_idx" ON "Thread"("documentId", "createdAt");

-- CreateIndex
CREATE INDEX "Thread_annotationId_idx" ON "Thread"("annotationId");

-- CreateIndex
CREATE INDEX "Thread_claimId_idx" ON "Thread"("claimId");

-- CreateIndex
CREATE UNIQUE INDEX "Thread_workspaceId_id_key" ON "Thread"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "Comment_threadId_createdAt_idx" ON "Comment"("threadId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Comment_workspaceId_id_key" ON "Comment"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "Mention_memberId_idx" ON "Mention"("memberId");

-- CreateIndex
CREATE INDEX "Notification_memberId_createdAt_idx" ON "Notification"("memberId", "createdAt");

-- CreateIndex
CREATE INDEX "Notification_mailedAt_createdAt_idx" ON "Notification"("mailedAt", "createdAt");

-- CreateIndex
CREATE INDEX "Annotation_sessionId_revisionId_idx" ON "Annotation"("sessionId", "revisionId");

-- CreateIndex
CREATE INDEX "Assignment_memberId_documentId_idx" ON "Assignment"("memberId", "documentId");

-- CreateIndex
CREATE UNIQUE INDEX "Assignment_workspaceId_id_key" ON "Assignment"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "Claim_sessionId_documentId_start_idx" ON "Claim"("sessionId", "documentId", "start");

-- CreateIndex
CREATE UNIQUE INDEX "ClaimAnnotation_workspaceId_annotationId_key" ON "ClaimAnnotation"("workspaceId", "annotationId");

-- CreateIndex
CREATE INDEX "ReviewSession_workspaceId_state_createdAt_idx" ON "ReviewSession"("workspaceId", "state", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "SentenceDecision_revisionId_authorId_sessionKey_start_key" ON "SentenceDecision"("revisionId", "authorId", "sessionKey", "start");

-- CreateIndex
CREATE INDEX "SessionDocument_documentId_idx" ON "SessionDocument"("documentId");

-- CreateIndex
CREATE UNIQUE INDEX "Verdict_workspaceId_id_key" ON "Verdict"("workspaceId", "id");

-- AddForeignKey
ALTER TABLE "Annotation" ADD CONSTRAINT "Annotation_workspaceId_sessionId_fkey" FOREIGN KEY ("workspaceId", "sessionId") REFERENCES "ReviewSession"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SentenceDecision" ADD CONSTRAINT "SentenceDecision_workspaceId_sessionId_fkey" FOREIGN KEY ("workspaceId", "sessionId") REFERENCES "ReviewSession"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SessionMember" ADD CONSTRAINT "SessionMember_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SessionMember" ADD CONSTRAINT "SessionMember_workspaceId_sessionId_fkey" FOREIGN KEY ("workspaceId", "sessionId") REFERENCES "ReviewSession"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SessionMember" ADD CONSTRAINT "SessionMember_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SessionDocument" ADD CONSTRAINT "SessionDocument_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SessionDocument" ADD CONSTRAINT "SessionDocument_workspaceId_revisionId_fkey" FOREIGN KEY ("workspaceId", "revisionId") REFERENCES "Revision"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConflictOfInterest" ADD CONSTRAINT "ConflictOfInterest_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConflictOfInterest" ADD CONSTRAINT "ConflictOfInterest_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConflictOfInterest" ADD CONSTRAINT "ConflictOfInterest_workspaceId_sourceId_fkey" FOREIGN KEY ("workspaceId", "sourceId") REFERENCES "Source"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConflictOfInterest" ADD CONSTRAINT "ConflictOfInterest_workspaceId_documentId_fkey" FOREIGN KEY ("workspaceId", "documentId") REFERENCES "Document"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BlindRating" ADD CONSTRAINT "BlindRating_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BlindRating" ADD CONSTRAINT "BlindRating_workspaceId_assignmentId_fkey" FOREIGN KEY ("workspaceId", "assignmentId") REFERENCES "Assignment"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BlindRating" ADD CONSTRAINT "BlindRating_workspaceId_annotationId_fkey" FOREIGN KEY ("workspaceId", "annotationId") REFERENCES "Annotation"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BlindRating" ADD CONSTRAINT "BlindRating_workspaceId_sessionId_fkey" FOREIGN KEY ("workspaceId", "sessionId") REFERENCES "ReviewSession"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BlindRating" ADD CONSTRAINT "BlindRating_workspaceId_documentId_fkey" FOREIGN KEY ("workspaceId", "documentId") REFERENCES "Document"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BlindRating" ADD CONSTRAINT "BlindRating_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Claim" ADD CONSTRAINT "Claim_workspaceId_revisionId_fkey" FOREIGN KEY ("workspaceId", "revisionId") REFERENCES "Revision"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VerdictCitation" ADD CONSTRAINT "VerdictCitation_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VerdictCitation" ADD CONSTRAINT "VerdictCitation_workspaceId_verdictId_fkey" FOREIGN KEY ("workspaceId", "verdictId") REFERENCES "Verdict"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VerdictCitation" ADD CONSTRAINT "VerdictCitation_workspaceId_referenceId_fkey" FOREIGN KEY ("workspaceId", "referenceId") REFERENCES "Reference"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Thread" ADD CONSTRAINT "Thread_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Thread" ADD CONSTRAINT "Thread_workspaceId_documentId_fkey" FOREIGN KEY ("workspaceId", "documentId") REFERENCES "Document"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Thread" ADD CONSTRAINT "Thread_workspaceId_sessionId_fkey" FOREIGN KEY ("workspaceId", "sessionId") REFERENCES "ReviewSession"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Thread" ADD CONSTRAINT "Thread_workspaceId_annotationId_fkey" FOREIGN KEY ("workspaceId", "annotationId") REFERENCES "Annotation"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Thread" ADD CONSTRAINT "Thread_workspaceId_claimId_fkey" FOREIGN KEY ("workspaceId", "claimId") REFERENCES "Claim"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Thread" ADD CONSTRAINT "Thread_workspaceId_createdById_fkey" FOREIGN KEY ("workspaceId", "createdById") REFERENCES "Member"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Comment" ADD CONSTRAINT "Comment_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Comment" ADD CONSTRAINT "Comment_workspaceId_threadId_fkey" FOREIGN KEY ("workspaceId", "threadId") REFERENCES "Thread"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Comment" ADD CONSTRAINT "Comment_workspaceId_authorId_fkey" FOREIGN KEY ("workspaceId", "authorId") REFERENCES "Member"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Mention" ADD CONSTRAINT "Mention_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Mention" ADD CONSTRAINT "Mention_workspaceId_commentId_fkey" FOREIGN KEY ("workspaceId", "commentId") REFERENCES "Comment"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Mention" ADD CONSTRAINT "Mention_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notification" ADD CONSTRAINT "Notification_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notification" ADD CONSTRAINT "Notification_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Checks
ALTER TABLE "SentenceDecision" ADD CONSTRAINT "SentenceDecision_session_key_check" CHECK ("sessionKey" = coalesce("sessionId", ''));
ALTER TABLE "Claim" ADD CONSTRAINT "Claim_version_check" CHECK ("version" >= 1);
ALTER TABLE "Verdict" ADD CONSTRAINT "Verdict_version_check" CHECK ("version" >= 1);
ALTER TABLE "SessionMember" ADD CONSTRAINT "SessionMember_part_check" CHECK ("reviews" OR "adjudicates");
ALTER TABLE "SessionMember" ADD CONSTRAINT "SessionMember_weight_check" CHECK ("weight" > 0 AND "weight" <= 100);
ALTER TABLE "SessionMember" ADD CONSTRAINT "SessionMember_quotas_check" CHECK (("quotaDocuments" IS NULL OR "quotaDocuments" >= 0) AND ("quotaWords" IS NULL OR "quotaWords" >= 0));
ALTER TABLE "SessionDocument" ADD CONSTRAINT "SessionDocument_position_check" CHECK ("position" >= 0);
ALTER TABLE "ConflictOfInterest" ADD CONSTRAINT "ConflictOfInterest_subject_check" CHECK (("sourceId" IS NULL) <> ("documentId" IS NULL));
ALTER TABLE "BlindRating" ADD CONSTRAINT "BlindRating_span_check" CHECK ("start" >= 0 AND "end" > "start");
ALTER TABLE "VerdictCitation" ADD CONSTRAINT "VerdictCitation_position_check" CHECK ("position" >= 0);
ALTER TABLE "Thread" ADD CONSTRAINT "Thread_subject_check" CHECK ("annotationId" IS NULL OR "claimId" IS NULL);
ALTER TABLE "Thread" ADD CONSTRAINT "Thread_resolution_check" CHECK (("resolvedAt" IS NULL) = ("resolvedById" IS NULL));
ALTER TABLE "Thread" ADD CONSTRAINT "Thread_version_check" CHECK ("version" >= 1);
ALTER TABLE "Comment" ADD CONSTRAINT "Comment_body_check" CHECK (length("body") > 0);
ALTER TABLE "Comment" ADD CONSTRAINT "Comment_version_check" CHECK ("version" >= 1);
ALTER TABLE "Notification" ADD CONSTRAINT "Notification_type_check" CHECK (length("type") > 0);

-- AlterTable
ALTER TABLE "Event" ADD COLUMN "documentId" TEXT;
ALTER TABLE "Event" ADD COLUMN "sessionId" TEXT;

-- CreateTable
CREATE TABLE "SessionMember" (
    "workspaceId" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "reviews" BOOLEAN NOT NULL DEFAULT true,
    "adjudicates" BOOLEAN NOT NULL DEFAULT false,
    "weight" REAL NOT NULL DEFAULT 1,
    "quotaDocuments" INTEGER,
    "quotaWords" INTEGER,
    "createdAt" DATETIME NOT NULL,

    PRIMARY KEY ("sessionId", "memberId"),
    CONSTRAINT "SessionMember_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SessionMember_workspaceId_sessionId_fkey" FOREIGN KEY ("workspaceId", "sessionId") REFERENCES "ReviewSession" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SessionMember_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SessionMember_part_check" CHECK ("reviews" OR "adjudicates"),
    CONSTRAINT "SessionMember_weight_check" CHECK ("weight" > 0 AND "weight" <= 100),
    CONSTRAINT "SessionMember_quotas_check" CHECK (("quotaDocuments" IS NULL OR "quotaDocuments" >= 0) AND ("quotaWords" IS NULL OR "quotaWords" >= 0)),
    CONSTRAINT "SessionMember_reviews_check" CHECK ("reviews" IN (0, 1)),
    CONSTRAINT "SessionMember_adjudicates_check" CHECK ("adjudicates" IN (0, 1))
);

-- CreateTable
CREATE TABLE "ConflictOfInterest" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "sourceId" TEXT,
    "documentId" TEXT,
    "reason" TEXT NOT NULL DEFAULT '',
    "createdById" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "ConflictOfInterest_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ConflictOfInterest_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ConflictOfInterest_workspaceId_sourceId_fkey" FOREIGN KEY ("workspaceId", "sourceId") REFERENCES "Source" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ConflictOfInterest_workspaceId_documentId_fkey" FOREIGN KEY ("workspaceId", "documentId") REFERENCES "Document" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ConflictOfInterest_subject_check" CHECK (("sourceId" IS NULL) <> ("documentId" IS NULL))
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
    "rating" TEXT NOT NULL,
    "disputed" BOOLEAN NOT NULL,
    "partial" BOOLEAN NOT NULL,
    "createdAt" DATETIME NOT NULL,

    PRIMARY KEY ("assignmentId", "annotationId"),
    CONSTRAINT "BlindRating_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "BlindRating_workspaceId_assignmentId_fkey" FOREIGN KEY ("workspaceId", "assignmentId") REFERENCES "Assignment" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "BlindRating_workspaceId_annotationId_fkey" FOREIGN KEY ("workspaceId", "annotationId") REFERENCES "Annotation" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "BlindRating_workspaceId_sessionId_fkey" FOREIGN KEY ("workspaceId", "sessionId") REFERENCES "ReviewSession" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "BlindRating_workspaceId_documentId_fkey" FOREIGN KEY ("workspaceId", "documentId") REFERENCES "Document" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "BlindRating_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "BlindRating_span_check" CHECK ("start" >= 0 AND "end" > "start"),
    CONSTRAINT "BlindRating_rating_check" CHECK ("rating" IN ('sourced', 'unsourced', 'contradicted', 'not_checkable')),
    CONSTRAINT "BlindRating_disputed_check" CHECK ("disputed" IN (0, 1)),
    CONSTRAINT "BlindRating_partial_check" CHECK ("partial" IN (0, 1))
);

-- CreateTable
CREATE TABLE "VerdictCitation" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "verdictId" TEXT NOT NULL,
    "referenceId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "stance" TEXT NOT NULL,
    "quote" TEXT NOT NULL DEFAULT '',
    "locator" TEXT NOT NULL DEFAULT '',
    CONSTRAINT "VerdictCitation_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "VerdictCitation_workspaceId_verdictId_fkey" FOREIGN KEY ("workspaceId", "verdictId") REFERENCES "Verdict" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "VerdictCitation_workspaceId_referenceId_fkey" FOREIGN KEY ("workspaceId", "referenceId") REFERENCES "Reference" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "VerdictCitation_position_check" CHECK ("position" >= 0),
    CONSTRAINT "VerdictCitation_stance_check" CHECK ("stance" IN ('supports', 'contradicts', 'mentions'))
);

-- CreateTable
CREATE TABLE "Thread" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "documentId" TEXT NOT NULL,
    "sessionId" TEXT,
    "annotationId" TEXT,
    "claimId" TEXT,
    "audience" TEXT NOT NULL DEFAULT 'everyone',
    "createdById" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "resolvedAt" DATETIME,
    "resolvedById" TEXT,
    CONSTRAINT "Thread_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Thread_workspaceId_documentId_fkey" FOREIGN KEY ("workspaceId", "documentId") REFERENCES "Document" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Thread_workspaceId_sessionId_fkey" FOREIGN KEY ("workspaceId", "sessionId") REFERENCES "ReviewSession" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Thread_workspaceId_annotationId_fkey" FOREIGN KEY ("workspaceId", "annotationId") REFERENCES "Annotation" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Thread_workspaceId_claimId_fkey" FOREIGN KEY ("workspaceId", "claimId") REFERENCES "Claim" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Thread_workspaceId_createdById_fkey" FOREIGN KEY ("workspaceId", "createdById") REFERENCES "Member" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Thread_subject_check" CHECK ("annotationId" IS NULL OR "claimId" IS NULL),
    CONSTRAINT "Thread_resolution_check" CHECK (("resolvedAt" IS NULL) = ("resolvedById" IS NULL)),
    CONSTRAINT "Thread_version_check" CHECK ("version" >= 1),
    CONSTRAINT "Thread_audience_check" CHECK ("audience" IN ('everyone', 'leads'))
);

-- CreateTable
CREATE TABLE "Comment" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "threadId" TEXT NOT NULL,
    "authorId" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "deletedAt" DATETIME,
    CONSTRAINT "Comment_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Comment_workspaceId_threadId_fkey" FOREIGN KEY ("workspaceId", "threadId") REFERENCES "Thread" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Comment_workspaceId_authorId_fkey" FOREIGN KEY ("workspaceId", "authorId") REFERENCES "Member" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Comment_body_check" CHECK (length("body") > 0),
    CONSTRAINT "Comment_version_check" CHECK ("version" >= 1)
);

-- CreateTable
CREATE TABLE "Mention" (
    "workspaceId" TEXT NOT NULL,
    "commentId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,

    PRIMARY KEY ("commentId", "memberId"),
    CONSTRAINT "Mention_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Mention_workspaceId_commentId_fkey" FOREIGN KEY ("workspaceId", "commentId") REFERENCES "Comment" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Mention_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Notification" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "readAt" DATETIME,
    "mailedAt" DATETIME,
    CONSTRAINT "Notification_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Notification_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Notification_type_check" CHECK (length("type") > 0),
    CONSTRAINT "Notification_data_check" CHECK (json_valid("data"))
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Annotation" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "revisionId" TEXT NOT NULL,
    "sessionId" TEXT,
    "authorId" TEXT NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "exact" TEXT NOT NULL,
    "rating" TEXT NOT NULL,
    "disputed" BOOLEAN NOT NULL DEFAULT false,
    "partial" BOOLEAN NOT NULL DEFAULT false,
    "note" TEXT NOT NULL DEFAULT '',
    "phase" TEXT NOT NULL DEFAULT 'open',
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "deletedAt" DATETIME,
    CONSTRAINT "Annotation_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Annotation_workspaceId_revisionId_fkey" FOREIGN KEY ("workspaceId", "revisionId") REFERENCES "Revision" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Annotation_workspaceId_sessionId_fkey" FOREIGN KEY ("workspaceId", "sessionId") REFERENCES "ReviewSession" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Annotation_workspaceId_authorId_fkey" FOREIGN KEY ("workspaceId", "authorId") REFERENCES "Member" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Annotation_span_check" CHECK ("start" >= 0 AND "end" > "start"),
    CONSTRAINT "Annotation_exact_check" CHECK (length("exact") > 0),
    CONSTRAINT "Annotation_version_check" CHECK ("version" >= 1),
    CONSTRAINT "Annotation_rating_check" CHECK ("rating" IN ('sourced', 'unsourced', 'contradicted', 'not_checkable')),
    CONSTRAINT "Annotation_disputed_check" CHECK ("disputed" IN (0, 1)),
    CONSTRAINT "Annotation_partial_check" CHECK ("partial" IN (0, 1)),
    CONSTRAINT "Annotation_phase_check" CHECK ("phase" IN ('open', 'blind', 'post'))
);
INSERT INTO "new_Annotation" ("authorId", "createdAt", "deletedAt", "disputed", "end", "exact", "id", "note", "partial", "phase", "rating", "revisionId", "start", "updatedAt", "version", "workspaceId") SELECT "authorId", "createdAt", "deletedAt", "disputed", "end", "exact", "id", "note", "partial", "phase", "rating", "revisionId", "start", "updatedAt", "version", "workspaceId" FROM "Annotation";
DROP TABLE "Annotation";
ALTER TABLE "new_Annotation" RENAME TO "Annotation";
CREATE INDEX "Annotation_revisionId_authorId_start_idx" ON "Annotation"("revisionId", "authorId", "start");
CREATE INDEX "Annotation_sessionId_revisionId_idx" ON "Annotation"("sessionId", "revisionId");
CREATE UNIQUE INDEX "Annotation_workspaceId_id_key" ON "Annotation"("workspaceId", "id");
CREATE TABLE "new_Assignment" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "documentId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'assigned',
    "why" JSONB,
    "dueAt" DATETIME,
    "comment" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdById" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "startedAt" DATETIME,
    "submittedAt" DATETIME,
    "returnedAt" DATETIME,
    "acceptedAt" DATETIME,
    "withdrawnAt" DATETIME,
    "remindedAt" DATETIME,
    CONSTRAINT "Assignment_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Assignment_workspaceId_sessionId_fkey" FOREIGN KEY ("workspaceId", "sessionId") REFERENCES "ReviewSession" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Assignment_workspaceId_documentId_fkey" FOREIGN KEY ("workspaceId", "documentId") REFERENCES "Document" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Assignment_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Assignment_version_check" CHECK ("version" >= 1),
    CONSTRAINT "Assignment_state_check" CHECK ("state" IN ('assigned', 'started', 'submitted', 'returned', 'accepted', 'withdrawn')),
    CONSTRAINT "Assignment_why_check" CHECK (json_valid("why"))
);
INSERT INTO "new_Assignment" ("createdAt", "documentId", "id", "memberId", "sessionId", "state", "updatedAt", "version", "workspaceId") SELECT "createdAt", "documentId", "id", "memberId", "sessionId", "state", "updatedAt", "version", "workspaceId" FROM "Assignment";
DROP TABLE "Assignment";
ALTER TABLE "new_Assignment" RENAME TO "Assignment";
CREATE INDEX "Assignment_memberId_documentId_idx" ON "Assignment"("memberId", "documentId");
CREATE UNIQUE INDEX "Assignment_sessionId_documentId_memberId_key" ON "Assignment"("sessionId", "documentId", "memberId");
CREATE UNIQUE INDEX "Assignment_workspaceId_id_key" ON "Assignment"("workspaceId", "id");
CREATE TABLE "new_Claim" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "documentId" TEXT NOT NULL,
    "revisionId" TEXT NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "exact" TEXT NOT NULL,
    "origin" TEXT NOT NULL DEFAULT 'matched',
    "match" JSONB,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "deletedAt" DATETIME,
    CONSTRAINT "Claim_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Claim_workspaceId_sessionId_fkey" FOREIGN KEY ("workspaceId", "sessionId") REFERENCES "ReviewSession" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Claim_workspaceId_documentId_fkey" FOREIGN KEY ("workspaceId", "documentId") REFERENCES "Document" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Claim_workspaceId_revisionId_fkey" FOREIGN KEY ("workspaceId", "revisionId") REFERENCES "Revision" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Claim_span_check" CHECK ("start" >= 0 AND "end" > "start"),
    CONSTRAINT "Claim_exact_check" CHECK (length("exact") > 0),
    CONSTRAINT "Claim_version_check" CHECK ("version" >= 1),
    CONSTRAINT "Claim_origin_check" CHECK ("origin" IN ('matched', 'split', 'merged')),
    CONSTRAINT "Claim_match_check" CHECK (json_valid("match"))
);
INSERT INTO "new_Claim" ("createdAt", "documentId", "end", "exact", "id", "sessionId", "start", "workspaceId") SELECT "createdAt", "documentId", "end", "exact", "id", "sessionId", "start", "workspaceId" FROM "Claim";
DROP TABLE "Claim";
ALTER TABLE "new_Claim" RENAME TO "Claim";
CREATE INDEX "Claim_sessionId_documentId_start_idx" ON "Claim"("sessionId", "documentId", "start");
CREATE UNIQUE INDEX "Claim_workspaceId_id_key" ON "Claim"("workspaceId", "id");
CREATE TABLE "new_Member" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'active',
    "mailTiming" TEXT NOT NULL DEFAULT 'immediately',
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Member_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Member_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Member_version_check" CHECK ("version" >= 1),
    CONSTRAINT "Member_role_check" CHECK ("role" IN ('owner', 'lead', 'reviewer', 'viewer')),
    CONSTRAINT "Member_status_check" CHECK ("status" IN ('active', 'suspended')),
    CONSTRAINT "Member_mailTiming_check" CHECK ("mailTiming" IN ('immediately', 'daily', 'never'))
);
INSERT INTO "new_Member" ("createdAt", "id", "role", "status", "updatedAt", "userId", "version", "workspaceId") SELECT "createdAt", "id", "role", "status", "updatedAt", "userId", "version", "workspaceId" FROM "Member";
DROP TABLE "Member";
ALTER TABLE "new_Member" RENAME TO "Member";
CREATE INDEX "Member_userId_idx" ON "Member"("userId");
CREATE UNIQUE INDEX "Member_workspaceId_userId_key" ON "Member"("workspaceId", "userId");
CREATE UNIQUE INDEX "Member_workspaceId_id_key" ON "Member"("workspaceId", "id");
CREATE TABLE "new_ReviewSession" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "question" TEXT NOT NULL DEFAULT '',
    "guidelines" TEXT NOT NULL DEFAULT '',
    "protocol" JSONB NOT NULL,
    "blind" BOOLEAN NOT NULL DEFAULT true,
    "reveal" TEXT NOT NULL DEFAULT 'after_phase',
    "sample" JSONB,
    "isTemplate" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "dueAt" DATETIME,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdById" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "activatedAt" DATETIME,
    "blindEndedAt" DATETIME,
    "closedAt" DATETIME,
    "deletedAt" DATETIME,
    CONSTRAINT "ReviewSession_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ReviewSession_name_check" CHECK (length("name") > 0),
    CONSTRAINT "ReviewSession_version_check" CHECK ("version" >= 1),
    CONSTRAINT "ReviewSession_protocol_check" CHECK (json_valid("protocol")),
    CONSTRAINT "ReviewSession_blind_check" CHECK ("blind" IN (0, 1)),
    CONSTRAINT "ReviewSession_reveal_check" CHECK ("reveal" IN ('after_submission', 'after_phase')),
    CONSTRAINT "ReviewSession_sample_check" CHECK (json_valid("sample")),
    CONSTRAINT "ReviewSession_isTemplate_check" CHECK ("isTemplate" IN (0, 1)),
    CONSTRAINT "ReviewSession_state_check" CHECK ("state" IN ('draft', 'active', 'adjudication', 'closed'))
);
INSERT INTO "new_ReviewSession" ("createdAt", "guidelines", "id", "name", "protocol", "question", "state", "updatedAt", "version", "workspaceId") SELECT "createdAt", "guidelines", "id", "name", "protocol", "question", "state", "updatedAt", "version", "workspaceId" FROM "ReviewSession";
DROP TABLE "ReviewSession";
ALTER TABLE "new_ReviewSession" RENAME TO "ReviewSession";
CREATE INDEX "ReviewSession_workspaceId_state_createdAt_idx" ON "ReviewSession"("workspaceId", "state", "createdAt");
CREATE UNIQUE INDEX "ReviewSession_workspaceId_id_key" ON "ReviewSession"("workspaceId", "id");
CREATE TABLE "new_SentenceDecision" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "revisionId" TEXT NOT NULL,
    "sessionId" TEXT,
    "sessionKey" TEXT NOT NULL DEFAULT '',
    "authorId" TEXT NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "SentenceDecision_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SentenceDecision_workspaceId_revisionId_fkey" FOREIGN KEY ("workspaceId", "revisionId") REFERENCES "Revision" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SentenceDecision_workspaceId_sessionId_fkey" FOREIGN KEY ("workspaceId", "sessionId") REFERENCES "ReviewSession" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SentenceDecision_workspaceId_authorId_fkey" FOREIGN KEY ("workspaceId", "authorId") REFERENCES "Member" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SentenceDecision_span_check" CHECK ("start" >= 0 AND "end" > "start"),
    CONSTRAINT "SentenceDecision_session_key_check" CHECK ("sessionKey" = coalesce("sessionId", ''))
);
INSERT INTO "new_SentenceDecision" ("authorId", "createdAt", "end", "id", "revisionId", "start", "workspaceId") SELECT "authorId", "createdAt", "end", "id", "revisionId", "start", "workspaceId" FROM "SentenceDecision";
DROP TABLE "SentenceDecision";
ALTER TABLE "new_SentenceDecision" RENAME TO "SentenceDecision";
CREATE UNIQUE INDEX "SentenceDecision_revisionId_authorId_sessionKey_start_key" ON "SentenceDecision"("revisionId", "authorId", "sessionKey", "start");
CREATE TABLE "new_SessionDocument" (
    "workspaceId" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "documentId" TEXT NOT NULL,
    "revisionId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    PRIMARY KEY ("sessionId", "documentId"),
    CONSTRAINT "SessionDocument_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SessionDocument_workspaceId_sessionId_fkey" FOREIGN KEY ("workspaceId", "sessionId") REFERENCES "ReviewSession" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SessionDocument_workspaceId_documentId_fkey" FOREIGN KEY ("workspaceId", "documentId") REFERENCES "Document" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SessionDocument_workspaceId_revisionId_fkey" FOREIGN KEY ("workspaceId", "revisionId") REFERENCES "Revision" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SessionDocument_position_check" CHECK ("position" >= 0)
);
INSERT INTO "new_SessionDocument" ("documentId", "sessionId", "workspaceId") SELECT "documentId", "sessionId", "workspaceId" FROM "SessionDocument";
DROP TABLE "SessionDocument";
ALTER TABLE "new_SessionDocument" RENAME TO "SessionDocument";
CREATE INDEX "SessionDocument_documentId_idx" ON "SessionDocument"("documentId");
CREATE TABLE "new_Verdict" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "claimId" TEXT NOT NULL,
    "deciderId" TEXT NOT NULL,
    "rating" TEXT,
    "disputed" BOOLEAN NOT NULL DEFAULT false,
    "partial" BOOLEAN NOT NULL DEFAULT false,
    "reason" TEXT NOT NULL,
    "words" TEXT NOT NULL DEFAULT '',
    "votes" JSONB NOT NULL,
    "inBulk" BOOLEAN NOT NULL DEFAULT false,
    "ownAnnotation" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Verdict_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Verdict_workspaceId_claimId_fkey" FOREIGN KEY ("workspaceId", "claimId") REFERENCES "Claim" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Verdict_workspaceId_deciderId_fkey" FOREIGN KEY ("workspaceId", "deciderId") REFERENCES "Member" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Verdict_reason_check" CHECK (length("reason") > 0),
    CONSTRAINT "Verdict_version_check" CHECK ("version" >= 1),
    CONSTRAINT "Verdict_rating_check" CHECK ("rating" IN ('sourced', 'unsourced', 'contradicted', 'not_checkable')),
    CONSTRAINT "Verdict_disputed_check" CHECK ("disputed" IN (0, 1)),
    CONSTRAINT "Verdict_partial_check" CHECK ("partial" IN (0, 1)),
    CONSTRAINT "Verdict_votes_check" CHECK (json_valid("votes")),
    CONSTRAINT "Verdict_inBulk_check" CHECK ("inBulk" IN (0, 1)),
    CONSTRAINT "Verdict_ownAnnotation_check" CHECK ("ownAnnotation" IN (0, 1))
);
INSERT INTO "new_Verdict" ("claimId", "createdAt", "deciderId", "id", "rating", "reason", "words", "workspaceId") SELECT "claimId", "createdAt", "deciderId", "id", "rating", "reason", "words", "workspaceId" FROM "Verdict";
DROP TABLE "Verdict";
ALTER TABLE "new_Verdict" RENAME TO "Verdict";
CREATE UNIQUE INDEX "Verdict_workspaceId_claimId_key" ON "Verdict"("workspaceId", "claimId");
CREATE UNIQUE INDEX "Verdict_workspaceId_id_key" ON "Verdict"("workspaceId", "id");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

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
CREATE UNIQUE INDEX "ClaimAnnotation_workspaceId_annotationId_key" ON "ClaimAnnotation"("workspaceId", "annotationId");

-- DropIndex
DROP INDEX "Event_subjectId_idx";

-- DropIndex
DROP INDEX "Notification_memberId_createdAt_idx";

-- DropIndex
DROP INDEX "Report_sourceId_number_key";

-- DropIndex
DROP INDEX "Revision_documentId_number_key";

-- DropIndex
DROP INDEX "VerdictCitation_referenceId_idx";

-- DropIndex
DROP INDEX "VerdictCitation_verdictId_position_idx";

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Annotation" (
    "id" TEXT NOT NULL,
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

    PRIMARY KEY ("workspaceId", "id"),
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
INSERT INTO "new_Annotation" ("authorId", "createdAt", "deletedAt", "disputed", "end", "exact", "id", "note", "partial", "phase", "rating", "revisionId", "sessionId", "start", "updatedAt", "version", "workspaceId") SELECT "authorId", "createdAt", "deletedAt", "disputed", "end", "exact", "id", "note", "partial", "phase", "rating", "revisionId", "sessionId", "start", "updatedAt", "version", "workspaceId" FROM "Annotation";
DROP TABLE "Annotation";
ALTER TABLE "new_Annotation" RENAME TO "Annotation";
CREATE INDEX "Annotation_workspaceId_revisionId_authorId_start_idx" ON "Annotation"("workspaceId", "revisionId", "authorId", "start");
CREATE INDEX "Annotation_workspaceId_sessionId_revisionId_idx" ON "Annotation"("workspaceId", "sessionId", "revisionId");
CREATE TABLE "new_AnnotationTag" (
    "workspaceId" TEXT NOT NULL,
    "annotationId" TEXT NOT NULL,
    "tagId" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    PRIMARY KEY ("workspaceId", "annotationId", "tagId"),
    CONSTRAINT "AnnotationTag_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "AnnotationTag_workspaceId_annotationId_fkey" FOREIGN KEY ("workspaceId", "annotationId") REFERENCES "Annotation" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "AnnotationTag_workspaceId_tagId_fkey" FOREIGN KEY ("workspaceId", "tagId") REFERENCES "Tag" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "AnnotationTag_name_check" CHECK (length("name") > 0)
);
INSERT INTO "new_AnnotationTag" ("annotationId", "name", "tagId", "workspaceId") SELECT "annotationId", "name", "tagId", "workspaceId" FROM "AnnotationTag";
DROP TABLE "AnnotationTag";
ALTER TABLE "new_AnnotationTag" RENAME TO "AnnotationTag";
CREATE INDEX "AnnotationTag_workspaceId_tagId_idx" ON "AnnotationTag"("workspaceId", "tagId");
CREATE TABLE "new_ApiToken" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "parentId" TEXT,
    "name" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME,
    "lastUsedAt" DATETIME,
    "revokedAt" DATETIME,

    PRIMARY KEY ("workspaceId", "id"),
    CONSTRAINT "ApiToken_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ApiToken_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ApiToken_workspaceId_parentId_fkey" FOREIGN KEY ("workspaceId", "parentId") REFERENCES "ApiToken" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_ApiToken" ("createdAt", "expiresAt", "hint", "id", "lastUsedAt", "memberId", "name", "parentId", "revokedAt", "scopes", "tokenHash", "workspaceId") SELECT "createdAt", "expiresAt", "hint", "id", "lastUsedAt", "memberId", "name", "parentId", "revokedAt", "scopes", "tokenHash", "workspaceId" FROM "ApiToken";
DROP TABLE "ApiToken";
ALTER TABLE "new_ApiToken" RENAME TO "ApiToken";
CREATE UNIQUE INDEX "ApiToken_tokenHash_key" ON "ApiToken"("tokenHash");
CREATE INDEX "ApiToken_workspaceId_memberId_idx" ON "ApiToken"("workspaceId", "memberId");
CREATE INDEX "ApiToken_workspaceId_parentId_idx" ON "ApiToken"("workspaceId", "parentId");
CREATE TABLE "new_Assignment" (
    "id" TEXT NOT NULL,
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

    PRIMARY KEY ("workspaceId", "id"),
    CONSTRAINT "Assignment_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Assignment_workspaceId_sessionId_fkey" FOREIGN KEY ("workspaceId", "sessionId") REFERENCES "ReviewSession" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Assignment_workspaceId_documentId_fkey" FOREIGN KEY ("workspaceId", "documentId") REFERENCES "Document" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Assignment_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Assignment_version_check" CHECK ("version" >= 1),
    CONSTRAINT "Assignment_state_check" CHECK ("state" IN ('assigned', 'started', 'submitted', 'returned', 'accepted', 'withdrawn')),
    CONSTRAINT "Assignment_why_check" CHECK (json_valid("why"))
);
INSERT INTO "new_Assignment" ("acceptedAt", "comment", "createdAt", "createdById", "documentId", "dueAt", "id", "memberId", "remindedAt", "returnedAt", "sessionId", "startedAt", "state", "submittedAt", "updatedAt", "version", "why", "withdrawnAt", "workspaceId") SELECT "acceptedAt", "comment", "createdAt", "createdById", "documentId", "dueAt", "id", "memberId", "remindedAt", "returnedAt", "sessionId", "startedAt", "state", "submittedAt", "updatedAt", "version", "why", "withdrawnAt", "workspaceId" FROM "Assignment";
DROP TABLE "Assignment";
ALTER TABLE "new_Assignment" RENAME TO "Assignment";
CREATE INDEX "Assignment_workspaceId_memberId_documentId_idx" ON "Assignment"("workspaceId", "memberId", "documentId");
CREATE UNIQUE INDEX "Assignment_workspaceId_sessionId_documentId_memberId_key" ON "Assignment"("workspaceId", "sessionId", "documentId", "memberId");
CREATE TABLE "new_BlindRating" (
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

    PRIMARY KEY ("workspaceId", "assignmentId", "annotationId"),
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
INSERT INTO "new_BlindRating" ("annotationId", "assignmentId", "createdAt", "disputed", "documentId", "end", "memberId", "partial", "rating", "sessionId", "start", "workspaceId") SELECT "annotationId", "assignmentId", "createdAt", "disputed", "documentId", "end", "memberId", "partial", "rating", "sessionId", "start", "workspaceId" FROM "BlindRating";
DROP TABLE "BlindRating";
ALTER TABLE "new_BlindRating" RENAME TO "BlindRating";
CREATE INDEX "BlindRating_workspaceId_sessionId_documentId_idx" ON "BlindRating"("workspaceId", "sessionId", "documentId");
CREATE TABLE "new_Citation" (
    "id" TEXT NOT NULL,
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

    PRIMARY KEY ("workspaceId", "id"),
    CONSTRAINT "Citation_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Citation_workspaceId_annotationId_fkey" FOREIGN KEY ("workspaceId", "annotationId") REFERENCES "Annotation" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Citation_workspaceId_referenceId_fkey" FOREIGN KEY ("workspaceId", "referenceId") REFERENCES "Reference" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Citation_position_check" CHECK ("position" >= 0),
    CONSTRAINT "Citation_quote_place_check" CHECK (("quoteStart" IS NULL AND "quoteEnd" IS NULL) OR ("quoteStart" IS NOT NULL AND "quoteEnd" IS NOT NULL AND "quoteStart" >= 0 AND "quoteEnd" > "quoteStart")),
    CONSTRAINT "Citation_quote_differences_check" CHECK ("quoteDifferences" = '' OR "quoteStart" IS NOT NULL),
    CONSTRAINT "Citation_stance_check" CHECK ("stance" IN ('supports', 'contradicts', 'mentions'))
);
INSERT INTO "new_Citation" ("annotationId", "id", "locator", "position", "quote", "quoteDifferences", "quoteEnd", "quoteStart", "referenceId", "stance", "workspaceId") SELECT "annotationId", "id", "locator", "position", "quote", "quoteDifferences", "quoteEnd", "quoteStart", "referenceId", "stance", "workspaceId" FROM "Citation";
DROP TABLE "Citation";
ALTER TABLE "new_Citation" RENAME TO "Citation";
CREATE INDEX "Citation_workspaceId_annotationId_position_idx" ON "Citation"("workspaceId", "annotationId", "position");
CREATE INDEX "Citation_workspaceId_referenceId_idx" ON "Citation"("workspaceId", "referenceId");
CREATE TABLE "new_Claim" (
    "id" TEXT NOT NULL,
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

    PRIMARY KEY ("workspaceId", "id"),
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
INSERT INTO "new_Claim" ("createdAt", "deletedAt", "documentId", "end", "exact", "id", "match", "origin", "revisionId", "sessionId", "start", "updatedAt", "version", "workspaceId") SELECT "createdAt", "deletedAt", "documentId", "end", "exact", "id", "match", "origin", "revisionId", "sessionId", "start", "updatedAt", "version", "workspaceId" FROM "Claim";
DROP TABLE "Claim";
ALTER TABLE "new_Claim" RENAME TO "Claim";
CREATE INDEX "Claim_workspaceId_sessionId_documentId_start_idx" ON "Claim"("workspaceId", "sessionId", "documentId", "start");
CREATE TABLE "new_ClaimAnnotation" (
    "workspaceId" TEXT NOT NULL,
    "claimId" TEXT NOT NULL,
    "annotationId" TEXT NOT NULL,

    PRIMARY KEY ("workspaceId", "claimId", "annotationId"),
    CONSTRAINT "ClaimAnnotation_workspaceId_claimId_fkey" FOREIGN KEY ("workspaceId", "claimId") REFERENCES "Claim" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ClaimAnnotation_workspaceId_annotationId_fkey" FOREIGN KEY ("workspaceId", "annotationId") REFERENCES "Annotation" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_ClaimAnnotation" ("annotationId", "claimId", "workspaceId") SELECT "annotationId", "claimId", "workspaceId" FROM "ClaimAnnotation";
DROP TABLE "ClaimAnnotation";
ALTER TABLE "new_ClaimAnnotation" RENAME TO "ClaimAnnotation";
CREATE UNIQUE INDEX "ClaimAnnotation_workspaceId_annotationId_key" ON "ClaimAnnotation"("workspaceId", "annotationId");
CREATE TABLE "new_Comment" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "threadId" TEXT NOT NULL,
    "authorId" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "deletedAt" DATETIME,

    PRIMARY KEY ("workspaceId", "id"),
    CONSTRAINT "Comment_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Comment_workspaceId_threadId_fkey" FOREIGN KEY ("workspaceId", "threadId") REFERENCES "Thread" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Comment_workspaceId_authorId_fkey" FOREIGN KEY ("workspaceId", "authorId") REFERENCES "Member" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Comment_body_check" CHECK (length("body") > 0),
    CONSTRAINT "Comment_version_check" CHECK ("version" >= 1)
);
INSERT INTO "new_Comment" ("authorId", "body", "createdAt", "deletedAt", "id", "threadId", "updatedAt", "version", "workspaceId") SELECT "authorId", "body", "createdAt", "deletedAt", "id", "threadId", "updatedAt", "version", "workspaceId" FROM "Comment";
DROP TABLE "Comment";
ALTER TABLE "new_Comment" RENAME TO "Comment";
CREATE INDEX "Comment_workspaceId_threadId_createdAt_idx" ON "Comment"("workspaceId", "threadId", "createdAt");
CREATE TABLE "new_ConflictOfInterest" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "sourceId" TEXT,
    "documentId" TEXT,
    "reason" TEXT NOT NULL DEFAULT '',
    "createdById" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,

    PRIMARY KEY ("workspaceId", "id"),
    CONSTRAINT "ConflictOfInterest_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ConflictOfInterest_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ConflictOfInterest_workspaceId_sourceId_fkey" FOREIGN KEY ("workspaceId", "sourceId") REFERENCES "Source" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ConflictOfInterest_workspaceId_documentId_fkey" FOREIGN KEY ("workspaceId", "documentId") REFERENCES "Document" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ConflictOfInterest_subject_check" CHECK (("sourceId" IS NULL) <> ("documentId" IS NULL))
);
INSERT INTO "new_ConflictOfInterest" ("createdAt", "createdById", "documentId", "id", "memberId", "reason", "sourceId", "workspaceId") SELECT "createdAt", "createdById", "documentId", "id", "memberId", "reason", "sourceId", "workspaceId" FROM "ConflictOfInterest";
DROP TABLE "ConflictOfInterest";
ALTER TABLE "new_ConflictOfInterest" RENAME TO "ConflictOfInterest";
CREATE INDEX "ConflictOfInterest_workspaceId_memberId_idx" ON "ConflictOfInterest"("workspaceId", "memberId");
CREATE TABLE "new_Document" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "author" TEXT NOT NULL DEFAULT '',
    "publishedOn" TEXT,
    "language" TEXT NOT NULL DEFAULT 'und',
    "url" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "deletedAt" DATETIME,

    PRIMARY KEY ("workspaceId", "id"),
    CONSTRAINT "Document_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Document_workspaceId_sourceId_fkey" FOREIGN KEY ("workspaceId", "sourceId") REFERENCES "Source" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Document_version_check" CHECK ("version" >= 1),
    CONSTRAINT "Document_published_on_check" CHECK ("publishedOn" IS NULL OR length("publishedOn") IN (4, 7, 10))
);
INSERT INTO "new_Document" ("author", "createdAt", "deletedAt", "id", "language", "publishedOn", "sourceId", "title", "updatedAt", "url", "version", "workspaceId") SELECT "author", "createdAt", "deletedAt", "id", "language", "publishedOn", "sourceId", "title", "updatedAt", "url", "version", "workspaceId" FROM "Document";
DROP TABLE "Document";
ALTER TABLE "new_Document" RENAME TO "Document";
CREATE INDEX "Document_workspaceId_sourceId_idx" ON "Document"("workspaceId", "sourceId");
CREATE INDEX "Document_workspaceId_createdAt_idx" ON "Document"("workspaceId", "createdAt");
CREATE TABLE "new_DocumentTag" (
    "workspaceId" TEXT NOT NULL,
    "documentId" TEXT NOT NULL,
    "tagId" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    PRIMARY KEY ("workspaceId", "documentId", "tagId"),
    CONSTRAINT "DocumentTag_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "DocumentTag_workspaceId_documentId_fkey" FOREIGN KEY ("workspaceId", "documentId") REFERENCES "Document" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "DocumentTag_workspaceId_tagId_fkey" FOREIGN KEY ("workspaceId", "tagId") REFERENCES "Tag" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "DocumentTag_name_check" CHECK (length("name") > 0)
);
INSERT INTO "new_DocumentTag" ("documentId", "name", "tagId", "workspaceId") SELECT "documentId", "name", "tagId", "workspaceId" FROM "DocumentTag";
DROP TABLE "DocumentTag";
ALTER TABLE "new_DocumentTag" RENAME TO "DocumentTag";
CREATE INDEX "DocumentTag_workspaceId_tagId_idx" ON "DocumentTag"("workspaceId", "tagId");
CREATE TABLE "new_Invitation" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "invitedById" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "acceptedAt" DATETIME,
    "revokedAt" DATETIME,

    PRIMARY KEY ("workspaceId", "id"),
    CONSTRAINT "Invitation_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Invitation_role_check" CHECK ("role" IN ('owner', 'lead', 'reviewer', 'viewer'))
);
INSERT INTO "new_Invitation" ("acceptedAt", "createdAt", "email", "expiresAt", "id", "invitedById", "revokedAt", "role", "tokenHash", "workspaceId") SELECT "acceptedAt", "createdAt", "email", "expiresAt", "id", "invitedById", "revokedAt", "role", "tokenHash", "workspaceId" FROM "Invitation";
DROP TABLE "Invitation";
ALTER TABLE "new_Invitation" RENAME TO "Invitation";
CREATE UNIQUE INDEX "Invitation_tokenHash_key" ON "Invitation"("tokenHash");
CREATE INDEX "Invitation_workspaceId_createdAt_idx" ON "Invitation"("workspaceId", "createdAt");
CREATE TABLE "new_Mention" (
    "workspaceId" TEXT NOT NULL,
    "commentId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,

    PRIMARY KEY ("workspaceId", "commentId", "memberId"),
    CONSTRAINT "Mention_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Mention_workspaceId_commentId_fkey" FOREIGN KEY ("workspaceId", "commentId") REFERENCES "Comment" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Mention_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_Mention" ("commentId", "memberId", "workspaceId") SELECT "commentId", "memberId", "workspaceId" FROM "Mention";
DROP TABLE "Mention";
ALTER TABLE "new_Mention" RENAME TO "Mention";
CREATE INDEX "Mention_workspaceId_memberId_idx" ON "Mention"("workspaceId", "memberId");
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
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "deletedAt" DATETIME,

    PRIMARY KEY ("workspaceId", "id"),
    CONSTRAINT "Reference_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Reference_snapshot_check" CHECK (("snapshotText" IS NULL) = ("snapshotSha256" IS NULL) AND ("snapshotText" IS NULL) = ("snapshotAt" IS NULL)),
    CONSTRAINT "Reference_snapshot_sha256_check" CHECK ("snapshotSha256" IS NULL OR length("snapshotSha256") = 64),
    CONSTRAINT "Reference_version_check" CHECK ("version" >= 1),
    CONSTRAINT "Reference_csl_check" CHECK (json_valid("csl"))
);
INSERT INTO "new_Reference" ("author", "createdAt", "csl", "deletedAt", "doi", "id", "issued", "publisher", "snapshotAt", "snapshotSha256", "snapshotText", "title", "type", "updatedAt", "url", "version", "workspaceId") SELECT "author", "createdAt", "csl", "deletedAt", "doi", "id", "issued", "publisher", "snapshotAt", "snapshotSha256", "snapshotText", "title", "type", "updatedAt", "url", "version", "workspaceId" FROM "Reference";
DROP TABLE "Reference";
ALTER TABLE "new_Reference" RENAME TO "Reference";
CREATE INDEX "Reference_workspaceId_title_idx" ON "Reference"("workspaceId", "title");
CREATE TABLE "new_ReviewSession" (
    "id" TEXT NOT NULL,
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

    PRIMARY KEY ("workspaceId", "id"),
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
INSERT INTO "new_ReviewSession" ("activatedAt", "blind", "blindEndedAt", "closedAt", "createdAt", "createdById", "deletedAt", "dueAt", "guidelines", "id", "isTemplate", "name", "protocol", "question", "reveal", "sample", "state", "updatedAt", "version", "workspaceId") SELECT "activatedAt", "blind", "blindEndedAt", "closedAt", "createdAt", "createdById", "deletedAt", "dueAt", "guidelines", "id", "isTemplate", "name", "protocol", "question", "reveal", "sample", "state", "updatedAt", "version", "workspaceId" FROM "ReviewSession";
DROP TABLE "ReviewSession";
ALTER TABLE "new_ReviewSession" RENAME TO "ReviewSession";
CREATE INDEX "ReviewSession_workspaceId_state_createdAt_idx" ON "ReviewSession"("workspaceId", "state", "createdAt");
CREATE TABLE "new_ScopeChange" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "revisionId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "inScope" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "createdAt" DATETIME NOT NULL,

    PRIMARY KEY ("workspaceId", "id"),
    CONSTRAINT "ScopeChange_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ScopeChange_workspaceId_revisionId_fkey" FOREIGN KEY ("workspaceId", "revisionId") REFERENCES "Revision" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ScopeChange_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ScopeChange_span_check" CHECK ("start" >= 0 AND "end" > "start"),
    CONSTRAINT "ScopeChange_inScope_check" CHECK ("inScope" IN (0, 1))
);
INSERT INTO "new_ScopeChange" ("createdAt", "end", "id", "inScope", "memberId", "reason", "revisionId", "start", "workspaceId") SELECT "createdAt", "end", "id", "inScope", "memberId", "reason", "revisionId", "start", "workspaceId" FROM "ScopeChange";
DROP TABLE "ScopeChange";
ALTER TABLE "new_ScopeChange" RENAME TO "ScopeChange";
CREATE INDEX "ScopeChange_revisionId_createdAt_idx" ON "ScopeChange"("revisionId", "createdAt");
CREATE TABLE "new_SentenceDecision" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "revisionId" TEXT NOT NULL,
    "sessionId" TEXT,
    "sessionKey" TEXT NOT NULL DEFAULT '',
    "authorId" TEXT NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "createdAt" DATETIME NOT NULL,

    PRIMARY KEY ("workspaceId", "id"),
    CONSTRAINT "SentenceDecision_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SentenceDecision_workspaceId_revisionId_fkey" FOREIGN KEY ("workspaceId", "revisionId") REFERENCES "Revision" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SentenceDecision_workspaceId_sessionId_fkey" FOREIGN KEY ("workspaceId", "sessionId") REFERENCES "ReviewSession" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SentenceDecision_workspaceId_authorId_fkey" FOREIGN KEY ("workspaceId", "authorId") REFERENCES "Member" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SentenceDecision_span_check" CHECK ("start" >= 0 AND "end" > "start"),
    CONSTRAINT "SentenceDecision_session_key_check" CHECK ("sessionKey" = coalesce("sessionId", ''))
);
INSERT INTO "new_SentenceDecision" ("authorId", "createdAt", "end", "id", "revisionId", "sessionId", "sessionKey", "start", "workspaceId") SELECT "authorId", "createdAt", "end", "id", "revisionId", "sessionId", "sessionKey", "start", "workspaceId" FROM "SentenceDecision";
DROP TABLE "SentenceDecision";
ALTER TABLE "new_SentenceDecision" RENAME TO "SentenceDecision";
CREATE UNIQUE INDEX "SentenceDecision_place_key" ON "SentenceDecision"("workspaceId", "revisionId", "authorId", "sessionKey", "start");
CREATE TABLE "new_SessionDocument" (
    "workspaceId" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "documentId" TEXT NOT NULL,
    "revisionId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    PRIMARY KEY ("workspaceId", "sessionId", "documentId"),
    CONSTRAINT "SessionDocument_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SessionDocument_workspaceId_sessionId_fkey" FOREIGN KEY ("workspaceId", "sessionId") REFERENCES "ReviewSession" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SessionDocument_workspaceId_documentId_fkey" FOREIGN KEY ("workspaceId", "documentId") REFERENCES "Document" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SessionDocument_workspaceId_revisionId_fkey" FOREIGN KEY ("workspaceId", "revisionId") REFERENCES "Revision" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SessionDocument_position_check" CHECK ("position" >= 0)
);
INSERT INTO "new_SessionDocument" ("documentId", "position", "revisionId", "sessionId", "workspaceId") SELECT "documentId", "position", "revisionId", "sessionId", "workspaceId" FROM "SessionDocument";
DROP TABLE "SessionDocument";
ALTER TABLE "new_SessionDocument" RENAME TO "SessionDocument";
CREATE INDEX "SessionDocument_workspaceId_documentId_idx" ON "SessionDocument"("workspaceId", "documentId");
CREATE TABLE "new_SessionMember" (
    "workspaceId" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "reviews" BOOLEAN NOT NULL DEFAULT true,
    "adjudicates" BOOLEAN NOT NULL DEFAULT false,
    "weight" REAL NOT NULL DEFAULT 1,
    "quotaDocuments" INTEGER,
    "quotaWords" INTEGER,
    "createdAt" DATETIME NOT NULL,

    PRIMARY KEY ("workspaceId", "sessionId", "memberId"),
    CONSTRAINT "SessionMember_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SessionMember_workspaceId_sessionId_fkey" FOREIGN KEY ("workspaceId", "sessionId") REFERENCES "ReviewSession" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SessionMember_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SessionMember_part_check" CHECK ("reviews" OR "adjudicates"),
    CONSTRAINT "SessionMember_weight_check" CHECK ("weight" > 0 AND "weight" <= 100),
    CONSTRAINT "SessionMember_quotas_check" CHECK (("quotaDocuments" IS NULL OR "quotaDocuments" >= 0) AND ("quotaWords" IS NULL OR "quotaWords" >= 0)),
    CONSTRAINT "SessionMember_reviews_check" CHECK ("reviews" IN (0, 1)),
    CONSTRAINT "SessionMember_adjudicates_check" CHECK ("adjudicates" IN (0, 1))
);
INSERT INTO "new_SessionMember" ("adjudicates", "createdAt", "memberId", "quotaDocuments", "quotaWords", "reviews", "sessionId", "weight", "workspaceId") SELECT "adjudicates", "createdAt", "memberId", "quotaDocuments", "quotaWords", "reviews", "sessionId", "weight", "workspaceId" FROM "SessionMember";
DROP TABLE "SessionMember";
ALTER TABLE "new_SessionMember" RENAME TO "SessionMember";
CREATE INDEX "SessionMember_workspaceId_memberId_idx" ON "SessionMember"("workspaceId", "memberId");
CREATE TABLE "new_Source" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT '',
    "homepage" TEXT NOT NULL DEFAULT '',
    "description" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "deletedAt" DATETIME,

    PRIMARY KEY ("workspaceId", "id"),
    CONSTRAINT "Source_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Source_name_check" CHECK (length("name") > 0),
    CONSTRAINT "Source_version_check" CHECK ("version" >= 1)
);
INSERT INTO "new_Source" ("createdAt", "deletedAt", "description", "homepage", "id", "kind", "name", "updatedAt", "version", "workspaceId") SELECT "createdAt", "deletedAt", "description", "homepage", "id", "kind", "name", "updatedAt", "version", "workspaceId" FROM "Source";
DROP TABLE "Source";
ALTER TABLE "new_Source" RENAME TO "Source";
CREATE INDEX "Source_workspaceId_name_idx" ON "Source"("workspaceId", "name");
CREATE TABLE "new_Thread" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "documentId" TEXT NOT NULL,
    "sessionId" TEXT,
    "annotationId" TEXT,
    "claimId" TEXT,
    "revisionId" TEXT,
    "start" INTEGER,
    "end" INTEGER,
    "exact" TEXT,
    "audience" TEXT NOT NULL DEFAULT 'everyone',
    "createdById" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "resolvedAt" DATETIME,
    "resolvedById" TEXT,

    PRIMARY KEY ("workspaceId", "id"),
    CONSTRAINT "Thread_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Thread_workspaceId_documentId_fkey" FOREIGN KEY ("workspaceId", "documentId") REFERENCES "Document" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Thread_workspaceId_sessionId_fkey" FOREIGN KEY ("workspaceId", "sessionId") REFERENCES "ReviewSession" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Thread_workspaceId_annotationId_fkey" FOREIGN KEY ("workspaceId", "annotationId") REFERENCES "Annotation" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Thread_workspaceId_claimId_fkey" FOREIGN KEY ("workspaceId", "claimId") REFERENCES "Claim" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Thread_workspaceId_revisionId_fkey" FOREIGN KEY ("workspaceId", "revisionId") REFERENCES "Revision" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Thread_workspaceId_createdById_fkey" FOREIGN KEY ("workspaceId", "createdById") REFERENCES "Member" ("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Thread_subject_check" CHECK ("annotationId" IS NULL OR "claimId" IS NULL),
    CONSTRAINT "Thread_passage_check" CHECK (("revisionId" IS NULL AND "start" IS NULL AND "end" IS NULL AND "exact" IS NULL) OR ("revisionId" IS NOT NULL AND "start" IS NOT NULL AND "end" IS NOT NULL AND "exact" IS NOT NULL AND "start" >= 0 AND "end" > "start" AND length("exact") > 0 AND "annotationId" IS NULL AND "claimId" IS NULL)),
    CONSTRAINT "Thread_resolution_check" CHECK (("resolvedAt" IS NULL) = ("resolvedById" IS NULL)),
    CONSTRAINT "Thread_version_check" CHECK ("version" >= 1),
    CONSTRAINT "Thread_audience_check" CHECK ("audience" IN ('everyone', 'leads'))
);
INSERT INTO "new_Thread" ("annotationId", "audience", "claimId", "createdAt", "createdById", "documentId", "end", "exact", "id", "resolvedAt", "resolvedById", "revisionId", "sessionId", "start", "updatedAt", "version", "workspaceId") SELECT "annotationId", "audience", "claimId", "createdAt", "createdById", "documentId", "end", "exact", "id", "resolvedAt", "resolvedById", "revisionId", "sessionId", "start", "updatedAt", "version", "workspaceId" FROM "Thread";
DROP TABLE "Thread";
ALTER TABLE "new_Thread" RENAME TO "Thread";
CREATE INDEX "Thread_workspaceId_documentId_createdAt_idx" ON "Thread"("workspaceId", "documentId", "createdAt");
CREATE INDEX "Thread_workspaceId_annotationId_idx" ON "Thread"("workspaceId", "annotationId");
CREATE INDEX "Thread_workspaceId_claimId_idx" ON "Thread"("workspaceId", "claimId");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "Event_workspaceId_subjectId_idx" ON "Event"("workspaceId", "subjectId");

-- CreateIndex
CREATE INDEX "Notification_workspaceId_memberId_createdAt_idx" ON "Notification"("workspaceId", "memberId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Report_workspaceId_sourceId_number_key" ON "Report"("workspaceId", "sourceId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "Revision_workspaceId_documentId_number_key" ON "Revision"("workspaceId", "documentId", "number");

-- CreateIndex
CREATE INDEX "VerdictCitation_workspaceId_verdictId_position_idx" ON "VerdictCitation"("workspaceId", "verdictId", "position");

-- CreateIndex
CREATE INDEX "VerdictCitation_workspaceId_referenceId_idx" ON "VerdictCitation"("workspaceId", "referenceId");

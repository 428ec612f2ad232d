-- AlterTable
ALTER TABLE "Reference" ADD COLUMN     "snapshotFile" JSONB;

-- Checks
ALTER TABLE "Reference" ADD CONSTRAINT "Reference_snapshot_file_check" CHECK ("snapshotFile" IS NULL OR "snapshotText" IS NOT NULL);

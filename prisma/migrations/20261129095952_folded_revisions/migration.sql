-- AlterTable
ALTER TABLE "Revision" ADD COLUMN "folded" TEXT;

-- AlterTable
ALTER TABLE "Citation" ADD COLUMN     "quoteDifferences" TEXT NOT NULL DEFAULT '';

-- Checks
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_quote_differences_check" CHECK ("quoteDifferences" = '' OR "quoteStart" IS NOT NULL);

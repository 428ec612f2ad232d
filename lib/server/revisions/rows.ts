import { z } from 'zod'
import type { Reader, Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'

const sizesSchema = z.array(z.object({ revisionId: z.string(), size: z.coerce.number().int() }))

/** How many bytes the originals of revisions have, by the revision's id. The bytes themselves are not read. */
export async function readOriginalSizes(
  reader: Reader | Transaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await reader.$queryRaw<unknown[]>`
    SELECT o."revisionId", length(o."bytes") AS "size" FROM "RevisionOriginal" o WHERE o."revisionId" IN (${Prisma.join([...ids])})`
  return new Map(sizesSchema.parse(rows).map(({ revisionId, size }) => [revisionId, size]))
}

import type { Database } from '@/lib/server/db/client'
import { addUpSources } from '@/lib/server/closed-sessions/counts'
import { factoryTime } from './factories'

/** Counts of a document with two claims, one sourced and one contradicted, and the sums of its source. */
export async function createCounts(
  { write }: Database,
  place: { workspaceId: string; documentId: string; sourceId: string; sessionId: string },
): Promise<void> {
  await write.documentCount.create({
    data: {
      ...place,
      closedAt: factoryTime,
      sourced: 1,
      unsourced: 0,
      contradicted: 1,
      notCheckable: 0,
      noClaim: 0,
      incomplete: 0,
      singleReview: 0,
      disputed: 0,
      partial: 0,
      decided: 2,
      checkable: 3,
    },
    select: { documentId: true },
  })
  await addUpSources(write, place.workspaceId, [place.sourceId])
}

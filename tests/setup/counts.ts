import type { Database } from '@/lib/server/db/client'
import { addUpSources } from '@/lib/server/closed-sessions/counts'
import { factoryTime } from './factories'

interface GivenCounts {
  workspaceId: string
  documentId: string
  sourceId: string
  sessionId: string
  closedAt?: Date
  sourced?: number
  contradicted?: number
}

/** The counts of a document and the sums of its source. By default the document has two claims, one sourced and one contradicted. */
export async function createCounts({ write }: Database, given: GivenCounts): Promise<void> {
  const { closedAt = factoryTime, sourced = 1, contradicted = 1, ...place } = given
  await write.documentCount.create({
    data: {
      ...place,
      closedAt,
      sourced,
      unsourced: 0,
      contradicted,
      notCheckable: 0,
      noClaim: 0,
      incomplete: 0,
      singleReview: 0,
      disputed: 0,
      partial: 0,
      decided: sourced + contradicted,
      checkable: sourced + contradicted + 1,
    },
    select: { documentId: true },
  })
  await addUpSources(write, given.workspaceId, [given.sourceId])
}

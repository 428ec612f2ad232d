import { documentAdjudicationSchema, type DocumentAdjudication } from '@/lib/domain/reports/input-schema'
import type { Transaction } from '../db/client'
import { asJson } from '../db/json'
import type { WriteContext } from '../db/write'
import { keyOfPlace, readClosedPlaces, type ClosedPlace } from './places'
import { readSettled } from './settled'
import { giveWay } from '../turns'

/** How many documents are read at once. */
const chunk = 50
/** How many are read at once where others wait. */
const fewAtOnce = 10

/**
 * Part of closing a session: keeps what it settled about each of its documents. Reports read that from then on, so that nothing changes what was closed: no
 * sentence that is taken out of scope, no reference that gets another title, no revision that comes later.
 */
export async function keepClosed(
  { tx }: Pick<WriteContext, 'tx'>,
  { workspaceId, sessionId }: { workspaceId: string; sessionId: string },
): Promise<void> {
  await tx.closedDocument.deleteMany({ where: { workspaceId, sessionId } })
  const places = await readClosedPlaces(tx, workspaceId, { sessionId })
  for (let first = 0; first < places.length; first += chunk) {
    const some = places.slice(first, first + chunk)
    const settled = await readSettled(tx, workspaceId, some)
    await tx.closedDocument.createMany({
      data: some.flatMap((place) => {
        const body = settled.get(keyOfPlace(place))
        const { documentId, revisionId, closedAt } = place
        return body === undefined
          ? []
          : [{ workspaceId, sessionId, documentId, revisionId, closedAt, body: asJson(body) }]
      }),
    })
  }
}

/**
 * What closed sessions settled about documents, by document id, as it was kept when they were closed. Of one that was closed before anything was kept, as its
 * rows are now. A few documents at a time, so that others have their turn.
 */
export async function readAdjudications(
  read: Transaction,
  workspaceId: string,
  places: readonly ClosedPlace[],
): Promise<ReadonlyMap<string, DocumentAdjudication>> {
  const found = new Map<string, DocumentAdjudication>()
  const without: ClosedPlace[] = []
  for (let first = 0; first < places.length; first += fewAtOnce) {
    const some = places.slice(first, first + fewAtOnce)
    const kept = new Map((await readKept(read, workspaceId, some)).map((row) => [keyOfPlace(row), row]))
    for (const place of some) {
      const row = kept.get(keyOfPlace(place))
      if (row?.closedAt.getTime() === place.closedAt.getTime()) {
        found.set(place.documentId, documentAdjudicationSchema.parse(row.body))
      } else without.push(place)
    }
    await giveWay()
  }
  const settled = await readSettled(read, workspaceId, without)
  for (const place of without) {
    const one = settled.get(keyOfPlace(place))
    if (one !== undefined) found.set(place.documentId, one)
  }
  return found
}

function readKept(read: Transaction, workspaceId: string, places: readonly ClosedPlace[]) {
  return read.closedDocument.findMany({
    where: {
      workspaceId,
      sessionId: { in: [...new Set(places.map(({ sessionId }) => sessionId))] },
      documentId: { in: places.map(({ documentId }) => documentId) },
    },
    select: { sessionId: true, documentId: true, closedAt: true, body: true },
  })
}

import type { Outbox, OutboxGroup } from './outbox-db'

let shared: Promise<Outbox> | null = null

/** The outbox of this browser, opened once a page. @throws when the browser keeps nothing; the next call tries again. */
export async function openSharedOutbox(): Promise<Outbox> {
  try {
    return await (shared ??= import('./outbox-db').then(({ openOutboxDatabase }) => openOutboxDatabase()))
  } catch (error) {
    shared = null
    throw error
  }
}

/** What waits on this device beside the open document. */
export interface LeftBehind {
  /** Of the member who is signed in. */
  own: OutboxGroup[]
  /** Of other members, who used this browser before: they are never sent for another member. */
  others: OutboxGroup[]
}

/** Finds what waits on this device, without the document that is open. Nothing when the browser keeps nothing. */
export async function findLeftBehind(given: { memberId: string; openDocumentId: string | null }): Promise<LeftBehind> {
  const groups = await openSharedOutbox()
    .then((outbox) => outbox.groups())
    .catch((): OutboxGroup[] => [])
  return {
    own: groups.filter(({ place }) => place.memberId === given.memberId && place.documentId !== given.openDocumentId),
    others: groups.filter(({ place }) => place.memberId !== given.memberId),
  }
}

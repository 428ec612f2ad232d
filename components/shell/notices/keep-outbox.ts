import type { OutboxGroup } from '@/lib/client/outbox/outbox-db'
import { findLeftBehind } from '@/lib/client/outbox/browser'
import { showToast } from '@/components/ui/overlays/toast-store'
import type { OutboxNote } from './notice-words'

/**
 * Sends the outbox's changes to documents that are not open.
 * @returns notes about the changes that remain
 */
export async function keepOutbox(given: {
  memberId: string
  workspaceId: string
  openDocumentId: string | null
}): Promise<OutboxNote[]> {
  const { own, others } = await findLeftBehind(given)
  const waiting: OutboxNote[] = []
  if (own.length > 0) waiting.push(...(await sendOwn(own)))
  return [...waiting, ...ofOthers(others, given.workspaceId)]
}

async function sendOwn(own: readonly OutboxGroup[]): Promise<OutboxNote[]> {
  // Loaded on demand: rarely needed, and large.
  const { sendLeftBehind } = await import('@/lib/client/outbox/flush-other-documents')
  const waiting: OutboxNote[] = []
  for (const { place, count } of own) {
    const outcome = await sendLeftBehind(place)
    const what = `${changes(count)} of “${place.title}”`
    if (outcome === 'sent') showToast(`${what}, kept on this device, ${count === 1 ? 'is' : 'are'} saved now.`)
    if (outcome === 'sent' || outcome === 'busy') continue
    waiting.push({
      key: `${place.revisionId} ${outcome} ${String(count)}`,
      words:
        outcome === 'blocked'
          ? `${what} could not all be saved and ${count === 1 ? 'needs' : 'need'} your decision.`
          : `${what} ${count === 1 ? 'waits' : 'wait'} on this device.`,
      href: `/documents/${place.documentId}?revision=${place.revisionId}`,
    })
  }
  return waiting
}

function ofOthers(groups: readonly OutboxGroup[], workspaceId: string): OutboxNote[] {
  const members = new Map<string, { name: string; isHere: boolean; count: number }>()
  for (const { place, count } of groups) {
    const isHere = place.workspaceId === workspaceId
    const before = members.get(place.memberId)?.count ?? 0
    members.set(place.memberId, { name: place.memberName, isHere, count: before + count })
  }
  return [...members].map(([memberId, { name, isHere, count }]) => ({
    key: `${memberId} ${String(count)}`,
    words: `${changes(count)} of ${name}${isHere ? '' : ' in another workspace'} ${count === 1 ? 'is' : 'are'} kept on this device, to be saved when ${name} works ${isHere ? 'here' : 'there'} again.`,
    href: null,
  }))
}

function changes(count: number): string {
  return count === 1 ? '1 change' : `${String(count)} changes`
}

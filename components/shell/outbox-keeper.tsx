'use client'

import { usePathname } from 'next/navigation'
import { lazy, Suspense, useEffect, useState } from 'react'
import type { OutboxGroup } from '@/lib/client/saving/outbox'
import { findLeftBehind } from '@/lib/client/saving/shared-outbox'
import { showToast } from '@/components/ui/toast-store'
import type { OutboxNote } from './outbox-notes'

const OutboxNotes = lazy(() => import('./outbox-notes'))

/** How long after a page has come the device is looked through, in ms: the page itself goes first. */
const patience = 2_000
/** How often what could not be sent is tried again, in ms. */
const again = 60_000

/**
 * Sends what is left on this device of documents that are not open, and says so. What cannot be sent is named with a link; another member's
 * changes are named and left alone.
 */
export function OutboxKeeper({ memberId, workspaceId }: { memberId: string; workspaceId: string }) {
  const openDocumentId = /^\/documents\/([^/]+)/.exec(usePathname())?.[1] ?? null
  const [waiting, setWaiting] = useState<readonly OutboxNote[]>([])
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())

  useEffect(() => {
    let isHere = true
    let isLooking = false
    const look = async () => {
      if (isLooking) return
      isLooking = true
      // Without the server even the script that sends may be missing: the next look tries again.
      const found = await keepOutbox({ memberId, workspaceId, openDocumentId }).catch(() => null)
      isLooking = false
      // The effect may have ended while the device was looked through.
      if (isHere && found !== null) setWaiting(found)
    }
    const start = () => void look()
    const first = setTimeout(start, patience)
    const timer = setInterval(start, again)
    window.addEventListener('online', start)
    return () => {
      isHere = false
      clearTimeout(first)
      clearInterval(timer)
      window.removeEventListener('online', start)
    }
  }, [memberId, workspaceId, openDocumentId])

  const shown = waiting.filter(({ key }) => !hidden.has(key))
  return (
    <div
      role="status"
      aria-label="Kept on this device"
      className="pointer-events-none fixed start-0 bottom-13 z-40 grid w-full max-w-md gap-2 p-4 md:start-(--shell-start) print:hidden"
    >
      {shown.length > 0 && (
        <Suspense>
          <OutboxNotes
            notes={shown}
            onHide={(key) => {
              setHidden(new Set([...hidden, key]))
            }}
          />
        </Suspense>
      )}
    </div>
  )
}

async function keepOutbox(given: {
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
  // Rarely needed, and nearly as large as what the reader loads for saving.
  const { sendLeftBehind } = await import('@/lib/client/saving/left-behind')
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
          ? `${what} could not all be saved and ${count === 1 ? 'needs' : 'need'} you.`
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

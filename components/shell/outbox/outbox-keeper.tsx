'use client'

import { usePathname } from 'next/navigation'
import { Suspense, useEffect, useState } from 'react'
import { lazyPart } from '@/lib/client/lazy-part'
import type { OutboxNote } from './outbox-notes'

const OutboxNotes = lazyPart(() => import('./outbox-notes').then((part) => part.default))

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
      // Without the server even the script for it may be missing: the next look tries again.
      const found = await import('./keep-outbox')
        .then(({ keepOutbox }) => keepOutbox({ memberId, workspaceId, openDocumentId }))
        .catch(() => null)
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

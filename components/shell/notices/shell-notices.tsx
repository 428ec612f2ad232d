'use client'

import { usePathname } from 'next/navigation'
import { useOffline } from 'next/offline'
import { Suspense, useEffect, useState, useSyncExternalStore } from 'react'
import { Button } from '@/components/ui/controls/button'
import { currentToasts, noToasts, subscribeToToasts } from '@/components/ui/overlays/toast-store'
import { readQuietly } from '@/lib/client/api/call'
import { isSignedOut, noteSignedOut, subscribeToSignedOut } from '@/lib/client/api/signed-out'
import { lazyPart } from '@/lib/client/lazy-part'
import type { Me } from '@/lib/domain/members/schema'
import { noteAskedPage, noteServerAway, useIsPageAsked } from '../palette/page-visits'
import type { OutboxNote } from './notice-words'

const SignedOutWords = lazyPart(() => import('./notice-words').then((part) => part.SignedOutWords))
const OutboxNotes = lazyPart(() => import('./notice-words').then((part) => part.OutboxNotes))
const ToastList = lazyPart(() => import('@/components/ui/overlays/toast-list').then((part) => part.default))

/**
 * Says that the server does not answer, while a requested page waits for it. Next asks again every few seconds by itself, and opens the page when it
 * can (docs/decisions/0023-links-wait-for-the-server.md). Hidden while no page is requested.
 */
export function ServerNotice() {
  const isOffline = useOffline()
  const isAsked = useIsPageAsked()
  useEffect(() => {
    noteServerAway(isOffline)
  }, [isOffline])
  useEffect(() => {
    const listen = ({ target }: MouseEvent) => {
      if (target instanceof Element && target.closest('a[href^="/"]') !== null) noteAskedPage()
    }
    document.addEventListener('click', listen, true)
    return () => {
      document.removeEventListener('click', listen, true)
    }
  }, [])
  return (
    <div
      role="status"
      aria-label="Connection to the server"
      className="pointer-events-none fixed inset-x-0 top-[calc(var(--shell-top)+0.5rem)] z-50 grid justify-items-center px-3 print:hidden"
    >
      {isOffline && isAsked && (
        <div className="pointer-events-auto flex max-w-xl flex-wrap items-center gap-x-4 gap-y-2 rounded-md border border-line-strong bg-surface px-4 py-3 shadow-float">
          <p className="min-w-0 flex-1 basis-72">
            <b className="font-semibold">The server does not answer.</b> The page you asked for opens as soon as it
            answers. Your marks are kept on this device until then.
          </p>
          <Button
            size="small"
            onClick={() => {
              // Next's router and the outbox listen for this event and try at once.
              window.dispatchEvent(new Event('online'))
            }}
          >
            Try now
          </Button>
        </div>
      )}
    </div>
  )
}

/**
 * The place of toasts: above the bar that some pages have at their foot, or at the top of small screens. The live region is there from the start, so
 * that screen readers announce the first message; the list itself loads with it.
 */
export function Toaster() {
  const toasts = useSyncExternalStore(subscribeToToasts, currentToasts, noToasts)
  return (
    <section
      aria-label="Messages"
      aria-live="polite"
      // Beside the review's cards and above its sheets: a toast must not cover a card's buttons.
      className="pointer-events-none fixed inset-x-0 z-50 flex flex-col items-center gap-2 p-4 max-[60rem]:top-12 min-[60rem]:bottom-13 min-[60rem]:pe-96 print:hidden"
    >
      {toasts.length > 0 && (
        <Suspense>
          <ToastList toasts={toasts} />
        </Suspense>
      )}
    </section>
  )
}

/**
 * Offers to sign in when a change could not be saved because nobody is signed in. Sign-in opens in another tab, so that typed text stays. When this
 * tab is shown again, it checks whether the same member is signed in.
 */
export function SignedOutNotice({ memberId }: { memberId: string }) {
  const signedOut = useSyncExternalStore(subscribeToSignedOut, isSignedOut, () => false)
  useEffect(() => {
    if (!signedOut) return
    const look = async () => {
      const me = await readQuietly<Me>('/api/v1/me')
      if (me?.memberId === memberId) noteSignedOut(false)
    }
    const onFocus = () => void look()
    window.addEventListener('focus', onFocus)
    return () => {
      window.removeEventListener('focus', onFocus)
    }
  }, [signedOut, memberId])
  if (!signedOut) return null
  return (
    <Suspense>
      <SignedOutWords />
    </Suspense>
  )
}

/** How long after a page loads the outbox is checked, in ms: the page itself goes first. */
const patience = 2_000
/** How often unsent changes are tried again, in ms. */
const again = 60_000

/**
 * Sends the outbox's changes to documents that are not open, and reports it. Changes that cannot be sent are named with a link; another member's
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
      // Without the server, even this script may be missing; the next check tries again.
      const found = await import('./keep-outbox')
        .then(({ keepOutbox }) => keepOutbox({ memberId, workspaceId, openDocumentId }))
        .catch(() => null)
      isLooking = false
      // The effect may have ended during the check.
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

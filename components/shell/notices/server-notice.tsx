'use client'

import { useOffline } from 'next/offline'
import { useEffect } from 'react'
import { Button } from '@/components/ui/controls/button'
import { noteAskedPage, noteServerAway, useIsPageAsked } from '../palette/asked-page'

/**
 * Says that the server does not answer, while a page that was asked for waits for it. Next asks again by itself every few seconds, and opens the page
 * when it can (docs/decisions/0023-links-wait-for-the-server.md). It stays hidden while no page is asked for.
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
            does. Your marks are kept on this device until then.
          </p>
          <Button
            size="small"
            onClick={() => {
              // What listens for a connection that is back tries at once: Next's router, and what waits to be saved.
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

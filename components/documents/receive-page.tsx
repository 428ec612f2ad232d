'use client'

import { useEffect, useState } from 'react'
import { Spinner } from '@/components/ui/layout/spinner'
import { newId } from '@/lib/client/new-id'
import { readyMessage } from '@/lib/domain/documents/bookmarklet'
import { keepPage, fileOfPage, readReceivedPage } from '@/lib/client/page-from-browser'

/** How long to wait for a page before saying that none arrived, in ms. */
const patience = 15_000

const noPage =
  'No page has arrived. Some sites isolate their windows: save the page with your browser (Ctrl+S), and import the file.'

/**
 * Takes one page from the window that opened this one, keeps it on the device and continues to the import page. It knows neither the workspace nor
 * who is signed in, so the opener learns nothing; the link to the opener is cut before it continues.
 */
export function ReceivePage() {
  const [trouble, setTrouble] = useState<string | null>(null)
  useEffect(() => {
    const opener = window.opener as Window | null
    if (opener === null) {
      // A moment later, so that hydration finds the page as the server rendered it.
      const timer = setTimeout(() => {
        setTrouble(noPage)
      }, 0)
      return () => {
        clearTimeout(timer)
      }
    }
    const stop = new AbortController()
    const late = setTimeout(() => {
      setTrouble(noPage)
    }, patience)
    window.addEventListener(
      'message',
      (event) => {
        if (event.source !== opener) return
        stop.abort()
        clearTimeout(late)
        const received = readReceivedPage(event.data, event.origin)
        window.opener = null
        if (received.ok)
          void goOn(fileOfPage(received.page)).catch(() => {
            setTrouble(
              'This browser stores nothing for Sourcemark, perhaps because the window is private. Save the page, and import the file.',
            )
          })
        else setTrouble(received.message)
      },
      { signal: stop.signal },
    )
    // The message says only that this window is ready. It goes to any origin, because the opener's is not known yet.
    opener.postMessage(readyMessage, '*')
    return () => {
      stop.abort()
      clearTimeout(late)
    }
  }, [])
  return trouble === null ? (
    <p role="status" className="flex items-center gap-2">
      <Spinner className="size-4" /> Receiving the page
    </p>
  ) : (
    <p role="alert">{trouble}</p>
  )
}

/** Keeps the page and opens the import page. @throws when the device refuses to store it */
async function goOn(file: { name: string; html: string }): Promise<void> {
  const id = newId()
  await keepPage({ id, ...file, at: Date.now() })
  window.location.replace(`/documents/import?page=${id}`)
}

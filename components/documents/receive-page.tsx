'use client'

import { useEffect, useState } from 'react'
import { Spinner } from '@/components/ui/layout/progress'
import { newId } from '@/lib/client/new-id'
import { readyMessage } from '@/lib/domain/documents/bookmarklet'
import { keepPage, fileOfPage, readReceivedPage } from '@/lib/client/page-from-browser'

/** How long to wait for a page, in ms, before saying that none comes. */
const patience = 15_000

const noPage =
  'No page has come. Some sites keep their windows apart from others: save the page with your browser (Ctrl+S), and import the file.'

/**
 * Takes one page from the window that opened this one, keeps it on the device and goes on to the import page. It knows nothing of the workspace and of who is signed
 * in, so that the window which it is tied to learns nothing; before it goes on, the tie is cut.
 */
export function ReceivePage() {
  const [trouble, setTrouble] = useState<string | null>(null)
  useEffect(() => {
    const opener = window.opener as Window | null
    if (opener === null) {
      // Said a moment later, so that the page is the same as the server wrote it.
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
              'This browser keeps nothing for Sourcemark, as in a private window. Save the page, and import the file.',
            )
          })
        else setTrouble(received.message)
      },
      { signal: stop.signal },
    )
    // It says nothing but that this window is here; where the opener is, is not known yet.
    opener.postMessage(readyMessage, '*')
    return () => {
      stop.abort()
      clearTimeout(late)
    }
  }, [])
  return trouble === null ? (
    <p role="status" className="flex items-center gap-2">
      <Spinner className="size-4" /> Taking the page over
    </p>
  ) : (
    <p role="alert">{trouble}</p>
  )
}

/** Keeps the page and leads to where it is looked at. @throws when the device refuses. */
async function goOn(file: { name: string; html: string }): Promise<void> {
  const id = newId()
  await keepPage({ id, ...file, at: Date.now() })
  window.location.replace(`/documents/import?page=${id}`)
}

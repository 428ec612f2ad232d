'use client'

import { useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/controls/button'
import { bookmarkletFor } from '@/lib/domain/documents/bookmarklet'

/** The bookmarklet, and how it is used: for pages behind a sign-in, and those that scripts write. */
export function BrowserPanel() {
  const link = useRef<HTMLAnchorElement>(null)
  const [said, setSaid] = useState('')
  useEffect(() => {
    // Where this is, only the browser knows; and React writes no address that is a script.
    link.current?.setAttribute('href', bookmarkletFor(window.location.origin))
  }, [])
  const copy = () => {
    navigator.clipboard.writeText(bookmarkletFor(window.location.origin)).then(
      () => {
        setSaid('Copied. Make a bookmark by hand, and paste it as its address.')
      },
      () => {
        setSaid('The browser did not let it be copied. Drag the link to the bookmarks bar.')
      },
    )
  }
  return (
    <div className="grid max-w-prose gap-3">
      <p>
        Pages that are behind a sign-in, or that scripts write, come in as your browser shows them. Drag this link to
        your bookmarks bar once, and press it there on the page to import:
      </p>
      <p className="flex flex-wrap items-center gap-3">
        <a
          ref={link}
          draggable
          data-bookmarklet
          className="cursor-grab rounded-md border border-line-strong bg-surface px-3 py-1.5 font-medium text-accent"
          onClick={(event) => {
            event.preventDefault()
            setSaid('Drag it to the bookmarks bar. It works on other pages, not here.')
          }}
        >
          Send to Sourcemark
        </a>
        <Button size="small" variant="quiet" onClick={copy}>
          Copy its address
        </Button>
      </p>
      <p role="status" className="min-h-5 text-sm text-ink-2">
        {said}
      </p>
      <p className="text-sm text-ink-3">
        The page is shown here first, and nothing is stored before you import it. Scripts, styles and what you typed
        into the page are left out; up to 5 MB of HTML is taken. Where a site forbids windows of others, save the page
        and import the file.
      </p>
    </div>
  )
}

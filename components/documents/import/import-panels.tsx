'use client'

import { type ClipboardEvent, useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/controls/button'
import { Segmented } from '@/components/ui/controls/choices'
import { TextArea } from '@/components/ui/controls/field'
import { sizeInWords } from '@/components/ui/text/wording'
import type { ImportOrigin } from '@/lib/client/api/imports'
import { bookmarkletFor } from '@/lib/domain/documents/bookmarklet'
import { isWebAddress } from '@/lib/domain/fields'
import { maxJobItems } from '@/lib/domain/jobs/schema'

/** Receives a pasted text. `rich` is the clipboard's formatted version. */
type PasteFormat = 'text' | 'html' | 'markdown'

const formats = [
  { value: 'text', label: 'Plain text' },
  { value: 'markdown', label: 'Markdown' },
  { value: 'html', label: 'HTML' },
] as const

/** Whether formatted text has more than plain words: headings, lists, tables, links, quotes, emphasis. */
function isWorthKeeping(html: string): boolean {
  return /<(h[1-6]|ul|ol|table|blockquote|a\s|strong|em|b|i|pre|sup)\b/i.test(html)
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length
}

function tooLong(bytes: number, most: number): string | null {
  if (bytes <= most) return null
  return `The text has ${sizeInWords(bytes)}; at most ${sizeInWords(most)} can be imported at once. Split it into parts.`
}

/** A field for pasted text. The formatting of a paste is kept, and a note says so. */
export function PasteBox({
  maxBytes,
  onText,
  onAddress,
}: {
  maxBytes: number
  onText: (origin: ImportOrigin, bytes: number) => void
  /** A single address in the field stands for the page there. */
  onAddress: (origin: Extract<ImportOrigin, { kind: 'address' }>) => void
}) {
  const [text, setText] = useState('')
  const [rich, setRich] = useState<string | null>(null)
  const [format, setFormat] = useState<PasteFormat>('text')
  const [error, setError] = useState<string | null>(null)

  const hold = (words: string, html: string | null) => {
    setText(words)
    setRich(html)
    setError(null)
  }
  const paste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const html = event.clipboardData.getData('text/html')
    const plain = event.clipboardData.getData('text/plain')
    // Only when the paste is the whole content: formatted and typed text cannot be mixed.
    const replacesAll = event.currentTarget.selectionStart === 0 && event.currentTarget.selectionEnd === text.length
    if (!replacesAll || !isWorthKeeping(html)) return
    event.preventDefault()
    hold(plain, html)
  }

  const written = text.trim()
  const address = rich === null && !/\s/.test(written) && isWebAddress(written) ? written : null

  const send = () => {
    const sent = rich ?? text
    const bytes = bytesOf(sent)
    const problem = sent.trim() === '' ? 'Paste or write a text with at least one word.' : tooLong(bytes, maxBytes)
    setError(problem)
    if (problem !== null) return
    onText({ kind: 'paste', text: sent, format: rich === null ? format : 'html' }, bytes)
    hold('', null)
  }

  return (
    <div className="grid gap-3">
      <TextArea
        label="Text"
        hint={`Up to ${sizeInWords(maxBytes)}. Paste from a web page or a word processor and its headings, lists, tables and links come along.`}
        rows={10}
        className="max-h-[50vh]! font-serif text-md"
        value={text}
        error={error}
        onPaste={paste}
        onChange={(event) => {
          hold(event.currentTarget.value, null)
        }}
      />
      <div className="flex flex-wrap items-center justify-between gap-3">
        {address !== null ? (
          <p role="status" className="text-sm text-ink-2">
            This is the address of a page. The server can fetch it.
          </p>
        ) : rich === null ? (
          <Segmented
            legend="How the text is written"
            name="paste-format"
            options={formats}
            value={format}
            onChange={setFormat}
          />
        ) : (
          <KeptFormatting
            bytes={bytesOf(rich)}
            onDrop={() => {
              setRich(null)
            }}
          />
        )}
        {address === null ? (
          <Button variant="primary" onClick={send}>
            Look at it
          </Button>
        ) : (
          <Button
            variant="primary"
            onClick={() => {
              onAddress({ kind: 'address', address })
              setText('')
            }}
          >
            Import from this address
          </Button>
        )}
      </div>
    </div>
  )
}

/** Says that the formatting of a paste is kept, and offers to drop it. */
function KeptFormatting({ bytes, onDrop }: { bytes: number; onDrop: () => void }) {
  return (
    <p role="status" className="text-sm text-ink-2">
      Formatting kept ({sizeInWords(bytes)} of HTML). Editing the text drops it.{' '}
      <button type="button" className="rounded-sm font-medium text-accent hover:underline" onClick={onDrop}>
        Take the words only
      </button>
    </p>
  )
}

/** The most addresses at once. */
const maxAddresses = maxJobItems

/** A field for the addresses of pages, which the server fetches. `single` takes one only. */
export function AddressBox({
  single = false,
  onAddresses,
}: {
  single?: boolean
  onAddresses: (origins: Extract<ImportOrigin, { kind: 'address' }>[]) => void
}) {
  const [text, setText] = useState('')
  const [error, setError] = useState<string | null>(null)

  const send = () => {
    const addresses = [...new Set(text.split(/\s+/).filter((part) => part !== ''))]
    const wrong = addresses.find((address) => !isWebAddress(address))
    const most = single ? 1 : maxAddresses
    if (addresses.length === 0) setError('Write the address of a page, such as https://example.org/page.')
    else if (wrong !== undefined)
      setError(`“${wrong}” is not an address. Write it in full, such as https://example.org/page.`)
    else if (addresses.length > most)
      setError(most === 1 ? 'Write one address.' : `At most ${String(most)} addresses make one batch. Take some away.`)
    else {
      onAddresses(addresses.map((address) => ({ kind: 'address', address })))
      setText('')
      setError(null)
    }
  }

  return (
    <div className="grid gap-3">
      <TextArea
        label={single ? 'Address' : 'Addresses'}
        hint={`${single ? 'Of the page' : 'One a line; more than 20 become a batch'}. The page is fetched as it appears without a sign-in, and only if its site allows programs. Otherwise paste the text.`}
        rows={single ? 1 : 3}
        dir="ltr"
        inputMode="url"
        spellCheck={false}
        value={text}
        error={error}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setError(null)
        }}
      />
      <div className="flex justify-end">
        <Button variant="primary" onClick={send}>
          {single ? 'Fetch the page' : 'Fetch'}
        </Button>
      </div>
    </div>
  )
}

/** The bookmarklet and how to use it: for pages behind a sign-in, and for pages that scripts write. */
export function BrowserPanel() {
  const link = useRef<HTMLAnchorElement>(null)
  const [said, setSaid] = useState('')
  useEffect(() => {
    // Set in the browser, because only the browser knows this server's address and React refuses `javascript:` addresses.
    link.current?.setAttribute('href', bookmarkletFor(window.location.origin))
  }, [])
  const copy = () => {
    navigator.clipboard.writeText(bookmarkletFor(window.location.origin)).then(
      () => {
        setSaid('Copied. Make a bookmark by hand, and paste it as its address.')
      },
      () => {
        setSaid('The browser did not allow copying. Drag the link to the bookmarks bar.')
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

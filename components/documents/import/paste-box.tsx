'use client'

import { useState, type ClipboardEvent } from 'react'
import { Button } from '@/components/ui/controls/button'
import { Segmented } from '@/components/ui/controls/choices'
import { TextArea } from '@/components/ui/controls/field'
import { sizeInWords } from '@/components/ui/text/wording'
import { isWebAddress } from '@/lib/domain/fields'
import type { ImportOrigin } from '@/lib/client/api/imports'

/** How a pasted text is read. `rich` is what the clipboard held with its formatting. */
type PasteFormat = 'text' | 'html' | 'markdown'

const formats = [
  { value: 'text', label: 'Plain text' },
  { value: 'markdown', label: 'Markdown' },
  { value: 'html', label: 'HTML' },
] as const

/** Whether formatted text says more than its plain words: headings, lists, tables, links, quotes, emphasis. */
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

/** A field for a text from elsewhere. Formatting that comes with a paste is kept, and said. */
export function PasteBox({
  maxBytes,
  onText,
  onAddress,
}: {
  maxBytes: number
  onText: (origin: ImportOrigin, bytes: number) => void
  /** A page that is meant by its address, which stands alone in the field. */
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
    // Only a paste that is the whole content: formatted and typed text cannot be mixed.
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

/** Says that the formatting of a paste is kept, and drops it on demand. */
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

'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { refusalOfFile } from '@/components/documents/import/import-items'
import { PasteBox, AddressBox } from '@/components/documents/import/import-panels'
import { Button } from '@/components/ui/controls/button'
import { FileDrop } from '@/components/ui/controls/file-inputs'
import { Spinner } from '@/components/ui/layout/spinner'
import { Tabs } from '@/components/ui/layout/tabs'
import { showToast } from '@/components/ui/overlays/toast-store'
import { countInWords } from '@/components/ui/text/wording'
import type { CallResult } from '@/lib/client/api/call'
import type { ImportOrigin } from '@/lib/client/api/imports'
import { previewRevision, storeRevision } from '@/lib/client/api/revisions'
import { acceptedFiles, nameFormats } from '@/lib/domain/documents/import-formats'
import type { RevisionPreview } from '@/lib/domain/revisions/schema'
import { countsInWords, decisionsInWords } from './anchor-words'
import { TextChanges } from './text-changes'

/** The state of the page: no text, a text being read, a refused text, or one that can be stored. */
type Text =
  | { is: 'none' }
  | { is: 'reading' }
  | { is: 'refused'; message: string }
  | { is: 'ready'; origin: ImportOrigin; preview: RevisionPreview }

function outcomeOf(origin: ImportOrigin, answer: CallResult<RevisionPreview>): Text {
  return answer.ok ? { is: 'ready', origin, preview: answer.value } : { is: 'refused', message: answer.message }
}

/** Adds a later text of a document: it comes in by paste or as a file, is compared with the latest revision, and only then stored. */
export function ReviseWorkbench({
  document,
  number,
  checks,
  maxBytes,
}: {
  /** `url` is empty when the address of the page is unknown. */
  document: { id: string; language: string; url: string }
  /** The number of the latest revision. */
  number: number
  /** Whether to fetch the page at once. */
  checks: boolean
  /** The largest size of a text, in bytes. */
  maxBytes: number
}) {
  const router = useRouter()
  const startsChecking = checks && document.url !== ''
  const [text, setText] = useState<Text>({ is: startsChecking ? 'reading' : 'none' })
  const [storing, setStoring] = useState(false)

  const take = (origin: ImportOrigin) => {
    const refusal = origin.kind === 'file' ? refusalOfFile(origin.file) : null
    if (refusal !== null) {
      setText({ is: 'refused', message: refusal })
      return
    }
    setText({ is: 'reading' })
    void previewRevision(document.id, origin).then((answer) => {
      setText(outcomeOf(origin, answer))
    })
  }
  const { id, url } = document
  useEffect(() => {
    if (!startsChecking) return
    let isStale = false
    const origin = { kind: 'address' as const, address: url }
    void previewRevision(id, origin).then((answer) => {
      if (!isStale) setText(outcomeOf(origin, answer))
    })
    return () => {
      isStale = true
    }
  }, [startsChecking, id, url])

  const store = async (origin: ImportOrigin) => {
    setStoring(true)
    const answer = await storeRevision(document.id, origin)
    setStoring(false)
    if (!answer.ok) {
      showToast(answer.message, { tone: 'problem' })
      return
    }
    const { revision } = answer.value
    showToast(`Stored as revision ${String(revision.number)}.`)
    router.push(`/documents/${document.id}/changes?from=${String(revision.number - 1)}&to=${String(revision.number)}`)
  }

  return (
    <div className="grid min-w-0 gap-8">
      {url !== '' && (
        <PageCheck
          url={url}
          busy={text.is === 'reading'}
          onCheck={() => {
            take({ kind: 'address', address: url })
          }}
        />
      )}
      <TextTabs maxBytes={maxBytes} onText={take} />
      <div role="status">
        {text.is === 'reading' && (
          <p className="flex items-center gap-2 text-ink-2">
            <Spinner /> Comparing with revision {number}
          </p>
        )}
        {text.is === 'refused' && <p className="font-medium text-danger">{text.message}</p>}
      </div>
      {text.is === 'ready' && (
        <Comparison
          preview={text.preview}
          language={document.language}
          number={number}
          storing={storing}
          onStore={() => void store(text.origin)}
        />
      )}
    </div>
  )
}

/** Fetches the page on which the document was published again. */
function PageCheck({ url, busy, onCheck }: { url: string; busy: boolean; onCheck: () => void }) {
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-lg border border-line bg-surface p-4 shadow-card">
      <p className="min-w-0 flex-1 basis-60">
        <span className="block font-medium">See whether the page has changed</span>
        <span dir="ltr" className="block truncate text-sm text-ink-3">
          {url.replace(/^https?:\/\//, '')}
        </span>
      </p>
      <Button variant="primary" busy={busy} onClick={onCheck}>
        Check for changes
      </Button>
    </div>
  )
}

/** The ways to bring in a later text. */
function TextTabs({ maxBytes, onText }: { maxBytes: number; onText: (origin: ImportOrigin) => void }) {
  return (
    <Tabs
      label="Where the later text comes from"
      panelClassName="pt-4"
      tabs={[
        {
          id: 'files',
          label: 'File',
          panel: (
            <FileDrop
              label="Choose the later file"
              hint={`Or drop it here: ${nameFormats('or')}. Nothing is stored before you have looked at what has changed.`}
              accept={acceptedFiles}
              multiple={false}
              onFiles={([file]) => {
                if (file !== undefined) onText({ kind: 'file', file })
              }}
            />
          ),
        },
        {
          id: 'paste',
          label: 'Paste',
          panel: <PasteBox maxBytes={maxBytes} onText={onText} onAddress={onText} />,
        },
        {
          id: 'address',
          label: 'Address',
          panel: (
            <AddressBox
              single
              onAddresses={([origin]) => {
                if (origin !== undefined) onText(origin)
              }}
            />
          ),
        },
      ]}
    />
  )
}

function Comparison({
  preview,
  language,
  number,
  storing,
  onStore,
}: {
  preview: RevisionPreview
  language: string
  number: number
  storing: boolean
  onStore: () => void
}) {
  const { isSame, annotations, decisions, wordCount, blocks } = preview
  if (isSame)
    return (
      <p className="text-ink-2">This is the text of revision {number}, word for word. There is nothing to store.</p>
    )
  return (
    <div className="grid min-w-0 gap-4">
      <div>
        <h2 className="font-serif text-xl font-semibold">What would change</h2>
        <p className="mt-1 text-ink-2">
          {countInWords(wordCount, 'word')}. {countsInWords(annotations)} {decisionsInWords(decisions)}
        </p>
      </div>
      <TextChanges blocks={blocks} language={language} />
      <div className="sticky bottom-0 z-10 -mx-2 flex justify-end border-t border-line bg-paper px-2 py-3">
        <Button variant="primary" busy={storing} onClick={onStore}>
          Store as revision {number + 1}
        </Button>
      </div>
    </div>
  )
}

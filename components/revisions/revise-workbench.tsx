'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { AddressBox } from '@/components/documents/import/address-box'
import { refusalOfFile } from '@/components/documents/import/import-items'
import { PasteBox } from '@/components/documents/import/paste-box'
import { Button } from '@/components/ui/controls/button'
import { FileDrop } from '@/components/ui/controls/file-drop'
import { Spinner } from '@/components/ui/layout/spinner'
import { Tabs } from '@/components/ui/layout/tabs'
import { showToast } from '@/components/ui/overlays/toast-store'
import { countInWords } from '@/components/ui/text/wording'
import type { ImportOrigin } from '@/lib/client/api/imports'
import { previewRevision, storeRevision } from '@/lib/client/api/revisions'
import { acceptedFiles, nameFormats } from '@/lib/domain/documents/import-formats'
import type { RevisionPreview } from '@/lib/domain/revisions/schema'
import { countsInWords } from './anchor-words'
import { TextChanges } from './text-changes'

/** What has come in: nothing, a text that is being read, one that was refused, or one that can be stored. */
type Text =
  | { is: 'none' }
  | { is: 'reading' }
  | { is: 'refused'; message: string }
  | { is: 'ready'; origin: ImportOrigin; preview: RevisionPreview }

/** A later text of a document: it comes in by paste or as a file, is compared with the latest revision, and only then stored. */
export function ReviseWorkbench({
  document,
  number,
  maxBytes,
}: {
  document: { id: string; language: string }
  /** The number of the latest revision. */
  number: number
  /** The most bytes of a text. */
  maxBytes: number
}) {
  const router = useRouter()
  const [text, setText] = useState<Text>({ is: 'none' })
  const [storing, setStoring] = useState(false)

  const compare = async (origin: ImportOrigin) => {
    const refusal = origin.kind === 'file' ? refusalOfFile(origin.file) : null
    if (refusal !== null) {
      setText({ is: 'refused', message: refusal })
      return
    }
    setText({ is: 'reading' })
    const answer = await previewRevision(document.id, origin)
    setText(answer.ok ? { is: 'ready', origin, preview: answer.value } : { is: 'refused', message: answer.message })
  }

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
                  if (file !== undefined) void compare({ kind: 'file', file })
                }}
              />
            ),
          },
          {
            id: 'paste',
            label: 'Paste',
            panel: (
              <PasteBox
                maxBytes={maxBytes}
                onText={(origin) => void compare(origin)}
                onAddress={(origin) => void compare(origin)}
              />
            ),
          },
          {
            id: 'address',
            label: 'Address',
            panel: (
              <AddressBox
                single
                onAddresses={([origin]) => {
                  if (origin !== undefined) void compare(origin)
                }}
              />
            ),
          },
        ]}
      />
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
  const { isSame, annotations, wordCount, blocks } = preview
  if (isSame)
    return (
      <p className="text-ink-2">This is the text of revision {number}, word for word. There is nothing to store.</p>
    )
  return (
    <div className="grid min-w-0 gap-4">
      <div>
        <h2 className="font-serif text-xl font-semibold">What would change</h2>
        <p className="mt-1 text-ink-2">
          {countInWords(wordCount, 'word')}. {countsInWords(annotations)}
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

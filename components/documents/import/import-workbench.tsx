'use client'

import { useRouter } from 'next/navigation'
import { useRef, useState, type RefObject } from 'react'
import { Button, LinkButton } from '@/components/ui/controls/button'
import { FileDrop } from '@/components/ui/controls/file-inputs'
import { Tabs } from '@/components/ui/layout/tabs'
import { showToast } from '@/components/ui/overlays/toast-store'
import { countInWords, sizeInWords } from '@/components/ui/text/wording'
import { acceptedFiles, nameFormats } from '@/lib/domain/documents/import-formats'
import type { ImportOrigin } from '@/lib/client/api/imports'
import { maxFileBytes, type SuggestedSource } from '@/lib/domain/documents/schema'
import { ImportCard } from './import-card'
import type { ImportItem } from './import-items'
import { PasteBox, AddressBox, BrowserPanel } from './import-panels'
import { SourceField } from '../detail-fields'
import { useImport, useArrivals } from './use-import'
import { BatchSetup } from '@/components/batches/batch-setup'

export interface ImportWorkbenchProps {
  sources: readonly { id: string; name: string; documentCount: number }[]
  /** The source chosen at first; empty for none. */
  sourceName: string
  mayCreateSource: boolean
  /** The largest size of one text, in bytes. */
  maxBytes: number
  /** The id of the page that a bookmarklet sent and this device keeps; null for none. */
  pageId: string | null
}

/** The import page: texts come in by paste, address or file, are looked at and corrected, and are stored only then. */
export function ImportWorkbench({
  sources,
  sourceName: initialSource,
  mayCreateSource,
  maxBytes,
  pageId,
}: ImportWorkbenchProps) {
  const router = useRouter()
  const { items, dispatch, add, read, store } = useImport()
  const [sourceName, setSourceName] = useState(initialSource)
  const [sourceError, setSourceError] = useState<string | null>(null)
  const [storing, setStoring] = useState(false)
  const { batch, setBatch, addFiles, addAddresses } = useArrivals(add, pageId)
  const onward = useRef<HTMLAnchorElement>(null)

  /** The name of the source; null when it is invalid, which its field then shows. */
  const takeSource = (): string | null => {
    const name = sourceName.trim()
    const known = sources.some((source) => source.name === name)
    if (name !== '' && (known || mayCreateSource)) return name
    setSourceError(name === '' ? 'Say who published it.' : 'Choose a source from the list.')
    document.querySelector<HTMLElement>('[name="source"]')?.focus()
    return null
  }

  const storeAll = async () => {
    const name = takeSource()
    if (name === null) return
    setStoring(true)
    const stored = await store(name)
    setStoring(false)
    const [first] = stored
    if (first === undefined) return
    if (items.length === 1) {
      showToast(`Imported “${first.title}”.`)
      router.push(`/documents/${first.id}`)
      return
    }
    // The list itself says what was imported. Its button is gone with the last text: the link beside it is what comes next.
    router.refresh()
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) onward.current?.focus()
    })
  }

  return (
    <div className="grid gap-6">
      <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <OriginTabs
          maxBytes={maxBytes}
          onFiles={addFiles}
          onText={(origin, bytes) => {
            add(origin, 'Pasted text', bytes)
          }}
          onAddresses={addAddresses}
        />
        <div className="lg:pt-13">
          <SourceField
            sources={sources}
            value={sourceName}
            error={sourceError}
            mayCreate={mayCreateSource}
            suggested={suggestedBy(items, mayCreateSource)}
            onChange={(name) => {
              setSourceName(name)
              setSourceError(null)
            }}
          />
        </div>
      </div>
      {batch !== null && (
        <BatchSetup draft={batch} sourceName={sourceName} takeSource={takeSource} onChange={setBatch} />
      )}
      {items.length > 0 && (
        <TextsToImport
          items={items}
          dispatch={dispatch}
          read={read}
          storing={storing}
          onward={onward}
          onStore={() => void storeAll()}
        />
      )}
    </div>
  )
}

/** The ways to bring in a text. */
function OriginTabs({
  maxBytes,
  onFiles,
  onText,
  onAddresses,
}: {
  maxBytes: number
  onFiles: (files: readonly File[]) => void
  onText: (origin: ImportOrigin, bytes: number) => void
  onAddresses: (origins: readonly Extract<ImportOrigin, { kind: 'address' }>[]) => void
}) {
  return (
    <Tabs
      label="Where the text comes from"
      panelClassName="pt-4"
      tabs={[
        {
          id: 'files',
          label: 'Files',
          panel: (
            <FileDrop
              label="Choose files"
              hint={`Or drop them here: ${nameFormats('or')}. Each up to ${sizeInWords(maxFileBytes)}, with at most ${sizeInWords(maxBytes)} of text. Up to 20 are shown before anything is stored; more, or a folder, become a batch.`}
              accept={acceptedFiles}
              folderLabel="Choose a folder"
              onFiles={onFiles}
            />
          ),
        },
        {
          id: 'paste',
          label: 'Paste',
          panel: (
            <PasteBox
              maxBytes={maxBytes}
              onText={onText}
              onAddress={(origin) => {
                onAddresses([origin])
              }}
            />
          ),
        },
        {
          id: 'address',
          label: 'Address',
          panel: <AddressBox onAddresses={onAddresses} />,
        },
        { id: 'browser', label: 'Browser', panel: <BrowserPanel /> },
      ]}
    />
  )
}

/** The texts to look at and correct, and the button that stores the ready ones. */
function TextsToImport({
  items,
  dispatch,
  read,
  storing,
  onward,
  onStore,
}: Pick<ReturnType<typeof useImport>, 'items' | 'dispatch' | 'read'> & {
  storing: boolean
  /** The link that goes on once something is imported. */
  onward: RefObject<HTMLAnchorElement | null>
  onStore: () => void
}) {
  const wanted = items.filter(({ state }) => state.is === 'ready' && state.included)
  const reading = items.filter(({ state }) => state.is === 'waiting' || state.is === 'reading').length
  const done = items.filter(({ state }) => state.is === 'stored').length
  return (
    <section aria-labelledby="texts" className="grid gap-3">
      <h2 id="texts" className="font-serif text-xl font-semibold">
        {done === items.length ? 'Imported' : 'To look at'}
      </h2>
      {items.map((item) => (
        <ImportCard
          key={item.id}
          item={item}
          startOpen={items.length === 1}
          onEdit={(values) => {
            dispatch({ type: 'edit', id: item.id, values })
          }}
          onInclude={(included) => {
            dispatch({ type: 'include', id: item.id, included })
          }}
          onRetry={() => {
            read(item.id, item.origin)
          }}
          onDecode={(encoding) => {
            if (item.origin.kind !== 'file') return
            const origin = { ...item.origin, encoding }
            dispatch({ type: 'decode', id: item.id, origin })
            read(item.id, origin)
          }}
          onRemove={() => {
            dispatch({ type: 'remove', id: item.id })
          }}
        />
      ))}
      <div className="sticky bottom-0 z-10 -mx-2 flex flex-wrap items-center justify-end gap-x-4 gap-y-2 border-t border-line bg-paper px-2 py-3">
        <p className="me-auto text-ink-2" role="status">
          {reading > 0
            ? `${countInWords(reading, 'text')} being read.`
            : wanted.length === 0 && done === 0
              ? 'Nothing is ready to import.'
              : ''}
          {done > 0 && ` ${countInWords(done, 'document')} imported.`}
        </p>
        {done > 0 && (
          <LinkButton ref={onward} href="/documents">
            Go to documents
          </LinkButton>
        )}
        {(wanted.length > 0 || done < items.length) && (
          <Button variant="primary" busy={storing} disabled={wanted.length === 0 || reading > 0} onClick={onStore}>
            {wanted.length > 1 ? `Import ${countInWords(wanted.length, 'document')}` : 'Import'}
          </Button>
        )}
      </div>
    </section>
  )
}

/** The first source that a text's address suggests: one that exists, or a new one if the current member may make it. Null for none. */
function suggestedBy(items: readonly ImportItem[], mayCreate: boolean): SuggestedSource | null {
  for (const { state } of items) {
    const suggested = state.is === 'ready' ? state.preview.suggestedSource : null
    if (suggested !== null && (suggested.isKnown || mayCreate)) return suggested
  }
  return null
}

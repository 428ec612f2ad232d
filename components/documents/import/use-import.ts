'use client'

import { useEffect, useEffectEvent, useReducer, useRef, useState } from 'react'
import { addFiles as addToBatch, type BatchDraft, leastOfBatch } from '@/components/batches/batch-draft'
import { showToast } from '@/components/ui/overlays/toast-store'
import { importDocument, type ImportOrigin, previewImport } from '@/lib/client/api/imports'
import { newId } from '@/lib/client/new-id'
import { takePage } from '@/lib/client/page-from-browser'
import type { DocumentView } from '@/lib/domain/documents/schema'
import { detailErrorsOf, detailProblems, detailsOf, type DetailValues } from '../details'
import { takeDroppedFiles } from '../drop-anywhere'
import { type ImportItem, type ItemAction, reduceItems, refusalOfFile } from './import-items'

/** Whether a conflict names the document that already has this text. */
function isDocument(value: unknown): value is { id: string; title: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    'title' in value &&
    typeof value.id === 'string' &&
    typeof value.title === 'string'
  )
}

const none: readonly ImportItem[] = []

/** The texts to import, and the actions on them. Texts are read one after another, so that many files do not overload the server. */
export function useImport() {
  const [items, change] = useReducer(reduceItems, none)
  const queue = useRef<Promise<void>>(Promise.resolve())

  const read = (id: string, origin: ImportOrigin) => {
    queue.current = queue.current.then(async () => {
      change({ type: 'reading', id })
      const answer = await previewImport(origin)
      if (answer.ok) change({ type: 'read', id, preview: answer.value })
      else
        change({
          type: 'refuse',
          id,
          message: answer.message,
          retry: answer.status === 0 || answer.status === 429 || answer.status >= 500,
        })
    })
  }

  const add = (origin: ImportOrigin, name: string, bytes: number | null) => {
    const refusal = origin.kind === 'file' ? refusalOfFile(origin.file) : null
    const id = newId()
    change({
      type: 'add',
      items: [
        {
          id,
          origin,
          name,
          bytes,
          state: refusal === null ? { is: 'waiting' } : { is: 'refused', message: refusal, retry: false },
        },
      ],
    })
    if (refusal === null) read(id, origin)
  }

  const recountLater = useRecount(items, change)
  const dispatch = (action: ItemAction) => {
    change(action)
    if (action.type === 'edit') recountLater(action.id, action.values)
  }

  /** Stores the ready and wanted texts one after another, and returns the documents. What fails stays in the list with the reason. */
  const store = async (sourceName: string): Promise<DocumentView[]> => {
    const stored: DocumentView[] = []
    for (const { id, origin, state } of items) {
      if (state.is !== 'ready' || !state.included) continue
      const errors = detailProblems(state.values)
      if (Object.keys(errors).length > 0) {
        change({ type: 'invalid', id, errors, refusal: null })
        continue
      }
      change({ type: 'storing', id })
      const answer = await importDocument({
        id,
        origin,
        sourceName,
        details: detailsOf(state.values),
        foundDate: state.preview.publishedOn,
        sha256: state.preview.sha256,
        allowDuplicate: state.preview.existing !== null,
      })
      if (answer.ok) {
        change({ type: 'stored', id, document: answer.value })
        stored.push(answer.value)
      } else if (answer.code === 'conflict' && isDocument(answer.current)) {
        change({ type: 'duplicate', id, existing: answer.current })
      } else {
        const byField = detailErrorsOf(answer.fields)
        change({
          type: 'invalid',
          id,
          errors: byField,
          refusal: Object.keys(byField).length > 0 ? null : answer.message,
        })
      }
    }
    return stored
  }

  return { items, dispatch, add, read, store }
}

/** How long a chosen language must stay before sentences are counted by its rules, in ms. */
const patience = 600

/** Returns the function that counts an item's sentences again after another language was chosen. If that fails, the item stays as it was. */
function useRecount(
  items: readonly ImportItem[],
  change: (action: ItemAction) => void,
): (id: string, values: DetailValues) => void {
  const waiting = useRef(new Map<string, ReturnType<typeof setTimeout>>())
  const chosen = useRef(new Map<string, string>())
  return (id, values) => {
    const item = items.find((each) => each.id === id)
    clearTimeout(waiting.current.get(id))
    if (item?.state.is !== 'ready') return
    const { language } = detailsOf(values)
    const before = chosen.current.get(id) ?? item.state.preview.language
    if (language === before || detailProblems(values).language !== undefined) return
    waiting.current.set(
      id,
      setTimeout(() => {
        chosen.current.set(id, language)
        void previewImport(item.origin, language).then((answer) => {
          // Another language may have been chosen in the meantime.
          if (answer.ok && chosen.current.get(id) === language) change({ type: 'recount', id, preview: answer.value })
        })
      }, patience),
    )
  }
}

/**
 * Hands a few arriving texts to `add`, to be looked at one by one; many become a batch. Files dropped on another page and the page that a bookmarklet
 * sent (`pageId`) arrive without further action.
 */
export function useArrivals(add: ReturnType<typeof useImport>['add'], pageId: string | null) {
  const [batch, setBatch] = useState<BatchDraft | null>(null)

  const newBatch = (): BatchDraft => ({ id: newId(), texts: [], refused: [] })
  const addFiles = (files: readonly File[]) => {
    const begun = batch?.texts.some(({ file }) => file !== null) === true ? batch : null
    const isFolder = files.length > 1 && files.some(({ name }) => name.includes('/'))
    if (begun !== null || isFolder || files.length >= leastOfBatch)
      setBatch(addToBatch(begun ?? newBatch(), files, refusalOfFile))
    else for (const file of files) add({ kind: 'file', file }, file.name, file.size)
  }
  const addAddresses = (origins: readonly Extract<ImportOrigin, { kind: 'address' }>[]) => {
    if (origins.length < leastOfBatch) for (const origin of origins) add(origin, origin.address, null)
    else setBatch({ ...newBatch(), texts: origins.map(({ address }) => ({ name: address, file: null, source: '' })) })
  }
  const takeFiles = useEffectEvent(addFiles)
  useEffect(() => {
    const files = takeDroppedFiles()
    if (files.length > 0)
      queueMicrotask(() => {
        takeFiles(files)
      })
  }, [])
  const takeSent = useEffectEvent((page: File | null) => {
    if (page === null) showToast('The page that was sent is no longer here. Send it again.')
    else add({ kind: 'file', file: page }, page.name, page.size)
  })
  useEffect(() => {
    if (pageId === null) return
    // Reloading the page must not take it a second time.
    window.history.replaceState(window.history.state, '', '/documents/import')
    void takePage(pageId).then(takeSent, () => {
      takeSent(null)
    })
  }, [pageId])
  return { batch, setBatch, addFiles, addAddresses }
}

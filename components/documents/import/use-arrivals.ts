'use client'

import { useEffect, useEffectEvent, useState } from 'react'
import { addFiles as addToBatch, leastOfBatch, type BatchDraft } from '@/components/batches/setup/batch-draft'
import { showToast } from '@/components/ui/overlays/toast-store'
import type { ImportOrigin } from '@/lib/client/api/imports'
import { newId } from '@/lib/client/new-id'
import { takePage } from '@/lib/client/page-from-browser/page-store'
import { takeDroppedFiles } from '../dropped-files'
import { refusalOfFile } from './import-items'
import type { useImport } from './use-import'

/**
 * Texts that arrive on the import page: few are looked at one by one, for which they are handed to `add`; many become a batch. Files that were dropped on another page and
 * the page that a bookmarklet has sent (`pageId`) arrive by themselves.
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
    // Loading the page anew must not ask for it again.
    window.history.replaceState(window.history.state, '', '/documents/import')
    void takePage(pageId).then(takeSent, () => {
      takeSent(null)
    })
  }, [pageId])
  return { batch, setBatch, addFiles, addAddresses }
}

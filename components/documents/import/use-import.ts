'use client'

import { useReducer, useRef } from 'react'
import { importDocument, previewImport, type ImportOrigin } from '@/lib/client/api/imports'
import type { DocumentView } from '@/lib/domain/documents/schema'
import { detailErrorsOf, detailProblems, detailsOf } from '../details'
import { reduceItems, refusalOfFile, type ImportItem } from './import-items'
import { newId } from '@/lib/client/new-id'

/** Whether a conflict tells the document that already holds the text. */
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

/** Texts on their way in, and what can be done with them. Texts are read one after another, so that many files do not crowd the server. */
export function useImport() {
  const [items, dispatch] = useReducer(reduceItems, none)
  const queue = useRef<Promise<void>>(Promise.resolve())

  const read = (id: string, origin: ImportOrigin) => {
    queue.current = queue.current.then(async () => {
      dispatch({ type: 'reading', id })
      const answer = await previewImport(origin)
      if (answer.ok) dispatch({ type: 'read', id, preview: answer.value })
      else
        dispatch({
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
    dispatch({
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

  /** Stores what is ready and wanted, one after another; answers what was stored. What fails stays, with the reason beside it. */
  const store = async (sourceName: string): Promise<DocumentView[]> => {
    const stored: DocumentView[] = []
    for (const { id, origin, state } of items) {
      if (state.is !== 'ready' || !state.included) continue
      const errors = detailProblems(state.values)
      if (Object.keys(errors).length > 0) {
        dispatch({ type: 'invalid', id, errors, refusal: null })
        continue
      }
      dispatch({ type: 'storing', id })
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
        dispatch({ type: 'stored', id, document: answer.value })
        stored.push(answer.value)
      } else if (answer.code === 'conflict' && isDocument(answer.current)) {
        dispatch({ type: 'duplicate', id, existing: answer.current })
      } else {
        const byField = detailErrorsOf(answer.fields)
        dispatch({
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

'use client'

import { useEffect, useState } from 'react'
import type { ReferenceSummary, ReferenceView } from '@/lib/domain/references/schema'
import { callApi } from '@/lib/client/api/call'

/** The most characters of a kept text that are shown to select in. */
export const mostShown = 200_000

/** The text kept of a reference, and its language as a BCP 47 tag; empty when it is not known. */
export interface LoadedText {
  text: string
  language: string
}

/** The kept text of a reference of the library, once it is loaded; null while it is not, and when there is none. */
export function useKeptText(reference: ReferenceSummary | null): LoadedText | null {
  const [loaded, setLoaded] = useState<{ id: string; kept: LoadedText | null } | null>(null)
  const id = reference?.hasSnapshot === true ? reference.id : null
  useEffect(() => {
    if (id === null) return
    let isStale = false
    void callApi<ReferenceView>({ method: 'GET', path: `/api/v1/references/${id}` }).then((result) => {
      if (isStale || !result.ok) return
      const { snapshotText, csl } = result.value
      setLoaded({ id, kept: snapshotText === null ? null : { text: snapshotText, language: csl.language ?? '' } })
    })
    return () => {
      isStale = true
    }
  }, [id])
  return loaded !== null && loaded.id === id ? loaded.kept : null
}

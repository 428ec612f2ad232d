'use client'

import { useEffect, useState } from 'react'
import type { ClaimView } from '@/lib/domain/claims/schema'
import { isWorthKeeping, type Draft } from './draft'

/** What is not sent yet, by member and session: a look at a document and back does not lose it. */
const keptDrafts = new Map<string, ReadonlyMap<string, Draft>>()

/** The verdicts being made, by claim. Leaving the site with one that somebody would miss warns. */
export function useDrafts(key: string, claims: ReadonlyMap<string, ClaimView>) {
  const [drafts, setDrafts] = useState<ReadonlyMap<string, Draft>>(() => keptDrafts.get(key) ?? new Map())
  useEffect(() => {
    keptDrafts.set(key, drafts)
  }, [key, drafts])

  const isUnsaved = [...drafts].some(([id, draft]) => {
    const claim = claims.get(id)
    return claim !== undefined && isWorthKeeping(draft, claim)
  })
  useEffect(() => {
    if (!isUnsaved) return
    const warn = (event: BeforeUnloadEvent) => {
      event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => {
      window.removeEventListener('beforeunload', warn)
    }
  }, [isUnsaved])

  /** Keeps a draft, or with null forgets it. */
  const keep = (id: string, draft: Draft | null) => {
    setDrafts((before) => {
      const after = new Map(before)
      if (draft === null) after.delete(id)
      else after.set(id, draft)
      return after
    })
  }
  return { drafts, keep }
}

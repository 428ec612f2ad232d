'use client'

import { useEffect, useState, useSyncExternalStore } from 'react'
import { DraftKeeper, noDrafts } from '@/lib/client/drafts/draft-store'
import type { ClaimView } from '@/lib/domain/claims/schema'
import { isWorthKeeping, type Draft } from './draft'

/** The drafts of this page's life, by group: a look at a document and back finds them as they were. */
const keepers = new Map<string, DraftKeeper<Draft>>()

function keeperOf(group: string): DraftKeeper<Draft> {
  const known = keepers.get(group)
  if (known !== undefined) return known
  const keeper = new DraftKeeper<Draft>(async () => (await import('./kept-drafts')).openKeptDrafts(group))
  // A server renders for many people.
  if (typeof window !== 'undefined') keepers.set(group, keeper)
  return keeper
}

/**
 * The verdicts being made, by claim. They are kept on this device until they are decided or dropped; leaving the site with one that is not, and that
 * someone would miss, warns.
 */
export function useDrafts({ memberId, sessionId }: { memberId: string; sessionId: string }) {
  const [keeper] = useState(() => keeperOf(`verdict ${memberId} ${sessionId}`))
  const { storage, drafts, unkept } = useSyncExternalStore(keeper.subscribe, keeper.getSnapshot, () => noDrafts)
  useEffect(() => void keeper.start(), [keeper])

  const isUnsaved = unkept.size > 0
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

  return {
    /** Whether the device was looked through: before that a draft of it may still come. */
    isReady: storage !== 'opening',
    /** The draft of a claim; null when there is none, or what it says was decided in the meantime. */
    draftOf: (claim: ClaimView): Draft | null => {
      const draft = drafts.get(claim.id)
      return draft === undefined || (draft.base !== claim.version && !isWorthKeeping(draft, claim)) ? null : draft
    },
    /** Where the draft of a claim is: on the device, on its way there, only in the page; null without a draft that someone would miss. */
    placeOf: (claim: ClaimView): 'device' | 'coming' | 'page' | null => {
      const draft = drafts.get(claim.id)
      if (draft === undefined || !isWorthKeeping(draft, claim)) return null
      if (!unkept.has(claim.id)) return 'device'
      return storage === 'page' ? 'page' : 'coming'
    },
    begin: (claim: ClaimView, draft: Draft) => {
      keeper.keep(claim.id, draft, isWorthKeeping(draft, claim))
    },
    forget: (claimId: string) => {
      if (drafts.has(claimId)) keeper.keep(claimId, null)
    },
  }
}

/** What `useDrafts` gives. */
export type Drafts = ReturnType<typeof useDrafts>

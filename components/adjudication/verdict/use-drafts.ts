'use client'

import { useEffect, useState, useSyncExternalStore } from 'react'
import type { ClaimView } from '@/lib/domain/claims/schema'
import { isWorthKeeping, type Draft } from './draft'
import type { DraftShelf } from './kept-drafts'

/** The drafts, and where they are kept. */
interface KeptDrafts<T> {
  /** `opening`: the device is being read. `page`: the device keeps nothing, and closing the page loses the drafts. */
  storage: 'opening' | 'device' | 'page'
  drafts: ReadonlyMap<string, T>
  /** The keys of drafts that are worth keeping and not on the device. */
  unkept: ReadonlySet<string>
}

/** The state on the server, and in a page before the device was read. */
const noDrafts: KeptDrafts<never> = { storage: 'opening', drafts: new Map<string, never>(), unkept: new Set() }

/** Stores drafts on this device as they change. When changes come faster than the device writes, only the last is written. */
export class DraftKeeper<T> {
  readonly #open: () => Promise<DraftShelf<T>>
  readonly #listeners = new Set<() => void>()
  #shelf: DraftShelf<T> | null = null
  #isStarted = false
  #isWriting = false
  /** The changes not yet on the device; null removes a draft. */
  #waiting = new Map<string, T | null>()
  #snapshot: KeptDrafts<T> = noDrafts

  constructor(open: () => Promise<DraftShelf<T>>) {
    this.#open = open
  }

  readonly getSnapshot = (): KeptDrafts<T> => this.#snapshot

  /**
   * Calls the listener at each change.
   * @returns removes the listener
   */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /** Reads the device, once. Drafts made in the meantime are kept. */
  async start(): Promise<void> {
    if (this.#isStarted) return
    this.#isStarted = true
    try {
      this.#shelf = await this.#open()
      const found = await this.#shelf.load()
      this.#publish({ storage: 'device', drafts: new Map([...found, ...this.#snapshot.drafts]) })
    } catch {
      this.#shelf = null
      this.#publish({ storage: 'page' })
    }
    await this.#write()
  }

  /** Keeps a draft, or with null forgets it. A draft that is not worth keeping is kept in the page only. */
  keep(key: string, draft: T | null, isWorthKeeping = true): void {
    const drafts = new Map(this.#snapshot.drafts)
    if (draft === null) drafts.delete(key)
    else drafts.set(key, draft)
    this.#waiting.set(key, isWorthKeeping ? draft : null)
    this.#publish({ drafts })
    void this.#write()
  }

  #publish(change: Partial<KeptDrafts<T>>): void {
    const unkept = new Set([...this.#waiting].flatMap(([key, draft]) => (draft === null ? [] : [key])))
    this.#snapshot = { ...this.#snapshot, ...change, unkept }
    for (const listener of this.#listeners) listener()
  }

  async #write(): Promise<void> {
    if (this.#isWriting || this.#shelf === null) return
    this.#isWriting = true
    while (this.#waiting.size > 0) {
      const batch = new Map(this.#waiting)
      try {
        await this.#shelf.write(batch)
      } catch {
        // The device is full or cannot be reached: the page says so, and the next change tries again.
        this.#publish({ storage: 'page' })
        break
      }
      for (const [key, draft] of batch) if (this.#waiting.get(key) === draft) this.#waiting.delete(key)
      this.#publish({ storage: 'device' })
    }
    this.#isWriting = false
  }
}

/** The drafts of this page's lifetime, by group, so that they are still there after a visit to a document. */
const keepers = new Map<string, DraftKeeper<Draft>>()

function keeperOf(group: string): DraftKeeper<Draft> {
  const known = keepers.get(group)
  if (known !== undefined) return known
  const keeper = new DraftKeeper<Draft>(async () => (await import('./kept-drafts')).openKeptDrafts(group))
  // A server renders for many people, so it keeps none.
  if (typeof window !== 'undefined') keepers.set(group, keeper)
  return keeper
}

/**
 * The drafts of verdicts, by claim. They are kept on this device until they are decided or dropped. Leaving the site warns when a draft worth keeping
 * is not on the device.
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
    /** Whether the device has been read. Before that, a draft may still come from it. */
    isReady: storage !== 'opening',
    /** The draft of a claim; null when there is none, or its verdict was given in the meantime. */
    draftOf: (claim: ClaimView): Draft | null => {
      const draft = drafts.get(claim.id)
      return draft === undefined || (draft.base !== claim.version && !isWorthKeeping(draft, claim)) ? null : draft
    },
    /** Where the draft of a claim is kept: on the device, on its way there, or only in the page; null without a draft worth keeping. */
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

/** The result of `useDrafts`. */
export type Drafts = ReturnType<typeof useDrafts>

'use client'

import { useEffect, useState, useSyncExternalStore } from 'react'
import type { ClaimView } from '@/lib/domain/claims/schema'
import { isWorthKeeping, type Draft } from './draft'
import type { DraftShelf } from './kept-drafts'

/** What is begun and not sent, and where it is kept. */
interface KeptDrafts<T> {
  /** `opening`: the device is being looked through; `page`: the device keeps nothing, and closing the page loses the drafts. */
  storage: 'opening' | 'device' | 'page'
  drafts: ReadonlyMap<string, T>
  /** The keys of those that are worth keeping and not on the device. */
  unkept: ReadonlySet<string>
}

/** What a server renders, and a page before it has looked. */
const noDrafts: KeptDrafts<never> = { storage: 'opening', drafts: new Map<string, never>(), unkept: new Set() }

/** Keeps drafts on this device as they change. Of changes that come faster than the device writes, it writes the last. */
export class DraftKeeper<T> {
  readonly #open: () => Promise<DraftShelf<T>>
  readonly #listeners = new Set<() => void>()
  #shelf: DraftShelf<T> | null = null
  #isStarted = false
  #isWriting = false
  /** What the device does not have yet; null is to be taken off it. */
  #waiting = new Map<string, T | null>()
  #snapshot: KeptDrafts<T> = noDrafts

  constructor(open: () => Promise<DraftShelf<T>>) {
    this.#open = open
  }

  readonly getSnapshot = (): KeptDrafts<T> => this.#snapshot

  /** Calls back at each change; returns the way to stop. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /** Looks through the device, once. Drafts that were made in the meantime stay. */
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

  /** Holds a draft, or with null forgets it. One that is not worth keeping lives in the page alone. */
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
        // The device is full or gone: the page says so, and the next change tries again.
        this.#publish({ storage: 'page' })
        break
      }
      for (const [key, draft] of batch) if (this.#waiting.get(key) === draft) this.#waiting.delete(key)
      this.#publish({ storage: 'device' })
    }
    this.#isWriting = false
  }
}

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

import type { DraftShelf } from './draft-storage'

/** What is begun and not sent, and where it is kept. */
export interface KeptDrafts<T> {
  /** `opening`: the device is being looked through; `page`: the device keeps nothing, and closing the page loses the drafts. */
  storage: 'opening' | 'device' | 'page'
  drafts: ReadonlyMap<string, T>
  /** The keys of those that are worth keeping and not on the device. */
  unkept: ReadonlySet<string>
}

/** What a server renders, and a page before it has looked. */
export const noDrafts: KeptDrafts<never> = { storage: 'opening', drafts: new Map<string, never>(), unkept: new Set() }

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

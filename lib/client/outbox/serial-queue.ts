import type { Outbox } from './outbox-db'
import type { SaveState } from './review-store'

/**
 * What is to happen on the device, one after the other and in the order it was asked for. Before the outbox is open everything waits; without
 * one every act is given null. A failing act is not repeated: what the device does not forget is sent once more another time, which
 * changes nothing, and what it does not keep lives in the page, which says so.
 */
export class DiskLine {
  readonly #onTrouble: () => void
  #outbox: Outbox | null = null
  #storage: SaveState['storage']
  #sayOpened: () => void = () => undefined
  #line: Promise<void>

  /** A line that `waits` begins to move at `open`; another has no device at all. */
  constructor(waits: boolean, onTrouble: () => void) {
    this.#onTrouble = onTrouble
    this.#storage = waits ? 'opening' : 'page'
    this.#line = waits ? new Promise<void>((resolve) => (this.#sayOpened = resolve)) : Promise.resolve()
  }

  get storage(): SaveState['storage'] {
    return this.#storage
  }

  /** Opens the outbox and lets `first` look at it before all else; null when the device keeps nothing. */
  async open(openOutbox: () => Promise<Outbox>, first: (outbox: Outbox) => Promise<void>): Promise<Outbox | null> {
    try {
      this.#outbox ??= await openOutbox()
      await first(this.#outbox)
      this.#storage = 'device'
    } catch {
      this.#outbox = null
      this.#storage = 'page'
    }
    this.#sayOpened()
    this.#onTrouble()
    return this.#outbox
  }

  /** Does it in its turn. Resolves when it is done or has failed. */
  run(act: (outbox: Outbox | null) => Promise<unknown>): Promise<void> {
    this.#line = this.#line.then(async () => {
      try {
        await act(this.#outbox)
      } catch {
        this.#storage = 'page'
        this.#onTrouble()
      }
    })
    return this.#line
  }

  /** Resolves when all that was asked for so far is done. */
  settled(): Promise<void> {
    return this.#line
  }
}

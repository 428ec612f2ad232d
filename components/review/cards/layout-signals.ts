import type { TextRange } from '@/components/reader/types'

/** What the reader tells of its layout, for the parts that follow it without rendering the whole screen again. */
export interface LayoutSnapshot {
  /** Rises whenever positions may have changed. */
  version: number
  /** Rises whenever the view has moved by about half a screen. */
  view: number
  /** The part of the text on the screen; null before the first look. */
  visible: TextRange | null
}

/** A tiny external store of the reader's layout. */
export class LayoutSignals {
  #snapshot: LayoutSnapshot = { version: 0, view: 0, visible: null }
  #lastScreen: TextRange | null = null
  readonly #listeners = new Set<() => void>()

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  readonly getSnapshot = (): LayoutSnapshot => this.#snapshot

  readonly layoutMoved = (): void => {
    this.#publish({ ...this.#snapshot, version: this.#snapshot.version + 1 })
  }

  readonly viewMoved = (visible: TextRange): void => {
    const last = this.#lastScreen
    const far =
      last === null ||
      Math.abs(visible.start - last.start) > (last.end - last.start) / 2 ||
      Math.abs(visible.end - last.end) > (last.end - last.start) / 2
    if (far) this.#lastScreen = visible
    this.#publish({ ...this.#snapshot, visible, view: this.#snapshot.view + (far ? 1 : 0) })
  }

  #publish(snapshot: LayoutSnapshot): void {
    this.#snapshot = snapshot
    for (const listener of this.#listeners) listener()
  }
}

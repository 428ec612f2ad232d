/**
 * Long texts are laid out by and by: at first only what is near the screen (`content-visibility` in reader.css), then the rest while the page is idle,
 * because scrolling through blocks that are laid out on the way costs several times as much.
 */

import { whenIdle } from './idle'

/** Above this many UTF-16 code units a text is long: its layout in one go would be felt. */
export const longTextLength = 400_000

/** Milliseconds after which the first batch may come: the page comes alive first. */
const headStart = 400
/** Milliseconds of an idle moment that must be left for another batch. */
const leastRest = 6
/** Blocks in a batch: about 4 ms of layout. */
const batch = 24

export class LongText {
  private readonly root: HTMLElement
  private readonly stop = new AbortController()
  private readonly timer: number = 0
  private next = 0
  private callOff: (() => void) | null = null

  /** @param length of the canonical text, in UTF-16 code units; nothing is done for short ones */
  constructor(root: HTMLElement, length: number) {
    this.root = root
    if (length <= longTextLength) return
    this.timer = window.setTimeout(() => {
      this.wait()
    }, headStart)
    window.addEventListener(
      'resize',
      () => {
        this.startAnew()
      },
      { signal: this.stop.signal },
    )
  }

  destroy(): void {
    this.stop.abort()
    window.clearTimeout(this.timer)
    this.callOff?.()
  }

  /** Lays out the whole text at once: for paper. */
  layOutAll(): void {
    while (this.next < this.root.children.length) this.layOutBatch()
  }

  private wait(): void {
    this.callOff = whenIdle((left) => {
      this.callOff = null
      if (left() > leastRest) this.layOutBatch()
      if (this.next < this.root.children.length) this.wait()
    })
  }

  private layOutBatch(): void {
    const end = Math.min(this.root.children.length, this.next + batch)
    for (; this.next < end; this.next++) {
      const block = this.root.children[this.next]
      if (block instanceof HTMLElement) block.style.contentVisibility = 'visible'
    }
  }

  /** A new width is a new layout of everything: again by and by. */
  private startAnew(): void {
    for (const block of this.root.children) if (block instanceof HTMLElement) block.style.contentVisibility = ''
    this.next = 0
    if (this.callOff === null) this.wait()
  }
}

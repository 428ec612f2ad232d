/**
 * Long texts are laid out in steps: first only what is near the screen (`content-visibility` in reader.css), then the rest while the page is idle.
 * Scrolling through blocks that are laid out on the way would cost several times as much. A browser that cannot keep the screen in place during
 * this (`overflow-anchor`) lays the whole text out at once.
 */

import { whenIdle } from './idle'

/** Above this many UTF-16 code units a text is long: its layout in one go would be felt. */
export const longTextLength = 100_000

/** Milliseconds after which the first batch may come: the page comes alive first. */
const headStart = 400
/** Milliseconds without scrolling before another batch: the screen's own work comes first. */
const restDelay = 150
/** Milliseconds of an idle moment that must be left for another batch. */
const leastRest = 6
/** UTF-16 code units in a batch: 10 to 20 ms of work. Each batch also pays for a walk over the whole page, so that small ones take longer in all. */
const batchLength = 25_000

export class LongText {
  private readonly root: HTMLElement
  private readonly stop = new AbortController()
  private timer = 0
  private width = window.innerWidth
  private next = 0
  private scrolledAt = 0
  private callOff: (() => void) | null = null

  /** @param length of the canonical text, in UTF-16 code units; nothing is done for short ones */
  constructor(root: HTMLElement, length: number) {
    this.root = root
    if (length <= longTextLength || !CSS.supports('overflow-anchor', 'auto')) return
    const { signal } = this.stop
    this.wait(headStart)
    window.addEventListener(
      'resize',
      () => {
        if (window.innerWidth !== this.width) this.startAnew()
      },
      { signal },
    )
  }

  destroy(): void {
    this.stop.abort()
    this.callOffBatch()
  }

  /** Puts the next batch off: call it while the text scrolls. */
  noteScrolling(): void {
    if (this.next < this.root.children.length) this.scrolledAt = performance.now()
  }

  /** Lays out the whole text at once: for paper. */
  layOutAll(): void {
    while (this.next < this.root.children.length) this.layOutBatch()
  }

  private callOffBatch(): void {
    window.clearTimeout(this.timer)
    this.callOff?.()
  }

  private wait(delay: number): void {
    this.timer = window.setTimeout(() => {
      this.callOff = whenIdle((left) => {
        const rested = performance.now() - this.scrolledAt
        if (rested < restDelay) this.wait(restDelay - rested)
        else {
          if (left() > leastRest) this.layOutBatch()
          if (this.next < this.root.children.length) this.wait(0)
        }
      })
    }, delay)
  }

  private layOutBatch(): void {
    const { children } = this.root
    for (let length = 0; length < batchLength && this.next < children.length; this.next++) {
      const block = children[this.next]
      if (!(block instanceof HTMLElement)) continue
      block.style.contentVisibility = 'visible'
      length += block.textContent.length
    }
  }

  /** A new width is a new layout of everything: again by and by. */
  private startAnew(): void {
    this.callOffBatch()
    for (const block of this.root.children) if (block instanceof HTMLElement) block.style.contentVisibility = ''
    this.width = window.innerWidth
    this.next = 0
    this.wait(0)
  }
}

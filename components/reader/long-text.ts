/**
 * Long texts are laid out in steps: first only what is near the screen (`content-visibility` in reader.css), then the rest while the page is idle.
 * Scrolling through blocks that are laid out on the way would cost several times as much. A browser that cannot keep the screen in place during
 * this (`overflow-anchor`) lays the whole text out at once.
 */

import { whenIdle } from './idle'
import { viewOf } from './scrolling'

/** Above this many UTF-16 code units a text is long: its layout in one go would be felt. */
export const longTextLength = 100_000

/** Milliseconds after which the first batch may come: the page comes alive first. */
const headStart = 400
/** Milliseconds without scrolling before another batch: the screen's own work comes first. */
const restDelay = 150
/** Milliseconds of an idle moment that must be left for another batch. */
const leastRest = 6
/** UTF-16 code units in the first batch. The later ones are as large as this machine lays out in `batchTime`. */
const firstBatch = 25_000
/** Milliseconds of layout in a batch. Each batch also pays for a walk over the whole page, so that many small ones take longer in all. */
const batchTime = 25
/** How much longer than the batch before it a batch may be: one quick batch says little about the text that follows. */
const growth = 4

export class LongText {
  private readonly root: HTMLElement
  private readonly scroller: Element
  private readonly stop = new AbortController()
  private timer = 0
  private width = window.innerWidth
  private next = 0
  private batchLength = firstBatch
  private scrolledAt = 0
  private callOff: (() => void) | null = null

  /** @param length of the canonical text, in UTF-16 code units; nothing is done for short ones */
  constructor({ root, scroller, length }: { root: HTMLElement; scroller: Element; length: number }) {
    this.root = root
    this.scroller = scroller
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
    this.layOutBlocks(Infinity)
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
    if (this.scroller.scrollTop > 0 && this.layOutSeen()) return
    const start = performance.now()
    const length = this.layOutBlocks(this.batchLength)
    // Reading the height makes the browser lay out now what it would lay out in the next frame.
    this.root.getBoundingClientRect()
    const took = Math.max(1, performance.now() - start)
    this.batchLength = (length / took) * Math.min(batchTime, growth * took)
  }

  /**
   * Blocks on the screen come in a batch of their own, which changes no heights: Chromium loses its hold on the screen's first block when the style
   * of that block changes together with the heights above it. Answers false when all of them are laid out for good.
   */
  private layOutSeen(): boolean {
    const { top, bottom } = viewOf(this.scroller)
    let found = false
    for (const block of this.root.children) {
      const box = block.getBoundingClientRect()
      if (box.top >= bottom) break
      if (box.bottom <= top || !(block instanceof HTMLElement) || block.style.contentVisibility !== '') continue
      block.style.contentVisibility = 'visible'
      found = true
    }
    return found
  }

  /** Lets the next blocks be laid out, whole ones, until they have `most` UTF-16 code units or more. Returns how many they have. */
  private layOutBlocks(most: number): number {
    const { children } = this.root
    let length = 0
    for (; length < most && this.next < children.length; this.next++) {
      const block = children[this.next]
      if (!(block instanceof HTMLElement) || block.style.contentVisibility !== '') continue
      block.style.contentVisibility = 'visible'
      length += block.textContent.length
    }
    return length
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

/**
 * Lays out long texts in steps: first only what is near the screen (`content-visibility` in reader.css), then the rest while the page is idle. Laying
 * out blocks while scrolling through them would cost several times as much. A browser that cannot keep the screen in place during this
 * (`overflow-anchor`) lays the whole text out at once.
 */

import { whenIdle } from './idle'
import { viewOf } from './scrolling'

/** The length above which a text is long, in UTF-16 code units: laying it out at once would be felt. */
export const longTextLength = 100_000

/** The delay of the first batch, in milliseconds: the page comes alive first. */
const headStart = 400
/** The time without scrolling before another batch, in milliseconds: the screen's own work comes first. */
const restDelay = 150
/** The least time left of an idle moment for another batch, in milliseconds. */
const leastRest = 6
/** The size of the first batch, in UTF-16 code units. Later ones are as large as this machine lays out in `batchTime`. */
const firstBatch = 25_000
/** The layout time of a batch, in milliseconds. Each batch also pays for a walk over the whole page, so many small ones take longer in all. */
const batchTime = 25
/** The most by which a batch may be longer than the one before, as a factor: one quick batch says little about the text that follows. */
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
    // Reading the height forces the layout now instead of in the next frame.
    this.root.getBoundingClientRect()
    const took = Math.max(1, performance.now() - start)
    this.batchLength = (length / took) * Math.min(batchTime, growth * took)
  }

  /**
   * Lays out the blocks on the screen in a batch of their own, which changes no heights: Chromium loses its scroll anchor when the style of the
   * screen's first block changes together with the heights above it.
   * @returns false when all of them are laid out for good
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

  /**
   * Lays out the next whole blocks, until they have `most` UTF-16 code units or more.
   * @returns how many code units they have
   */
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

  /** A new width changes the layout of everything, so the steps begin again. */
  private startAnew(): void {
    this.callOffBatch()
    for (const block of this.root.children) if (block instanceof HTMLElement) block.style.contentVisibility = ''
    this.width = window.innerWidth
    this.next = 0
    this.wait(0)
  }
}

/** Finds and moves the element that scrolls the text. */

export interface View {
  top: number
  bottom: number
}

/** The nearest ancestor that scrolls vertically, or the page itself. */
export function findScroller(element: HTMLElement): Element {
  for (let parent = element.parentElement; parent !== null; parent = parent.parentElement) {
    const { overflowY } = getComputedStyle(parent)
    if (parent !== document.body && (overflowY === 'auto' || overflowY === 'scroll')) return parent
  }
  return document.scrollingElement ?? document.documentElement
}

export function isPage(scroller: Element): boolean {
  return scroller === document.scrollingElement || scroller === document.documentElement
}

/** The part of the screen that shows the scrolled content, in viewport pixels. */
export function viewOf(scroller: Element): View {
  if (isPage(scroller)) return { top: 0, bottom: window.innerHeight }
  const box = scroller.getBoundingClientRect()
  return { top: Math.max(0, box.top), bottom: Math.min(window.innerHeight, box.bottom) }
}

/** The offset between viewport pixels and pixels of the scrolled content. */
export function contentOffset(scroller: Element): number {
  return isPage(scroller) ? scroller.scrollTop : scroller.scrollTop - scroller.getBoundingClientRect().top
}

function padding(value: string, height: number): number {
  const number = Number.parseFloat(value)
  if (Number.isNaN(number)) return 0
  return value.endsWith('%') ? (number / 100) * height : number
}

/**
 * The longest smooth scroll, in heights of the view; farther places are jumped to. Gliding past everything on the way would take long, and lay all of
 * it out.
 */
const farthestGlide = 3

/**
 * Scrolls the box into view. Respects the scroller's `scroll-padding`; with `smooth`, near boxes are glided to.
 * @returns false when all of it was in view already, or its beginning when it is taller than the view
 */
export function bringIntoView(scroller: Element, box: View, smooth: boolean): boolean {
  const view = viewOf(scroller)
  const style = getComputedStyle(scroller)
  const height = view.bottom - view.top
  const top = view.top + padding(style.scrollPaddingTop, height) + 8
  const bottom = view.bottom - padding(style.scrollPaddingBottom, height) - 8
  const tall = box.bottom - box.top > bottom - top
  if (box.top >= top && (tall ? box.top <= bottom - 40 : box.bottom <= bottom)) return false
  const aim = tall ? top : top + Math.min((bottom - top) * 0.3, (bottom - top - (box.bottom - box.top)) / 2)
  const distance = box.top - aim
  const glides = smooth && Math.abs(distance) <= farthestGlide * height && !prefersStillness()
  scroller.scrollBy({ top: distance, behavior: glides ? 'smooth' : 'instant' })
  return true
}

function prefersStillness(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches
}

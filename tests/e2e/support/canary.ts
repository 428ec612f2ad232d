import type { BrowserContext, Page } from '@playwright/test'

/** Detects when a page runs code or follows an address that came from stored content. */
export interface Canary {
  /** Returns what ran since the last call, and empties the list. */
  take: () => string[]
}

/** The functions that well-known payloads call to show that they ran. None of our pages calls any of them. */
const called = ['alert', 'confirm', 'prompt', 'print', 'open'] as const

/** Injects the canary into every page and frame of a browser window, before any script of the page. */
export async function placeCanary(context: BrowserContext): Promise<Canary> {
  let heard: string[] = []
  await context.exposeBinding('sourcemarkCanary', ({ page }, what: string) => {
    heard.push(`${what} ran on ${page.url()}`)
  })
  await context.addInitScript((names) => {
    const report = (globalThis as unknown as { sourcemarkCanary: (what: string) => Promise<void> }).sourcemarkCanary
    for (const name of names) {
      Object.defineProperty(globalThis, name, {
        value: (...given: unknown[]) => void report(`${name}(${given.map(String).join(', ')})`),
        writable: false,
        configurable: false,
      })
    }
  }, called)
  return {
    take: () => {
      const taken = heard
      heard = []
      return taken
    },
  }
}

/**
 * Lists everything in a page that could run without a press: handlers in attributes, addresses that are code, frames, plug-ins, forms and links to
 * foreign addresses that the page was not meant to have, and scripts and styles inside the content. Two of our own are allowed, by attributes that
 * stored content cannot have: the bookmarklet, and the foot of a report's printed sheets.
 */
export async function findArmed(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    // Uses the prototype's methods: a form field named "attributes" hides those of its form.
    const own = Element.prototype
    const describe = (element: Element) => new XMLSerializer().serializeToString(element).slice(0, 160)
    for (const element of document.querySelectorAll('*')) {
      for (const name of own.getAttributeNames.call(element)) {
        const value = own.getAttribute.call(element, name) ?? ''
        if (name.startsWith('on')) found.push(`handler: ${describe(element)}`)
        const isAddress = [
          'href',
          'src',
          'action',
          'formaction',
          'xlink:href',
          'data',
          'srcdoc',
          'poster',
          'background',
          'srcset',
        ].includes(name)
        if (name === 'href' && own.hasAttribute.call(element, 'data-bookmarklet')) continue
        if (isAddress && !/^(https?:|mailto:|\/|#|\?|data:image\/)/i.test(value.trim()) && value !== '')
          found.push(`address: ${describe(element)}`)
        if (name === 'style' && /url\(|expression|@import/i.test(value)) found.push(`style: ${describe(element)}`)
      }
      if (
        own.matches.call(
          element,
          'iframe, frame, object, embed, applet, base, math, portal, meta[http-equiv], svg script, main script, main style:not([data-sheet-foot]), main link',
        )
      )
        found.push(`element: ${describe(element)}`)
    }
    return found
  })
}

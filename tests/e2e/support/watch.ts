import type { BrowserContext, Page } from '@playwright/test'

/** Collects everything that should not happen while pages are open. */
export interface Watch {
  /** Returns the problems since the last call, in order, and empties the list. */
  take: () => string[]
}

export interface WatchOptions {
  /** The only origin that pages may talk to. */
  address: string
  /** Expected console messages, such as the browser's own note on a page that answers 404. */
  expected?: readonly RegExp[]
}

/** Requests that Chromium cancels when a page is left. Nothing failed. */
const abandoned = 'net::ERR_ABORTED'

/** Watches all pages of a browser window: errors on the console, uncaught errors, dialogs, failed requests, requests to anywhere else. */
export function watchPages(context: BrowserContext, { address, expected = [] }: WatchOptions): Watch {
  let faults: string[] = []
  const note = (what: string) => {
    if (!expected.some((pattern) => pattern.test(what))) faults.push(what)
  }
  const watch = (page: Page) => {
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') note(`console: ${message.text()}`)
    })
    page.on('pageerror', (error) => {
      note(`uncaught: ${error.message}`)
    })
    page.on('dialog', (dialog) => {
      note(`dialog: ${dialog.type()} ${dialog.message()}`)
      void dialog.dismiss()
    })
  }
  for (const page of context.pages()) watch(page)
  context.on('page', watch)
  context.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${address}/`) && !/^(data|blob|about):/.test(url)) note(`foreign: ${request.method()} ${url}`)
  })
  context.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? 'no reason given'
    if (!why.includes(abandoned)) note(`failed: ${request.url()} (${why})`)
  })
  context.on('response', (response) => {
    if (response.status() >= 500) note(`answered ${String(response.status())}: ${response.url()}`)
  })
  return {
    take: () => {
      const taken = faults
      faults = []
      return taken
    },
  }
}

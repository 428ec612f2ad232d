import type { DBSchema } from 'idb'
import { isWebAddress } from '@/lib/domain/fields'
import { pageMessage } from '@/lib/domain/documents/bookmarklet'
import { openInTime } from './open-database'

/** A page as a browser had loaded it. */
interface ReceivedPage {
  address: string
  /** The address against which its links are resolved. */
  base: string
  title: string
  html: string
}

/** The longest page that is parsed, in UTF-16 code units; the cleaned page may have 5 MB. */
const longestPage = 40_000_000
const longestAddress = 4_000

/**
 * Reads a page sent by another window. It must come from the site whose address it names: no site speaks for another.
 * @param origin the origin of the sending window, as reported by the browser
 */
export function readReceivedPage(
  message: unknown,
  origin: string,
): { ok: true; page: ReceivedPage } | { ok: false; message: string } {
  if (!isPage(message)) return { ok: false, message: 'The other window did not send a page.' }
  const { address, base, title, html } = message
  if (!isWebAddress(address) || address.length > longestAddress || new URL(address).origin !== origin)
    return {
      ok: false,
      message:
        'The page names an address of another site than the one that sent it. Save the page, and import the file.',
    }
  if (html.length > longestPage)
    return { ok: false, message: 'The page is too large to be sent. Select its text, copy it, and paste it at Import.' }
  return { ok: true, page: { address, base: isWebAddress(base) ? base : address, title, html } }
}

function isPage(message: unknown): message is Record<'address' | 'base' | 'title' | 'html', string> {
  return (
    typeof message === 'object' &&
    message !== null &&
    'kind' in message &&
    message.kind === pageMessage &&
    ['address', 'base', 'title', 'html'].every((name) => typeof Reflect.get(message, name) === 'string')
  )
}

/** Elements without words of the article, which may reveal much about the person reading. */
const leftOut =
  'script:not([type="application/ld+json" i]), style, link[rel~="stylesheet" i], noscript, template, iframe, object, embed, input, textarea, select, base'

/**
 * Makes a file to import from a page: without scripts, styles and form values, with the address that its links are resolved against. A page whose own
 * address is missing or on another site gets the address that it was sent from.
 */
export function fileOfPage({ address, base, title, html }: ReceivedPage): { name: string; html: string } {
  const page = new DOMParser().parseFromString(html, 'text/html')
  for (const element of page.querySelectorAll(leftOut)) element.remove()
  const claims = page.querySelectorAll('link[rel~="canonical" i], meta[property="og:url" i]')
  let isNamed = false
  for (const claim of claims) {
    const named = claim.getAttribute('href') ?? claim.getAttribute('content') ?? ''
    if (URL.canParse(named, base) && new URL(named, base).host === new URL(address).host) isNamed = true
    else claim.remove()
  }
  if (!isNamed) {
    const own = page.createElement('link')
    own.rel = 'canonical'
    own.href = address
    page.head.prepend(own)
  }
  // Added as text: the policy of this page lets no element set the base address of links.
  const baseElement = `<base href="${base.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">`
  const written = page.documentElement.outerHTML.replace(/<head[^>]*>/i, (head) => `${head}${baseElement}`)
  return { name: `${nameOf(title, address)}.html`, html: `<!doctype html>\n${written}` }
}

function nameOf(title: string, address: string): string {
  const words = title
    .replaceAll(/[\p{Cc}\p{Cf}/\\:*?"<>|]+/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .slice(0, 150)
    .toWellFormed()
  return words === '' ? new URL(address).hostname : words
}

/** A page that waits for its import. `at` in ms since 1970. */
interface WaitingPage {
  id: string
  name: string
  html: string
  at: number
}

interface Schema extends DBSchema {
  pages: { key: string; value: WaitingPage }
}

/** How long a page waits for the person to sign in, in ms. */
const longestWait = 60 * 60 * 1000

async function withPages<T>(use: (pages: Awaited<ReturnType<typeof open>>) => Promise<T>): Promise<T> {
  const database = await open()
  try {
    return await use(database)
  } finally {
    database.close()
  }
}

function open() {
  return openInTime<Schema>('sourcemark-pages', {
    version: 1,
    upgrade: (database) => {
      database.createObjectStore('pages', { keyPath: 'id' })
    },
  })
}

/** Stores a page on this device for the import page, and deletes expired ones. @throws when the device refuses. */
export async function keepPage(page: WaitingPage): Promise<void> {
  await withPages(async (database) => {
    const change = database.transaction('pages', 'readwrite')
    for (const { id, at } of await change.store.getAll()) if (at < page.at - longestWait) await change.store.delete(id)
    await change.store.put(page)
    await change.done
  })
}

/** Takes a waiting page, once; null without one. @throws when the device refuses. */
export async function takePage(id: string): Promise<File | null> {
  return withPages(async (database) => {
    const change = database.transaction('pages', 'readwrite')
    const page = await change.store.get(id)
    await change.store.delete(id)
    await change.done
    return page === undefined ? null : new File([page.html], page.name, { type: 'text/html;charset=utf-8' })
  })
}

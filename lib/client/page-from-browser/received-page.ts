import { isWebAddress } from '@/lib/domain/fields'
import { pageMessage } from '@/lib/domain/documents/bookmarklet'

/** A page as a browser had it. */
export interface ReceivedPage {
  address: string
  /** What its links are resolved against. */
  base: string
  title: string
  html: string
}

/** The longest page that is taken apart at all, in UTF-16 code units; what is left of it may have 5 MB. */
const longestPage = 40_000_000
const longestAddress = 4_000

/**
 * Reads what another window has sent. A page must come from the site whose address it names: no site speaks for another.
 * @param origin the origin of the window that sent it, as the browser says
 */
export function readReceivedPage(
  message: unknown,
  origin: string,
): { ok: true; page: ReceivedPage } | { ok: false; message: string } {
  if (!isPage(message)) return { ok: false, message: 'What the other window has sent is not a page.' }
  const { address, base, title, html } = message
  if (!isWebAddress(address) || address.length > longestAddress || new URL(address).origin !== origin)
    return {
      ok: false,
      message:
        'The page says that it stands at another site than the one that has sent it. Save it, and import the file.',
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

/** What says nothing in an article, and may say much about who reads it. */
const leftOut =
  'script:not([type="application/ld+json" i]), style, link[rel~="stylesheet" i], noscript, template, iframe, object, embed, input, textarea, select, base'

/**
 * A page as a file to import: without scripts, styles and what was typed into it, with the address that its links are resolved against. Where it names an address of
 * another site as its own, or none, it gets the one that it was sent from.
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
  // Put in as text: the policy of this page lets no element set what links are resolved against.
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

import { isWebAddress, isWellFormed } from '../fields'
import { normaliseDoi } from './summary'

/** The identifier in a typed or pasted text: a DOI in lower case, or a web address as it was written. */
export type Identifier = { kind: 'doi'; doi: string } | { kind: 'address'; url: string }

/** The most UTF-16 code units of a text that is examined; anything longer is not an address. */
const longest = 2000

const doiPattern = /^10\.\d{4,9}\/\S+$/
const resolver = /^https?:\/\/(?:www\.|dx\.)?doi\.org\//i
/** A host that was written without its scheme, with a path or with `www.`: `example.org/page`, `www.example.org`. */
const bareAddress = /^(?:www\.[^\s/?#@]+\.[\p{L}]{2,}|[^\s/?#@:]+\.\p{L}{2,}(?::\d{1,5})?\/)\S*$/iu

/**
 * Recognises a pasted address or DOI: `https://…`, `www.…`, `example.org/page`, `doi:10.…`, `https://doi.org/10.…`, `10.1234/…`, also in angle
 * brackets or quotation marks and with the full stop of its sentence. Null for words and for addresses of other schemes.
 */
export function identify(typed: string): Identifier | null {
  if (typed.length > longest) return null
  const text = withoutWrapping(typed)
  if (text === '' || /\s/.test(text.replace(/^doi:?\s+/i, '')) || !isWellFormed(text) || text.includes('\0'))
    return null
  const doi = doiOf(text)
  if (doi !== null) return { kind: 'doi', doi }
  if (isWebAddress(text)) return { kind: 'address', url: text }
  const whole = `https://${text}`
  return bareAddress.test(text) && isWebAddress(whole) ? { kind: 'address', url: whole } : null
}

/** Removes all marks around a text, so that reading the result again removes nothing more. */
function withoutWrapping(typed: string): string {
  const text = withoutOneWrapping(typed.trim())
  return text === typed ? text : withoutWrapping(text)
}

function withoutOneWrapping(typed: string): string {
  const text = typed.replaceAll(/^[<("'“‘«[]+|[>"'”’»\]]+$/g, '')
  const bare = text.replace(/[.,;:!?]+$/, '')
  // A closing bracket belongs to the address only with its opening one: …/Tide_(moon).
  return bare.endsWith(')') && !bare.includes('(') ? bare.replace(/\)+$/, '') : bare
}

function doiOf(text: string): string | null {
  const bare = text.replace(resolver, '').replace(/^doi:?\s*/i, '')
  const isResolved = resolver.test(text)
  const written = isResolved ? decoded(bare.replace(/[?#].*$/, '')) : bare
  const doi = normaliseDoi(written)
  return doiPattern.test(doi) ? doi : null
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Parameters that track where a visitor came from and do not identify the page. */
const tracking =
  /^(?:utm_.*|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|twclid|igshid|yclid|mc_[ce]id|_ga|_gl|_hs(?:enc|mi)|mkt_tok|ref_src|ref_url|cmpid|ocid|s_cid|smid|spm|vero_id|wt_mc|xtor|at_(?:medium|campaign).*)$/i

/**
 * The key that two addresses of one page share: host without `www.`, path without slashes at its end, parameters in order and without those for
 * tracking. Scheme, usual ports and fragment are left out, except a fragment that is a path (`#/…`, `#!…`); an address of a DOI resolver gives its
 * DOI. For comparing only. Null when the text is not a web address.
 */
export function addressKey(address: string): string | null {
  const identifier = identify(address)
  if (identifier === null) return null
  if (identifier.kind === 'doi') return `doi:${identifier.doi}`
  const url = new URL(identifier.url)
  const host = url.host.replace(/^www\./, '')
  const port = url.port === '80' || url.port === '443' ? '' : url.port
  const parameters = [...url.searchParams]
    .filter(([name]) => !tracking.test(name))
    .map((pair) => pair.map(encodeURIComponent).join('='))
    .sort()
  const query = parameters.length === 0 ? '' : `?${parameters.join('&')}`
  const route = /^#[!/]./.test(url.hash) ? url.hash : ''
  const plainHost = port === '' ? host.replace(/:\d+$/, '') : host
  return `${plainHost}${decoded(url.pathname).replace(/\/+$/, '')}${query}${route}`
}

/** The key that two identifiers of one thing share; see `addressKey`. */
export function identifierKey(identifier: Identifier): string {
  if (identifier.kind === 'doi') return `doi:${identifier.doi}`
  return addressKey(identifier.url) ?? identifier.url
}

/**
 * A first title from the identifier alone: the words of the path's last part, with the host (`Tide tables 2025 – tides.example`), or `DOI 10.1234/…`.
 * Never empty.
 */
export function titleOf(identifier: Identifier): string {
  if (identifier.kind === 'doi') return `DOI ${identifier.doi}`
  const url = new URL(identifier.url)
  const host = url.hostname.replace(/^www\./, '')
  const parts = url.pathname.split('/').filter((part) => part !== '')
  const words = parts
    .map(wordsOf)
    .reverse()
    .find((part) => /\p{L}{3}|(?!\p{Script=Latin})\p{L}{2}/u.test(part))
  return words === undefined ? host : `${words} – ${host}`
}

function wordsOf(part: string): string {
  const words = decoded(part)
    .replace(/\.(?:html?|php|aspx?|jsp|pdf)$/i, '')
    .replaceAll(/[-_+\s]+/g, ' ')
    .replaceAll(/\p{Cc}/gu, '')
    .trim()
    .slice(0, 200)
  if (/^(?:index|default|home)$/i.test(words)) return ''
  return words.charAt(0).toUpperCase() + words.slice(1)
}

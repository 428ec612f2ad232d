import { isIP } from 'node:net'
import { DomainError } from '@/lib/domain/errors'
import { settings } from '../env'

/**
 * Refuses requests that another site's page made with this person's cookie. Browsers name the origin in `Sec-Fetch-Site` or `Origin`; a request with
 * neither does not come from a page.
 * @throws DomainError `forbidden`.
 */
export function assertSameOrigin(request: Request): void {
  const site = request.headers.get('sec-fetch-site')
  if (site === 'same-origin' || site === 'none') return
  const origin = request.headers.get('origin')
  if (site === null && (origin === null || isOwnHost(origin, request.headers.get('host')))) return
  throw new DomainError(
    'forbidden',
    'A page of another site made this request. Make it from Sourcemark itself, or use a token.',
  )
}

function isOwnHost(origin: string, host: string | null): boolean {
  return host !== null && URL.canParse(origin) && new URL(origin).host === host
}

/** The host of a Host header, without its port and the brackets of an IPv6 address; empty when it cannot be parsed. */
function nameOf(host: string): string {
  try {
    return new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, '')
  } catch {
    return ''
  }
}

/**
 * Whether the hosts that a request names may appear in an answer of next-auth, which derives its own address from them while PUBLIC_URL is unset.
 * Allowed are an IP address, `localhost`, and the name that the server listens on. Any other name could belong to anyone.
 */
export function namesOwnHost(headers: { get(name: string): string | null }): boolean {
  const { PUBLIC_URL, HOST } = settings()
  if (PUBLIC_URL !== undefined) return true
  return ['host', 'x-forwarded-host'].every((header) => {
    const host = headers.get(header)
    if (host === null) return true
    const name = nameOf(host)
    return name === 'localhost' || name === HOST || isIP(name) !== 0
  })
}

import { isIP } from 'node:net'
import { DomainError } from '@/lib/domain/errors'
import { settings } from '../env'

/**
 * Refuses what another site's page asked for with this person's cookie. Browsers say where a request comes from in
 * `Sec-Fetch-Site` or `Origin`; a request with neither was not made by a page.
 * @throws DomainError `forbidden`.
 */
export function assertSameOrigin(request: Request): void {
  const site = request.headers.get('sec-fetch-site')
  if (site === 'same-origin' || site === 'none') return
  const origin = request.headers.get('origin')
  if (site === null && (origin === null || isOwnHost(origin, request.headers.get('host')))) return
  throw new DomainError(
    'forbidden',
    'This was asked for by a page of another site. Ask for it from Sourcemark itself, or use a token.',
  )
}

function isOwnHost(origin: string, host: string | null): boolean {
  return host !== null && URL.canParse(origin) && new URL(origin).host === host
}

/** The name in a Host header, without its port and the brackets of an IPv6 address; empty when it cannot be read. */
function nameOf(host: string): string {
  try {
    return new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, '')
  } catch {
    return ''
  }
}

/**
 * Whether the hosts that a request names may be put into an answer of next-auth, which takes its own address from them while PUBLIC_URL is not set: an
 * address, `localhost`, or the name that the server listens by. Any other name could be anyone's.
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

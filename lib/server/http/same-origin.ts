import { DomainError } from '@/lib/domain/errors'

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

/** The header in which the proxy tells a page its own path and query, so that signing in leads back there. */
export const pathHeader = 'x-sourcemark-path'

/**
 * The path to go to after signing in: `next` when it is a path of this application, else `/`. A full address, `//host`, a backslash or a control
 * character (which browsers drop or read as `/`) would lead to another site. Non-ASCII characters are percent-encoded, because a redirect is a
 * header.
 */
export function safeNextPath(next: string | null | undefined): string {
  if (typeof next !== 'string' || next.length > 2000) return '/'
  if (!next.startsWith('/') || next.startsWith('//')) return '/'
  for (let place = 0; place < next.length; place += 1) {
    const unit = next.charCodeAt(place)
    if (unit <= 0x20 || unit === 0x7f || unit === 0x5c) return '/'
  }
  // Resolves the path as a browser does: "/.//host" would be "//host".
  const { pathname, search, hash } = new URL(next, 'https://here.invalid')
  const path = pathname + search + hash
  if (path.startsWith('//') || path.length > 8000) return '/'
  if (pathname === '/sign-in' || pathname.startsWith('/api/')) return '/'
  return path
}

/**
 * Adds to a path the fragment of the address from which signing in was asked for; browsers carry it along and servers never see it. Only fragments of
 * letters, digits and hyphens are accepted, as places of a document have them. With any other fragment, and on a path that has one already, the path
 * stays as it is.
 */
export function withFragment(path: string, fragment: string): string {
  return /^#[A-Za-z0-9-]{1,200}$/.test(fragment) && !path.includes('#') ? `${path}${fragment}` : path
}

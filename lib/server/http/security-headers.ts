import { receivingPath } from '@/lib/domain/documents/bookmarklet'
import { isDevelopment, settings } from '../env'

/** The origin of the OpenID Connect provider: the sign-in form is redirected there. */
function providerOrigin(): string[] {
  const { OIDC_ISSUER } = settings()
  return OIDC_ISSUER === undefined ? [] : [new URL(OIDC_ISSUER).origin]
}

/**
 * The content security policy of a page whose scripts carry the nonce. Inline styles are allowed, because the editor and the components position
 * things by style attributes. Everything else comes from this server.
 */
export function contentSecurityPolicy(nonce: string): string {
  const development = isDevelopment()
  const directives: Record<string, string[]> = {
    'default-src': ["'self'"],
    // React's development build evaluates code to locate errors.
    'script-src': ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'", ...(development ? ["'unsafe-eval'"] : [])],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...(development ? ['ws:'] : [])],
    'object-src': ["'none'"],
    'frame-src': ["'none'"],
    'frame-ancestors': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'", ...providerOrigin()],
    'worker-src': ["'self'"],
    'manifest-src': ["'self'"],
  }
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ')
}

/**
 * The security headers of every page beside its content security policy. Strict transport is set only where the public address is https. Only the
 * page at `receivingPath` stays connected to the window that opened it, which hands a page over. That page shows nothing of the workspace and
 * disconnects before it goes on.
 */
export function securityHeaders(path = ''): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
    'cross-origin-opener-policy': path === receivingPath ? 'unsafe-none' : 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(settings().PUBLIC_URL?.startsWith('https:') === true
      ? { 'strict-transport-security': 'max-age=31536000' }
      : {}),
  }
}

const answersPolicy = "default-src 'none'; frame-ancestors 'none'"

/** An answer that is not a page, with headers that keep a browser from rendering it as one. Headers that it sets itself are kept. */
export function withSecurityHeaders(answer: Response): Response {
  const all = { ...securityHeaders(), 'content-security-policy': answersPolicy }
  for (const [name, value] of Object.entries(all)) if (!answer.headers.has(name)) answer.headers.set(name, value)
  return answer
}

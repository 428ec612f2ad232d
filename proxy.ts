import { NextResponse, type NextRequest } from 'next/server'
import { isActionBody } from '@/lib/server/http/request-body'
import { contentSecurityPolicy, securityHeaders, withSecurityHeaders } from '@/lib/server/http/security-headers'
import { pathHeader } from '@/lib/domain/access/next-path'

/**
 * Adds what every page carries: the security headers, and for Next the nonce of its scripts. It decides nothing about who may see what: the
 * gate does that, wherever data is read or written. A call of an action that cannot be read at all is refused here; Next would say that something went wrong.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  if (request.headers.has('next-action') && !(await isActionBody(request.clone())))
    return withSecurityHeaders(
      new Response('The arguments of this action cannot be read. Reload the page and try again.', { status: 400 }),
    )
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
  const policy = contentSecurityPolicy(nonce)
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)
  headers.set('x-nonce', nonce)
  headers.set(pathHeader, request.nextUrl.pathname + request.nextUrl.search)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  for (const [name, value] of Object.entries(securityHeaders(request.nextUrl.pathname)))
    response.headers.set(name, value)
  return response
}

export const config = {
  // Built files never change and get theirs from the server in front (scripts/prepare/server.mjs); so do answers of the API, which is the hot path.
  matcher: ['/((?!_next/static/|_next/image|api/v1/).*)'],
}

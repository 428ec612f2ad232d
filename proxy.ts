import { NextResponse, type NextRequest } from 'next/server'
import { isActionBody, isFormBody } from '@/lib/server/http/request-body'
import { contentSecurityPolicy, securityHeaders, withSecurityHeaders } from '@/lib/server/http/security-headers'
import { pathHeader } from '@/lib/domain/access/next-path'

/**
 * Adds the headers that every page carries: the security headers, and the nonce with which Next marks its scripts. It authorises nothing: the gate
 * does that, wherever data is read or written. An unreadable server action or form is refused here, because Next would answer with a server error.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  const canBeRead = request.headers.has('next-action') ? isActionBody : isFormBody
  if (request.method === 'POST' && !(await canBeRead(request.clone())))
    return withSecurityHeaders(
      new Response('What was sent cannot be read. Reload the page and try again.', { status: 400 }),
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
  // Built files never change and get their headers from the server in front (scripts/prepare/server.mjs). So do the API's answers, which are the hot
  // path.
  matcher: ['/((?!_next/static/|_next/image|api/v1/).*)'],
}

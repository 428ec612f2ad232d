import { subscribe } from 'node:diagnostics_channel'
import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { isIPv6 } from 'node:net'
import { settings } from '../env'

// Next hides the socket from its handlers and believes a caller's X-Forwarded-For. The server's own announcement of each request comes
// before that, so the socket's address is noted there, under a header name that nobody outside this process knows.
const shared = globalThis as typeof globalThis & { sourcemarkAddressHeader?: string }

/** Notes the socket's address of each request from now on. Called once, when the server starts. */
export function watchAddresses(): void {
  if (shared.sourcemarkAddressHeader !== undefined) return
  const header = `x-address-${randomBytes(16).toString('hex')}`
  shared.sourcemarkAddressHeader = header
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    const address = request.socket.remoteAddress
    if (address !== undefined) request.headers[header] = address
  })
}

/** One key for all that one subscriber holds: an IPv4 address, or the first 64 bits of an IPv6 one. */
export function addressKey(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped?.[1] !== undefined) return mapped[1]
  const plain = address.split('%')[0] ?? address
  if (!isIPv6(plain)) return address
  const [head = '', tail] = plain.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => '0')
  return [...before, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
    .concat('::/64')
}

/**
 * The address that a request's throttling counts by. With TRUST_PROXY=n the n-th from the right in X-Forwarded-For, which the outermost of
 * our own n proxies wrote; else the socket's. `unknown` when the server does not tell: then all share one count.
 */
export function addressOf(
  headers: { get(name: string): string | null },
  trustedProxies = settings().TRUST_PROXY,
): string {
  if (trustedProxies > 0) {
    const hops = (headers.get('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim())
    const hop = hops.at(-trustedProxies)
    if (hop !== undefined && hop !== '') return addressKey(hop)
  }
  const noted = shared.sourcemarkAddressHeader === undefined ? null : headers.get(shared.sourcemarkAddressHeader)
  return noted === null ? 'unknown' : addressKey(noted)
}

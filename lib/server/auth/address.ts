import { subscribe } from 'node:diagnostics_channel'
import { randomBytes } from 'node:crypto'
import { IncomingMessage } from 'node:http'
import { BlockList, isIPv6 } from 'node:net'
import { settings } from '../env'
import { logger } from '../log'
import { perProcess } from '../per-process'

// Next hides the socket from its handlers and trusts a caller's X-Forwarded-For. Node's announcement of each request comes before that, so the
// socket's address is recorded there, in a header whose name nobody outside this process knows.
const announced = perProcess('address header', (): { header: string | null } => ({ header: null }))

/** Appended to a recorded address of an untrusted proxy. */
const sharedMark = ' shared'

const near = new BlockList()
near.addSubnet('127.0.0.0', 8)
near.addSubnet('10.0.0.0', 8)
near.addSubnet('172.16.0.0', 12)
near.addSubnet('192.168.0.0', 16)
near.addSubnet('100.64.0.0', 10)
near.addSubnet('169.254.0.0', 16)
near.addAddress('::1', 'ipv6')
near.addSubnet('fc00::', 7, 'ipv6')
near.addSubnet('fe80::', 10, 'ipv6')

/** Whether an address is this machine's or one of a private network, where an operator's own proxies run. */
export function isNear(address: string): boolean {
  const key = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address.split('%')[0] ?? address
  return near.check(key, isIPv6(key) ? 'ipv6' : 'ipv4')
}

function requestOf(message: unknown): IncomingMessage | null {
  const isAboutRequest = typeof message === 'object' && message !== null && 'request' in message
  return isAboutRequest && message.request instanceof IncomingMessage ? message.request : null
}

/** Records the socket's address of each request from now on, and warns once when a proxy is not trusted. Called once, when the server starts. */
export function watchAddresses(): void {
  if (announced.header !== null) return
  const header = `x-address-${randomBytes(16).toString('hex')}`
  announced.header = header
  const { TRUST_PROXY, PUBLIC_URL } = settings()
  let hasWarned = false
  const warn = (what: string) => {
    if (hasWarned) return
    hasWarned = true
    logger().warn(
      `${what}, but TRUST_PROXY is 0: sign-ins through it are throttled as if all came from one address. Set TRUST_PROXY to the number of your own proxies.`,
    )
  }
  // This server itself never speaks https.
  if (TRUST_PROXY === 0 && PUBLIC_URL?.startsWith('https:') === true)
    warn('PUBLIC_URL is https, so a proxy stands in front')
  subscribe('http.server.request.start', (message) => {
    const request = requestOf(message)
    if (request === null) return
    const address = request.socket.remoteAddress
    if (address === undefined) return
    const isProxied = TRUST_PROXY === 0 && isForwarded(request) && isNear(address)
    if (isProxied) warn('Requests come through a proxy (they carry X-Forwarded-For)')
    request.headers[header] = isProxied ? address + sharedMark : address
  })
}

function isForwarded({ headers }: IncomingMessage): boolean {
  return headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined
}

/** One key for all addresses of one subscriber: an IPv4 address, or the first 64 bits of an IPv6 one. */
export function addressKey(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped?.[1] !== undefined) return mapped[1]
  const plain = address.split('%')[0] ?? address
  if (!isIPv6(plain)) return address.slice(0, 64)
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

/** The origin of a request, for throttling and the log. `isShared`: many people may share the address. */
export interface Caller {
  address: string
  isShared: boolean
}

/**
 * The address of a request's origin. With TRUST_PROXY=n it is the n-th from the right in X-Forwarded-For, written by the outermost of our own n
 * proxies. Otherwise it is the socket's address, which is shared when it belongs to a nearby proxy. `unknown` when the server does not tell: then all
 * callers share one.
 */
export function callerOf(
  headers: { get(name: string): string | null },
  trustedProxies = settings().TRUST_PROXY,
): Caller {
  if (trustedProxies > 0) {
    const hops = (headers.get('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim())
    const hop = hops.at(-trustedProxies)
    if (hop !== undefined && hop !== '') return { address: addressKey(hop), isShared: false }
  }
  const noted = announced.header === null ? null : headers.get(announced.header)
  if (noted === null) return { address: 'unknown', isShared: true }
  const isShared = noted.endsWith(sharedMark)
  return { address: addressKey(isShared ? noted.slice(0, -sharedMark.length) : noted), isShared }
}

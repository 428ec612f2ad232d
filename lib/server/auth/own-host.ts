import { isIP } from 'node:net'
import { settings } from '../env'

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

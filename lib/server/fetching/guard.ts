import { lookup as lookUp } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector } from 'undici'
import { settings } from '../env'
import { perProcess } from '../per-process'
import { isLoopbackAddress, isPublicAddress } from './public-address'

/** Where the server may fetch from, and how it finds out which machine a name stands for. */
export interface FetchRules {
  /** Whether it may connect to a network address on a port. */
  isAllowed: (address: string, port: number) => boolean
  /** All network addresses of a host name. Rejects when there are none. */
  resolve: (hostname: string) => Promise<string[]>
}

/** An address that must not be connected to. */
export class ForbiddenAddress extends Error {
  constructor() {
    super('The address is not one of the public internet')
    this.name = 'ForbiddenAddress'
  }
}

const webPorts: readonly number[] = [80, 443]

const held = perProcess('fetch rules', (): { rules: FetchRules | null } => ({ rules: null }))

/** Replaces the rules of this process, or gives it its own again: for tests. */
export function useFetchRules(replacement: FetchRules | null): void {
  held.rules = replacement
}

/** The rules of this server: public addresses on the ports of the web, and this machine where tests have allowed it. */
export function configuredRules(): FetchRules {
  if (held.rules !== null) return held.rules
  const allowsLoopback = settings().FETCH_LOOPBACK === 'only-for-tests'
  return {
    isAllowed: (address, port) =>
      (isPublicAddress(address) && webPorts.includes(port)) || (allowsLoopback && isLoopbackAddress(address)),
    resolve: async (hostname) => (await lookUp(hostname, { all: true })).map(({ address }) => address),
  }
}

/** How long the parts of an exchange may take, in ms. */
const patience = { connect: 8_000, headers: 10_000, body: 10_000 }

/**
 * Connections that go nowhere but where the rules allow. A name is resolved once for each connection, all of its addresses are checked, and the connection
 * is made to those that were checked: a name that answers otherwise the next time gains nothing.
 */
export function guardedAgent({ isAllowed, resolve }: FetchRules): Agent {
  return new Agent({
    headersTimeout: patience.headers,
    bodyTimeout: patience.body,
    pipelining: 0,
    connect: (options, callback) => {
      const port = Number(options.port === '' ? (options.protocol === 'https:' ? 443 : 80) : options.port)
      const hostname = options.hostname.replace(/^\[|\]$/g, '')
      // An address written as such is connected to without a lookup.
      if (isIP(hostname) !== 0 && !isAllowed(hostname, port)) {
        callback(new ForbiddenAddress(), null)
        return
      }
      const lookup: LookupFunction = (name, { all }, answer) => {
        resolve(name).then(
          (addresses) => {
            const [first] = addresses
            if (first === undefined || !addresses.every((address) => isAllowed(address, port)))
              answer(new ForbiddenAddress(), '')
            else if (all === true)
              answer(
                null,
                addresses.map((address) => ({ address, family: isIP(address) })),
              )
            else answer(null, first, isIP(first))
          },
          (error: unknown) => {
            answer(error instanceof Error ? error : new Error(String(error)), '')
          },
        )
      }
      const connect = buildConnector({ timeout: patience.connect, lookup })
      connect(options, (...[error, socket]) => {
        if (error !== null) callback(error, null)
        else if (socket.remoteAddress === undefined || isAllowed(socket.remoteAddress, port)) callback(null, socket)
        else {
          socket.destroy()
          callback(new ForbiddenAddress(), null)
        }
      })
    },
  })
}

import { lookup as lookUp } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector } from 'undici'
import ipaddr from 'ipaddr.js'
import { settings } from '../env'
import { perProcess } from '../per-process'

const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * Whether a network address stands for a machine of the public internet: not this machine, not a private or reserved network, and no form of IPv6 that
 * carries an IPv4 address in itself. False for what is no address.
 */
function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  // ipaddr.js takes the rest of IPv6 for public, such as the old form ::7f00:1 of 127.0.0.1.
  return !(parsed instanceof ipaddr.IPv6) || parsed.match(globalUnicast)
}

/** Whether a network address is this machine's own. */
function isLoopbackAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.parse(address).range() === 'loopback'
}

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

/** The most rules of one robots.txt that are read: real ones have some hundreds, and each is compared with the path. */
const maxRules = 10_000

/** A rule of a robots.txt: whether paths that begin like its pattern may be fetched. */
interface Rule {
  allows: boolean
  /** Percent-encoded; "*" stands for any characters, "$" at the end for the end of the path. */
  pattern: string
}

/** The rules for the programs that a group of a robots.txt names. */
interface Group {
  agents: Set<string>
  rules: Rule[]
}

/**
 * Reads what a robots.txt says to one program, by RFC 9309: the rules of all groups that name it, or of those for every program; of the rules that fit a
 * path the longest decides, and of two equally long ones that which allows. The file is a stranger's, so time and memory grow with its length alone.
 * @param productToken the program's name without its version, such as "sourcemark"
 * @returns whether a page may be fetched
 */
export function parseRobots(source: string, productToken: string): (page: URL) => boolean {
  const groups = readGroups(source)
  const rulesFor = (agent: string) => groups.filter(({ agents }) => agents.has(agent)).flatMap(({ rules }) => rules)
  const isNamed = groups.some(({ agents }) => agents.has(productToken.toLowerCase()))
  const rules = rulesFor(isNamed ? productToken.toLowerCase() : '*').sort(
    (one, other) => other.pattern.length - one.pattern.length || Number(other.allows) - Number(one.allows),
  )
  return ({ pathname, search }) => {
    const path = encodePath(pathname + search)
    return rules.find(({ pattern }) => fits(path, pattern))?.allows ?? true
  }
}

function readGroups(source: string): Group[] {
  const groups: Group[] = []
  let left = maxRules
  let isNaming = false
  for (const line of source.replace(/^\uFEFF/, '').split(/\r\n?|\n/)) {
    const [key = '', ...rest] = (line.split('#', 1)[0] ?? '').split(':')
    const field = key.trim().toLowerCase()
    const value = rest.join(':').trim()
    if (field === 'user-agent') {
      if (!isNaming) groups.push({ agents: new Set(), rules: [] })
      isNaming = true
      const agent = value === '*' ? value : /^[a-z_-]*/i.exec(value)?.[0].toLowerCase()
      if (agent !== undefined) groups.at(-1)?.agents.add(agent)
    } else if (field === 'allow' || field === 'disallow') {
      isNaming = false
      const pattern = encodePath(value.replace(/\*{2,}/g, '*'))
      if (pattern === '') continue
      left -= 1
      if (left < 0) break
      groups.at(-1)?.rules.push({ allows: field === 'allow', pattern })
    }
  }
  return groups
}

/** Writes a path as addresses are compared: what is not ASCII is percent-encoded, in capital letters. */
function encodePath(path: string): string {
  return encodeURI(path)
    .replace(/%25/g, '%')
    .replace(/%[\da-f]{2}/gi, (code) => code.toUpperCase())
}

/** Whether a path begins as a pattern says. The pieces between wildcards are looked for from left to right, each once. */
function fits(path: string, pattern: string): boolean {
  const isWhole = pattern.endsWith('$')
  const pieces = (isWhole ? pattern.slice(0, -1) : pattern).split('*')
  const first = pieces.shift() ?? ''
  if (!path.startsWith(first)) return false
  const last = isWhole ? pieces.pop() : undefined
  let at = first.length
  for (const piece of pieces) {
    const found = path.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  if (!isWhole) return true
  return last === undefined ? path.length === at : path.length - last.length >= at && path.endsWith(last)
}

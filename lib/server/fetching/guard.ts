import { lookup as lookUp } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector } from 'undici'
import ipaddr from 'ipaddr.js'
import { settings } from '../env'
import { perProcess } from '../per-process'

const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * Whether a network address belongs to the public internet: not this machine, not a private or reserved network, and no form of IPv6 that embeds an
 * IPv4 address. False for an invalid address.
 */
function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  // ipaddr.js takes the rest of IPv6 for public, including the old form ::7f00:1 of 127.0.0.1.
  return !(parsed instanceof ipaddr.IPv6) || parsed.match(globalUnicast)
}

/** Whether a network address is this machine's own. */
function isLoopbackAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.parse(address).range() === 'loopback'
}

/** Which machines the server may fetch from, and how it resolves a name. */
export interface FetchRules {
  /** Whether a connection to a network address and port is allowed. */
  isAllowed: (address: string, port: number) => boolean
  /** All network addresses of a host name. Rejects when there are none. */
  resolve: (hostname: string) => Promise<string[]>
}

/** A connection to a forbidden address. */
export class ForbiddenAddress extends Error {
  constructor() {
    super('The address is not one of the public internet')
    this.name = 'ForbiddenAddress'
  }
}

const webPorts: readonly number[] = [80, 443]

const held = perProcess('fetch rules', (): { rules: FetchRules | null } => ({ rules: null }))

/** Replaces the rules of this process, or restores its own: for tests. */
export function useFetchRules(replacement: FetchRules | null): void {
  held.rules = replacement
}

/** The rules of this server: public addresses on the ports of the web, and this machine when a test allows it. */
export function configuredRules(): FetchRules {
  if (held.rules !== null) return held.rules
  const allowsLoopback = settings().FETCH_LOOPBACK === 'only-for-tests'
  return {
    isAllowed: (address, port) =>
      (isPublicAddress(address) && webPorts.includes(port)) || (allowsLoopback && isLoopbackAddress(address)),
    resolve: async (hostname) => (await lookUp(hostname, { all: true })).map(({ address }) => address),
  }
}

/** Time limits for the parts of an exchange, in ms. */
const patience = { connect: 8_000, headers: 10_000, body: 10_000 }

/**
 * Connects only where the rules allow. A name is resolved once per connection, all of its addresses are checked, and the connection goes to a checked
 * one: a later answer of the name server cannot redirect it.
 */
export function guardedAgent({ isAllowed, resolve }: FetchRules): Agent {
  return new Agent({
    headersTimeout: patience.headers,
    bodyTimeout: patience.body,
    pipelining: 0,
    connect: (options, callback) => {
      const port = Number(options.port === '' ? (options.protocol === 'https:' ? 443 : 80) : options.port)
      const hostname = options.hostname.replace(/^\[|\]$/g, '')
      // A literal address is connected to without a lookup.
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

/** The most rules of one robots.txt that are read: real files have some hundreds, and each rule is compared with the path. */
const maxRules = 10_000

/** A rule of a robots.txt: whether paths that match its pattern may be fetched. */
interface Rule {
  allows: boolean
  /** Percent-encoded; "*" matches any characters, and a final "$" the end of the path. */
  pattern: string
}

/** The rules of one group of a robots.txt, with the programs it names. */
interface Group {
  agents: Set<string>
  rules: Rule[]
}

/**
 * Reads the rules of a robots.txt for one program, by RFC 9309: all groups that name the program, else those for every program. The longest rule that
 * matches a path decides; of two equally long ones, the one that allows. The file is untrusted, so time and memory are linear in its length.
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

/** Normalises a path for comparison: characters outside ASCII are percent-encoded, in capital letters. */
function encodePath(path: string): string {
  return encodeURI(path)
    .replace(/%25/g, '%')
    .replace(/%[\da-f]{2}/gi, (code) => code.toUpperCase())
}

/** Whether a path begins as a pattern says. Each piece between wildcards is searched once, from left to right. */
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

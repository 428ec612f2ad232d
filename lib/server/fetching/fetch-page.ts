import { fetch, type Agent, type Response } from 'undici'
import { maxFileBytes } from '@/lib/domain/documents/schema'
import { DomainError, type ErrorCode } from '@/lib/domain/errors'
import { version } from '@/package.json'
import { configuredRules, ForbiddenAddress, guardedAgent, type FetchRules, parseRobots } from './guard'

/** The raw answer of a site, as proof of where a text came from. */
export interface FetchedPage {
  /** The address that was requested, and the one that answered after redirects. */
  requestedUrl: string
  url: string
  status: number
  headers: Record<string, string>
  bytes: Uint8Array
  fetchedAt: Date
}

type IsAllowed = (url: URL) => boolean

/** The robots.txt rules of sites, by origin. */
export type KnownRobots = Map<string, IsAllowed>

interface FetchOptions {
  signal?: AbortSignal | undefined
  robots?: KnownRobots | undefined
  rules?: FetchRules
}

const productToken = 'Sourcemark'
const userAgent = `${productToken}/${version}`
const maxRedirects = 5
/** The time limit for the whole fetch, in ms. */
const patience = 20_000
/** The longest address in characters, also of a redirect. */
const maxAddress = 2_000
/** The longest part of a robots.txt that is read, in bytes; RFC 9309 asks for at least 500 KiB. */
const maxRobotsBytes = 512 * 1024
/** The most characters of one header that are kept, and the most headers. */
const maxHeader = 2_000
const maxHeaders = 100

const pasteIt = 'Open it in your browser and paste its text.'

function refuse(message: string, code: ErrorCode = 'invalid'): DomainError {
  return new DomainError(code, message, { fields: [{ path: 'address', message }] })
}

/** @throws DomainError `invalid` for an address that cannot be one of a page. */
function parseAddress(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw refuse('Write an address in full, such as https://example.org/page.')
  if (url.username !== '' || url.password !== '')
    throw refuse('The address holds a user name or a password. Take it out; pages behind a sign-in are pasted.')
  url.hash = ''
  if (url.href.length > maxAddress)
    throw refuse(`The address has more than ${maxAddress.toLocaleString('en-GB')} characters. ${pasteIt}`)
  return url
}

/**
 * Fetches a page from its site: only from public addresses, only where its robots.txt allows it, and within limits on size and time. Redirects are
 * followed under the same rules.
 * @param options.signal aborts the fetch
 * @param options.robots a cache of robots.txt rules that is read and added to, for successive fetches
 * @param options.rules replaces this server's rules, for tests
 * @throws DomainError `invalid`, `too-large` or `unsupported-media-type`, with what would work, when the page cannot be fetched.
 */
export async function fetchPage(
  address: string,
  { signal, robots = new Map(), rules = configuredRules() }: FetchOptions,
): Promise<FetchedPage> {
  const start = parseAddress(address)
  const limit = AbortSignal.timeout(patience)
  const ends = signal === undefined ? limit : AbortSignal.any([signal, limit])
  const agent = guardedAgent(rules)
  try {
    const { url, response } = await followRedirects(start, { agent, signal: ends }, robots)
    if (!response.ok) throw refuse(`${url.host} answered ${String(response.status)}: ${explainStatus(response.status)}`)
    assertReadable(response)
    const bytes = await readLimited(response, maxFileBytes)
    if (bytes === null) {
      const megabytes = String(maxFileBytes / 1024 / 1024)
      throw refuse(`The page has more than ${megabytes} MB. Save a part of it, and choose that as a file.`, 'too-large')
    }
    return {
      requestedUrl: start.href,
      url: url.href,
      status: response.status,
      headers: keepHeaders(response),
      bytes,
      fetchedAt: new Date(),
    }
  } catch (error) {
    throw explainFailure(error, { hasEnded: limit.aborted })
  } finally {
    void agent.destroy()
  }
}

interface Exchange {
  agent: Agent
  signal: AbortSignal
}

async function followRedirects(
  start: URL,
  exchange: Exchange,
  robots: KnownRobots,
): Promise<{ url: URL; response: Response }> {
  let url = start
  for (let hops = 0; hops <= maxRedirects; hops += 1) {
    const isAllowed = robots.get(url.origin) ?? (await readRobots(url, exchange))
    robots.set(url.origin, isAllowed)
    if (!isAllowed(url)) throw refuse(`${url.host} asks programs in its robots.txt not to fetch this page. ${pasteIt}`)
    const response = await ask(url, exchange)
    const target = response.headers.get('location')
    if (response.status < 300 || response.status > 399 || target === null) return { url, response }
    await response.body?.cancel()
    if (!URL.canParse(target, url.href)) throw refuse(`The page leads on to something that is no address. ${pasteIt}`)
    url = parseAddress(new URL(target, url).href)
  }
  throw refuse(`The page leads on to another more than ${String(maxRedirects)} times. ${pasteIt}`)
}

function ask(url: URL, { agent, signal }: Exchange, accept = 'text/html,application/xhtml+xml,*/*;q=0.5') {
  // Next replaces the global fetch by its own, which caches answers; this one is undici's.
  return fetch(url, {
    dispatcher: agent,
    signal,
    redirect: 'manual',
    credentials: 'omit',
    headers: { 'user-agent': userAgent, accept },
  })
}

/** Reads what a site's robots.txt allows us, by RFC 9309: everything when there is none, nothing when the site fails to answer. */
async function readRobots(page: URL, exchange: Exchange): Promise<IsAllowed> {
  let url = new URL('/robots.txt', page)
  for (let hops = 0; hops <= maxRedirects; hops += 1) {
    const response = await ask(url, exchange, 'text/plain,*/*;q=0.5')
    const target = response.headers.get('location')
    if (response.status >= 300 && response.status < 400 && target !== null && URL.canParse(target, url.href)) {
      await response.body?.cancel()
      url = parseAddress(new URL(target, url).href)
      continue
    }
    if (response.status >= 500) {
      throw refuse(
        `${url.host} fails to say what programs may fetch: its robots.txt answered ${String(response.status)}. ${pasteIt}`,
      )
    }
    const bytes = response.ok ? await readLimited(response, maxRobotsBytes, 'cut') : null
    if (bytes === null) return () => true
    return parseRobots(new TextDecoder().decode(bytes), productToken)
  }
  return () => true
}

/** Refuses a media type without text before the body is loaded. */
function assertReadable(response: Response): void {
  const type = (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  if (/^(?:image|audio|video|font)\//.test(type))
    throw refuse(`There is no page at this address but ${type}, which holds no text.`, 'unsupported-media-type')
}

/** The decompressed body of an answer. One that exceeds the limit gives null, or its beginning. */
async function readLimited(response: Response, limit: number, more: 'refuse' | 'cut' = 'refuse') {
  const declared = Number(response.headers.get('content-length') ?? 0)
  if (more === 'refuse' && declared > limit) {
    await response.body?.cancel()
    return null
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    if (!(chunk instanceof Uint8Array)) continue
    chunks.push(chunk)
    size += chunk.length
    // Leaving the loop closes the connection.
    if (size > limit && more === 'refuse') return null
    if (size > limit) break
  }
  return new Uint8Array(Buffer.concat(chunks))
}

/** The headers of an answer that describe the page. Cookies are left out: they are private. */
function keepHeaders(response: Response): Record<string, string> {
  const kept = [...response.headers].filter(([name]) => name !== 'set-cookie').slice(0, maxHeaders)
  return Object.fromEntries(kept.map(([name, value]) => [name, value.slice(0, maxHeader)]))
}

function explainStatus(status: number): string {
  if (status === 404 || status === 410) return 'there is no such page. Check the address.'
  if (status === 401 || status === 402 || status === 403 || status === 451)
    return `it does not show the page to programs. ${pasteIt}`
  if (status === 429) return 'it is asked too often. Try again later, or paste the text.'
  return `the page cannot be had at the moment. Try again later, or paste the text.`
}

/** All causes of a failure, outermost first. */
function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = []
  for (let next = error; next !== undefined && causes.length < 8;) {
    causes.push(next)
    next = next instanceof Error ? next.cause : undefined
  }
  return causes
}

/**
 * The message for a failed fetch. An address in a private network gets the message of one that does not exist, so that no caller can probe the
 * network.
 */
function explainFailure(error: unknown, { hasEnded }: { hasEnded: boolean }): Error {
  const causes = causesOf(error)
  const refused = causes.find((cause) => cause instanceof DomainError)
  if (refused !== undefined) return refused
  if (hasEnded)
    return refuse(
      `The site did not answer within ${String(patience / 1000)} seconds. Try again later, or paste the text.`,
    )
  const codes = causes.flatMap((cause) =>
    typeof cause === 'object' && cause !== null && 'code' in cause ? [String(cause.code)] : [],
  )
  const isUnknown = codes.some((code) => ['ENOTFOUND', 'ENODATA', 'ERR_INVALID_URL'].includes(code))
  if (isUnknown || causes.some((cause) => cause instanceof ForbiddenAddress))
    return refuse(`There is no public site at this address. Check its spelling. ${pasteIt}`)
  if (codes.includes('EAI_AGAIN') || codes.includes('ENETUNREACH'))
    return refuse('The server reaches no network at the moment. Paste the text, or try again later.')
  if (codes.some((code) => code.startsWith('CERT_') || code.startsWith('ERR_TLS') || code.includes('SELF_SIGNED')))
    return refuse(`The site cannot prove that it is what it says: its certificate is not valid. ${pasteIt}`)
  return refuse('The site does not answer. Try again later, or paste the text.')
}

import { createHash } from 'node:crypto'
import { ServerResponse, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { DomainError } from '@/lib/domain/errors'
import { callerOf } from '../auth/address'
import { acceptsGzip } from '../http/answers'
import { logger } from '../log'
import { perProcess } from '../per-process'
import { limitPublicReading, noteCounted, readPageVersion } from './published'

const compress = promisify(gzip)
const expand = promisify(gunzip)

/** A cached page. Its scripts carry the nonce of its own policy, so body and headers belong together. */
interface KeptPage {
  /** Compressed by gzip. */
  body: Buffer<ArrayBuffer>
  /** The hash of the page. */
  etag: string
  headers: OutgoingHttpHeaders
}

/** Renders a page: Next's request handler. */
type RenderPage = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** A response that is sent to nobody: it collects what is written. */
class KeptResponse extends ServerResponse {
  readonly chunks: Buffer[] = []

  #keep(chunk: unknown): void {
    if (typeof chunk === 'string') this.chunks.push(Buffer.from(chunk))
    else if (chunk instanceof Uint8Array) this.chunks.push(Buffer.from(chunk))
  }

  override write(chunk: unknown): boolean {
    this.#keep(chunk)
    return true
  }

  override end(chunk?: unknown): this {
    this.#keep(chunk)
    this.emit('finish')
    this.emit('close')
    return this
  }

  override flushHeaders(): void {
    // There is no client to send them to.
  }
}

/** Headers about one transfer, which are not part of the page. */
const ofSending = new Set(['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding', 'vary'])

/**
 * Renders a page for the cache; null when the response is not a page that others may get, such as a refusal. Other readers get the same page, so of the
 * request only the appearance goes into it. Next answers some headers with something other than the page.
 */
async function renderKept(
  request: IncomingMessage,
  { appearance, render }: { appearance: string; render: RenderPage },
): Promise<KeptPage | null> {
  const asked = request.headers
  const response = new KeptResponse(request)
  // Asks for the whole page, uncompressed.
  request.headers = { host: 'localhost', accept: 'text/html', 'accept-encoding': 'identity', cookie: appearance }
  noteCounted(request.headers)
  try {
    await render(request, response)
  } finally {
    request.headers = asked
  }
  const isPage = String(response.getHeader('content-type')).startsWith('text/html')
  if (response.statusCode !== 200 || !isPage || response.hasHeader('set-cookie') || response.chunks.length === 0)
    return null
  const page = Buffer.concat(response.chunks)
  const headers = Object.fromEntries(
    Object.entries(response.getHeaders()).filter(([name]) => !ofSending.has(name.toLowerCase())),
  )
  return {
    body: await compress(page),
    etag: `"${createHash('sha256').update(page).digest('base64url')}"`,
    headers: { ...headers, 'cache-control': 'private, no-cache', vary: 'accept-encoding, cookie' },
  }
}

/** Sends a cached page; only its headers to a browser that already has it. */
async function sendKept(
  { body, etag, headers }: KeptPage,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const { 'accept-encoding': accepted, 'if-none-match': known = '' } = request.headers
  const all = { ...headers, etag }
  if (known.split(',').some((each) => each.trim().replace(/^W\//, '') === etag)) {
    response.writeHead(304, all).end()
    return
  }
  const isCompressed = acceptsGzip(accepted)
  const bytes = isCompressed ? body : await expand(body)
  response.writeHead(200, {
    ...all,
    ...(isCompressed ? { 'content-encoding': 'gzip' } : {}),
    'content-length': bytes.length,
  })
  response.end(request.method === 'HEAD' ? undefined : bytes)
}

/** The cookies that change how a page looks. Pages that differ only by other cookies share one entry. */
const drawnBy = /(?:^|;\s*)(sourcemark-(?:theme|contrast))=(light|dark|more)(?=;|$)/g

/** The cookies of a request that change how its page looks, each once. */
function appearanceOf({ headers }: IncomingMessage): string {
  const cookies = new Map([...(headers.cookie ?? '').matchAll(drawnBy)].map(([, name, value]) => [name, value]))
  return [...cookies]
    .map((cookie) => cookie.join('='))
    .sort()
    .join('; ')
}

/** The most bytes of compressed pages in the cache, altogether and for one page. */
const most = { ofAll: 32 * 1024 * 1024, ofOne: 8 * 1024 * 1024 }

interface Kept {
  version: string
  page: Promise<KeptPage | null>
  bytes: number
}

/** The pages by link and appearance, the most recently requested last. */
function keptPages(): Map<string, Kept> {
  return perProcess('published-pages', () => new Map<string, Kept>())
}

/** Drops the least recently requested pages until the others fit. */
function makeRoom(kept: Map<string, Kept>): void {
  let bytes = [...kept.values()].reduce((sum, each) => sum + each.bytes, 0)
  for (const [key, each] of kept) {
    if (bytes <= most.ofAll) return
    kept.delete(key)
    bytes -= each.bytes
  }
}

interface Asked {
  key: string
  version: string
  render: () => Promise<KeptPage | null>
}

/** The page of this version: from the cache, or rendered once for all concurrent requests. */
async function pageOf({ key, version, render }: Asked): Promise<KeptPage | null> {
  const pages = keptPages()
  const known = pages.get(key)
  const kept = known?.version === version ? known : { version, page: render(), bytes: 0 }
  pages.delete(key)
  pages.set(key, kept)
  try {
    const page = await kept.page
    kept.bytes = page?.body.length ?? 0
    if (page === null || kept.bytes > most.ofOne) throwAway(pages, { key, kept })
    makeRoom(pages)
    return page
  } catch (error) {
    throwAway(pages, { key, kept })
    throw error
  }
}

function throwAway(pages: Map<string, Kept>, { key, kept }: { key: string; kept: Kept }): void {
  if (pages.get(key) === kept) pages.delete(key)
}

/** The token of a request for the page of a published report; null for all other requests, such as Next's own for parts of the page. */
function tokenOf({ method, url = '', headers }: IncomingMessage): string | null {
  if ((method !== 'GET' && method !== 'HEAD') || headers['rsc'] !== undefined) return null
  return /^\/r\/([\w-]{43})$/.exec(url)?.[1] ?? null
}

async function findPage(request: IncomingMessage, render: RenderPage): Promise<KeptPage | null> {
  const token = tokenOf(request)
  const version = token === null ? null : await readPageVersion(token)
  if (token === null || version === null) return null
  const appearance = appearanceOf(request)
  await limitPublicReading(callerOf({ get: (name) => headerOf(request, name) }))
  noteCounted(request.headers)
  return pageOf({ key: `${token} ${appearance}`, version, render: () => renderKept(request, { appearance, render }) })
}

function headerOf({ headers }: IncomingMessage, name: string): string | null {
  const value = headers[name]
  return (Array.isArray(value) ? value.join(', ') : value) ?? null
}

/**
 * Answers a request below `/r/`. The page of a published report comes from the cache, rendered once and compressed; everything else is rendered as
 * usual. Each view asks the database whether the page is still current, so a withdrawal, a reply or a changed name takes effect at once, in all
 * processes.
 */
export async function servePublished(
  request: IncomingMessage,
  response: ServerResponse,
  render: RenderPage,
): Promise<void> {
  let page: KeptPage | null = null
  try {
    page = await findPage(request, render)
  } catch (error) {
    // The page itself shows that there were too many requests, or that something went wrong.
    if (!(error instanceof DomainError)) logger().error({ err: error }, 'A published report could not be cached')
  }
  await (page === null ? render(request, response) : sendKept(page, { request, response }))
}

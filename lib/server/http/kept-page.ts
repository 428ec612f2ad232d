import { createHash } from 'node:crypto'
import { ServerResponse, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'

const compress = promisify(gzip)
const expand = promisify(gunzip)

/** A page as it was rendered once. Its scripts carry the nonce of its own policy, so body and headers belong together. */
export interface KeptPage {
  /** Compressed by gzip. */
  body: Buffer<ArrayBuffer>
  /** The hash of the page. */
  etag: string
  headers: OutgoingHttpHeaders
}

/** What renders a page: Next's handler of requests. */
export type RenderPage = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** An answer that nobody is sent: it keeps what is written. */
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
    // There is nobody to send them to.
  }
}

/** Headers that say how one answer was sent, and not what it is. */
const ofSending = new Set(['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding', 'vary'])

/** Renders a page to be kept; null when what came is no page that others may be answered, such as one that was refused. */
export async function renderKept(request: IncomingMessage, render: RenderPage): Promise<KeptPage | null> {
  const { 'accept-encoding': accepted, 'if-none-match': known } = request.headers
  const response = new KeptResponse(request)
  // The whole page is asked for, as it is before it is compressed.
  request.headers['accept-encoding'] = 'identity'
  delete request.headers['if-none-match']
  try {
    await render(request, response)
  } finally {
    request.headers['accept-encoding'] = accepted
    if (known !== undefined) request.headers['if-none-match'] = known
  }
  if (response.statusCode !== 200 || response.hasHeader('set-cookie') || response.chunks.length === 0) return null
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

/** Answers a kept page: nothing but its headers to a browser that has it. */
export async function sendKept(
  { body, etag, headers }: KeptPage,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const { 'accept-encoding': accepted, 'if-none-match': known = '' } = request.headers
  const all = { ...headers, etag }
  if (known.split(',').some((each) => each.trim().replace(/^W\//, '') === etag)) {
    response.writeHead(304, all).end()
    return
  }
  const isCompressed = /\bgzip\b/.test([accepted].flat().join())
  const bytes = isCompressed ? body : await expand(body)
  response.writeHead(200, {
    ...all,
    ...(isCompressed ? { 'content-encoding': 'gzip' } : {}),
    'content-length': bytes.length,
  })
  response.end(request.method === 'HEAD' ? undefined : bytes)
}

import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { DomainError } from '@/lib/domain/errors'
import { logger } from '../log'
import { acceptsGzip, answerProblem } from '../http/answers'
import { api } from './api'
import { withSecurityHeaders } from '../http/security-headers'

const compress = promisify(gzip)

/** Bodies of at most this many bytes are read whole, which costs less than a stream. */
const smallBody = 64 * 1024
/** Answers of at least this many bytes are compressed. */
const compressFrom = 4 * 1024

/**
 * Answers an API request without Next: its router and wrappers cost more processor time than everything the API does to save an annotation. The route
 * under app/api/v1 mounts the same API for servers that do not pass requests here.
 */
export async function serveApi(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await send(await answerTo(request, response), { request, response })
  } catch (error) {
    // The connection broke, or the answer could not be written: no caller is left to inform.
    logger().debug({ err: error }, 'An API answer could not be sent')
    response.destroy()
  }
}

/**
 * A request whose signal aborts when the connection breaks before the answer. The signal is made on first use: one for each request would cost a
 * tenth of the time to save an annotation.
 */
export class ConnectedRequest extends Request {
  readonly #response: ServerResponse
  #ended: AbortController | undefined

  constructor(url: string, init: RequestInit, response: ServerResponse) {
    super(url, init)
    this.#response = response
  }

  override get signal(): AbortSignal {
    if (this.#ended) return this.#ended.signal
    const [ended, response] = [new AbortController(), this.#response]
    const endUnlessAnswered = () => {
      if (!response.writableFinished) ended.abort()
    }
    if (response.closed) endUnlessAnswered()
    else response.once('close', endUnlessAnswered)
    this.#ended = ended
    return ended.signal
  }
}

async function answerTo(request: IncomingMessage, response: ServerResponse): Promise<Response> {
  const method = request.method ?? 'GET'
  if (method === 'TRACE' || method === 'CONNECT' || method === 'TRACK') {
    return withSecurityHeaders(
      answerProblem(new DomainError('method-not-allowed', `The API knows no method ${method}.`)),
    )
  }
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === 'string') headers.append(name, value)
    else for (const part of value ?? []) headers.append(name, part)
  }
  const body = method === 'GET' || method === 'HEAD' ? null : await bodyOf(request)
  const init = { method, headers, ...(body === null ? {} : { body, duplex: 'half' }) } as RequestInit
  return api.fetch(new ConnectedRequest(`http://localhost${request.url ?? '/'}`, init, response))
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer> | NodeReadableStream | null> {
  const length = request.headers['content-length']
  if (length === undefined && request.headers['transfer-encoding'] === undefined) return null
  if (length === undefined || Number(length) > smallBody) return Readable.toWeb(request)
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function send(
  answer: Response,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  response.statusCode = answer.status
  for (const [name, value] of answer.headers) response.appendHeader(name, value)
  // The rest of a refused body must not be taken for the next request.
  if (!request.complete) response.setHeader('connection', 'close')
  if (answer.body !== null && answer.headers.get('content-type')?.startsWith('text/event-stream') === true) {
    // A pipeline destroys the stream when the caller disconnects.
    await pipeline(Readable.fromWeb(answer.body as NodeReadableStream), response)
    return
  }
  const bytes = new Uint8Array(await answer.arrayBuffer())
  response.end(request.method === 'HEAD' ? undefined : await encode(bytes, { request, response }))
}

/** Gives the body in a form that the caller accepts: gzip for text of at least `compressFrom` bytes, if the caller allows it. */
async function encode(
  bytes: Uint8Array,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<Uint8Array> {
  const type = response.getHeader('content-type')
  const isText = typeof type === 'string' && /^(text\/|application\/(problem\+)?json)/.test(type)
  if (isText) response.appendHeader('vary', 'accept-encoding')
  const accepts = acceptsGzip(request.headers['accept-encoding'])
  const encoded = isText && accepts && bytes.length >= compressFrom ? await compress(bytes) : bytes
  if (encoded !== bytes) response.setHeader('content-encoding', 'gzip')
  if (response.statusCode !== 204 && response.statusCode !== 304) response.setHeader('content-length', encoded.length)
  return encoded
}

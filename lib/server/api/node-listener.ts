import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { DomainError } from '@/lib/domain/errors'
import { logger } from '../log'
import { answerProblem } from '../http/answers'
import { api } from './api'
import { withSecurityHeaders } from '../http/security-headers'

const compress = promisify(gzip)

/** Bodies up to this many bytes are read at once; a stream costs more than they do. */
const smallBody = 64 * 1024
/** Answers from this many bytes up are compressed. */
const compressFrom = 4 * 1024

/**
 * Answers a request of the API without Next in between: its router and wrappers cost more processor time than everything the API does to save an
 * annotation. The route under app/api/v1 mounts the same API for servers that do not offer requests here first.
 */
export async function serveApi(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await send(await answerTo(request, endOf(response)), { request, response })
  } catch (error) {
    // The connection broke, or the answer could not be written: there is nobody to tell.
    logger().debug({ err: error }, 'An API answer could not be sent')
    response.destroy()
  }
}

/** A signal for work that nobody waits for any more: the connection broke before it was answered. */
function endOf(response: ServerResponse): AbortSignal {
  const ended = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) ended.abort()
  })
  return ended.signal
}

async function answerTo(request: IncomingMessage, signal: AbortSignal): Promise<Response> {
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
  return api.fetch(
    new Request(`http://localhost${request.url ?? '/'}`, {
      method,
      headers,
      signal,
      ...(body === null ? {} : { body, duplex: 'half' }),
    } as RequestInit),
  )
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer> | NodeReadableStream | null> {
  const length = request.headers['content-length']
  if (length === undefined && request.headers['transfer-encoding'] === undefined) return null
  if (length === undefined || Number(length) > smallBody) return Readable.toWeb(request)
  return new Uint8Array(await buffer(request))
}

async function send(
  answer: Response,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  response.statusCode = answer.status
  for (const [name, value] of answer.headers) response.appendHeader(name, value)
  // What is left of a body that was refused must not be taken for the next request.
  if (!request.complete) response.setHeader('connection', 'close')
  if (answer.body !== null && answer.headers.get('content-type')?.startsWith('text/event-stream') === true) {
    // A pipeline lets go of the stream when the caller goes away.
    await pipeline(Readable.fromWeb(answer.body as NodeReadableStream), response)
    return
  }
  const bytes = new Uint8Array(await answer.arrayBuffer())
  response.end(request.method === 'HEAD' ? undefined : await encode(bytes, { request, response }))
}

/** The body as the caller can read it: compressed when it is long, may be, and is text. */
async function encode(
  bytes: Uint8Array,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<Uint8Array> {
  const type = response.getHeader('content-type')
  const isText = typeof type === 'string' && /^(text\/|application\/(problem\+)?json)/.test(type)
  if (isText) response.appendHeader('vary', 'accept-encoding')
  const accepts = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
  const encoded = isText && accepts && bytes.length >= compressFrom ? await compress(bytes) : bytes
  if (encoded !== bytes) response.setHeader('content-encoding', 'gzip')
  if (response.statusCode !== 204 && response.statusCode !== 304) response.setHeader('content-length', encoded.length)
  return encoded
}

import type { IncomingMessage, ServerResponse } from 'node:http'
import { DomainError } from '@/lib/domain/errors'
import { callerOf } from '../auth/address'
import { renderKept, sendKept, type KeptPage, type RenderPage } from '../http/kept-page'
import { logger } from '../log'
import { perProcess } from '../per-process'
import { readPageVersion } from './published'
import { limitPublicReading, noteCounted } from './reading-limit'

/** Cookies that pages are drawn by. Others change nothing, and pages that differ by them only are one. */
const drawnBy = /(?:^|;\s*)(sourcemark-(?:theme|contrast)=(?:light|dark|more))(?=;|$)/g

/** The most bytes of compressed pages that are kept, of all and of one. */
const most = { ofAll: 32 * 1024 * 1024, ofOne: 8 * 1024 * 1024 }

interface Kept {
  version: string
  page: Promise<KeptPage | null>
  bytes: number
}

/** The pages by link and appearance; the one that was asked for last stands last. */
function keptPages(): Map<string, Kept> {
  return perProcess('published-pages', () => new Map<string, Kept>())
}

/** Lets go of pages that nobody asked for in the longest time, until the others fit. */
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

/** The page of this version: kept, or rendered once for all who ask at the same time. */
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
  const appearance = [...(request.headers.cookie ?? '').matchAll(drawnBy)].map(([, cookie]) => cookie).sort()
  const key = [token, ...appearance].join(' ')
  await limitPublicReading(callerOf({ get: (name) => headerOf(request, name) }))
  noteCounted(request.headers)
  return pageOf({ key, version, render: () => renderKept(request, render) })
}

function headerOf({ headers }: IncomingMessage, name: string): string | null {
  const value = headers[name]
  return (Array.isArray(value) ? value.join(', ') : value) ?? null
}

/**
 * Answers a request below `/r/`: the page of a published report from where it is kept, rendered once and compressed. Each view asks the database whether the
 * page is still what it was, so a withdrawal, a reply or another name holds at once, in all processes. Everything else is rendered as it comes.
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
    // The page itself says that there were too many readings, or that something went wrong.
    if (!(error instanceof DomainError)) logger().error({ err: error }, 'A published report could not be kept')
  }
  await (page === null ? render(request, response) : sendKept(page, { request, response }))
}

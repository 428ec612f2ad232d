import { createServer } from 'node:http'
import { plainError, root } from './run.mjs'

/** How long running requests may take after a signal to stop, in ms. */
const stopPatience = 5_000

function listen(server, { host, port }) {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const remedies = {
        EADDRINUSE: `Port ${port} of ${host} is in use: stop what uses it, or choose another with PORT.`,
        EACCES: `This user may not listen on port ${port}: choose one from 1024 up with PORT.`,
        EADDRNOTAVAIL: `This machine has no address ${host}: correct HOST.`,
        ENOTFOUND: `There is no host ${host}: correct HOST.`,
      }
      reject(remedies[error.code] === undefined ? error : plainError(remedies[error.code]))
    })
    server.listen(port, host, resolve)
  })
}

/** Fails early if the address cannot be listened on: before a build, and before passwords are made that would never be shown. */
export async function assertListenable(place) {
  const probe = createServer()
  await listen(probe, place)
  await new Promise((resolve) => probe.close(resolve))
}

function refusalPage(title, reason) {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${title} · Sourcemark</title>
<h1>${title}</h1>
<p>${reason}</p>
</html>
`
}

const unreadable = refusalPage(
  'This address cannot be read',
  'It contains a percent sign that is not followed by the code of a character. Correct the address, or <a href="/">start from the beginning</a>.',
)
const noPath = refusalPage(
  'This address cannot be read',
  'It does not begin with a slash. Ask for a path of this site, such as <a href="/">/</a>.',
)
const unknownMethod = refusalPage(
  'Pages do not take this method',
  'Ask for them with GET. Or <a href="/">start from the beginning</a>.',
)

/** Methods that no Request object may have (Fetch, 2.2.1), so that Next fails at them. */
const forbiddenMethods = new Set(['TRACE', 'TRACK'])

function refusalOf({ method, url }) {
  if (!url.startsWith('/')) return { status: 400, page: noPath }
  if (forbiddenMethods.has(method)) return { status: 405, page: unknownMethod, headers: { allow: 'GET, HEAD, POST' } }
  try {
    decodeURIComponent(url.split('?', 1)[0])
    return null
  } catch {
    return { status: 400, page: unreadable }
  }
}

/** Refuses a request that Next would answer with a server error, such as one whose path cannot be decoded. True when it has answered. */
function refuseUnreadable(request, response) {
  const refusal = refusalOf(request)
  if (refusal === null) return false
  protect(response)
  response.writeHead(refusal.status, { 'content-type': 'text/html; charset=utf-8', ...refusal.headers })
  response.end(refusal.page)
  return true
}

/**
 * Replaces an absolute address in the request line by its path, and the Host header by its host (RFC 9112, 3.2.2). Next would redirect to that host, and the
 * API would not be reached.
 */
function useOriginForm(request) {
  const [, host, path] = /^https?:\/\/([^/?#]+)(.*)$/i.exec(request.url) ?? []
  if (host === undefined) return
  request.headers.host = host
  request.url = path.startsWith('/') ? path : `/${path}`
}

/** Sets the security headers of answers other than pages: files of the build, missing files, and refused requests. */
function protect(response) {
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('content-security-policy', "default-src 'none'; img-src 'self'; frame-ancestors 'none'")
  response.setHeader('cross-origin-resource-policy', 'same-origin')
  if (process.env.PUBLIC_URL?.startsWith('https:')) {
    response.setHeader('strict-transport-security', 'max-age=31536000')
  }
}

/** Serves the build in this process until SIGTERM or SIGINT, then lets running requests finish. */
export async function serveBuild({ host, port }) {
  // Relative settings and the document reader processes are resolved from here, regardless of the folder the command was called from.
  process.chdir(root)
  process.env.NODE_ENV = 'production'
  process.env.NEXT_TELEMETRY_DISABLED = '1'
  const { default: next } = await import('next')
  // Next adds a listener for upgrade requests (web sockets, HTTP/2) to the server it is given, and drops them or leaves them open without an answer. This server is never
  // reached, so Node answers such requests like all others.
  const app = next({ dev: false, dir: root, hostname: host, port, httpServer: createServer() })
  await app.prepare()
  const handle = app.getRequestHandler()
  // instrumentation.ts provides the API: without Next's router a save takes a fraction of the time (docs/decisions). It also provides the pages of
  // published reports, which are rendered once and cached.
  const server = createServer((request, response) => {
    useOriginForm(request)
    const serveApi = request.url.startsWith('/api/v1/') ? globalThis.sourcemarkServeApi : undefined
    if (serveApi === undefined && refuseUnreadable(request, response)) return
    // Next redirects an address with two slashes in a row, or with a backslash, before any of our code sees it.
    if (request.url.startsWith('/_next/') || /^[^?]*(?:\/\/|\\)/.test(request.url)) protect(response)
    const servePublished = request.url.startsWith('/r/') ? globalThis.sourcemarkServePublished : undefined
    if (servePublished === undefined) void (serveApi ?? handle)(request, response)
    else void servePublished(request, response, handle)
  })
  // Longer than a proxy keeps connections open, or the proxy would send requests into closed ones.
  server.keepAliveTimeout = 75_000
  await listen(server, { host, port })
  const stop = () => {
    // Unfinished jobs are handed back, so that other instances continue them at once.
    const given = globalThis.sourcemarkStopJobs?.()
    server.close(() => void Promise.resolve(given).finally(() => process.exit(0)))
    globalThis.sourcemarkEndLiveFeeds?.()
    server.closeIdleConnections()
    setTimeout(() => process.exit(0), stopPatience).unref()
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

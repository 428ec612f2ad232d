import { createServer } from 'node:http'
import { plainError, root } from './run.mjs'

/** How long requests under way may take after a signal to stop, in ms. */
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

/** Refuses early what would fail when the server listens: before a build, and before passwords are made that nobody would see. */
export async function assertListenable(place) {
  const probe = createServer()
  await listen(probe, place)
  await new Promise((resolve) => probe.close(resolve))
}

const unreadable = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Address cannot be read · Sourcemark</title>
<h1>This address cannot be read</h1>
<p>It holds a percent sign that is not followed by the code of a character. Correct the address, or <a href="/">start from the beginning</a>.</p>
</html>
`

/** Refuses an address whose path is no text; Next would answer that something went wrong here. True when it has answered. */
function refuseUnreadable(request, response) {
  try {
    decodeURIComponent(request.url.split('?', 1)[0])
    return false
  } catch {
    protect(response)
    response.writeHead(400, {
      'content-type': 'text/html; charset=utf-8',
    })
    response.end(unreadable)
    return true
  }
}

/** What an answer carries that is no page: files of the build, those that are missing, and what cannot be read. */
function protect(response) {
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('content-security-policy', "default-src 'none'; img-src 'self'; frame-ancestors 'none'")
  response.setHeader('cross-origin-resource-policy', 'same-origin')
  if (process.env.PUBLIC_URL?.startsWith('https:')) {
    response.setHeader('strict-transport-security', 'max-age=31536000')
  }
}

/** Serves the build in this process until SIGTERM or SIGINT; requests under way are let finish. */
export async function serveBuild({ host, port }) {
  // Relative settings and the readers of documents are found from here, whichever folder the command was called from.
  process.chdir(root)
  process.env.NODE_ENV = 'production'
  process.env.NEXT_TELEMETRY_DISABLED = '1'
  const { default: next } = await import('next')
  const app = next({ dev: false, dir: root, hostname: host, port })
  await app.prepare()
  const handle = app.getRequestHandler()
  // instrumentation.ts offers the API: without Next's router a save takes a fraction of the time (docs/decisions). It offers the pages of published reports, too, which
  // are rendered once and kept.
  const server = createServer((request, response) => {
    const serveApi = request.url.startsWith('/api/v1/') ? globalThis.sourcemarkServeApi : undefined
    if (serveApi === undefined && refuseUnreadable(request, response)) return
    // Next redirects an address with two strokes at its beginning before anything of ours sees it.
    if (request.url.startsWith('/_next/') || request.url.startsWith('//')) protect(response)
    const servePublished = request.url.startsWith('/r/') ? globalThis.sourcemarkServePublished : undefined
    if (servePublished === undefined) void (serveApi ?? handle)(request, response)
    else void servePublished(request, response, handle)
  })
  // Longer than a proxy keeps its connections, or it would send requests into closed ones.
  server.keepAliveTimeout = 75_000
  await listen(server, { host, port })
  const stop = () => {
    // Work that was begun is given back, so that other instances go on with it at once.
    const given = globalThis.sourcemarkStopJobs?.()
    server.close(() => void Promise.resolve(given).finally(() => process.exit(0)))
    globalThis.sourcemarkEndLiveFeeds?.()
    server.closeIdleConnections()
    setTimeout(() => process.exit(0), stopPatience).unref()
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

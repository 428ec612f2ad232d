/**
 * The API as production serves it, with its jobs, on the database of this process's settings, in a process that tells how long its event loop was held. It says its
 * port when it is ready; asked "start", it counts anew; asked "tell", it says in ms what it counted.
 */
import { createServer } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { GET } from '@/app/api/health/route'
import { serveApi } from '@/lib/server/api/node-listener'
import { runners } from '@/lib/server/batches/runner'
import { startJobs } from '@/lib/server/jobs/worker'

/** How often the event loop is looked at, in ms. */
const resolution = 1

const delay = monitorEventLoopDelay({ resolution })
const server = createServer((request, response) => {
  if (request.url === '/api/health') void GET().then(async (answer) => response.end(await answer.text()))
  else void serveApi(request, response)
})

process.on('message', (question) => {
  if (question === 'start') {
    delay.reset()
    delay.enable()
    return
  }
  // What is counted holds the time between two looks, too.
  const heldFor = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - resolution)
  process.send?.({ p99: heldFor(delay.percentile(99)), longest: heldFor(delay.max) })
})
process.once('disconnect', () => process.exit())

startJobs(runners)
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' ? address?.port : null })
})

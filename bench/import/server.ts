/**
 * The API as production serves it, with its jobs, on the database of this process's settings. The process measures how long its event loop was
 * blocked: it sends its port when it is ready, counts anew on the message "start", and answers "tell" with the counts in ms.
 */
import { createServer } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { GET } from '@/app/api/health/route'
import { serveApi } from '@/lib/server/api/node-listener'
import { runners } from '@/lib/server/batches/runner'
import { startJobs } from '@/lib/server/jobs/worker'

/** The sampling interval of the event loop, in ms. */
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
  // The measured delay includes the sampling interval.
  const heldFor = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - resolution)
  process.send?.({ p99: heldFor(delay.percentile(99)), longest: heldFor(delay.max) })
})
process.once('disconnect', () => process.exit())

startJobs(runners)
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' ? address?.port : null })
})

/** The API alone, as scripts/prepare/server.mjs serves it, in a process that a test can kill. Prints its port when it listens. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openDatabase, useDatabase, type DatabaseLocation } from '@/lib/server/db/client'
import { serveApi } from '@/lib/server/api/node-listener'
import { runners } from '@/lib/server/batches/runner'
import { JobWorker } from '@/lib/server/jobs/worker'

const location = JSON.parse(process.argv[2] ?? '') as DatabaseLocation
useDatabase(await openDatabase(location))
// A shorter lease than in production, so that the work of a killed server is soon taken over and the test is quick.
if (process.argv[3] === 'jobs') new JobWorker(runners, { lease: 2_000, pause: 50 }).start()
const server = createServer((request, response) => void serveApi(request, response))
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${String((server.address() as AddressInfo).port)}\n`)
})

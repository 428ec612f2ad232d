/** The API alone, as scripts/prepare/server.mjs offers it, in a process that a test can kill. Prints its port when it listens. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openDatabase, useDatabase, type DatabaseLocation } from '@/lib/server/db/client'
import { serveApi } from '@/lib/server/api/node-listener'

const location = JSON.parse(process.argv[2] ?? '') as DatabaseLocation
useDatabase(await openDatabase(location))
const server = createServer((request, response) => void serveApi(request, response))
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${String((server.address() as AddressInfo).port)}\n`)
})

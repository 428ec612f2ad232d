import { spawn, type ChildProcess } from 'node:child_process'
import { createServer, request as httpRequest, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { DatabaseLocation } from '@/lib/server/db/client'

/** The API in a process of its own. */
export interface Instance {
  child: ChildProcess
  port: number
}

const children = new Set<ChildProcess>()
const proxies = new Set<Server>()

/** Ends all that this module has started. Call it in `afterEach`, so that a failing test leaves no servers behind. */
export function endInstances(): void {
  for (const child of children) child.kill('SIGKILL')
  for (const proxy of proxies) {
    proxy.closeAllConnections()
    proxy.close()
  }
  children.clear()
  proxies.clear()
}

/** Starts an instance, which runs jobs if asked to; `endInstances` kills it. */
export async function startInstance(location: DatabaseLocation, work: 'jobs' | 'none' = 'none'): Promise<Instance> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'tests/api/durability-server.ts', JSON.stringify(location), work],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  children.add(child)
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.once('data', (chunk: Buffer) => {
      resolve(Number(chunk.toString()))
    })
    child.once('exit', (code) => {
      reject(new Error(`The server ended with ${String(code)} before it listened.`))
    })
  })
  return { child, port }
}

/** Kills an instance, like a power cut. */
export function killInstance({ child }: Instance): Promise<unknown> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  return ended
}

/** A proxy that sends requests to the instances in turn, like a load balancer. Returns its port. */
export async function startProxy(ports: readonly number[]): Promise<number> {
  let turn = 0
  const server = createServer((request, response) => {
    const port = ports[turn++ % ports.length] ?? 0
    const { method, url: path, headers } = request
    const passed = httpRequest({ host: '127.0.0.1', port, method, path, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
      answer.on('error', () => response.destroy())
    })
    passed.on('error', () => response.destroy())
    response.on('close', () => passed.destroy())
    request.pipe(passed)
  })
  proxies.add(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

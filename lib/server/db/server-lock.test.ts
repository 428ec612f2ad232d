import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runningServer, takeServerLock, type ServerLock } from './server-lock'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sourcemark-lock-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const locationIn = () => ({ engine: 'sqlite' as const, file: join(folder, 'sourcemark.db') })
const lockFile = () => join(folder, 'sourcemark.db.server')

/** Changes what the lock file says. */
function rewrite(changes: Partial<ServerLock>): void {
  const lock = JSON.parse(readFileSync(lockFile(), 'utf8')) as ServerLock
  writeFileSync(lockFile(), JSON.stringify({ ...lock, ...changes }))
}

describe('the lock of a server on an SQLite file', () => {
  test('refuses another process while the first one lives, and not itself', async () => {
    expect(await takeServerLock(locationIn(), process.pid)).toBeNull()
    expect(await takeServerLock(locationIn(), process.ppid)).toMatchObject({ pid: process.pid })
    expect(await takeServerLock(locationIn(), process.pid)).toBeNull()
    expect(runningServer(locationIn())?.pid).toBe(process.pid)
    expect(readdirSync(folder)).toEqual(['sourcemark.db.server'])
  })

  test.each<[string, () => void]>([
    [
      'a process that is gone',
      () => {
        rewrite({ pid: spawnSync(process.execPath, ['--version']).pid })
      },
    ],
    [
      'a number that another process has now',
      () => {
        rewrite({ started: '1' })
      },
    ],
    [
      'the run of the machine before',
      () => {
        rewrite({ boot: 'another' })
      },
    ],
    [
      'a machine that fell silent',
      () => {
        rewrite({ host: 'elsewhere' })
        utimesSync(lockFile(), new Date(), new Date(Date.now() - 61_000))
      },
    ],
    [
      'something unreadable',
      () => {
        writeFileSync(lockFile(), '{"pid":')
      },
    ],
  ])('is taken over from %s', async (_, leave) => {
    await takeServerLock(locationIn(), process.pid)
    leave()
    expect(runningServer(locationIn())).toBeNull()
    expect(await takeServerLock(locationIn(), process.ppid)).toBeNull()
    expect(runningServer(locationIn())?.pid).toBe(process.ppid)
  })

  test('of a machine that speaks is kept', async () => {
    await takeServerLock(locationIn(), process.pid)
    rewrite({ host: 'elsewhere' })
    expect(await takeServerLock(locationIn(), process.pid)).toMatchObject({ host: 'elsewhere' })
  })

  test('PostgreSQL has none', async () => {
    expect(await takeServerLock({ engine: 'postgresql', url: 'postgresql://localhost/a' }, process.pid)).toBeNull()
  })
})

describe('a start', () => {
  /** Prepares in the name of a shell, as the script that serves does. */
  function prepare(settings: Record<string, string> = {}) {
    return spawnSync('sh', ['-c', '"$0" --import tsx lib/cli/prepare.ts production; exit $?', process.execPath], {
      env: { ...process.env, DATA_DIR: folder, DATABASE_URL: '', ...settings },
      encoding: 'utf8',
    })
  }

  test('beside a running server is refused, unless it is told to', { timeout: 60_000 }, async () => {
    await takeServerLock(locationIn(), process.pid)
    const refused = prepare()
    expect(refused.status).toBe(1)
    expect(refused.stderr).toContain(`process ${String(process.pid)}`)
    expect(refused.stderr).toContain('ALLOW_SECOND_SERVER=yes')
    expect(existsSync(join(folder, 'sourcemark.db')), 'and nothing was touched').toBe(false)
    const told = prepare({ ALLOW_SECOND_SERVER: 'yes' })
    expect(told.status, told.stderr).toBe(0)
    expect(told.stderr).toContain('starts beside it')
  })
})

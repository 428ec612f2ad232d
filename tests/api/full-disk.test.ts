import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { readHealth } from '@/lib/server/http/health'
import { describeOnBothDatabases } from '../setup/databases'
import { makeId } from '../setup/factories'
import { call, tokenOf } from './calls'
import { makeSaver } from './saver'
import { firstSentence, makeWorld } from './world'

const children: { kill: () => void }[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill()
})

describeOnBothDatabases('a disk', (context) => {
  it('that is full refuses changes with 507, changes nothing, and takes them when there is space again', async () => {
    const { database, engine } = context
    if (engine === 'postgresql') return
    const world = await makeWorld(database)
    const mark = (id: string) =>
      call({
        method: 'put',
        path: `/annotations/${id}`,
        as: world.sessions.reviewer,
        json: {
          revisionId: world.document.revisionId,
          ...firstSentence,
          rating: 'unsourced',
          note: 'Long words. '.repeat(300),
        },
      })
    // SQLite's own limit on the size of its file: it answers as on a full disk.
    const [pages] = await database.write.$queryRaw<{ page_count: number | bigint }[]>`PRAGMA page_count`
    await database.write.$queryRawUnsafe(`PRAGMA max_page_count = ${String(Number(pages?.page_count) + 3)}`)
    let refused = await mark(makeId())
    const last = makeId()
    for (let round = 0; round < 20 && refused.status === 201; round += 1) refused = await mark(last)
    for (let round = 0; round < 20 && refused.status !== 507; round += 1) refused = await mark(makeId())
    expect(refused.status, refused.text).toBe(507)
    expect(refused.json).toMatchObject({ code: 'out-of-space', retryAfter: 30 })
    expect(refused.json['detail']).toContain('disk is full')
    expect(await readHealth()).toMatchObject({ status: 'degraded', database: 'ok', storage: 'full' })
    const waiting = makeId()
    expect((await mark(waiting)).status).toBe(507)
    const read = await call({ method: 'get', path: `/annotations/${waiting}`, as: world.sessions.reviewer })
    expect(read.status, 'and it can be read as ever').toBe(404)
    await database.write.$queryRawUnsafe('PRAGMA max_page_count = 1000000')
    expect((await mark(waiting)).status).toBe(201)
    expect(await readHealth()).toMatchObject({ status: 'ok', storage: 'ok' })
  })

  it('that fails refuses changes with 503, and the log names it once', { timeout: 60_000 }, async () => {
    const { database, engine } = context
    if (database.location.engine === 'postgresql' || engine === 'postgresql') return
    const world = await makeWorld(database)
    const { file } = database.location
    const { authorization = '' } = await tokenOf(database, world.members.reviewer, ['annotate'])
    // In blocks of 512 bytes: the largest size of a file; writes beyond it fail.
    const limit = Math.ceil(Math.max(...[file, `${file}-wal`].map((name) => statSync(name).size)) / 512) + 400
    const child = spawn(
      'sh',
      [
        '-c',
        `ulimit -f ${String(limit)}; exec "$0" --import tsx tests/api/durability-server.ts "$1"`,
        process.execPath,
        JSON.stringify(database.location),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, LOG_LEVEL: 'error' } },
    )
    children.push(child)
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    while (!output.includes('\n')) await new Promise((resolve) => setTimeout(resolve, 50))
    const saver = makeSaver({
      port: Number.parseInt(output, 10),
      token: authorization.replace('Bearer ', ''),
      sockets: 1,
    })
    const statuses: number[] = []
    for (let round = 0; round < 400 && statuses.filter((status) => status !== 201).length < 10; round += 1) {
      const mark = { id: makeId(), ...firstSentence, rating: 'unsourced', note: 'Long words. '.repeat(300) }
      statuses.push((await saver.save(world.document.revisionId, mark))?.status ?? 0)
    }
    saver.close()
    expect(statuses).toContain(201)
    expect(statuses.slice(-10)).toEqual(new Array(10).fill(503))
    expect(output.match(/The disk fails/g)).toHaveLength(1)
    expect(output).not.toContain('failed unexpectedly')
  })
})

describe('a backup', () => {
  it('that the disk does not take leaves nothing, says why, and works the next time', { timeout: 120_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'sourcemark-backup-'))
    const data = join(folder, 'data')
    const target = join(folder, 'copies', 'monday.db')
    const run = (limit: string, ...args: string[]) =>
      spawnSync(
        'sh',
        ['-c', `ulimit -f ${limit}; exec "$0" --import tsx lib/cli/main.ts "$@"`, process.execPath, ...args],
        { env: { ...process.env, DATA_DIR: data, DATABASE_URL: '' }, encoding: 'utf8' },
      )
    try {
      expect(run('unlimited', 'migrate').status).toBe(0)
      spawnSync('mkdir', ['-p', dirname(target)])
      const refused = run('100', 'backup', target)
      expect(refused.status).toBe(1)
      expect(refused.stderr.trim().split('\n'), 'one line, no stack').toHaveLength(1)
      expect(refused.stderr).toContain('run this again')
      expect(readdirSync(dirname(target))).toEqual([])
      const done = run('unlimited', 'backup', target)
      expect(done.status, done.stderr).toBe(0)
      expect(readdirSync(dirname(target))).toEqual(['monday.db'])
      writeFileSync(`${target}.mark`, '')
      expect(run('unlimited', 'backup', target).stderr).toContain('never overwrites')
      expect(existsSync(target)).toBe(true)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

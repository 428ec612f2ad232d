import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { callCommandLine, type CalledCommandLine } from '../../tests/setup/command-line'
import { describeOnBothDatabases } from '../../tests/setup/databases'
import { createMember, createWorkspace } from '../../tests/setup/factories'
import { expectConsole } from '../../tests/setup/console'
import { registerImport } from './import'

const text = 'The harbour froze twice.\n\nNobody kept a log.'

let cli: CalledCommandLine

beforeEach(() => {
  cli = callCommandLine()
  writeFileSync(join(cli.folder, 'winter.txt'), text)
  writeFileSync(join(cli.folder, 'spring.md'), '# Spring\n\nThe ice broke in **March**.')
  writeFileSync(join(cli.folder, 'empty.txt'), ' \n')
})
afterEach(() => {
  cli.end()
})

async function run(...args: string[]): Promise<void> {
  await cli.run(registerImport, ['import', ...args])
}

describeOnBothDatabases('sourcemark import', (context) => {
  it('stores files with their source, and says what it read', async () => {
    const { id: workspaceId } = await createWorkspace(context.database)
    const owner = await createMember(context.database, { workspaceId, role: 'owner' })
    await run('winter.txt', 'spring.md', '--source', 'Gazette', '--author', 'K. Olsen', '--date', '2025-03')
    const documents = await context.database.read.document.findMany({
      orderBy: { id: 'asc' },
      select: {
        title: true,
        author: true,
        publishedOn: true,
        source: { select: { name: true } },
        revisions: { select: { origin: true, text: true, createdById: true } },
      },
    })
    expect(documents).toMatchObject([
      {
        author: 'K. Olsen',
        publishedOn: '2025-03',
        source: { name: 'Gazette' },
        revisions: [{ origin: 'command_line', text, createdById: owner.memberId }],
      },
      { title: 'Spring', source: { name: 'Gazette' } },
    ])
    expect(await context.database.read.source.count()).toBe(1)
    expect(cli.printed.join('\n')).toMatch(/winter\.txt: [\s\S]*2 sentences[\s\S]*spring\.md: Spring[\s\S]*1 heading/)
    const events = await context.database.read.event.findMany({ select: { via: true } })
    expect(new Set(events.map(({ via }) => via))).toEqual(new Set(['command-line']))
  })

  it('stores nothing in a dry run', async () => {
    const { id: workspaceId } = await createWorkspace(context.database)
    await createMember(context.database, { workspaceId, role: 'owner' })
    await run('winter.txt', '--source', 'Gazette', '--dry-run', '--title', 'Another')
    expect(cli.printed.join('\n')).toMatch(/winter\.txt: Another[\s\S]*nothing was stored/)
    expect(await context.database.read.document.count()).toBe(0)
    expect(await context.database.read.source.count()).toBe(0)
  })

  it('goes on after a file that fails, and fails in the end', async () => {
    const { id: workspaceId } = await createWorkspace(context.database)
    await createMember(context.database, { workspaceId, role: 'owner' })
    expectConsole('error', /^empty\.txt: There is no text/)
    expectConsole('error', /^missing\.txt: There is no file/)
    const running = run('empty.txt', 'missing.txt', 'winter.txt', '--source', 'Gazette')
    await expect(running).rejects.toThrow('2 of 3 files could not be imported; the rest were')
    expect(await context.database.read.document.count()).toBe(1)
  })

  it('notices a text that is here, and takes it again when told', async () => {
    const { id: workspaceId } = await createWorkspace(context.database)
    await createMember(context.database, { workspaceId, role: 'owner' })
    await run('winter.txt', '--source', 'Gazette')
    expectConsole('error', /^winter\.txt: This text is already here/)
    await expect(run('winter.txt', '--source', 'Gazette')).rejects.toMatchObject({ code: 'invalid' })
    await run('winter.txt', '--source', 'Gazette', '--allow-duplicate')
    expect(await context.database.read.document.count()).toBe(2)
  })

  it('takes all files of a folder, prints a table, and JSON when asked', async () => {
    const { id: workspaceId } = await createWorkspace(context.database)
    await createMember(context.database, { workspaceId, role: 'owner' })
    mkdirSync(join(cli.folder, 'press', 'old'), { recursive: true })
    writeFileSync(join(cli.folder, 'press', 'a.txt'), text)
    writeFileSync(join(cli.folder, 'press', '.hidden.txt'), 'Nobody sees this.')
    writeFileSync(join(cli.folder, 'press', 'old', 'b.txt'), 'The ice broke in March.')
    await run('press', 'spring.md', '--source', 'Gazette')
    expect(cli.printed.at(-1)).toMatch(
      /imported {2}press\/a\.txt .*\n.*press\/old\/b\.txt .*\n.*spring\.md .*\n3 imported\.$/,
    )
    cli.printed.length = 0
    const again = run('press', 'empty.txt', '--source', 'Gazette', '--same', 'skip', '--json')
    await expect(again).rejects.toThrow('1 of 3 files')
    expect(JSON.parse(cli.printed.join('\n'))).toMatchObject({
      failed: 1,
      items: [
        { name: 'press/a.txt', state: 'skipped', message: expect.stringMatching(/already here/) as string },
        { name: 'press/old/b.txt', state: 'skipped' },
        { name: 'empty.txt', state: 'failed', message: expect.stringMatching(/no text/) as string },
      ],
    })
  })

  it('makes a text that is much like one here a revision of it when told', async () => {
    const { id: workspaceId } = await createWorkspace(context.database)
    await createMember(context.database, { workspaceId, role: 'owner' })
    const lines = Array.from(
      { length: 12 },
      (_, at) => `In 19${String(at + 10)} the harbour froze for ${String(at)} weeks.`,
    )
    writeFileSync(join(cli.folder, 'one.txt'), lines.join(' '))
    writeFileSync(join(cli.folder, 'two.txt'), lines.toSpliced(5, 1).join(' '))
    await run('one.txt', '--source', 'Gazette')
    await run('two.txt', '--source', 'Gazette', '--dry-run')
    expect(cli.printed.at(-1)).toMatch(/nothing was stored\n {2}About \d\d % of its words stand in “/)
    await run('two.txt', '--source', 'Gazette', '--similar', 'revise')
    expect(await context.database.read.document.count()).toBe(1)
    expect(await context.database.read.revision.count()).toBe(2)
  })

  it.each([
    ['no workspace', [], [], 'There is no workspace yet'],
    ['an unknown workspace', ['A'], ['--workspace', 'B'], 'There are: "A"'],
    ['several workspaces', ['A', 'B'], [], 'Name one with --workspace'],
    ['a wrong date', ['A'], ['--date', '2025-02-31'], 'publishedOn'],
    ['one title for two files', ['A'], ['spring.md', '--title', 'T'], 'cannot have one title'],
    ['a source without a name', ['A'], ['--source', ' '], '--source'],
    ['an unknown choice', ['A'], ['--similar', 'maybe'], '--similar'],
    ['an unknown encoding', ['A'], ['--encoding', 'latin-42'], '--encoding'],
  ])('refuses %s', async (_name, workspaces, args, says) => {
    for (const name of workspaces) {
      const { id: workspaceId } = await createWorkspace(context.database, { name })
      await createMember(context.database, { workspaceId, role: 'owner' })
    }
    await expect(run('winter.txt', '--source', 'Gazette', ...args)).rejects.toThrow(says)
    expect(await context.database.read.document.count()).toBe(0)
  })
})

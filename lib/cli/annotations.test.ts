import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { callCommandLine, type CalledCommandLine } from '../../tests/setup/command-line'
import { describeOnBothDatabases, type DatabaseContext } from '../../tests/setup/databases'
import { createDocument, createMember, createWorkspace } from '../../tests/setup/factories'
import { registerAnnotations } from './annotations'

let cli: CalledCommandLine

beforeEach(() => {
  cli = callCommandLine()
})
afterEach(() => {
  cli.end()
})

async function run(...args: string[]): Promise<void> {
  await cli.run(registerAnnotations, args)
}

async function makeDocument({ database }: DatabaseContext) {
  const { id: workspaceId } = await createWorkspace(database)
  await createMember(database, { workspaceId, role: 'owner' })
  return createDocument(database, { workspaceId, text: 'The harbour froze twice.\n\nNobody kept a log.' })
}

describeOnBothDatabases('annotations on the command line', (context) => {
  it('come in from a file, say what was refused, and leave as they came', async () => {
    const { id } = await makeDocument(context)
    const rows = ['exact,rating,note', 'The harbour froze twice.,unsourced,No record.', 'It thawed.,sourced,']
    writeFileSync(join(cli.folder, 'marks.csv'), rows.join('\n'))
    await expect(run('import-annotations', id, 'marks.csv', '--preview')).rejects.toThrow('1 of 2 annotations would be')
    expect(await context.database.read.annotation.count()).toBe(0)
    await expect(run('import-annotations', `https://facts.example/documents/${id}`, 'marks.csv')).rejects.toThrow(
      '1 of 2 annotations were refused.',
    )
    expect(cli.printed.at(-1)).toMatch(/^marks\.csv: 1 attached to revision 1, 0 here already, 1 refused\n {2}2: /)
    const events = await context.database.read.event.findMany({
      where: { type: 'annotation.created' },
      select: { via: true },
    })
    expect(events).toEqual([{ via: 'command-line' }])

    await run('export-annotations', id, '--output', 'out.jsonl')
    const [line] = readFileSync(join(cli.folder, 'out.jsonl'), 'utf8').trim().split('\n')
    expect(JSON.parse(line ?? '')).toMatchObject({ exact: 'The harbour froze twice.', note: 'No record.' })
    await expect(run('export-annotations', id, '--output', 'out.jsonl')).rejects.toThrow('never overwrites')
    await run('import-annotations', id, 'out.jsonl', '--json')
    expect(JSON.parse(cli.printed.at(-1) ?? '')).toMatchObject({ counts: { attached: 0, present: 1, refused: 0 } })
  })

  it.each<[string, string[], RegExp]>([
    ['a document that is not there', ['export-annotations', '01932f6a-7c00-7000-8000-3d5c1f2a9b01'], /document/],
    ['no id', ['export-annotations', 'winter'], /winter is not the id of a document/],
    [
      'an unknown format',
      ['export-annotations', '01932f6a-7c00-7000-8000-3d5c1f2a9b01', '--format', 'xml'],
      /--format/,
    ],
  ])('%s is refused', async (_, args, says) => {
    await makeDocument(context)
    await expect(run(...args)).rejects.toThrow(says)
  })
})

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { describeOnBothDatabases } from '../../tests/setup/databases'
import { createMember, createSource, createWorkspace } from '../../tests/setup/factories'
import { createFrozenReport } from '../../tests/setup/frozen-report'
import { registerReport } from './report'

let folder = ''
let printed: string[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sourcemark-report-'))
  printed = []
  vi.stubEnv('SOURCEMARK_CALLED_FROM', folder)
  vi.spyOn(console, 'log').mockImplementation((line: string) => {
    printed.push(line)
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

async function run(...args: string[]): Promise<string> {
  printed = []
  const program = new Command('sourcemark').exitOverride().configureOutput({ writeErr: () => undefined })
  registerReport(program)
  await program.parseAsync(['report', ...args], { from: 'user' })
  return printed.join('\n')
}

describeOnBothDatabases('sourcemark report', (context) => {
  it('lists and exports versions, and verifies what it exported', async () => {
    const { database } = context
    const { id: workspaceId } = await createWorkspace(database)
    const owner = await createMember(database, { workspaceId, role: 'owner' })
    const source = await createSource(database, { workspaceId, name: 'The Coastal Herald' })
    const of = ['--source', 'The Coastal Herald']
    expect(await run('list', ...of)).toContain('No report on The Coastal Herald has been frozen yet')
    await expect(run('export', ...of, '--output', 'report.json')).rejects.toThrow('has been frozen yet')
    await expect(run('freeze', ...of)).rejects.toThrow('closed review session')
    await expect(run('list', '--source', 'Nobody')).rejects.toThrow('no source “Nobody”')
    const sourceId = source.id
    await createFrozenReport(database, { workspaceId, sourceId, documentIds: [], lead: owner, reviewer: owner })
    expect(await run('list', ...of)).toContain('version 1, frozen')
    await expect(run('export', ...of, '--number', '7', '--output', 'report.json')).rejects.toThrow('There are: 1')
    expect(await run('export', ...of, '--output', 'report.json')).toContain('Wrote version 1')
    await expect(run('export', ...of, '--output', 'report.json')).rejects.toThrow('never overwrites')
    const said = await run('verify', 'report.json')
    expect(said).toContain('same  claims, assessed: ')
    expect(said).not.toContain('DIFFERENT')
    expect(await run('export', ...of, '--format', 'xlsx', '--output', 'report.xlsx')).toContain('Wrote version 1')
    expect(readFileSync(join(folder, 'report.xlsx')).subarray(0, 2).toString()).toBe('PK')
    await run('export', ...of, '--format', 'claim-review', '--output', 'reviews.jsonld')
    expect(readFileSync(join(folder, 'reviews.jsonld'), 'utf8')).toMatch(/"url": "http.*\/r\/.*#claim-/)
    await expect(run('export', ...of, '--format', 'docx', '--output', 'report.docx')).rejects.toThrow('Allowed choices')

    const bundle = readFileSync(join(folder, 'report.json'), 'utf8')
    writeFileSync(
      join(folder, 'edited.json'),
      bundle.replace(/"contradicted":(\d+),"disputed"/, '"contradicted":0,"disputed"'),
    )
    await expect(run('verify', 'edited.json')).rejects.toThrow('Different')
    expect(printed.join('\n')).toMatch(/DIFFERENT {2}claims, contradicted: the file says 0, the inputs give \d+/)
    writeFileSync(join(folder, 'cut.json'), bundle.slice(0, 900))
    await expect(run('verify', 'cut.json')).rejects.toThrow('cut off')
    await expect(run('verify', '.')).rejects.toThrow('is a folder')
  })
})

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { callCommandLine, type CalledCommandLine } from '../../tests/setup/command-line'
import { describeOnBothDatabases } from '../../tests/setup/databases'
import { createCounts } from '../../tests/setup/counts'
import { createDocument, createMember, createSource, createWorkspace } from '../../tests/setup/factories'
import { createFrozenReport } from '../../tests/setup/frozen-report'
import { createSession } from '../../tests/setup/session-factories'
import { registerReport } from './report'

let cli: CalledCommandLine

beforeEach(() => {
  cli = callCommandLine()
})
afterEach(() => {
  cli.end()
})

async function run(...args: string[]): Promise<string> {
  cli.printed.length = 0
  await cli.run(registerReport, ['report', ...args])
  return cli.printed.join('\n')
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
    expect(readFileSync(join(cli.folder, 'report.xlsx')).subarray(0, 2).toString()).toBe('PK')
    await run('export', ...of, '--format', 'claim-review', '--output', 'reviews.jsonld')
    expect(readFileSync(join(cli.folder, 'reviews.jsonld'), 'utf8')).toMatch(/"url": "http.*\/r\/.*#claim-/)
    await expect(run('export', ...of, '--format', 'docx', '--output', 'report.docx')).rejects.toThrow('Allowed choices')

    const bundle = readFileSync(join(cli.folder, 'report.json'), 'utf8')
    writeFileSync(
      join(cli.folder, 'edited.json'),
      bundle.replace(/"contradicted":(\d+),"disputed"/, '"contradicted":0,"disputed"'),
    )
    await expect(run('verify', 'edited.json')).rejects.toThrow('Different')
    expect(cli.printed.join('\n')).toMatch(/DIFFERENT {2}claims, contradicted: the file says 0, the inputs give \d+/)
    writeFileSync(join(cli.folder, 'cut.json'), bundle.slice(0, 900))
    await expect(run('verify', 'cut.json')).rejects.toThrow('cut off')
    await expect(run('verify', '.')).rejects.toThrow('is a folder')
  })

  it('counts what closed sessions settled anew, and says whether the counts were right', async () => {
    const { database } = context
    const { id: workspaceId } = await createWorkspace(database)
    await createMember(database, { workspaceId, role: 'owner' })
    const document = await createDocument(database, { workspaceId })
    const other = await createDocument(database, { workspaceId, sourceId: document.sourceId })
    const session = await createSession(database, { workspaceId, documents: [document], state: 'closed' })
    const { id: documentId, sourceId } = document
    await createCounts(database, { workspaceId, documentId, sourceId, sessionId: session.id })
    const of = ['--workspace', workspaceId]
    expect(await run('recount', ...of)).toBe(
      'Counted 1 document of 1 source anew.\nThe counts of 1 source were wrong and are right now.',
    )
    expect(await run('recount', ...of)).toContain('All counts were right.')
    expect(await run('list', ...of)).toMatch(/: nothing settled, 2 documents$/)
    await createCounts(database, { workspaceId, sourceId, sessionId: session.id, documentId: other.id })
    expect(await run('list', ...of)).toMatch(
      /: 2 claims in 1 document, 1 sourced, 0 unsourced, 1 contradicted; too little for shares; closed \d{4}-\d\d-\d\d$/,
    )
  })
})

it('reports finished ratings without a database: in words, as the record, as CSV', async () => {
  const rows = Array.from({ length: 40 }, (_, at) => `d${String(at)},${at % 4 === 0 ? 'false' : 'true'},ann`)
  const again = rows.slice(0, 12).map((row) => row.replace('ann', 'ben'))
  writeFileSync(join(cli.folder, 'ratings.csv'), ['doc,verdict,who', ...rows, ...again, ',true,ann', ''].join('\n'))
  const of = ['ratings.csv', '--columns', 'document=doc', 'rating=verdict', 'rater=who', '--source', 'The Herald']
  const said = await run('from-ratings', ...of)
  expect(said).toContain('52 of 53 rows: document from “doc”, source “The Herald” for all')
  expect(said).toContain('row 54 is not used: It has no document.')
  expect(said).toContain('false: 10 of 40, 25.00 %')
  expect(said).toContain('Agreement over 12 items rated twice or more: alpha 1.000')
  expect(said).toContain('not established')
  const record: unknown = JSON.parse(await run('from-ratings', ...of, '--json'))
  expect(record).toMatchObject({
    format: 'sourcemark-ratings/1',
    agreement: { ratedTwice: 12 },
    unusable: { count: 1 },
  })
  expect(await run('from-ratings', ...of, '--csv')).toContain('The Herald,false,10,40,0.25,')
  await expect(run('from-ratings', 'ratings.csv')).rejects.toThrow('It has: doc, verdict, who')
  await expect(run('from-ratings', '.')).rejects.toThrow('is a folder')
})

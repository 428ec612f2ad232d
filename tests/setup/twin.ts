import type { Database } from '@/lib/server/db/client'
import { makeId } from './factories'

type Row = Record<string, unknown>

interface Table {
  findMany: (given: { where: object }) => Promise<Row[]>
  createMany: (given: { data: Row[] }) => Promise<unknown>
}

/** The tables of a workspace, each after those that it refers to, with the columns in which a twin has other words. */
const tables: [name: string, words: readonly string[]][] = [
  ['member', []],
  ['invitation', []],
  ['apiToken', ['name']],
  ['source', ['name']],
  ['document', ['title']],
  ['revision', []],
  ['textSketch', []],
  ['textSketchKey', []],
  ['reviewSession', ['name']],
  ['sessionMember', []],
  ['sessionDocument', []],
  ['assignment', ['comment']],
  ['scopeChange', []],
  ['annotation', ['note']],
  ['carriedAnnotation', []],
  ['sentenceDecision', []],
  ['reference', ['title']],
  ['referenceMerge', []],
  ['citation', ['locator']],
  ['tag', []],
  ['annotationTag', []],
  ['documentTag', []],
  ['conflictOfInterest', ['reason']],
  ['blindRating', []],
  ['claim', []],
  ['claimAnnotation', []],
  ['verdict', ['words']],
  ['verdictCitation', ['locator']],
  ['closedDocument', []],
  ['documentCount', []],
  ['sourceCount', []],
  ['documentWithdrawal', ['reason']],
  ['sampleDraw', []],
  ['secondReadingDraw', []],
  ['thread', []],
  ['comment', ['body']],
  ['mention', []],
  ['notification', []],
  ['report', []],
  ['reportReviewer', []],
  ['reportAddition', ['text']],
  ['publication', ['reason']],
  ['job', ['name']],
  ['jobItem', ['name']],
  ['event', []],
]

/** The names of the tables in which a twin has rows. */
export const twinTables: readonly string[] = tables.map(([name]) => name)

/** Only the server makes the ids of these rows. They are unique among all workspaces. */
const madeByServer: readonly string[] = [
  'member',
  'revision',
  'tag',
  'verdict',
  'verdictCitation',
  'sampleDraw',
  'secondReadingDraw',
  'notification',
  'report',
  'jobItem',
]

/** The suffix of words in the twin, which tells them from those of the original. */
export const twinMark = ' of the twin'

/** A workspace with the same ids as another, wherever clients may choose them. */
export interface Twin {
  workspaceId: string
  /** The twin's values for the original's other ids and addresses. */
  became: ReadonlyMap<string, string>
}

function tableOf(client: Database['read'], name: string): Table {
  const table = (client as unknown as Record<string, Table>)[name]
  if (table === undefined) throw new Error(`There is no table ${name}.`)
  return table
}

/** All rows of a workspace by table, as text in a fixed order. */
export async function rowsOfWorkspace({ read }: Database, workspaceId: string): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const name of twinTables) {
    const rows = await tableOf(read, name).findMany({ where: { workspaceId } })
    const written = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)
    found[name] = rows.map((row) => JSON.stringify(row, written)).sort()
  }
  return found
}

function replaced(value: unknown, became: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return became.get(value) ?? value
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  return JSON.parse(
    JSON.stringify(value).replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => became.get(id) ?? id),
  ) as unknown
}

async function copyUsers({ read, write }: Database, workspaceId: string, became: Map<string, string>): Promise<void> {
  const users = await read.user.findMany({ where: { members: { some: { workspaceId } } }, orderBy: { id: 'asc' } })
  for (const user of users) {
    const id = makeId()
    const email = `twin.${user.email}`
    became.set(user.id, id).set(user.email, email)
    await write.user.create({ data: { ...user, id, email, name: `${user.name}${twinMark}` }, select: { id: true } })
  }
}

/** Makes the twin of a workspace, with people of its own. */
export async function makeTwin(database: Database, workspaceId: string): Promise<Twin> {
  const { read, write } = database
  const original = await read.workspace.findUniqueOrThrow({ where: { id: workspaceId } })
  const became = new Map([[workspaceId, makeId()]])
  const twinId = became.get(workspaceId) ?? ''
  await write.workspace.create({ data: { ...original, id: twinId }, select: { id: true } })
  await copyUsers(database, workspaceId, became)
  for (const name of madeByServer) {
    const rows = await tableOf(read, name).findMany({ where: { workspaceId } })
    for (const id of rows.map((row) => String(row.id)).sort()) became.set(id, makeId())
  }
  const publications = await read.publication.findMany({ where: { workspaceId }, select: { token: true } })
  for (const { token } of publications) became.set(token, `${makeId().replaceAll('-', '')}lmnopqrstuv`)
  for (const [name, words] of tables) {
    const rows = await tableOf(read, name).findMany({ where: { workspaceId } })
    if (name === 'event') rows.sort((one, other) => Number(one.sequence) - Number(other.sequence))
    const data = rows.map((row) => {
      const entries = Object.entries(row).filter(([column, value]) => value !== null && column !== 'sequence')
      return Object.fromEntries(
        entries.map(([column, value]) => {
          if (column === 'tokenHash') return [column, `twin ${String(value)}`]
          if (words.includes(column) && value !== '') return [column, `${String(value)}${twinMark}`]
          return [column, replaced(value, became)]
        }),
      )
    })
    if (data.length > 0) await tableOf(write, name).createMany({ data })
    if (name === 'revision') await copyOriginals(database, workspaceId, became)
  }
  return { workspaceId: twinId, became }
}

async function copyOriginals(
  { read, write }: Database,
  workspaceId: string,
  became: Map<string, string>,
): Promise<void> {
  const rows = await read.revisionOriginal.findMany({ where: { revision: { workspaceId } } })
  for (const row of rows) {
    const revisionId = became.get(row.revisionId) ?? row.revisionId
    await write.revisionOriginal.create({ data: { ...row, revisionId }, select: { revisionId: true } })
  }
}

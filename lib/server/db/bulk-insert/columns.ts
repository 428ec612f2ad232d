type ColumnType =
  | 'text'
  | 'text?'
  | 'integer'
  | 'boolean'
  | 'timestamp(3)'
  | 'jsonb'
  | '"Rating"'
  | '"Phase"'
  | '"Stance"'
  | '"RevisionOrigin"'

/**
 * The tables of the hot path, with the PostgreSQL type of each column. Prisma spends about a millisecond on planning a `create`; a prepared
 * statement of our own takes a fifth of that. A revision is not inserted often; Prisma would look at each node of its content, which holds up
 * everything else for as long as a long text is large. Columns left out of a table here take their default.
 */
const tables = {
  Annotation: {
    id: 'text',
    workspaceId: 'text',
    revisionId: 'text',
    sessionId: 'text?',
    authorId: 'text',
    start: 'integer',
    end: 'integer',
    exact: 'text',
    rating: '"Rating"',
    disputed: 'boolean',
    partial: 'boolean',
    note: 'text',
    phase: '"Phase"',
    createdAt: 'timestamp(3)',
    updatedAt: 'timestamp(3)',
  },
  Citation: {
    id: 'text',
    workspaceId: 'text',
    annotationId: 'text',
    referenceId: 'text',
    position: 'integer',
    stance: '"Stance"',
    quote: 'text',
    locator: 'text',
    quoteStart: 'integer',
    quoteEnd: 'integer',
    quoteDifferences: 'text',
  },
  SentenceDecision: {
    id: 'text',
    workspaceId: 'text',
    revisionId: 'text',
    sessionId: 'text?',
    sessionKey: 'text',
    authorId: 'text',
    start: 'integer',
    end: 'integer',
    createdAt: 'timestamp(3)',
  },
  Revision: {
    id: 'text',
    workspaceId: 'text',
    documentId: 'text',
    number: 'integer',
    content: 'jsonb',
    text: 'text',
    folded: 'text?',
    sha256: 'text',
    sentences: 'jsonb',
    wordCount: 'integer',
    sentenceCount: 'integer',
    checkableCount: 'integer',
    origin: '"RevisionOrigin"',
    createdById: 'text',
    createdAt: 'timestamp(3)',
  },
  Event: {
    workspaceId: 'text',
    documentId: 'text?',
    sessionId: 'text?',
    actorId: 'text',
    via: 'text',
    type: 'text',
    subjectId: 'text',
    data: 'jsonb',
    at: 'timestamp(3)',
  },
} as const satisfies Record<string, Record<string, ColumnType>>

/** A table of the hot path. */
export type HotTable = keyof typeof tables

interface ValueOf {
  text: string
  'text?': string | null
  integer: number | null
  boolean: boolean
  'timestamp(3)': Date
  jsonb: unknown
  '"Rating"': string
  '"Phase"': string
  '"Stance"': string
  '"RevisionOrigin"': string
}

/** A row of a hot table; every column is given. */
export type HotRow<T extends HotTable> = {
  [C in keyof (typeof tables)[T]]: (typeof tables)[T][C] extends ColumnType ? ValueOf[(typeof tables)[T][C]] : never
}

/** A table's columns with their PostgreSQL types, in the order in which they are inserted. */
export function columnsOf(table: HotTable): [string, ColumnType][] {
  return Object.entries<ColumnType>(tables[table])
}

/** A row's values in the order of `columnsOf`, as both databases take them. */
export function valuesOf<T extends HotTable>(table: T, row: HotRow<T>): unknown[] {
  const values: Record<string, unknown> = row
  return columnsOf(table).map(([name, type]) => (type === 'jsonb' ? JSON.stringify(values[name]) : values[name]))
}

/** Rows of hot tables, by table. */
export type HotRows = { [T in HotTable]?: readonly HotRow<T>[] }

/** The tables of marks, in the order in which they point to each other. */
export const markTables = ['Annotation', 'Citation', 'SentenceDecision'] as const

/** What names an assignment: an id is unique within its workspace. */
export interface AssignmentKey {
  workspaceId: string
  id: string
}

/** What goes in together: rows, what to tell of them, and the assignments that must be open for marks. */
export interface AtOnce {
  rows: HotRows
  events: readonly HotRow<'Event'>[]
  assignments: readonly AssignmentKey[]
}

/** A table's columns as an INSERT names them. */
export function columnNames(table: HotTable): string {
  return columnsOf(table)
    .map(([name]) => `"${name}"`)
    .join(',')
}

/** A row by the names of its columns; moments as Prisma's adapters write them. */
function objectOf<T extends HotTable>(table: T, row: HotRow<T>): Record<string, unknown> {
  const values: Record<string, unknown> = row
  const entries = columnsOf(table).map(([name]): [string, unknown] => {
    const value = values[name]
    return [name, value instanceof Date ? value.toISOString().replace('Z', '+00:00') : value]
  })
  return Object.fromEntries(entries)
}

/** All of it as JSON: lists of rows by the names of their tables. */
export function jsonOf({ rows, events, assignments }: AtOnce): string {
  const listOf = <T extends HotTable>(table: T, some: readonly HotRow<T>[] = []) =>
    some.map((row) => objectOf(table, row))
  const marks = Object.fromEntries(markTables.map((table) => [table, listOf(table, rows[table])]))
  return JSON.stringify({ ...marks, Event: listOf('Event', events), assignments })
}

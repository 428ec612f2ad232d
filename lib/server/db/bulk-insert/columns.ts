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
 * The tables of the hot path, with the PostgreSQL type of each column. Prisma spends about a millisecond on planning a `create`; a prepared statement
 * takes a fifth of that. Revisions are rare, but Prisma would visit each node of a long text's content and block all other requests in the meantime.
 * Columns missing from a table here take their defaults.
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

/** A row of a hot table, with a value for every column. */
export type HotRow<T extends HotTable> = {
  [C in keyof (typeof tables)[T]]: (typeof tables)[T][C] extends ColumnType ? ValueOf[(typeof tables)[T][C]] : never
}

/** A table's columns with their PostgreSQL types, in order of insertion. */
export function columnsOf(table: HotTable): [string, ColumnType][] {
  return Object.entries<ColumnType>(tables[table])
}

/** A row's values in the order of `columnsOf`, in a form that both databases accept. */
export function valuesOf<T extends HotTable>(table: T, row: HotRow<T>): unknown[] {
  const values: Record<string, unknown> = row
  return columnsOf(table).map(([name, type]) => (type === 'jsonb' ? JSON.stringify(values[name]) : values[name]))
}

/** Rows grouped by hot table. */
export type HotRows = { [T in HotTable]?: readonly HotRow<T>[] }

/** The tables of marks. A table comes after those that it references. */
export const markTables = ['Annotation', 'Citation', 'SentenceDecision'] as const

/** The key of an assignment: an id is unique within its workspace. */
export interface AssignmentKey {
  workspaceId: string
  id: string
}

/** One insertion: rows, events, and the assignments that must be open for marks. */
export interface AtOnce {
  rows: HotRows
  events: readonly HotRow<'Event'>[]
  assignments: readonly AssignmentKey[]
}

/** A table's column names for an INSERT. */
export function columnNames(table: HotTable): string {
  return columnsOf(table)
    .map(([name]) => `"${name}"`)
    .join(',')
}

/** A row as an object by column name; times are formatted as by Prisma's adapters. */
function objectOf<T extends HotTable>(table: T, row: HotRow<T>): Record<string, unknown> {
  const values: Record<string, unknown> = row
  const entries = columnsOf(table).map(([name]): [string, unknown] => {
    const value = values[name]
    return [name, value instanceof Date ? value.toISOString().replace('Z', '+00:00') : value]
  })
  return Object.fromEntries(entries)
}

/** The insertion as JSON: lists of rows by table name. */
export function jsonOf({ rows, events, assignments }: AtOnce): string {
  const listOf = <T extends HotTable>(table: T, some: readonly HotRow<T>[] = []) =>
    some.map((row) => objectOf(table, row))
  const marks = Object.fromEntries(markTables.map((table) => [table, listOf(table, rows[table])]))
  return JSON.stringify({ ...marks, Event: listOf('Event', events), assignments })
}

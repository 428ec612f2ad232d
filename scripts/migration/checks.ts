import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** A rule that the database enforces on every row of a table. */
export interface Check {
  table: string
  /** The name of the constraint, unique in the database. */
  name: string
  /** An SQL condition that both engines understand. */
  condition: string
}

/** Conditions by table and name. */
const checksSchema = z.record(z.string(), z.record(z.string(), z.string()))

/** The checks in prisma/checks.json, for both engines. */
export function readWrittenChecks(): Check[] {
  const tables = checksSchema.parse(JSON.parse(readFileSync('prisma/checks.json', 'utf8')))
  return Object.entries(tables).flatMap(([table, checks]) =>
    Object.entries(checks).map(([name, condition]) => ({ table, name: `${table}_${name}_check`, condition })),
  )
}

/** The bodies of the schema's blocks of one kind, by name. */
function blocksOf(kind: 'model' | 'enum', schema: string): Map<string, string> {
  const blocks = schema.matchAll(new RegExp(`^${kind} (\\w+) \\{\\n([^}]*)^\\}`, 'gm'))
  return new Map([...blocks].map(([, name = '', body = '']) => [name, body]))
}

/**
 * SQLite has no enums, booleans or JSON: it would store any text in such a column. PostgreSQL's column types refuse by themselves, so these checks
 * are derived from the schema for SQLite alone.
 */
export function deriveColumnTypeChecks(schema: string): Check[] {
  const enums = new Map([...blocksOf('enum', schema)].map(([name, body]) => [name, body.trim().split(/\s+/)]))
  return [...blocksOf('model', schema)].flatMap(([table, body]) =>
    [...body.matchAll(/^ {2}(\w+) +(\w+)/gm)].flatMap(([, column = '', type = '']) => {
      const condition = conditionOf(column, type, enums)
      return condition === null ? [] : [{ table, name: `${table}_${column}_check`, condition }]
    }),
  )
}

function conditionOf(column: string, type: string, enums: Map<string, string[]>): string | null {
  const values = enums.get(type)
  if (values !== undefined) return `"${column}" IN (${values.map((value) => `'${value}'`).join(', ')})`
  if (type === 'Boolean') return `"${column}" IN (0, 1)`
  if (type === 'Json') return `json_valid("${column}")`
  return null
}

/** One check in SQL. */
export function renderCheck({ name, condition }: Check): string {
  return `CONSTRAINT "${name}" CHECK (${condition})`
}

/** Adds the checks to the CREATE TABLE statements of an SQLite migration; `new_X` is Prisma's name for a table that replaces X. */
export function injectChecks(sql: string, checks: readonly Check[]): string {
  return sql.replace(/CREATE TABLE "(\w+)" \(\n([^;]*)\n\);/g, (statement, name: string, body: string) => {
    const table = name.replace(/^new_/, '')
    const lines = checks.filter((check) => check.table === table).map((check) => `    ${renderCheck(check)}`)
    return lines.length === 0 ? statement : `CREATE TABLE "${name}" (\n${[body, ...lines].join(',\n')}\n);`
  })
}

/** The CHECK constraints of a table in SQLite's own text, in order. */
export function checksInStatement(statement: string): string[] {
  return [...statement.matchAll(/^\s*(CONSTRAINT "\w+" CHECK \(.*\)),?$/gm)].map(([, check = '']) => check)
}

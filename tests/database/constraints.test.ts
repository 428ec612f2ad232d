import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { deriveColumnTypeChecks, readWrittenChecks } from '@/scripts/migration/checks'
import type { Database } from '@/lib/server/db/client'
import { describeOnBothDatabases } from '../setup/databases'
import { createWorld } from './world'

const schema = readFileSync('prisma/schema.prisma', 'utf8')
const models = [...schema.matchAll(/^model (\w+) \{\n([^}]*)^\}/gm)].map(([, name = '', body = '']) => ({ name, body }))

/** Moves a thread to a passage and nothing else, with the values of `changed`. */
function onPassage(changed: Record<string, string>): string {
  const place = { revisionId: '(SELECT "id" FROM "Revision" LIMIT 1)', start: '0', end: '1', exact: `'x'` }
  return Object.entries({ claimId: 'NULL', ...place, ...changed })
    .map(([column, value]) => `"${column}" = ${value}`)
    .join(', ')
}

/** For each written check, the assignments that violate it, one by one. */
const violations: Record<string, string[]> = {
  Workspace_name_check: [`"name" = ''`],
  Workspace_version_check: [`"version" = 0`],
  User_email_check: [`"email" = ''`],
  User_session_epoch_check: [`"sessionEpoch" = 0`],
  Member_version_check: [`"version" = 0`],
  Source_name_check: [`"name" = ''`],
  Source_version_check: [`"version" = 0`],
  Document_version_check: [`"version" = 0`],
  Document_published_on_check: [`"publishedOn" = 'spring'`, `"publishedOn" = ''`],
  Revision_number_check: [`"number" = 0`],
  Revision_sha256_check: [`"sha256" = 'abc'`],
  Revision_counts_check: [`"wordCount" = -1`, `"checkableCount" = -1`, `"checkableCount" = "sentenceCount" + 1`],
  RevisionOriginal_sha256_check: [`"sha256" = ''`],
  RevisionFetch_status_check: [`"status" = 99`, `"status" = 600`],
  ScopeChange_span_check: [`"start" = -1`, `"start" = "end"`],
  Annotation_span_check: [`"start" = -1`, `"start" = "end"`, `"end" = 0`],
  Annotation_exact_check: [`"exact" = ''`],
  Annotation_version_check: [`"version" = 0`],
  CarriedAnnotation_span_check: [`"start" = NULL`, `"end" = NULL`, `"start" = -1`, `"end" = "start"`],
  CarriedAnnotation_carried_check: [`"toId" = NULL`, `"outcome" = 'waiting'`],
  CarriedAnnotation_score_check: [`"score" = 2`, `"score" = -1`],
  CarriedAnnotation_version_check: [`"version" = 0`],
  SentenceDecision_span_check: [`"start" = -1`, `"end" = "start"`],
  SentenceDecision_session_key_check: [`"sessionKey" = 'elsewhere'`],
  Reference_snapshot_check: [`"snapshotText" = NULL`, `"snapshotAt" = NULL`, `"snapshotSha256" = NULL`],
  Reference_snapshot_file_check: [
    `"snapshotFile" = '{}', "snapshotText" = NULL, "snapshotAt" = NULL, "snapshotSha256" = NULL`,
  ],
  Reference_snapshot_sha256_check: [`"snapshotSha256" = 'short'`],
  Reference_version_check: [`"version" = 0`],
  Citation_position_check: [`"position" = -1`],
  Citation_quote_place_check: [
    `"quoteEnd" = NULL`,
    `"quoteStart" = NULL`,
    `"quoteStart" = -1`,
    `"quoteEnd" = "quoteStart"`,
  ],
  Citation_quote_differences_check: [`"quoteStart" = NULL, "quoteEnd" = NULL, "quoteDifferences" = 'dashes'`],
  Tag_folded_check: [`"folded" = ''`],
  AnnotationTag_name_check: [`"name" = ''`],
  DocumentTag_name_check: [`"name" = ''`],
  ReviewSession_name_check: [`"name" = ''`],
  ReviewSession_version_check: [`"version" = 0`],
  SessionMember_part_check: [`"reviews" = false, "adjudicates" = false`],
  SessionMember_weight_check: [`"weight" = 0`, `"weight" = 101`],
  SessionMember_quotas_check: [`"quotaDocuments" = -1`, `"quotaWords" = -1`],
  SessionDocument_position_check: [`"position" = -1`],
  ConflictOfInterest_subject_check: [`"sourceId" = NULL`],
  Assignment_version_check: [`"version" = 0`],
  BlindRating_span_check: [`"start" = -1`, `"end" = "start"`],
  Claim_span_check: [`"start" = -1`, `"end" = "start"`],
  Claim_exact_check: [`"exact" = ''`],
  Claim_version_check: [`"version" = 0`],
  Verdict_reason_check: [`"reason" = ''`],
  Verdict_version_check: [`"version" = 0`],
  VerdictCitation_position_check: [`"position" = -1`],
  Thread_subject_check: [`"annotationId" = 'one'`],
  Thread_passage_check: [
    ...['revisionId', 'start', 'end', 'exact'].map((column) => onPassage({ [column]: 'NULL' })),
    onPassage({ start: '-1' }),
    onPassage({ end: '0' }),
    onPassage({ exact: `''` }),
    onPassage({ claimId: '"claimId"' }),
    onPassage({ annotationId: '(SELECT "id" FROM "Annotation" LIMIT 1)' }),
  ],
  Thread_resolution_check: [`"resolvedAt" = "createdAt"`, `"resolvedById" = "createdById"`],
  Thread_version_check: [`"version" = 0`],
  Comment_body_check: [`"body" = ''`],
  Comment_version_check: [`"version" = 0`],
  Notification_type_check: [`"type" = ''`],
  Job_kind_check: [`"kind" = ''`],
  Job_name_check: [`"name" = ''`],
  Job_finished_check: [`"state" = 'active'`, `"finishedAt" = NULL`],
  JobItem_position_check: [`"position" = -1`],
  JobItem_name_check: [`"name" = ''`],
  JobItem_attempts_check: [`"attempts" = -1`],
  JobItem_lease_check: [
    `"state" = 'working'`,
    `"lease" = 'one'`,
    `"leasedUntil" = "changedAt"`,
    `"state" = 'working', "lease" = 'one'`,
    `"lease" = 'one', "leasedUntil" = "changedAt"`,
  ],
  JobItemFile_byte_length_check: [`"byteLength" = -1`],
  DocumentCount_counts_check: [
    ...['sourced', 'unsourced', 'contradicted', 'notCheckable', 'noClaim', 'incomplete'],
    ...['singleReview', 'disputed', 'partial'],
  ].map((column) => `"${column}" = -1`),
  DocumentCount_decided_check: [`"decided" = -1`, `"checkable" = "decided" - 1`],
  SourceCount_documents_check: [
    `"documents" = -1, "documentsWithClaims" = -1`,
    `"documentsWithClaims" = -1`,
    `"documentsWithClaims" = "documents" + 1`,
  ],
  SourceCount_decided_check: [`"decided" = -1`, `"checkable" = "decided" - 1`],
  DocumentWithdrawal_reason_check: [`"reason" = ''`],
  SampleDraw_size_check: [`"size" = 0`, `"size" = "frameSize" + 1`],
  SampleDraw_seed_check: [`"seed" = -1`],
  SampleDraw_frame_sha256_check: [`"frameSha256" = 'abc'`],
  SecondReadingDraw_size_check: [`"size" = 0`, `"size" = "frameSize" + 1`],
  SecondReadingDraw_seed_check: [`"seed" = -1`],
  SecondReadingDraw_frame_sha256_check: [`"frameSha256" = 'abc'`],
  Report_number_check: [`"number" = 0`],
  Report_sha256_check: [`"sha256" = 'abc'`],
  Report_input_sha256_check: [`"inputSha256" = 'abc'`],
  ReportReviewer_place_check: [`"place" = -1`],
  ReportAddition_text_check: [`"text" = ''`],
  ReportAddition_day_check: [`"day" = '2026'`],
  ReportAddition_claim_check: [`"kind" = 'correction', "claimId" = NULL`],
  Publication_token_check: [`"token" = 'short'`],
  Publication_withdrawal_check: [
    `"withdrawnAt" = "createdAt", "withdrawnById" = "createdById"`,
    `"withdrawnAt" = "createdAt", "reason" = 'x'`,
    `"withdrawnById" = "createdById"`,
    `"reason" = 'x'`,
  ],
  Event_type_check: [`"type" = ''`],
}

/** The error with which a statement is refused; fails when it is accepted. */
async function refusalOf(database: Database, statement: string): Promise<string> {
  try {
    await database.write.$executeRawUnsafe(statement)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return 'accepted'
}

test('every written check has a row here that breaks it', () => {
  expect(Object.keys(violations).sort()).toEqual(
    readWrittenChecks()
      .map(({ name }) => name)
      .sort(),
  )
})

describeOnBothDatabases('constraints', (context) => {
  test('a frozen report is neither changed nor deleted', async () => {
    await createWorld(context.database)
    const { write } = context.database
    expect(await refusalOf(context.database, `UPDATE "Report" SET "body" = 'other'`)).toContain('Report_body_frozen')
    for (const table of ['ReportReviewer', 'ReportAddition', 'Publication'])
      await write.$executeRawUnsafe(`DELETE FROM "${table}"`)
    expect(await refusalOf(context.database, `DELETE FROM "Report"`)).toContain('Report_kept')
  })

  test('the sample row of every table is valid, so each refusal below is the constraint’s', async () => {
    await createWorld(context.database)
    for (const { name } of models) {
      const [row] = await context.database.read.$queryRawUnsafe<{ n: bigint | number }[]>(
        `SELECT count(*) AS n FROM "${name}"`,
      )
      expect(Number(row?.n), name).toBeGreaterThan(0)
    }
  })

  test('checks refuse', async () => {
    await createWorld(context.database)
    const found = new Map<string, string>()
    for (const { name, table } of readWrittenChecks()) {
      for (const assignment of violations[name] ?? []) {
        const refusal = await refusalOf(context.database, `UPDATE "${table}" SET ${assignment}`)
        if (!refusal.includes(name)) found.set(`${name}: ${assignment}`, refusal)
      }
    }
    expect(found).toEqual(new Map())
  })

  test('enumerations, booleans and JSON columns take nothing else', async () => {
    await createWorld(context.database)
    const accepted: string[] = []
    for (const { name, table } of deriveColumnTypeChecks(schema)) {
      const column = name.slice(table.length + 1, -'_check'.length)
      const refusal = await refusalOf(context.database, `UPDATE "${table}" SET "${column}" = 'no such value {'`)
      if (context.engine === 'sqlite' ? !refusal.includes(name) : refusal === 'accepted')
        accepted.push(`${name}: ${refusal}`)
    }
    expect(accepted).toEqual([])
  })
})

interface Relation {
  table: string
  columns: string[]
  target: string
  targetColumns: string[]
}

const relations: Relation[] = models.flatMap(({ name, body }) =>
  [...body.matchAll(/^ {2}\w+ +(\w+)\?? +@relation\(fields: \[([^\]]+)\], references: \[([^\]]+)\]/gm)].map(
    ([, target = '', columns = '', targetColumns = '']) => ({
      table: name,
      columns: columns.split(', '),
      target,
      targetColumns: targetColumns.split(', '),
    }),
  ),
)

/** The other columns to set when a column gets `value`, because a check ties them together: the foreign key must be what refuses. */
const tied: Record<string, (value: string) => string> = {
  'SentenceDecision.sessionId': (value) => `, "sessionKey" = ${value}`,
  'ConflictOfInterest.documentId': () => `, "sourceId" = NULL`,
  'Thread.annotationId': () => `, "claimId" = NULL`,
  'Thread.revisionId': () => `, "claimId" = NULL, "start" = 0, "end" = 1, "exact" = 'x'`,
}

function assign(table: string, column: string, value: string): string {
  return `"${column}" = ${value}${tied[`${table}.${column}`]?.(value) ?? ''}`
}

test('every relation to a row of a workspace carries the workspace', () => {
  const owned = new Set(models.filter(({ body }) => body.includes('workspaceId ')).map(({ name }) => name))
  const loose = relations.filter(
    ({ table, target, columns }) => owned.has(table) && owned.has(target) && !columns.includes('workspaceId'),
  )
  expect(loose).toEqual([])
})

describeOnBothDatabases('foreign keys', (context) => {
  test('a row that points nowhere is refused', async () => {
    await createWorld(context.database)
    const accepted: string[] = []
    for (const { table, columns } of relations) {
      const column = columns.at(-1) ?? ''
      const refusal = await refusalOf(context.database, `UPDATE "${table}" SET ${assign(table, column, `'nowhere'`)}`)
      if (!/foreign key/i.test(refusal)) accepted.push(`${table}.${column}: ${refusal}`)
    }
    expect(accepted).toEqual([])
  })

  test('a row that points into another workspace is refused', async () => {
    await createWorld(context.database)
    await createWorld(context.database)
    const composite = relations.filter(({ columns }) => columns.length === 2)
    expect(composite.length).toBeGreaterThan(15)
    const accepted: string[] = []
    for (const { table, columns, target, targetColumns } of composite) {
      const [, column = ''] = columns
      const foreign = `(SELECT t."${targetColumns[1] ?? ''}" FROM "${target}" t WHERE t."workspaceId" <> "${table}"."workspaceId" LIMIT 1)`
      // Both worlds number their rows from 1; the row number must not be the cause of the refusal.
      const renumber = table === 'Revision' || table === 'Report' ? `, "number" = 2` : ''
      const refusal = await refusalOf(
        context.database,
        `UPDATE "${table}" SET ${assign(table, column, foreign)}${renumber}`,
      )
      if (!/foreign key/i.test(refusal)) accepted.push(`${table}.${column}: ${refusal}`)
    }
    expect(accepted).toEqual([])
  })
})

/** The unique keys of every table, without those that its primary key implies. */
const keys = models.flatMap(({ name, body }) => {
  const single = [...body.matchAll(/^ {2}(\w+) .*@(?:id|unique)\b/gm)].map(([, column = '']) => [column])
  const several = [...body.matchAll(/^ {2}@@(?:id|unique)\(\[([^\]]+)\]\)/gm)].map(([, columns = '']) =>
    columns.split(', '),
  )
  const primary = /^ {2}(\w+) .*@id\b/m.exec(body)?.[1]
  const columns = [
    ...body.matchAll(/^ {2}(\w+) +(?:String|Int|DateTime|Boolean|Json|Bytes|[A-Z]\w+)\??(?: +@(?!relation).*)?$/gm),
  ]
    .map(([, column = '']) => column)
    .filter((column) => !models.some((model) => new RegExp(`^ {2}${column} +${model.name}\\b`, 'm').test(body)))
  return [...single, ...several]
    .filter((key) => key.length === 1 || primary === undefined || !key.includes(primary))
    .map((key) => ({ table: name, key, columns }))
})

describe('unique keys', () => {
  test('are found in the schema', () => {
    expect(keys).toContainEqual(expect.objectContaining({ table: 'Member', key: ['workspaceId', 'userId'] }))
    expect(keys).toContainEqual(expect.objectContaining({ table: 'User', key: ['email'] }))
    expect(keys.length).toBeGreaterThan(models.length)
  })
})

describeOnBothDatabases('unique keys', (context) => {
  test('a second row with the same key is refused', async () => {
    await createWorld(context.database)
    const accepted: string[] = []
    for (const { table, key, columns } of keys) {
      const others = new Set(keys.filter((other) => other.table === table).flatMap((other) => other.key))
      const values = columns.map((column) => {
        // "sessionKey" repeats "sessionId", which stays; the changed "start" makes its key unique.
        if (key.includes(column) || !others.has(column) || column === 'sessionKey') return `"${column}"`
        return ['start', 'number', 'sequence', 'position'].includes(column) ? `"${column}" + 1` : `"${column}" || '2'`
      })
      const list = columns.map((column) => `"${column}"`).join(', ')
      const refusal = await refusalOf(
        context.database,
        `INSERT INTO "${table}" (${list}) SELECT ${values.join(', ')} FROM "${table}"`,
      )
      if (!/unique/i.test(refusal)) accepted.push(`${table} (${key.join(', ')}): ${refusal}`)
    }
    expect(accepted).toEqual([])
  })
})

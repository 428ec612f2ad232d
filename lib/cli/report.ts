import { readFile, stat, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Option, type Command } from 'commander'
import { DomainError } from '@/lib/domain/errors'
import { mostBundleBytes } from '@/lib/domain/frozen-reports/bundle'
import { verifyBundle } from '@/lib/domain/frozen-reports/verify'
import { exportFormatNames } from '@/lib/domain/report-exports/formats'
import type { DashboardSource } from '@/lib/domain/reports/dashboard/schema'
import { plural } from '@/lib/domain/reports/left-out'
import { percent } from '@/lib/domain/statistics/number-words'
import { permit, type Actor } from '@/lib/server/access/gate'
import { recountWorkspace } from '@/lib/server/closed-sessions/recount'
import { database } from '@/lib/server/db/client'
import { callerFolder } from '@/lib/server/env'
import { listReportVersions, readBundleFile } from '@/lib/server/frozen-reports/data'
import { freezeReport } from '@/lib/server/frozen-reports/mutations'
import { readExported } from '@/lib/server/report-exports/data'
import { writeExport } from '@/lib/server/report-exports/write-export'
import { maxPageSize } from '@/lib/server/http/pagination'
import { readDashboard } from '@/lib/server/reports/dashboard'
import { registerFromRatings } from './from-ratings'
import { operatorOf } from './operator'

interface SourceOptions {
  source: string
  workspace?: string
}

/** Adds `sourcemark report …` to the command line. */
export function registerReport(program: Command): void {
  const report = program.command('report').description('frozen reports and their bundles')
  const ofSource = (command: Command) =>
    command
      .requiredOption('--source <name>', 'the publisher, by name or id')
      .option('--workspace <name>', 'the workspace, by name or id; needed when there are several')
  ofSource(report.command('freeze').description('freeze the report of a source as its next version')).action(freeze)
  report
    .command('list')
    .description('list the frozen versions of a source’s report, or all sources with what closed sessions settled')
    .option('--source <name>', 'the publisher, by name or id; all when left out')
    .option('--workspace <name>', 'the workspace, by name or id; needed when there are several')
    .action(list)
  ofSource(report.command('export').description('write a frozen report to a file'))
    .requiredOption('--output <file>', 'the file, which must not exist yet')
    .addOption(
      new Option('--format <format>', 'what is written; the bundle can be verified')
        .choices(['bundle', ...exportFormatNames])
        .default('bundle'),
    )
    .option('--number <number>', 'which version; the latest unless given')
    .action(exportVersion)
  report
    .command('verify')
    .description('recompute every figure of a bundle from the data in it; needs no database')
    .argument('<file>', 'the bundle')
    .action(verifyFile)
  report
    .command('recount')
    .description('count what closed sessions settled anew, and say where the kept counts were otherwise')
    .option('--workspace <name>', 'the workspace, by name or id; needed when there are several')
    .action(recount)
  registerFromRatings(report)
}

async function recount({ workspace }: { workspace?: string }): Promise<void> {
  const { workspaceId } = await operatorOf(workspace)
  const opened = await database()
  const { documents, sources, differing } = await recountWorkspace(opened, workspaceId)
  console.log(`Counted ${plural(documents, 'document', 'documents')} of ${plural(sources, 'source', 'sources')} anew.`)
  if (differing.length === 0) console.log('All counts were right.')
  else console.log(`The counts of ${plural(differing.length, 'source', 'sources')} were wrong and are right now.`)
}

/** @throws DomainError `not-found`, `invalid` when several sources have this name. */
async function findSource(actor: Actor, source: string): Promise<{ id: string; name: string }> {
  const { read } = await database()
  const found = await read.source.findMany({
    where: { workspaceId: actor.workspaceId, deletedAt: null, OR: [{ id: source }, { name: source }] },
    orderBy: { id: 'asc' },
    select: { id: true, name: true },
  })
  const [only, another] = found
  if (only === undefined) throw new DomainError('not-found', `There is no source “${source}” in this workspace.`)
  if (another !== undefined) {
    const choices = found.map(({ id }) => `  ${id}`).join('\n')
    throw new DomainError('invalid', `Several sources are called “${source}”. Name one by its id:\n${choices}`)
  }
  return only
}

async function freeze({ source, workspace }: SourceOptions): Promise<void> {
  const actor = await operatorOf(workspace)
  const { id, name } = await findSource(actor, source)
  const frozen = await freezeReport(permit(actor, 'report.freeze'), { sourceId: id, expected: null })
  const { number, inputSha256, created } = frozen
  console.log(
    created
      ? `Froze the report on ${name} as version ${String(number)}.\n  hash ${inputSha256}`
      : `Nothing has changed since version ${String(number)} of the report on ${name}.\n  hash ${inputSha256}`,
  )
}

async function listSources(actor: Actor): Promise<void> {
  let cursor: string | undefined
  do {
    const page = await readDashboard(permit(actor, 'report.read'), { order: 'name', limit: maxPageSize, cursor })
    for (const line of page.items) console.log(dashboardLine(line))
    cursor = page.next ?? undefined
    if (page.items.length === 0) console.log('There is no source yet.')
  } while (cursor !== undefined)
}

/** Describes a source in one line: counts first, then the share of contradicted claims when there is enough data. */
function dashboardLine({ source, claims, documents, shares, lastClosedAt, report }: DashboardSource): string {
  if (claims.assessed === 0) return `${source.name}: nothing settled, ${plural(documents.all, 'document', 'documents')}`
  const { sourced, unsourced, contradicted } = claims
  const counts = `${String(sourced)} sourced, ${String(unsourced)} unsourced, ${String(contradicted)} contradicted`
  const settled = plural(documents.settled, 'document', 'documents')
  const ends =
    shares === null
      ? 'too little for shares'
      : `contradicted ${percent(shares.contradicted.low)}–${percent(shares.contradicted.high)} %`
  const dates = [
    ...(lastClosedAt === null ? [] : [`closed ${lastClosedAt.slice(0, 10)}`]),
    ...(report === null ? [] : [`version ${String(report.number)} frozen ${report.frozenAt.slice(0, 10)}`]),
  ]
  return `${source.name}: ${plural(claims.assessed, 'claim', 'claims')} in ${settled}, ${counts}; ${[ends, ...dates].join('; ')}`
}

async function list({ source, workspace }: Partial<SourceOptions>): Promise<void> {
  const actor = await operatorOf(workspace)
  if (source === undefined) {
    await listSources(actor)
    return
  }
  const { id, name } = await findSource(actor, source)
  const versions = await listReportVersions(permit(actor, 'report.read'), id)
  if (versions.length === 0) console.log(`No report on ${name} has been frozen yet.`)
  for (const { number, frozenAt, inputSha256, summary, publications } of versions) {
    const open = publications.find(({ withdrawnAt }) => withdrawnAt === null)
    console.log(
      `version ${String(number)}, frozen ${frozenAt}${open === undefined ? '' : `, published at ${open.path}`}`,
    )
    console.log(`  hash ${inputSha256}`)
    if (summary !== null && summary.changes.length > 0) console.log(`  ${summary.changes.join(', ')}`)
  }
}

/** Gives a frozen report as the bytes of a file. `format` is one of the option's choices. */
async function fileOf(actor: Actor, { reportId, format }: { reportId: string; format: string }) {
  const name = exportFormatNames.find((each) => each === format)
  const may = permit(actor, 'report.read')
  return name === undefined ? readBundleFile(may, reportId) : writeExport(await readExported(may, reportId), name)
}

interface ExportOptions extends SourceOptions {
  output: string
  number?: string
  format: string
}

async function exportVersion(options: ExportOptions): Promise<void> {
  const actor = await operatorOf(options.workspace)
  const { id, name } = await findSource(actor, options.source)
  const versions = await listReportVersions(permit(actor, 'report.read'), id)
  const chosen =
    options.number === undefined ? versions[0] : versions.find(({ number }) => String(number) === options.number)
  if (chosen === undefined) {
    const known = versions.map(({ number }) => String(number)).join(', ')
    throw new DomainError(
      'not-found',
      known === ''
        ? `No report on ${name} has been frozen yet: sourcemark report freeze --source …`
        : `There is no such version of the report on ${name}. There are: ${known}.`,
    )
  }
  const { bytes } = await fileOf(actor, { reportId: chosen.id, format: options.format })
  const target = resolve(callerFolder(), options.output)
  try {
    await writeFile(target, bytes, { flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    throw new DomainError('conflict', `${target} exists already: an export never overwrites a file.`)
  }
  console.log(`Wrote version ${String(chosen.number)} of the report on ${name} to ${target}.`)
}

/** @throws DomainError `too-large` before a large file is read, `invalid` for a folder. */
async function readBundleBytes(file: string): Promise<Uint8Array> {
  const path = resolve(callerFolder(), file)
  const found = await stat(path)
  if (found.isDirectory()) throw new DomainError('invalid', `${file} is a folder. Name the bundle in it.`)
  if (found.size > mostBundleBytes)
    throw new DomainError('too-large', `${file} is too large for the bundle of a report, which has at most 64 MB.`)
  return readFile(path)
}

async function verifyFile(file: string): Promise<void> {
  const found = verifyBundle(await readBundleBytes(file))
  if (found.outcome === 'unreadable') throw new DomainError('invalid', found.says)
  const { source, number, frozenAt, workspace, inputSha256 } = found.report
  console.log(`${source}, version ${String(number)}, frozen ${frozenAt} by ${workspace}\n  hash ${inputSha256}`)
  for (const { holds, says } of found.checks) console.log(`${holds ? 'same' : 'DIFFERENT'}  ${says}`)
  for (const { name, stated, recomputed, same } of found.figures) {
    console.log(same ? `same  ${name}: ${stated ?? ''}` : `DIFFERENT  ${name}: ${difference({ stated, recomputed })}`)
  }
  for (const { name, compared, different } of found.parts) {
    console.log(`${different.length === 0 ? 'same' : 'DIFFERENT'}  ${name}: ${String(compared)} values compared`)
    for (const value of different) console.log(`  ${value.name}: ${difference(value)}`)
  }
  if (found.outcome === 'different') throw new DomainError('invalid', found.says)
  console.log(found.says)
}

function difference({ stated, recomputed }: { stated: string | null; recomputed: string | null }): string {
  return `the file says ${stated ?? 'nothing'}, the inputs give ${recomputed ?? 'nothing'}`
}

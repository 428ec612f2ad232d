import { readFile, stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { Option, type Command } from 'commander'
import { DomainError } from '@/lib/domain/errors'
import { mostRatingBytes, readTableBytes, type RatingTable } from '@/lib/domain/finished-ratings/rating-table'
import { columnsInWords, makeRatingsRecord, recordAsCsv } from '@/lib/domain/finished-ratings/ratings-record'
import { ownColumns, ratingFields, readRatings, type RatingColumns } from '@/lib/domain/finished-ratings/read-ratings'
import type { RatedSource } from '@/lib/domain/finished-ratings/rated-source'
import type { RatingsAgreement } from '@/lib/domain/finished-ratings/ratings-agreement'
import { threePlaces } from '@/lib/domain/agreement/established'
import type { Interval } from '@/lib/domain/statistics/intervals'
import { callerFolder } from '@/lib/server/env'

interface RatingOptions {
  columns: string[]
  rename: string[]
  leaveOut: string[]
  ignore: string[]
  source?: string
  alike: 'nothing' | 'date'
  json?: true
  csv?: true
}

/** Adds `report from-ratings` to the command line. */
export function registerFromRatings(report: Command): void {
  report
    .command('from-ratings')
    .description('report what finished ratings of a CSV or JSONL file support, and what not; needs no database')
    .argument('<file>', 'columns document, source, rating, and if known item, date and rater')
    .option('--columns <field=column...>', 'what the file calls a field, such as document=post_id', [])
    .option('--rename <rating=name...>', 'count a rating under another name, several together', [])
    .option('--leave-out <rating...>', 'ratings that are in no share', [])
    .option('--ignore <entry...>', 'entries that are no ratings, such as skipped', [])
    .option('--source <name>', 'the source of all ratings, where no column says it')
    .addOption(
      new Option('--alike <what>', 'what makes documents alike and intervals wider')
        .choices(['nothing', 'date'])
        .default('nothing'),
    )
    .option('--json', 'print the whole record as JSON')
    .option('--csv', 'print the shares as CSV')
    .action(printReport)
}

/** @throws DomainError `invalid` for a pair without an equals sign. */
function pairOf(option: string, pair: string): [string, string] {
  const at = pair.indexOf('=')
  if (at < 1) throw new DomainError('invalid', `Write --${option} as name=value, not “${pair}”.`)
  return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
}

function columnsOf(table: RatingTable, { columns, source }: RatingOptions): RatingColumns {
  const named = new Map(columns.map((pair) => pairOf('columns', pair)))
  const unknown = [...named.keys()].find((name) => ratingFields.every((field) => field !== name))
  if (unknown !== undefined)
    throw new DomainError('invalid', `There is no field “${unknown}”. There are: ${ratingFields.join(', ')}.`)
  const own = ownColumns(table)
  const of = (field: keyof RatingColumns) => named.get(field) ?? own[field]
  return {
    document: of('document'),
    item: of('item'),
    source: source === undefined ? of('source') : null,
    rating: of('rating'),
    date: of('date'),
    rater: of('rater'),
    sourceName: source ?? '',
  }
}

const percent = (share: number) => `${(share * 100).toFixed(2)} %`
const range = ({ low, high }: Interval) => `${percent(low)} to ${percent(high)}`

function printAgreement({ alpha, interval, ratedTwice, reason, established, reasons }: RatingsAgreement): void {
  const ends = interval === null ? '' : ` (${threePlaces(interval.low)} to ${threePlaces(interval.high)})`
  const figure = alpha === null ? (reason?.says ?? '') : `alpha ${threePlaces(alpha)}${ends}, nominal`
  console.log(`Agreement over ${ratedTwice} items rated twice or more: ${figure}`)
  if (established) console.log('  established')
  else for (const { says } of reasons) console.log(`  not established: ${says}`)
}

function printSource({
  source,
  documents,
  items,
  inShares,
  tied,
  period,
  shares,
  gates,
  agreement,
}: RatedSource): void {
  const dated = period === null ? '' : `, ${period.from} to ${period.to}`
  const rated = items === documents ? `${documents} documents` : `${items} items of ${documents} documents`
  console.log(`${source}: ${rated}, ${inShares} in shares${tied === 0 ? '' : `, ${tied} tied`}${dated}`)
  for (const { rating, count, estimate, plain } of shares) {
    if (estimate === null || plain === null) console.log(`  ${rating}: ${count}, no share`)
    else {
      console.log(
        `  ${rating}: ${count} of ${estimate.of}, ${percent(estimate.share)}, 95 % interval ${range(estimate)} (plain Wilson ${range(plain)})`,
      )
    }
  }
  for (const { says } of gates) console.log(`  ${says}`)
  if (agreement?.alpha != null) {
    const { alpha, interval, ratedTwice } = agreement
    const ends = interval === null ? '' : ` (${threePlaces(interval.low)} to ${threePlaces(interval.high)})`
    console.log(`  agreement: alpha ${threePlaces(alpha)}${ends} over ${ratedTwice} items`)
  }
}

/** The most unusable rows that are printed individually. */
const mostPrinted = 20

async function printReport(file: string, options: RatingOptions): Promise<void> {
  const path = resolve(callerFolder(), file)
  const found = await stat(path)
  if (found.isDirectory()) throw new DomainError('invalid', `${file} is a folder. Name the file in it.`)
  if (found.size > mostRatingBytes) throw new DomainError('too-large', `${file} is too large: at most 64 MB are read.`)
  const bytes = await readFile(path)
  const opened = readTableBytes(bytes)
  if (!opened.ok) throw new DomainError('invalid', opened.message)
  const columns = columnsOf(opened.table, options)
  const read = readRatings(opened.table, columns)
  if (!read.ok) throw new DomainError('invalid', read.message)
  const renamed = new Map(options.rename.map((pair) => pairOf('rename', pair)))
  const choices = { renamed, leftOut: options.leaveOut, ignored: options.ignore, alike: options.alike }
  const record = makeRatingsRecord({ file: { name: basename(path), bytes }, read, columns, choices })
  if (options.json === true) {
    console.log(JSON.stringify(record, null, 2))
    return
  }
  if (options.csv === true) {
    console.log(recordAsCsv(record).trimEnd())
    return
  }
  const { unusable, sources, agreement, cannotSay } = record
  console.log(`${record.file.used} of ${record.file.rows} rows: ${columnsInWords(columns)}`)
  for (const { row, says } of unusable.listed.slice(0, mostPrinted)) console.log(`  row ${row} is not used: ${says}`)
  if (unusable.count > mostPrinted) console.log(`  and ${unusable.count - mostPrinted} rows more`)
  for (const source of sources) printSource(source)
  if (agreement !== null) printAgreement(agreement)
  for (const says of cannotSay) console.log(says)
}

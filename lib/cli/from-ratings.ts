import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Option, type Command } from 'commander'
import { DomainError } from '@/lib/domain/errors'
import { ownColumns, ratingFields, readRatings, type RatingColumns } from '@/lib/domain/finished-ratings/read-ratings'
import { reportRatings } from '@/lib/domain/finished-ratings/report-ratings'
import type { Interval } from '@/lib/domain/statistics/intervals'
import { callerFolder } from '@/lib/server/env'

/** The most bytes of a file of ratings. */
const mostBytes = 64 * 1024 * 1024

interface RatingOptions {
  columns: string[]
  rename: string[]
  leaveOut: string[]
  alike: 'nothing' | 'date'
}

/** Adds `report from-ratings` to the command line. */
export function registerFromRatings(report: Command): void {
  report
    .command('from-ratings')
    .description('report what finished ratings of a CSV or JSONL file support, and what not; needs no database')
    .argument('<file>', 'columns document, source, rating, and if known date and rater')
    .option('--columns <field=column...>', 'what the file calls a field, such as document=post_id', [])
    .option('--rename <rating=name...>', 'count a rating under another name, several together', [])
    .option('--leave-out <rating...>', 'ratings that are in no share', [])
    .addOption(
      new Option('--alike <what>', 'what makes documents alike and intervals wider')
        .choices(['nothing', 'date'])
        .default('nothing'),
    )
    .action(printReport)
}

/** @throws DomainError `invalid` for a pair without an equals sign. */
function pairOf(option: string, pair: string): [string, string] {
  const at = pair.indexOf('=')
  if (at < 1) throw new DomainError('invalid', `Write --${option} as name=value, not “${pair}”.`)
  return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
}

function columnsOf(pairs: readonly string[]): RatingColumns {
  const named = new Map(pairs.map((pair) => pairOf('columns', pair)))
  const unknown = [...named.keys()].find((name) => ratingFields.every((field) => field !== name))
  if (unknown !== undefined)
    throw new DomainError('invalid', `There is no field “${unknown}”. There are: ${ratingFields.join(', ')}.`)
  const of = (field: keyof RatingColumns) => named.get(field) ?? ownColumns[field]
  return { document: of('document'), source: of('source'), rating: of('rating'), date: of('date'), rater: of('rater') }
}

const percent = (share: number) => `${(share * 100).toFixed(2)} %`
const range = ({ low, high }: Interval) => `${percent(low)} to ${percent(high)}`

async function printReport(file: string, { columns, rename, leaveOut, alike }: RatingOptions): Promise<void> {
  const path = resolve(callerFolder(), file)
  const found = await stat(path)
  if (found.isDirectory()) throw new DomainError('invalid', `${file} is a folder. Name the file in it.`)
  if (found.size > mostBytes) throw new DomainError('too-large', `${file} is too large: at most 64 MB are read.`)
  const read = readRatings(await readFile(path, 'utf8'), columnsOf(columns))
  if (!read.ok) throw new DomainError('invalid', read.message)
  const renamed = new Map(rename.map((pair) => pairOf('rename', pair)))
  const { sources, cannotSay } = reportRatings(read.ratings, { renamed, leftOut: leaveOut, alike })
  for (const { source, documents, inShares, tied, shares } of sources) {
    console.log(`${source}: ${documents} documents, ${inShares} in shares${tied === 0 ? '' : `, ${tied} tied`}`)
    for (const { rating, count, estimate, plain } of shares) {
      if (estimate === null || plain === null) console.log(`  ${rating}: ${count}, in no share`)
      else {
        console.log(
          `  ${rating}: ${count} of ${estimate.of}, ${percent(estimate.share)}, 95 % interval ${range(estimate)} (plain Wilson ${range(plain)})`,
        )
      }
    }
  }
  for (const says of cannotSay) console.log(says)
}

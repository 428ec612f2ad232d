import { stringify } from 'csv-stringify/sync'
import { disarm, type Cell } from '@/lib/domain/interchange/csv'

/** A record of a CSV file. */
export type CsvRow = readonly Cell[]

/**
 * CSV as spreadsheets read it: UTF-8 with a byte order mark, and a mark before values that would run as formulas. Null is an empty cell.
 */
export function writeCsv(header: CsvRow, rows: readonly CsvRow[]): string {
  return stringify(
    [header, ...rows].map((row) => row.map(disarm)),
    { bom: true, quoted_match: /\r/ },
  )
}

/**
 * Prints the SHA-256 of all results of reports on invented sources (records, and the bundle and each export of the first) as one line of JSON, with
 * the time zone and language of the run. A process of its own, because these and the version of Node belong to a process. The first argument is the
 * number of reports, by default one.
 */
import { createHash } from 'node:crypto'
import { writeBundle } from '@/lib/domain/frozen-reports/bundle'
import { canonicalJson } from '@/lib/domain/frozen-reports/canonical-json'
import { hideReviewers } from '@/lib/domain/frozen-reports/hide-reviewers'
import { exportFormatNames } from '@/lib/domain/report-exports/formats'
import { writeExport } from '@/lib/server/report-exports/write-export'
import { makeExportedReport } from './exported-report'
import { makeReportInputs } from './report-inputs'

const hashOf = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const { timeZone, locale } = new Intl.DateTimeFormat().resolvedOptions()

const inputs = makeReportInputs()
const exported = makeExportedReport(inputs)
const { report, number, frozenAt, workspace } = exported
const bundle = writeBundle({ number, frozenAt, workspace, report, inputs: hideReviewers(inputs).inputs })
const hashes: Record<string, string> = { bundle: hashOf(bundle.text) }
for (const format of exportFormatNames) hashes[format] = hashOf((await writeExport(exported, format)).bytes)

const records = Array.from({ length: Number(process.argv[2] ?? 1) }, (_, seed) =>
  canonicalJson(makeExportedReport(makeReportInputs({ seed: seed + 7, documents: 6 + (seed % 30) })).report),
)
hashes['records'] = hashOf(records.join('\n'))
process.stdout.write(`${JSON.stringify({ timeZone, locale, node: process.version, hashes })}\n`)

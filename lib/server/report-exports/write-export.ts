import { createHash } from 'node:crypto'
import writeXlsxFile, { type Cell as SheetCell } from 'write-excel-file/node'
import { DomainError } from '@/lib/domain/errors'
import { writeCsv, type Cell } from '@/lib/domain/interchange/csv'
import type { ExportedReport } from '@/lib/domain/report-exports/exported-report'
import { exportFormats, type ExportFormatName } from '@/lib/domain/report-exports/formats'
import { writeClaimReviews, writeDataset, writeFindingAnnotations } from '@/lib/domain/report-exports/linked-data'
import { makeSheet } from '@/lib/domain/report-exports/sheet/make-sheet'
import { writeHtml } from '@/lib/domain/report-exports/sheet/write-html'
import { claimTable, documentTable, figureTable, type ExportTable } from '@/lib/domain/report-exports/tables'
import type { Download } from '../http/answers'
import { writePdf } from './pdf/write-pdf'

/** The most UTF-16 code units of a cell in a workbook. */
const mostOfCell = 32_767
const cutShort = '… (cut: a cell holds no more; the CSV has all)'

/** Characters that XML does not allow: controls, lone surrogates, and two noncharacters. */
const unwritable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu

function textOf(value: string): string {
  const written = value.replace(unwritable, '\uFFFD')
  return written.length <= mostOfCell
    ? written
    : written.slice(0, mostOfCell - cutShort.length).replace(/[\uD800-\uDBFF]$/, '') + cutShort
}

/** Text is stored with the type of text: a workbook computes only what is stored as a formula. */
function cellOf(value: Cell): SheetCell {
  if (value === null) return null
  return typeof value === 'number' ? { value, type: Number } : { value: textOf(value), type: String, wrap: true }
}

/** The width of a column in characters: that of its longest line, within limits that fit a screen. */
function widthOf(lines: readonly Cell[]): number {
  const longest = Math.max(...lines.map((value) => String(value ?? '').length))
  return Math.min(60, Math.max(8, longest + 2))
}

/** 1 January 1980, the earliest date of a ZIP archive. */
const firstDay = 0x21

/**
 * Sets one fixed time for all files of a ZIP archive, in place. The writer sets the present time in this machine's zone, but a report must have the
 * same bytes everywhere and always. The archive has no comment, so its last record is found from its end (APPNOTE.TXT 4.3).
 */
function settleTimes(bytes: Uint8Array<ArrayBuffer>): void {
  const archive = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const settle = (offset: number) => {
    archive.setUint16(offset, 0, true)
    archive.setUint16(offset + 2, firstDay, true)
  }
  const end = archive.byteLength - 22
  let entry = archive.getUint32(end + 16, true)
  for (let left = archive.getUint16(end + 10, true); left > 0; left -= 1) {
    settle(entry + 12)
    settle(archive.getUint32(entry + 42, true) + 10)
    const [name, extra, comment] = [28, 30, 32].map((at) => archive.getUint16(entry + at, true))
    entry += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0)
  }
}

/** Writes tables as an Excel workbook (Office Open XML), one sheet each, with a fixed header. The same tables give the same bytes. */
async function writeWorkbook(tables: readonly ExportTable[]): Promise<Uint8Array<ArrayBuffer>> {
  const workbook = writeXlsxFile(
    tables.map(({ name, header, rows }) => ({
      sheet: name,
      data: [
        header.map((value) => ({ value, type: String, fontWeight: 'bold' as const })),
        ...rows.map((row) => row.map(cellOf)),
      ],
      columns: header.map((title, at) => ({ width: widthOf([title, ...rows.map((row) => row[at] ?? null)]) })),
      stickyRowsCount: 1,
    })),
  )
  const bytes = new Uint8Array(await workbook.toBuffer())
  settleTimes(bytes)
  return bytes
}

type Writer = (exported: ExportedReport) => Download['bytes'] | Promise<Download['bytes']>

function claimReviews(exported: ExportedReport): string {
  const written = writeClaimReviews(exported)
  if (!written.ok) throw new DomainError('conflict', written.says)
  return JSON.stringify(written.graph, null, 2)
}

const writers: Record<ExportFormatName, Writer> = {
  csv: (exported) => {
    const { header, rows } = claimTable(exported)
    return writeCsv(header, rows)
  },
  xlsx: (exported) => writeWorkbook([claimTable(exported), figureTable(exported), documentTable(exported)]),
  pdf: (exported) => writePdf(makeSheet(exported)),
  html: writeHtml,
  'claim-review': claimReviews,
  'web-annotations': (exported) => JSON.stringify(writeFindingAnnotations(exported), null, 2),
  dataset: writeDataset,
}

/** Writes a report as a file of the given format. @throws DomainError `conflict` that says why this report has no such export. */
export async function writeExport(exported: ExportedReport, format: ExportFormatName): Promise<Download> {
  const { mediaType, ending } = exportFormats[format]
  const bytes = await writers[format](exported)
  return {
    bytes,
    mediaType,
    fileName: `${exported.report.source.name} report ${exported.number}${ending}`,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }
}

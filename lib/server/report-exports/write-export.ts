import { createHash } from 'node:crypto'
import { DomainError } from '@/lib/domain/errors'
import { writeClaimReviews, writeDataset, writeFindingAnnotations } from '@/lib/domain/report-exports/linked-data'
import type { ExportedReport } from '@/lib/domain/report-exports/exported-report'
import { exportFormats, type ExportFormatName } from '@/lib/domain/report-exports/formats'
import { makeSheet } from '@/lib/domain/report-exports/sheet/make-sheet'
import { writeHtml } from '@/lib/domain/report-exports/sheet/write-html'
import { claimTable, documentTable, figureTable } from '@/lib/domain/report-exports/tables'
import { writeCsv } from '@/lib/domain/interchange/csv'
import type { Download } from '../http/download'
import { writePdf } from './pdf/write-pdf'
import { writeWorkbook } from './write-workbook'

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

/** A report as a file of a format. @throws DomainError `conflict` that says why this report has no such export. */
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

import { keysOf } from '../keys'

/** An export format of reports: its name in menus, its file extension and its media type. */
interface ExportFormat {
  name: string
  says: string
  ending: string
  mediaType: string
}

/** The formats by their key in addresses and on the command line. */
export const exportFormats = {
  pdf: {
    name: 'PDF',
    says: 'The report on sheets, tagged for screen readers.',
    ending: '.pdf',
    mediaType: 'application/pdf',
  },
  html: {
    name: 'Web page in one file (HTML)',
    says: 'The report as its page has it.',
    ending: '.html',
    mediaType: 'text/html; charset=utf-8',
  },
  csv: {
    name: 'Claims as CSV',
    says: 'One row a claim.',
    ending: ' claims.csv',
    mediaType: 'text/csv; charset=utf-8',
  },
  xlsx: {
    name: 'Spreadsheet (XLSX)',
    says: 'Claims, figures and documents, a sheet each.',
    ending: '.xlsx',
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
  'claim-review': {
    name: 'ClaimReview (schema.org)',
    says: 'Claims that were settled as sourced or contradicted.',
    ending: ' claim-review.jsonld',
    mediaType: 'application/ld+json',
  },
  'web-annotations': {
    name: 'Web Annotations (W3C)',
    says: 'The claims at their places in the texts.',
    ending: ' annotations.jsonld',
    mediaType: 'application/ld+json',
  },
  dataset: {
    name: 'Data set (JSONL)',
    says: 'Claim, verdict and evidence, a line each.',
    ending: ' dataset.jsonl',
    mediaType: 'application/x-ndjson',
  },
} as const satisfies Record<string, ExportFormat>
/** See `exportFormats`. */
export type ExportFormatName = keyof typeof exportFormats

/** All formats, in menu order. */
export const exportFormatNames = keysOf(exportFormats)

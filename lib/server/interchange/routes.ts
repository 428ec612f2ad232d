import { z } from 'zod'
import { annotationImportSchema, exportFormats, importReportSchema } from '@/lib/domain/interchange/schema'
import { answer, answerDownload } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { exportAnnotations } from './export'
import { importAnnotations } from './import'

/** Routes that export annotations as files and import them from files. */
export const interchangeRoutes = createRoutes()

const noun = 'annotation'
const many = '/revisions/{revisionId}/annotations'
/** The most bytes of a request with a file: letters of many scripts take three bytes. */
const bodyLimit = 16 * 1024 * 1024

addOperation(
  interchangeRoutes,
  {
    id: 'exportAnnotations',
    noun,
    summary: 'A revision’s annotations as a file',
    description:
      'The annotations that you may see, as W3C Web Annotations (`jsonld`), one line of JSON each (`jsonl`) or a table (`csv`). Offsets in files count Unicode code points.',
    method: 'get',
    path: `${many}/export`,
    action: 'annotation.read',
    query: z.strictObject({ format: z.enum(exportFormats).default('jsonld') }),
    answers: {
      200: {
        description: 'The file. `jsonl` has the type application/x-ndjson, `csv` text/csv.',
        schema: z.string(),
        mediaType: 'application/ld+json',
      },
    },
  },
  async ({ permit, params, query, request }) =>
    answerDownload(await exportAnnotations(permit, { revisionId: params.revisionId, ...query }), request),
)

addOperation(
  interchangeRoutes,
  {
    id: 'importAnnotations',
    noun,
    summary: 'Import the annotations of a file as your own',
    description:
      'Takes W3C Web Annotations, an export of the Hypothesis API, or CSV or JSONL with the columns of the export. Each item is attached where its words are, or refused with the reason; a refusal does not stop the others. The same file again stores nothing new.',
    method: 'post',
    path: `${many}/import`,
    action: 'annotation.create',
    body: annotationImportSchema,
    bodyLimit,
    answers: { 200: { description: 'The outcome of each item.', schema: importReportSchema } },
    example: { content: 'exact,rating,note\nThe harbour froze twice.,unsourced,No record is named.\n', preview: true },
  },
  async ({ permit, params, body }) =>
    answer(await importAnnotations(permit, { revisionId: params.revisionId, input: body })),
)

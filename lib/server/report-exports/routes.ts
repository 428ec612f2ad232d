import { z } from 'zod'
import { exportFormatNames } from '@/lib/domain/report-exports/formats'
import { answerDownload } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { limitExports, readExported } from './data'
import { writeExport } from './write-export'

/** Routes that export frozen reports as files. */
export const reportExportRoutes = createRoutes()

addOperation(
  reportExportRoutes,
  {
    id: 'exportReport',
    noun: 'report',
    summary: 'A frozen report as a file',
    description:
      'The whole report as a tagged PDF (`pdf`) or as one page that loads nothing (`html`), its claims as a table (`csv`), claims, figures and documents as a workbook (`xlsx`), the settled claims as schema.org ClaimReview (`claim-review`, for a published report), the claims as W3C Web Annotations (`web-annotations`), or one line per claim with its verdict and evidence (`dataset`). Offsets in files count Unicode code points. Only `pdf` and `html` name reviewers, and only those who agreed to it.',
    method: 'get',
    path: '/reports/{reportId}/export',
    action: 'report.read',
    query: z.strictObject({ format: z.enum(exportFormatNames) }),
    answers: {
      200: {
        description: 'The file. Each format has its own media type.',
        schema: z.string(),
        mediaType: 'application/octet-stream',
      },
    },
    problems: ['conflict', 'too-many-requests', 'unavailable'],
  },
  async ({ permit, params, query, request }) => {
    await limitExports(permit.actor.memberId)
    return answerDownload(await writeExport(await readExported(permit, params.reportId), query.format), request)
  },
)

import { writeBundle } from '@/lib/domain/frozen-reports/bundle'
import { recomputeReport } from '@/lib/domain/frozen-reports/canonical-inputs'
import { hideReviewers } from '@/lib/domain/frozen-reports/hide-reviewers'
import type { ReportSummary } from '@/lib/domain/frozen-reports/schema'
import type { Actor } from '@/lib/server/access/gate'
import type { Database } from '@/lib/server/db/client'
import { factoryTime, makeId } from './factories'
import { makeReportInputs } from './report-inputs'

const { inputs } = hideReviewers(makeReportInputs())
const frozenAt = factoryTime.toISOString()
const report = recomputeReport(inputs, frozenAt)
const bundle = writeBundle({ number: 1, frozenAt, workspace: 'Example Desk', inputs, report })

/** A frozen report with one row of everything that is stored beside it. */
export interface MadeReport {
  reportId: string
  publicationId: string
  additionId: string
  token: string
}

/**
 * Stores a frozen report on an invented source as version 1 of a source, published and with a reply. `documentIds` are the documents that it counts.
 */
export async function createFrozenReport(
  { write }: Database,
  of: { workspaceId: string; sourceId: string; documentIds: string[]; lead: Actor; reviewer: Actor },
): Promise<MadeReport> {
  const { workspaceId, sourceId, documentIds, lead, reviewer } = of
  const made = { reportId: makeId(), publicationId: makeId(), additionId: makeId() }
  const token = `${made.publicationId.replaceAll('-', '')}abcdefghijk`
  const by = { createdById: lead.memberId, createdAt: factoryTime }
  const { assessed, sourced, unsourced, contradicted } = report.claims
  const summary: ReportSummary = {
    documentIds,
    sessions: [],
    reviewedDocuments: report.reviewedDocuments,
    claims: { assessed, sourced, unsourced, contradicted },
    changes: [],
  }
  const { methodVersion, softwareVersion } = inputs
  await write.report.create({
    data: {
      id: made.reportId,
      workspaceId,
      sourceId,
      number: 1,
      methodVersion,
      softwareVersion,
      ...by,
      inputSha256: bundle.inputSha256,
      sha256: bundle.sha256,
      body: bundle.text,
      summary,
    },
    select: { id: true },
  })
  const place = { workspaceId, reportId: made.reportId }
  await write.reportReviewer.create({ data: { ...place, memberId: reviewer.memberId, place: 0 } })
  await write.reportAddition.create({
    data: { ...place, id: made.additionId, kind: 'reply', day: '2026-03-14', text: 'We stand by it.', ...by },
  })
  await write.publication.create({ data: { ...place, id: made.publicationId, token, ...by } })
  return { ...made, token }
}

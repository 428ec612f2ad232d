import { uuidv7 } from 'uuidv7'
import { writeBundleSteps } from '@/lib/domain/frozen-reports/bundle'
import { describeChanges, type ReportVersion } from '@/lib/domain/frozen-reports/changes'
import type { ReportSummary } from '@/lib/domain/frozen-reports/schema'
import { DomainError } from '@/lib/domain/errors'
import { besideOthers } from '@/lib/domain/steps'
import type { Permit } from '../access/gate'
import { database } from '../db/client'
import { write, type WriteContext } from '../db/write'
import { computeBeside, readStoredInputs, type StoredInputs } from '../reports/data'
import { turns } from '../turns'
import { parseBody } from './data'

/** A report that was frozen; `created` is false when its latest version has these inputs already. */
export interface Frozen {
  id: string
  number: number
  inputSha256: string
  created: boolean
}

function changedSince(inputSha256: string): DomainError {
  return new DomainError(
    'conflict',
    'The report is not what it was when you opened it: something that it counts has changed. Look at it again, and freeze it then.',
    { current: { inputSha256 } },
  )
}

function summaryOf({ inputs, report }: ReportVersion, bodyBefore: string | null): ReportSummary {
  const { assessed, sourced, unsourced, contradicted } = report.claims
  const before = bodyBefore === null ? null : parseBody(bodyBefore)
  return {
    documentIds: inputs.documents.map(({ id }) => id),
    sessions: inputs.sessions.map(({ id, name }) => ({ id, name })),
    reviewedDocuments: report.reviewedDocuments,
    claims: { assessed, sourced, unsourced, contradicted },
    changes:
      before === null
        ? []
        : describeChanges({ inputs: before.bundle.inputs, report: before.report }, { inputs, report }),
  }
}

interface Version extends ReportVersion {
  workspaceId: string
  sourceId: string
  createdById: string
  workspace: string
  stored: StoredInputs
}

async function storeVersion({ tx, now, record }: WriteContext, version: Version): Promise<Frozen> {
  const { workspaceId, sourceId, createdById, workspace, stored, inputs, report } = version
  const latest = await tx.report.findFirst({
    where: { workspaceId, sourceId },
    orderBy: { number: 'desc' },
    select: { id: true, number: true, inputSha256: true, body: true },
  })
  if (latest?.inputSha256 === stored.inputSha256) {
    return { id: latest.id, number: latest.number, inputSha256: latest.inputSha256, created: false }
  }
  // What was computed beside the transaction must be what is stored in it, from one moment and not from several.
  const again = await readStoredInputs(tx, { workspaceId, sourceId })
  if (again.inputSha256 !== stored.inputSha256) throw changedSince(again.inputSha256)
  const number = (latest?.number ?? 0) + 1
  const bundle = { number, frozenAt: now.toISOString(), workspace, inputs, report }
  const { text, inputSha256, sha256 } = await besideOthers(writeBundleSteps(bundle), turns)
  const id = uuidv7()
  await tx.report.create({
    data: {
      id,
      workspaceId,
      sourceId,
      number,
      methodVersion: inputs.methodVersion,
      softwareVersion: inputs.softwareVersion,
      inputSha256,
      sha256,
      body: text,
      summary: summaryOf({ inputs, report }, latest?.body ?? null),
      createdById,
      createdAt: now,
    },
    select: { id: true },
  })
  await tx.reportReviewer.createMany({
    data: stored.reviewers
      .filter(({ reviewed }) => reviewed)
      .map(({ memberId }, place) => ({ workspaceId, reportId: id, memberId, place })),
  })
  record({ type: 'report.frozen', subjectId: id, data: { after: { sourceId, number, inputSha256 } } })
  return { id, number, inputSha256, created: true }
}

/**
 * Freezes the report of a source as its next version: everything it is computed from and every figure, hashed, and never changed again. When the latest
 * version has these very inputs, that one is answered.
 * @param expected the hash of the report that the caller looked at; null freezes what is there.
 * @throws DomainError `not-found`; `conflict` where no closed session assesses a document of the source, and when the report is another than `expected`.
 */
export async function freezeReport(
  permit: Permit<'report.freeze'>,
  { sourceId, expected }: { sourceId: string; expected: string | null },
): Promise<Frozen> {
  const { workspaceId, actor } = permit
  const { read } = await database()
  const stored = await readStoredInputs(read, { workspaceId, sourceId })
  if (expected !== null && expected !== stored.inputSha256) throw changedSince(stored.inputSha256)
  const report = await computeBeside(stored, { workspaceId, now: new Date() })
  if (report.sessions.length === 0) {
    throw new DomainError(
      'conflict',
      'A report is frozen from a closed review session, and none has reviewed a document of this source. Close one first; until then the report is a live preview.',
    )
  }
  const { name } = await read.workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: { name: true } })
  return write(permit, (context) =>
    storeVersion(context, {
      workspaceId,
      sourceId,
      createdById: actor.memberId,
      workspace: name,
      stored,
      inputs: stored.inputs,
      report,
    }),
  )
}

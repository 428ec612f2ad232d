import { uuidv7 } from 'uuidv7'
import { DomainError, notFound } from '@/lib/domain/errors'
import { writeBundleSteps } from '@/lib/domain/frozen-reports/bundle'
import { describeChanges, type ReportVersion } from '@/lib/domain/frozen-reports/changes'
import type {
  AdditionInput,
  PublicationView,
  PublishInput,
  ReportSummary,
  WithdrawInput,
} from '@/lib/domain/frozen-reports/schema'
import { besideOthers } from '@/lib/domain/steps'
import { idTaken } from '@/lib/domain/versions'
import type { Permit } from '../access/gate'
import { makeSecret } from '../auth/token-secret'
import { database, type Transaction } from '../db/client'
import { write, type WriteContext } from '../db/write'
import { computeBeside, readStoredInputs, type StoredInputs } from '../reports/data'
import { turns } from '../turns'
import { assertReadable, parseBody, parseFigures } from './data'
import { presentPublication, publicationColumns } from './rows'

/** The most publications of one report, and the most additions to one. */
const most = { publications: 100, additions: 2_000 }

/** A frozen report; `created` is false when its latest version already has these inputs. */
interface Frozen {
  id: string
  number: number
  inputSha256: string
  created: boolean
}

function changedSince(inputSha256: string): DomainError {
  return new DomainError(
    'conflict',
    'Something that this report counts has changed since you opened it. Look at it again, then freeze it.',
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
  // The inputs are read again inside the transaction, so that the stored report matches the data at this moment.
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
 * Freezes the report of a source as its next version: all inputs and figures, hashed, and never changed again. When the latest version already has
 * these inputs, it is returned.
 * @param expected the hash of the report that the caller saw; null freezes the current one.
 * @throws DomainError `not-found`; `conflict` where no closed session assesses a document of the source, and when the report differs from `expected`.
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

async function assertReport(tx: Transaction, workspaceId: string, reportId: string): Promise<void> {
  if ((await tx.report.count({ where: { workspaceId, id: reportId } })) === 0) throw notFound('report')
}

/** Checks that the member may see the report, because publishing returns its link. @throws DomainError `not-found`, `conflict`. */
async function assertReportShown(tx: Transaction, permit: Permit, reportId: string): Promise<void> {
  const where = { workspaceId: permit.workspaceId, id: reportId }
  const row = await tx.report.findFirst({ where, select: { summary: true } })
  if (row === null) throw notFound('report')
  await assertReadable(tx, permit, row.summary)
}

/**
 * Publishes a frozen report at a link that cannot be guessed. A report that is already published keeps its link: `created` is false.
 * @throws DomainError `not-found`, `conflict` for an id that is taken.
 */
export async function publishReport(
  permit: Permit<'report.publish'>,
  reportId: string,
  { id = uuidv7(), indexed }: PublishInput,
): Promise<{ publication: PublicationView; created: boolean }> {
  const { workspaceId, actor } = permit
  return write(permit, async ({ tx, now, record }) => {
    await assertReportShown(tx, permit, reportId)
    const open = await tx.publication.findFirst({
      where: { workspaceId, reportId, withdrawnAt: null },
      select: publicationColumns,
    })
    if (open !== null) return { publication: presentPublication(open), created: false }
    if ((await tx.publication.count({ where: { workspaceId, id } })) > 0) throw idTaken('publication', null)
    if ((await tx.publication.count({ where: { workspaceId, reportId } })) >= most.publications)
      throw new DomainError('conflict', `A report can be published ${String(most.publications)} times at most.`)
    const made = await tx.publication.create({
      data: {
        id,
        workspaceId,
        reportId,
        token: makeSecret(),
        indexed,
        createdById: actor.memberId,
        createdAt: now,
      },
      select: publicationColumns,
    })
    record({ type: 'report.published', subjectId: reportId, data: { after: { publicationId: id, indexed } } })
    return { publication: presentPublication(made), created: true }
  })
}

/** Withdraws a publication: its link then says so, when and why. Withdrawing it again keeps the first reason. @throws DomainError `not-found`. */
export async function withdrawPublication(
  permit: Permit<'report.publish'>,
  { reportId, publicationId }: { reportId: string; publicationId: string },
  { reason }: WithdrawInput,
): Promise<PublicationView> {
  const { workspaceId, actor } = permit
  return write(permit, async ({ tx, now, record }) => {
    const where = { workspaceId_id: { workspaceId, id: publicationId } }
    const row = await tx.publication.findUnique({ where, select: publicationColumns })
    if (row?.reportId !== reportId) throw notFound('publication')
    if (row.withdrawnAt !== null) return presentPublication(row)
    const withdrawn = await tx.publication.update({
      where,
      data: { withdrawnAt: now, withdrawnById: actor.memberId, reason },
      select: publicationColumns,
    })
    record({ type: 'report.withdrawn', subjectId: reportId, data: { after: { publicationId, reason } } })
    return presentPublication(withdrawn)
  })
}

async function assertClaim(
  tx: Transaction,
  { workspaceId, reportId }: { workspaceId: string; reportId: string },
  claimId: string,
) {
  const where = { workspaceId_id: { workspaceId, id: reportId } }
  const { body } = await tx.report.findUniqueOrThrow({ where, select: { body: true } })
  const { contradicted, unsourced, sourced } = parseFigures(body).report
  if ([contradicted, unsourced, sourced].flat().some((finding) => finding.claimId === claimId)) return
  throw new DomainError('invalid', 'This report lists no such claim.', {
    fields: [{ path: 'claimId', message: 'Name a claim that the report lists.' }],
  })
}

/**
 * Adds a reply of the publisher, or a correction that the publisher made, to a frozen report, which itself stays unchanged. Idempotent: the same id
 * is the same addition, and `created` is then false.
 * @throws DomainError `not-found`, `invalid` for a claim that the report does not list, `conflict` for one addition too many.
 */
export async function addToReport(
  permit: Permit<'report.add'>,
  reportId: string,
  { id = uuidv7(), ...addition }: AdditionInput,
): Promise<{ id: string; created: boolean }> {
  const { workspaceId, actor } = permit
  return write(permit, async ({ tx, now, record }) => {
    await assertReport(tx, workspaceId, reportId)
    const taken = await tx.reportAddition.findUnique({
      where: { workspaceId_id: { workspaceId, id } },
      select: { reportId: true, text: true },
    })
    if (taken !== null) {
      if (taken.reportId !== reportId || taken.text !== addition.text) throw idTaken('addition', null)
      return { id, created: false }
    }
    if (addition.claimId !== null) await assertClaim(tx, { workspaceId, reportId }, addition.claimId)
    if ((await tx.reportAddition.count({ where: { workspaceId, reportId } })) >= most.additions)
      throw new DomainError('conflict', `At most ${String(most.additions)} things can be noted beside one report.`)
    await tx.reportAddition.create({
      data: { id, workspaceId, reportId, ...addition, createdById: actor.memberId, createdAt: now },
      select: { id: true },
    })
    record({ type: 'report.added-to', subjectId: reportId, data: { after: { additionId: id, ...addition } } })
    return { id, created: true }
  })
}

/** Removes an addition made by mistake; the audit trail keeps it. Removing it again changes nothing. @throws DomainError `not-found`. */
export async function removeAddition(
  permit: Permit<'report.add'>,
  { reportId, additionId }: { reportId: string; additionId: string },
): Promise<void> {
  const { workspaceId } = permit
  await write(permit, async ({ tx, now, record }) => {
    const where = { workspaceId_id: { workspaceId, id: additionId } }
    const row = await tx.reportAddition.findUnique({ where, select: { reportId: true, deletedAt: true, text: true } })
    if (row?.reportId !== reportId) throw notFound('addition')
    if (row.deletedAt !== null) return
    await tx.reportAddition.update({ where, data: { deletedAt: now }, select: { id: true } })
    record({ type: 'report.addition-removed', subjectId: reportId, data: { before: { additionId, text: row.text } } })
  })
}

/**
 * Names a reviewer in a frozen report, or removes the name again. Only the reviewers themselves can do so.
 * @throws DomainError `not-found`, `conflict` for a member whose work the report does not count.
 */
export async function setNamed(permit: Permit<'report.be-named'>, reportId: string, named: boolean): Promise<void> {
  const { workspaceId, actor } = permit
  await write(permit, async ({ tx, now, record }) => {
    await assertReport(tx, workspaceId, reportId)
    const where = {
      workspaceId_reportId_memberId: { workspaceId, reportId, memberId: actor.memberId },
    }
    const own = await tx.reportReviewer.findUnique({ where, select: { namedAt: true } })
    if (own === null) {
      throw new DomainError(
        'conflict',
        'This report counts none of your work, so you cannot be named in it. Each of its reviewers decides for themselves.',
      )
    }
    if ((own.namedAt !== null) === named) return
    await tx.reportReviewer.update({ where, data: { namedAt: named ? now : null }, select: { place: true } })
    record({ type: named ? 'report.reviewer-named' : 'report.reviewer-hidden', subjectId: reportId, data: {} })
  })
}

import { createHash } from 'node:crypto'
import type { MatrixCell, SessionMatrix } from '@/lib/domain/assignments/matrix'
import type { Permit } from '../access/gate'
import { database } from '../db/client'
import { writeCsv, type CsvRow } from '@/lib/domain/interchange/csv'
import type { Download } from '../http/answers'
import { readSession } from './data'
import { readSessionMatrix } from './matrix'
import { readMatrixMoments } from './matrix-rows'

function toDownload(content: string, fileName: string): Download {
  return {
    bytes: content,
    mediaType: 'text/csv; charset=utf-8',
    fileName,
    sha256: createHash('sha256').update(content).digest('hex'),
  }
}

function describeCell(cell: MatrixCell, total: number): string {
  const progress = cell.decided === null ? '' : `, ${String(cell.decided)} of ${String(total)}`
  return `${cell.state}${progress}${cell.overdue ? ', overdue' : ''}`
}

/** A session's matrix as rows: one line per document, one column per reviewer. */
export function writeMatrix({ reviewers, documents }: SessionMatrix): string {
  const header = [
    'document',
    'source',
    'words',
    'checkable sentences',
    'reviewers',
    'reviewers missing',
    'sentences covered',
    'claims',
    'claims without verdict',
    'disagreements',
    ...reviewers.map(({ member }) => member.name),
    'document id',
  ]
  return writeCsv(
    header,
    documents.map((document) => {
      const cellOf = new Map(document.cells.map((cell) => [cell.memberId, cell]))
      return [
        document.title,
        document.source.name,
        document.words,
        document.total,
        document.assigned,
        document.missing,
        document.covered,
        document.claims,
        document.openClaims,
        document.disagreements,
        ...reviewers.map(({ member }) => {
          const cell = cellOf.get(member.id)
          return cell === undefined ? '' : describeCell(cell, document.total)
        }),
        document.id,
      ]
    }),
  )
}

/** The matrix as a CSV file. @throws DomainError `not-found`. */
export async function exportMatrix(permit: Permit<'review-session.read'>, sessionId: string): Promise<Download> {
  const { name } = await readSession(permit, sessionId)
  return toDownload(writeMatrix(await readSessionMatrix(permit, sessionId)), `${name} matrix.csv`)
}

/**
 * The assignments of a session that the actor may see, as a CSV file with one line each. Times are ISO 8601, UTC. @throws DomainError `not-found`.
 */
export async function exportAssignments(permit: Permit<'review-session.read'>, sessionId: string): Promise<Download> {
  const { name } = await readSession(permit, sessionId)
  const matrix = await readSessionMatrix(permit, sessionId)
  const { read } = await database()
  const momentsOf = await readMatrixMoments(read, { workspaceId: permit.workspaceId, sessionId })
  const names = new Map(matrix.reviewers.map(({ member }) => [member.id, member.name]))
  const rows = matrix.documents.flatMap((document) =>
    document.cells.map((cell): CsvRow => {
      const moments = momentsOf.get(cell.assignmentId)
      const textOf = (moment: Date | null | undefined) => moment?.toISOString() ?? null
      return [
        document.title,
        document.source.name,
        names.get(cell.memberId) ?? '',
        cell.state,
        cell.decided,
        document.total,
        cell.dueAt,
        cell.overdue ? 'yes' : 'no',
        textOf(moments?.startedAt),
        textOf(moments?.submittedAt),
        textOf(moments?.acceptedAt),
        cell.assignmentId,
      ]
    }),
  )
  const header = [
    'document',
    'source',
    'reviewer',
    'state',
    'sentences decided',
    'checkable sentences',
    'due',
    'overdue',
    'started',
    'submitted',
    'accepted',
    'assignment id',
  ]
  return toDownload(writeCsv(header, rows), `${name} assignments.csv`)
}

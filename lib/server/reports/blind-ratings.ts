import type { BlindDocument } from '@/lib/domain/agreement/statistics'
import type { ReportDocument } from '@/lib/domain/reports/compute-report'
import type { SessionRecord } from '@/lib/domain/reports/report-sessions'
import { readAgreementInput } from '../agreement/rows'
import type { Reader } from '../db/client'

/** The blind ratings behind a report. `stamp` changes whenever any of them does. */
export interface BlindRatings {
  documents: BlindDocument[]
  stamp: string
}

/** Which documents a report assesses by the verdicts of a session. */
export interface RatedDocuments {
  workspaceId: string
  sessions: readonly SessionRecord[]
  documents: readonly ReportDocument[]
}

/**
 * The blind ratings of the documents that closed blind sessions assess, each from the session whose verdicts count. Other documents of these sessions
 * are left out, among them those that somebody judges blind elsewhere at this time.
 */
export async function readBlindRatings(
  read: Reader,
  { workspaceId, sessions, documents }: RatedDocuments,
): Promise<BlindRatings> {
  const sessionOf = new Map(documents.map(({ id, adjudication }) => [id, adjudication?.sessionId]))
  const found: BlindDocument[] = []
  const stamps: string[] = []
  for (const { id: sessionId } of sessions.filter(({ protocol }) => protocol.blind)) {
    const input = await readAgreementInput(read, { workspaceId, sessionId })
    const own = input.documents.filter(({ id }) => sessionOf.get(id) === sessionId)
    found.push(...own)
    stamps.push(`${sessionId} ${own.map(({ id }) => id).join()} ${input.stamp}`)
  }
  return { documents: found.sort((one, other) => (one.id < other.id ? -1 : 1)), stamp: stamps.join('\n') }
}

import type { Protocol } from '../review-sessions/protocol'
import type { SessionSample } from '../review-sessions/schema'
import { describeAdjudication, type DocumentAdjudication } from './report-claims'
import type { ReportSession } from './review-schema'
import { describeSample } from './sampling'
import { protocolInWords } from './session-words'

/** A closed session as it is stored, and how many documents it has: of the report's source, and in all. */
export interface SessionRecord {
  id: string
  name: string
  question: string
  closedAt: string
  protocol: Protocol
  sample: SessionSample | null
  documents: { ofSource: number; all: number }
}

/** A session as the report of a source prints it. `adjudications`: what it settled in each document that the report counts by it. */
export function describeSession(
  record: SessionRecord,
  { sourceId, adjudications }: { sourceId: string; adjudications: readonly DocumentAdjudication[] },
): ReportSession {
  const documents = { ...record.documents, counted: adjudications.length }
  const lines = adjudications.map(describeAdjudication)
  const sumOf = (key: 'claims' | 'changed' | 'ties') => lines.reduce((sum, line) => sum + line[key], 0)
  return {
    ...record,
    documents,
    protocolSays: protocolInWords(record.protocol),
    sampleSays: describeSample({ sample: record.sample, documents }, sourceId),
    reviewers: new Set(adjudications.flatMap(({ reviewerIds }) => reviewerIds)).size,
    ...{ claims: sumOf('claims'), changed: sumOf('changed'), ties: sumOf('ties') },
    ownVerdicts: adjudications.flatMap(({ claims }) => claims).filter(({ own }) => own).length,
  }
}

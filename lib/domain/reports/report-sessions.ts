import { secondReadingInWords, type Protocol } from '../review-sessions/protocol'
import type { DocumentAdjudication, SessionRecord } from './input-schema'
import { describeAdjudication } from './report-claims'
import type { ReportSession } from './review-schema'
import { describeSample } from './sampling'

/** The rules of a session that bear on what its report says, in sentences. */
function protocolInWords(protocol: Protocol): string[] {
  const { reviewersPerDocument: each, minimumReviewers, blind, reveal, secondReading } = protocol
  const readers =
    secondReading !== undefined
      ? `Each document was to be read by one reviewer, and ${secondReadingInWords(secondReading)} by ${each}; only those were adjudicated.`
      : each === 1
        ? 'One reviewer read each document.'
        : `${each} reviewers were to read each document.`
  const secrecy = blind
    ? `Reviewers worked blind: they saw only their own marks until ${reveal === 'after_phase' ? 'adjudication began' : 'they had submitted'}.`
    : 'Reviewers worked in the open and could see each other’s marks.'
  return [
    readers,
    secrecy,
    protocol.requireSentenceDecisions
      ? 'Every sentence that can be checked needed a decision before a review could be submitted.'
      : 'Sentences could be left without a decision.',
    `A sentence without a claim counts as decided once ${minimumReviewers === 1 ? 'one reviewer has' : `${minimumReviewers} reviewers have`} said so.`,
    ...(protocol.requireQuotes ? ['Citations had to quote the words they rest on.'] : []),
    ...(protocol.requireSearchNote ? ['“Unsourced” needed a note on what was searched.'] : []),
    protocol.adjudicateOwn
      ? 'Adjudicators could settle claims that they had rated themselves.'
      : 'Adjudicators could not settle claims that they had rated themselves.',
  ]
}

/** A session as the report of a source prints it. `adjudications`: what it settled in each document that the report counts by it. */
export function describeSession(
  record: SessionRecord,
  { sourceId, adjudications }: { sourceId: string; adjudications: readonly DocumentAdjudication[] },
): ReportSession {
  const documents = { ...record.documents, counted: adjudications.length }
  const { secondReading: _secondReading, ...stored } = record
  const lines = adjudications.map(describeAdjudication)
  const sumOf = (key: 'claims' | 'changed' | 'ties') => lines.reduce((sum, line) => sum + line[key], 0)
  return {
    ...stored,
    draws: [...(record.draws ?? [])],
    otherDraws: record.otherDraws ?? 0,
    documents,
    protocolSays: protocolInWords(record.protocol),
    sampleSays: describeSample({ sample: record.sample, documents }, sourceId),
    reviewers: new Set(adjudications.flatMap(({ reviewerIds }) => reviewerIds)).size,
    claims: sumOf('claims'),
    changed: sumOf('changed'),
    ties: sumOf('ties'),
    ownVerdicts: adjudications.flatMap(({ claims }) => claims).filter(({ own }) => own).length,
  }
}

import { secondReadingInWords, type Protocol } from '../review-sessions/protocol'
import type { DocumentAdjudication, SessionRecord } from './input-schema'
import { describeAdjudication } from './report-claims'
import type { ReportSession, Sampling } from './review-schema'
import type { SessionSample } from '../review-sessions/schema'

/** The parts of a session that describe its sample to a report. `documents` as in `reportSessionSchema`. */
export interface SampledSession {
  sample: SessionSample | null
  documents: { counted: number; ofSource: number; all: number }
}

const limits = 'The figures speak of the reviewed documents, not of everything this publisher prints.'

function documentsInWords(n: number): string {
  return `${n} ${n === 1 ? 'document' : 'documents'}`
}

/** Whether the frame contained documents of the source: a frame of other sources says nothing about how these were chosen. */
function framesSource({ frame: { sourceIds } }: SessionSample, sourceId: string): boolean {
  return sourceIds.length === 0 || sourceIds.includes(sourceId)
}

/** Describes the frame: "24 documents of this source", "120 documents of any source with “harbour” in …". */
function frameInWords({ frame: { sourceIds, q }, frameSize }: SessionSample): string {
  const of =
    sourceIds.length === 0 ? 'any source' : sourceIds.length === 1 ? 'this source' : `${sourceIds.length} sources`
  const words = q.trim() === '' ? '' : ` with “${q.trim()}” in the title, the author or the text`
  return `${documentsInWords(frameSize)} of ${of}${words}`
}

/**
 * Describes how a session chose its documents: the frame, the method and the seed, or plainly that nothing was drawn. It also says when a sample has
 * lost documents since.
 */
export function describeSample({ sample, documents }: SampledSession, sourceId: string): string {
  if (sample === null) return 'Not random: people chose the documents.'
  if (!framesSource(sample, sourceId)) {
    return 'Not random for this source: the sample was drawn from documents of others.'
  }
  const lost = documents.all < sample.size ? ` Only ${documents.all} of them are still in the session.` : ''
  return `Drawn at random: ${sample.size} of ${frameInWords(sample)}, each as likely as any other (simple random sampling without replacement, seed ${sample.seed}).${lost}`
}

/**
 * How the reviewed documents of a source were chosen. They are a random sample only when one session drew all of them from a frame with the source
 * and none of the drawn documents is missing. Two samples together, or a sample with other documents, are not random.
 */
export function judgeSampling(sessions: readonly SampledSession[], source: { id: string; reviewed: number }): Sampling {
  const { id, reviewed: of } = source
  if (of === 0) return { state: 'nothing-reviewed', drawn: 0, of, says: 'No document has been reviewed yet.' }
  const sampled = sessions.filter(
    ({ sample, documents }) => sample !== null && documents.counted > 0 && framesSource(sample, id),
  )
  const drawn = sampled.reduce((sum, { documents }) => sum + documents.counted, 0)
  const [only, another] = sampled
  if (only === undefined || only.sample === null) {
    const says = `Not random: the team chose the ${of === 1 ? 'document' : 'documents'}, nothing was drawn. ${limits}`
    return { state: 'not-random', drawn, of, says }
  }
  const partly = (why: string): Sampling => ({
    state: 'partly-random',
    drawn,
    of,
    says: `Not a random sample: ${why} ${limits}`,
  })
  if (drawn < of) return partly(`${drawn} of ${documentsInWords(of)} were drawn at random, the team chose the others.`)
  if (another !== undefined) {
    return partly(`the documents come from ${sampled.length} samples, which together are not one.`)
  }
  const { sample, documents } = only
  if (documents.counted < documents.ofSource || documents.all < sample.size) {
    return partly('some of the documents that were drawn do not count here.')
  }
  const says = `The documents were drawn at random from ${frameInWords(sample)}, all that the workspace held then. The figures speak of these, not of everything this publisher prints.`
  return { state: 'random', drawn, of, says }
}

/** The rules of a session that affect its report, in sentences. */
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

/** A session as the report of a source describes it. `adjudications`: what it settled in each document for which the report counts its verdicts. */
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

import type { Protocol } from '../review-sessions/protocol'

/** The rules of a session that bear on what its report says, in sentences. */
export function protocolInWords(protocol: Protocol): string[] {
  const { reviewersPerDocument: each, minimumReviewers, blind, reveal } = protocol
  const readers = each === 1 ? 'One reviewer read each document.' : `${each} reviewers were to read each document.`
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

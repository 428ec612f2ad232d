import { missingEvidence, ratings, type Rating, type Stance } from '../annotations/rating'
import type { FieldProblem } from '../errors'
import type { Protocol } from '../review-sessions/protocol'

/** A reviewer's rating of a claim. `late`: it was made or changed after others could be seen (phase `post`). */
export interface Vote {
  rating: Rating
  late: boolean
}

/**
 * How far the votes on a claim agree:
 * - `unanimous`: two or more read the document, all marked these words and rated them alike;
 * - `unmarked`: those who marked the words rated them alike, others did not mark them;
 * - `disagreement`: ratings differ;
 * - `single`: one reviewer reads the document;
 * - `no-votes`: no rating is left.
 */
export const claimAgreements = ['unanimous', 'unmarked', 'disagreement', 'single', 'no-votes'] as const
export type ClaimAgreement = (typeof claimAgreements)[number]

/**
 * Determines how far the votes on a claim agree.
 * @param reviewers how many members read the document in the session, withdrawn ones left out
 */
export function agreementOf(votes: readonly Vote[], reviewers: number): ClaimAgreement {
  const [first] = votes
  if (first === undefined) return 'no-votes'
  if (votes.some(({ rating }) => rating !== first.rating)) return 'disagreement'
  if (votes.length < reviewers) return 'unmarked'
  return votes.length === 1 ? 'single' : 'unanimous'
}

/** Counts the votes by rating. */
export function countVotes(votes: readonly Vote[]): Record<Rating, number> {
  const counts: Record<Rating, number> = { sourced: 0, unsourced: 0, contradicted: 0, not_checkable: 0 }
  for (const { rating } of votes) counts[rating] += 1
  return counts
}

/** The plurality of the ratings given before reviewers could see each other; null for a tie or without such ratings. It settles nothing. */
export function pluralityOf(votes: readonly Vote[]): Rating | null {
  const counts = countVotes(votes.filter(({ late }) => !late))
  const most = Math.max(...Object.values(counts))
  const leading = ratings.filter((rating) => counts[rating] === most)
  return most === 0 || leading.length > 1 ? null : (leading[0] ?? null)
}

/** The dissent from a verdict: the votes that differ from it. Every vote does when the verdict is that there is no claim (null). */
export function dissentFrom<V extends Vote>(verdict: Rating | null, votes: readonly V[]): V[] {
  return votes.filter(({ rating }) => rating !== verdict)
}

/**
 * A reason for a claim's rating. `key` chooses it by keyboard; it is unique among the reasons of a rating and not otherwise used in the adjudication
 * view. `ratings` are those it fits; null is "no claim".
 */
export interface VerdictReason {
  code: string
  says: string
  key: string
  ratings: readonly (Rating | null)[]
}

/** The reasons, in menu order. */
export const verdictReasons = [
  { code: 'confirmed', says: 'The evidence says the same', key: 'c', ratings: ['sourced'] },
  { code: 'confirmed-in-substance', says: 'Right in substance, loose in detail', key: 's', ratings: ['sourced'] },
  { code: 'primary-record', says: 'The primary record bears it out', key: 'p', ratings: ['sourced'] },
  { code: 'nothing-found', says: 'Searched for, and nothing found either way', key: 'n', ratings: ['unsourced'] },
  { code: 'evidence-too-weak', says: 'What was found does not carry it', key: 'w', ratings: ['unsourced'] },
  { code: 'evidence-beside-point', says: 'The evidence speaks of something else', key: 'e', ratings: ['unsourced'] },
  { code: 'evidence-says-otherwise', says: 'The evidence says otherwise', key: 'e', ratings: ['contradicted'] },
  { code: 'wrong-figure', says: 'The figure or date is wrong', key: 'f', ratings: ['contradicted'] },
  { code: 'wrong-attribution', says: 'Attributed to someone who did not say it', key: 'a', ratings: ['contradicted'] },
  { code: 'out-of-context', says: 'Torn from a context that reverses it', key: 't', ratings: ['contradicted'] },
  { code: 'opinion', says: 'Opinion or value judgement', key: 'p', ratings: ['not_checkable'] },
  { code: 'forecast', says: 'Forecast or intention', key: 'f', ratings: ['not_checkable'] },
  { code: 'too-vague', says: 'Too vague to be checked', key: 't', ratings: ['not_checkable'] },
  { code: 'no-statement', says: 'States no fact', key: 's', ratings: [null] },
  { code: 'marked-by-mistake', says: 'Marked by mistake', key: 'm', ratings: [null] },
  { code: 'judged-elsewhere', says: 'The same claim is judged in another place', key: 'e', ratings: [null] },
  {
    code: 'reviewers-agree',
    says: 'The reviewers agree',
    key: 'r',
    ratings: ['sourced', 'unsourced', 'contradicted', 'not_checkable'],
  },
  {
    code: 'single-review',
    says: 'The rating of the one reviewer stands',
    key: 'y',
    ratings: ['sourced', 'unsourced', 'contradicted', 'not_checkable'],
  },
  {
    code: 'other',
    says: 'Another reason, in words',
    key: 'o',
    ratings: ['sourced', 'unsourced', 'contradicted', 'not_checkable', null],
  },
] as const satisfies readonly VerdictReason[]

/** The code of a reason. */
export type VerdictReasonCode = (typeof verdictReasons)[number]['code']

/** Every code, for schemas. */
export const verdictReasonCodes: readonly [VerdictReasonCode, ...VerdictReasonCode[]] = [
  verdictReasons[0].code,
  ...verdictReasons.slice(1).map(({ code }) => code),
]

/** The reasons that fit a rating (null: no claim), in menu order. */
export function reasonsFor(rating: Rating | null): (VerdictReason & { code: VerdictReasonCode })[] {
  return verdictReasons.filter((reason) => reason.ratings.some((fitting) => fitting === rating))
}

/** A reason in words; an unknown, former code stays as it is. */
export function reasonWords(code: string): string {
  return verdictReasons.find((reason) => reason.code === code)?.says ?? code
}

/**
 * Whether a reason holds for a rating on these votes. Two rest on what reviewers rated: that they agree, and that the one rating stands. Both are untrue
 * of a rating that they did not give; the others do not look at the votes.
 */
export function holdsOnVotes(
  reason: VerdictReasonCode,
  rating: Rating | null,
  votes: readonly { rating: Rating }[],
): boolean {
  if (reason !== 'reviewers-agree' && reason !== 'single-review') return true
  if (votes.length === 0 || (reason === 'single-review' && votes.length > 1)) return false
  return votes.every((vote) => vote.rating === rating)
}

/** The parts of a verdict that the rules check. */
export interface VerdictContent {
  rating: Rating | null
  disputed: boolean
  partial: boolean
  reason: VerdictReasonCode
  words: string
  citations: readonly { stance: Stance; quote: string }[]
}

const evidenceProblem = {
  'supporting-citation': 'Sourced needs a citation that supports the claim. Pick one of the reviewers’ or add one.',
  'contradicting-citation':
    'Contradicted needs a citation that contradicts the claim. Pick one of the reviewers’ or add one.',
} as const

/** The stance of the citations that carry a rating; null when the rating needs none. */
function carryingStance(rating: Rating | null): Stance | null {
  return rating === 'sourced' ? 'supports' : rating === 'contradicted' ? 'contradicts' : null
}

/** The index of the first contradicting citation, where the rating is `contradicted` and no contradicting citation has a quote; otherwise null. */
function unquotedContradiction({ rating, citations }: VerdictContent): number | null {
  const contradicts = citations.filter(({ stance }) => stance === 'contradicts')
  if (rating !== 'contradicted' || contradicts.length === 0) return null
  if (contradicts.some(({ quote }) => quote.trim() !== '')) return null
  return citations.findIndex(({ stance }) => stance === 'contradicts')
}

/**
 * The problems that prevent a verdict, each with its remedy; empty when it can be given. Law 5 applies to verdicts as to ratings, and so do the
 * protocol's rules on quotes and search notes. `contradicted` always needs a contradicting quote. A rating that no reviewer gave is allowed.
 */
export function verdictProblems(
  verdict: VerdictContent,
  protocol: Pick<Protocol, 'requireQuotes' | 'requireSearchNote'>,
): FieldProblem[] {
  const { rating, reason, words, citations } = verdict
  const problems: FieldProblem[] = []
  const fitting = reasonsFor(rating)
  if (!fitting.some(({ code }) => code === reason)) {
    const codes = fitting.map(({ code }) => code).join(', ')
    problems.push({ path: 'reason', message: `This reason does not fit the rating. Give one of: ${codes}.` })
  }
  if (reason === 'other' && words.trim() === '')
    problems.push({ path: 'words', message: 'Say what the reason is, or choose one from the list.' })
  if (rating === null && (verdict.disputed || verdict.partial))
    problems.push({ path: 'rating', message: 'Words that are no claim cannot be disputed or partial. Give a rating.' })
  const missing =
    rating === null
      ? null
      : missingEvidence(
          rating,
          citations.map(({ stance }) => stance),
        )
  if (missing !== null) problems.push({ path: 'citations', message: evidenceProblem[missing] })
  const carrying = carryingStance(rating)
  if (protocol.requireQuotes) {
    citations.forEach(({ stance, quote }, place) => {
      if (stance === carrying && quote.trim() === '')
        problems.push({
          path: `citations.${place}.quote`,
          message: 'The protocol asks for a quote. Quote the words that the verdict rests on.',
        })
    })
  }
  const unquoted = unquotedContradiction(verdict)
  if (unquoted !== null && !protocol.requireQuotes)
    problems.push({
      path: `citations.${unquoted}.quote`,
      message: 'Quote the words that contradict the claim: a report lists nothing as contradicted that it cannot show.',
    })
  if (protocol.requireSearchNote && rating === 'unsourced' && words.trim() === '')
    problems.push({ path: 'words', message: 'The protocol asks for a search note. Say what was searched.' })
  return problems
}

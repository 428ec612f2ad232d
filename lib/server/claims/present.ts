import { missingEvidence } from '@/lib/domain/annotations/rating'
import { contextOf, wholeBlocks, cutContent } from '@/lib/domain/claims/claim-context'
import { describeMatch } from '@/lib/domain/claims/match-record'
import { maskVotes } from '@/lib/domain/claims/reviewer-letters'
import type { ClaimView, EvidenceView, KeptVote, VerdictView, VoteView } from '@/lib/domain/claims/schema'
import { reasonWords, agreementOf, dissentFrom, pluralityOf } from '@/lib/domain/claims/verdict'
import { scriptField, type ScriptRun } from '@/lib/domain/text/quotation'
import type { Permit } from '../access/gate'
import { presentReferenceSummary, type ReferenceSummaryRow } from '../references/present'
import { knownRevision, knownStructure } from '../marking/revision-facts'
import type { ClaimRow, VerdictRow, VoteRow } from './rows'
import type { ClaimAccess } from '../visibility/claims'

function presentEvidence({
  stance,
  quote,
  locator,
  reference,
}: {
  stance: EvidenceView['stance']
  quote: string
  locator: string
  reference: ReferenceSummaryRow
}): EvidenceView {
  return { stance, quote, locator, reference: presentReferenceSummary(reference) }
}

/** The votes of a claim, ordered by their letters. */
export function maskedVotes(row: Pick<ClaimRow, 'id' | 'votes'>): { mask: string; vote: VoteRow }[] {
  const masks = maskVotes(
    row.id,
    row.votes.map(({ id }) => id),
  )
  return row.votes
    .map((vote) => ({ mask: masks.get(vote.id) ?? '', vote }))
    .sort((p, q) => p.mask.length - q.mask.length || (p.mask < q.mask ? -1 : 1))
}

/** The ratings of a claim as a verdict stores them. */
export function keptVotes(row: Pick<ClaimRow, 'id' | 'votes'>): KeptVote[] {
  return maskedVotes(row).map(({ mask, vote: { id, authorId, rating, disputed, partial, late } }) => ({
    mask,
    annotationId: id,
    memberId: authorId,
    rating,
    disputed,
    partial,
    late,
  }))
}

function presentVote(
  { mask, vote }: { mask: string; vote: VoteRow },
  { memberId, unmasked, scripts }: { memberId: string; unmasked: boolean; scripts: readonly ScriptRun[] },
): VoteView {
  const mine = vote.authorId === memberId
  const { start, end, exact, rating, disputed, partial, late, note } = vote
  return {
    mask,
    mine,
    author: unmasked || mine ? { id: vote.authorId, name: vote.author.user.name } : null,
    annotationId: unmasked || mine ? vote.id : null,
    start,
    end,
    exact,
    rating,
    disputed,
    partial,
    late,
    note,
    ...scriptField(scripts, vote),
    missing: missingEvidence(
      rating,
      vote.citations.map(({ stance }) => stance),
    ),
    citations: vote.citations.map(presentEvidence),
  }
}

function haveChanged(kept: readonly KeptVote[], votes: readonly VoteRow[]): boolean {
  const stateOf = (vote: { rating: string; disputed: boolean; partial: boolean }, id: string) =>
    `${id} ${vote.rating} ${String(vote.disputed)} ${String(vote.partial)}`
  const before = new Set(kept.map((vote) => stateOf(vote, vote.annotationId)))
  return before.size !== votes.length || votes.some((vote) => !before.has(stateOf(vote, vote.id)))
}

/** Presents a verdict. */
export function presentVerdict(row: VerdictRow, votes: readonly VoteRow[]): VerdictView {
  const { id, rating, disputed, partial, reason, words, inBulk, ownAnnotation } = row
  return {
    id,
    rating,
    disputed,
    partial,
    reason,
    reasonSays: reasonWords(reason),
    words,
    citations: row.citations.map(presentEvidence),
    decider: { id: row.deciderId, name: row.deciderName },
    inBulk,
    ownAnnotation,
    votes: row.votes.map(({ annotationId: _annotation, memberId: _member, ...vote }) => vote),
    dissent: dissentFrom(rating, row.votes).length,
    votesChanged: haveChanged(row.votes, votes),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}

/** Why the current member may not decide a claim, in words; null when they may. */
export function obstacleOf(row: ClaimRow, access: ClaimAccess, memberId: string): string | null {
  if (!access.adjudicates) return 'You do not adjudicate in this session.'
  if (access.state !== 'adjudication') return 'The session is not in adjudication.'
  const own = row.votes.some(({ authorId }) => authorId === memberId)
  if (own && !access.protocol.adjudicateOwn)
    return 'One of the ratings is yours, and the protocol lets nobody settle their own. Leave it to another adjudicator.'
  return null
}

/**
 * Presents a claim to the current member. Reviewers stay behind letters until the session is closed, even after a verdict, because a withdrawn
 * verdict would have unmasked them. @throws DomainError `not-found` for its revision.
 */
export async function presentClaim(row: ClaimRow, permit: Permit, access: ClaimAccess): Promise<ClaimView> {
  const { memberId } = permit.actor
  const { text, scripts, sentenceAt, placeOf } = await knownRevision(permit, row.revisionId)
  const structure = await knownStructure(permit, row.revisionId)
  const around = wholeBlocks(structure.index.blocks, contextOf([...sentenceAt.values()], row))
  const { content, start, end } = cutContent(structure, around)
  const masked = maskedVotes(row)
  const letters = new Map(masked.map(({ mask, vote }) => [vote.id, mask]))
  const reason = obstacleOf(row, access, memberId)
  return {
    id: row.id,
    sessionId: row.sessionId,
    document: { id: row.documentId, title: row.documentTitle },
    revisionId: row.revisionId,
    start: row.start,
    end: row.end,
    exact: row.exact,
    ...scriptField(scripts, row),
    place: placeOf(row),
    context: { start, text: text.slice(start, end), content },
    origin: row.origin,
    match: row.match === null ? [] : describeMatch(row.match, letters),
    votes: masked.map((vote) => presentVote(vote, { memberId, unmasked: access.state === 'closed', scripts })),
    reviewers: row.reviewers,
    agreement: agreementOf(row.votes, row.reviewers),
    plurality: pluralityOf(row.votes),
    verdict: row.verdict === null ? null : presentVerdict(row.verdict, row.votes),
    version: row.version,
    may: { decide: reason === null, reason },
  }
}

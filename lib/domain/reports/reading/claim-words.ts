import type { AssessedRating, Evidence, Finding, ReportView } from '../schema'
import type { MergedQuote } from './merge-quotes'

const begun = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

/** How a claim came to its rating: who settled it, and how many reviewers rated it so. */
export function describeReviewers({
  reviewers: { agreeing, rated },
  open,
  verdict,
}: Pick<Finding, 'reviewers' | 'open' | 'verdict'>): string {
  const all = rated === 1 ? 'the reviewer' : rated === 2 ? 'both reviewers' : `all ${String(rated)} reviewers`
  const some = agreeing === rated ? all : `${String(agreeing)} of ${String(rated)} reviewers`
  if (verdict !== null) {
    const { dissent, own } = verdict
    const judge = own ? 'an adjudicator who had rated it as a reviewer' : 'an adjudicator'
    const dissenters = dissent === 0 ? '' : `; ${String(dissent)} ${dissent === 1 ? 'dissents' : 'dissent'}`
    return rated === 0 ? `Settled by ${judge}.` : `Settled by ${judge}; rated so by ${some}${dissenters}.`
  }
  if (rated === 1) return 'One reviewer.'
  return open ? `${begun(some)}; not counted until settled.` : `${begun(some)}.`
}

/** The flags of a claim in a sentence; empty where it has none. */
export function describeFlags({ disputed, partial }: Pick<Finding, 'disputed' | 'partial'>): string {
  const flags = [...(disputed ? ['disputed'] : []), ...(partial ? ['evidence covers only part of it'] : [])]
  return flags.length === 0 ? '' : `${begun(flags.join(', '))}.`
}

/** What stands over the evidence of a claim. */
export const recordHeads: Record<AssessedRating, string> = {
  contradicted: 'The record says',
  sourced: 'The record says',
  unsourced: 'Found in search',
}

/** What is said of all claims of a list. */
export const listWords = {
  unsourced: {
    title: 'Without a source',
    says: 'No adequate evidence was found for or against these. That is not to say that they are false.',
  },
  sourced: { title: 'Sourced', says: 'Evidence was found that supports these.' },
} as const

/** What is said over the claims that nothing was settled about, and of each by its reason. */
export const unsettledWords = {
  title: 'Not settled',
  says: 'These are in no share. How they are settled could still change the shares.',
  why: {
    open: 'Its reviewers differ, and nobody has settled it.',
    incomplete: 'It lacks the evidence that its rating needs.',
  },
} as const

/** Who reviewed, by letters and by the names of those who agreed to be named, in the order of the letters. */
export function listReviewers(reviewers: readonly { letter: string; name: string | null }[]): string[] {
  return reviewers.map(({ letter, name }, place) => name ?? `${place === 0 ? 'Reviewer' : 'reviewer'} ${letter}`)
}

/** Who did something beside reviewing, such as drawing a sample: by name, or as a member where the report has a code in the place of the name. Empty for nobody. */
export function memberInWords(by: string): string {
  return /^reviewer-\d+$/.test(by) ? 'a member' : by
}

/** What is said of the names of reviewers. */
export const namedOnly = 'Reviewers are named only where they agreed to it.'

/** What evidence does to a claim. */
export const stanceWords: Record<Evidence['stance'], string> = {
  contradicts: 'Contradicts it',
  supports: 'Supports it',
  mentions: 'Mentions it',
}

/** How a quote stands in the text that was kept of its reference. `where` names that text. */
function checkInWords(check: Evidence['quoteCheck'], where: string): string {
  const words: Record<Evidence['quoteCheck'], string> = {
    'word-for-word': `Word for word in ${where}`,
    'other-typography': `In ${where} but for typography`,
    'not-found': `Not found in ${where}`,
    'no-kept-text': 'No kept text to check it against',
    none: '',
  }
  return words[check]
}

/** What became of quotes in the kept text, and on which day that was kept; empty where nothing was checked. */
export function describeQuotes(quotes: readonly Pick<MergedQuote, 'quoteCheck'>[], keptOn: string | null): string {
  const where = keptOn === null ? 'the kept text' : `the text kept ${keptOn}`
  const checks = quotes.map(({ quoteCheck }) => checkInWords(quoteCheck, where))
  return [...new Set(checks)].filter((words) => words !== '').join('; ')
}

/** How a report is read, a paragraph each. */
export const howToRead = [
  'A claim is a passage that reviewers rated; nearly equal passages of several reviewers are one claim, and it counts when they agree. Where a review session was closed, its verdicts count instead.',
  'Unsourced means that no adequate evidence was found either way, not that a claim is false. Not checkable claims and undecided sentences are in no share, and so are claims that one person alone judged, unless this was chosen. A claim counts as contradicted where a citation quotes what contradicts it.',
] as const

/** What reviewers marked and no share counts, as counts with their words; what there is none of is left out. */
export function listNotDrawn({
  claims,
  choices,
  twoPhase,
}: Pick<ReportView, 'claims' | 'choices' | 'twoPhase'>): (readonly [number, string])[] {
  const parts = [
    [claims.notCheckable, 'not checkable'],
    [claims.noClaim, 'settled as no claim'],
    [claims.open, 'open between reviewers'],
    [claims.incomplete, 'without the needed evidence'],
    [
      choices.singleReviews === 'counted' ? 0 : claims.singleReview,
      twoPhase === undefined ? 'judged by one person alone' : 'read once, in the estimate alone',
    ],
  ] as const
  return parts.filter(([count]) => count > 0)
}

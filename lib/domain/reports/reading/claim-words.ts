import { quoteChecks } from '@/lib/domain/text/typography'
import type { AssessedRating, Evidence, Finding, ReportView } from '../schema'

/** One quote of a reference, with the locators given by the reviewers who quoted it. */
interface MergedQuote extends Pick<Evidence, 'quote' | 'quoteCheck' | 'quoteStart'> {
  locators: string[]
}

/** Evidence from one reference with one stance, and its quotes. `first` describes the reference. */
export interface EvidenceGroup {
  first: Evidence
  quotes: MergedQuote[]
}

/** Two quotes of one reference count as the same when they share this fraction of their words. */
const nearlyEqual = 0.8

function foldedWords(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  )
}

/** Twice the shared words over all words of both, between 0 and 1. Repeated words count as often as both have them. */
function likeness(one: readonly string[], other: readonly string[]): number {
  const counts = new Map<string, number>()
  for (const word of one) counts.set(word, (counts.get(word) ?? 0) + 1)
  let shared = 0
  for (const word of other) {
    const left = counts.get(word) ?? 0
    if (left === 0) continue
    counts.set(word, left - 1)
    shared++
  }
  return one.length + other.length === 0 ? 1 : (2 * shared) / (one.length + other.length)
}

function areNearlyEqual(one: string, other: string): boolean {
  const [first, second] = [foldedWords(one), foldedWords(other)]
  if (first.length === 0 || second.length === 0) return first.length === second.length
  const [longer, shorter] = first.length >= second.length ? [first, second] : [second, first]
  return ` ${longer.join(' ')} `.includes(` ${shorter.join(' ')} `) || likeness(first, second) >= nearlyEqual
}

/** Whether the first of two nearly equal quotes is the one to print: it was found more exactly or, of equals, is at least as long. */
function better(one: MergedQuote, other: Evidence): boolean {
  const rank = (check: Evidence['quoteCheck']) => quoteChecks.indexOf(check)
  const [mine, theirs] = [rank(one.quoteCheck), rank(other.quoteCheck)]
  return mine === theirs ? one.quote.length >= other.quote.length : mine < theirs
}

/**
 * Groups the evidence of a claim by reference and stance, contradicting evidence first and otherwise in order. Quotes of a reference are merged when
 * they are nearly equal or one contains the other, as quotes by two reviewers often are. A reference that is cited without a quote has none.
 */
export function groupEvidence(evidence: readonly Evidence[]): EvidenceGroup[] {
  const groups = new Map<string, EvidenceGroup>()
  for (const item of evidence) {
    const key = `${item.referenceId} ${item.stance}`
    const group = groups.get(key) ?? { first: item, quotes: [] }
    groups.set(key, group)
    const { quote, quoteCheck, quoteStart, locator } = item
    if (quote === '' && locator === '') continue
    const same = group.quotes.find((each) => areNearlyEqual(each.quote, quote))
    if (same === undefined) {
      group.quotes.push({ quote, quoteCheck, quoteStart, locators: locator === '' ? [] : [locator] })
      continue
    }
    if (locator !== '' && !same.locators.includes(locator)) same.locators.push(locator)
    if (!better(same, item)) Object.assign(same, { quote, quoteCheck, quoteStart })
  }
  const isAgainst = ({ first }: EvidenceGroup) => first.stance === 'contradicts'
  return [...groups.values()].sort((one, other) => Number(isAgainst(other)) - Number(isAgainst(one)))
}

const begun = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

/** How a claim got its rating: who settled it, and how many reviewers rated it the same. */
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

/** The heading above the evidence of a claim. */
export const recordHeads: Record<AssessedRating, string> = {
  contradicted: 'The record says',
  sourced: 'The record says',
  unsourced: 'Found in search',
}

/** The introduction to a list of claims. */
export const listWords = {
  unsourced: {
    title: 'Without a source',
    says: 'No adequate evidence was found for or against these. That is not to say that they are false.',
  },
  sourced: { title: 'Sourced', says: 'Evidence was found that supports these.' },
} as const

/** The introduction to claims about which nothing was settled, and a line for each reason. */
export const unsettledWords = {
  title: 'Not settled',
  says: 'These are in no share. How they are settled could still change the shares.',
  why: {
    open: 'Its reviewers differ, and nobody has settled it.',
    incomplete: 'It lacks the evidence that its rating needs.',
  },
} as const

/** The reviewers, by letter and by the names of those who agreed to be named, in letter order. */
export function listReviewers(reviewers: readonly { letter: string; name: string | null }[]): string[] {
  return reviewers.map(({ letter, name }, place) => name ?? `${place === 0 ? 'Reviewer' : 'reviewer'} ${letter}`)
}

/**
 * Members who did something other than reviewing, such as drawing a sample: by name, or as "a member" where the report has a code instead. Empty for
 * nobody.
 */
export function memberInWords(by: string): string {
  return /^reviewer-\d+$/.test(by) ? 'a member' : by
}

/** The statement about the names of reviewers. */
export const namedOnly = 'Reviewers are named only where they agreed to it.'

/** What a piece of evidence does to a claim, by stance. */
export const stanceWords: Record<Evidence['stance'], string> = {
  contradicts: 'Contradicts it',
  supports: 'Supports it',
  mentions: 'Mentions it',
}

/** How a quote was found in the kept text of its reference; `where` names that text. */
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

/** The results of checking quotes against the kept text, with the day of keeping it; empty where nothing was checked. */
export function describeQuotes(quotes: readonly Pick<MergedQuote, 'quoteCheck'>[], keptOn: string | null): string {
  const where = keptOn === null ? 'the kept text' : `the text kept ${keptOn}`
  const checks = quotes.map(({ quoteCheck }) => checkInWords(quoteCheck, where))
  return [...new Set(checks)].filter((words) => words !== '').join('; ')
}

/** Explains how to read a report, one paragraph per item. */
export const howToRead = [
  'A claim is a passage that reviewers rated; nearly equal passages of several reviewers are one claim, and it counts when they agree. Where a review session was closed, its verdicts count instead.',
  'Unsourced means that no adequate evidence was found either way, not that a claim is false. Not checkable claims and undecided sentences are in no share, and so are claims that one person alone judged, unless this was chosen. A claim counts as contradicted where a citation quotes what contradicts it.',
] as const

/** The marks of reviewers that no share counts, as counts with nouns; counts of zero are left out. */
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
      twoPhase === undefined ? 'judged by one person alone' : 'read once',
    ],
  ] as const
  return parts.filter(([count]) => count > 0)
}

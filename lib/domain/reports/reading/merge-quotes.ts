import { quoteChecks } from '@/lib/domain/references/quote-check'
import type { Evidence } from '../schema'

/** One quote of a reference, with the places that those who quoted it named. */
export interface MergedQuote extends Pick<Evidence, 'quote' | 'quoteCheck' | 'quoteStart'> {
  locators: string[]
}

/** Evidence of one reference and stance with what is quoted from it. `first` says what the reference is. */
export interface EvidenceGroup {
  first: Evidence
  quotes: MergedQuote[]
}

/** Two quotes of one reference are one when this share of their words is in both. */
const nearlyEqual = 0.8

function foldedWords(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  )
}

/** Twice the shared words over all words of both, between 0 and 1; each word counts as often as it stands in both. */
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

/** The quote to print of two that are nearly equal: the one that was found more exactly, else the one that says more. */
function better(one: MergedQuote, other: Evidence): boolean {
  const rank = (check: Evidence['quoteCheck']) => quoteChecks.indexOf(check)
  const [mine, theirs] = [rank(one.quoteCheck), rank(other.quoteCheck)]
  return mine === theirs ? one.quote.length >= other.quote.length : mine < theirs
}

/**
 * Groups the evidence of a claim by reference and stance, what contradicts first, and merges quotes of a reference that are nearly equal or of which
 * one holds the other, as two reviewers make them. The order is otherwise kept; a reference that is cited without a quote has none.
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

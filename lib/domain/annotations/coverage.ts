import type { Rating } from './rating'

/** The outcome of one sentence for one reviewer: the rating of an annotation on it, or the explicit "no claim here". */
export type SentenceOutcome = Rating | 'no_claim'

/** Every outcome, in the order in which figures and bars show them. */
export const sentenceOutcomes = [
  'sourced',
  'unsourced',
  'contradicted',
  'not_checkable',
  'no_claim',
] as const satisfies readonly SentenceOutcome[]

/** A half-open range of the canonical text, in UTF-16 code units. */
interface Span {
  start: number
  end: number
}

/** One reviewer's progress with the sentences that count. */
export interface Coverage {
  /** Sentences in scope. */
  total: number
  /** Sentences in scope that carry an outcome; the sum of `counts`. */
  decided: number
  /** Decided sentences by outcome: each sentence is counted once. */
  counts: Record<SentenceOutcome, number>
  /** One entry for each given sentence, in the given order; null while undecided. */
  outcomes: (SentenceOutcome | null)[]
}

// A sentence with several annotations of one reviewer is counted once, under the gravest rating, so that a contradiction is never hidden behind a
// sourced half-sentence.
const weight: Record<SentenceOutcome, number> = {
  no_claim: 0,
  not_checkable: 1,
  sourced: 2,
  unsourced: 3,
  contradicted: 4,
}

/**
 * Counts the decided sentences of one reviewer. A sentence is decided when an annotation overlaps it by at least one code unit, or when
 * a "no claim here" decision starts where it starts; an annotation outweighs the decision, and among annotations
 * the gravest rating counts (contradicted, unsourced, sourced, not checkable).
 *
 * `sentences` are those in scope, ascending and disjoint; annotations and decisions must be of one reviewer and one revision, in any order.
 * Ranges outside the sentences decide nothing. O((annotations + decisions) log sentences + overlaps).
 */
export function measureCoverage(given: {
  sentences: readonly Span[]
  annotations: readonly (Span & { rating: Rating })[]
  decisions: readonly Span[]
}): Coverage {
  const { sentences } = given
  const outcomes: (SentenceOutcome | null)[] = sentences.map(() => null)
  const raise = (index: number, outcome: SentenceOutcome) => {
    const present = outcomes[index]
    if (present == null || weight[outcome] > weight[present]) outcomes[index] = outcome
  }
  for (const decision of given.decisions) {
    const index = firstEndingAfter(sentences, decision.start)
    if (sentences[index]?.start === decision.start) raise(index, 'no_claim')
  }
  for (const annotation of given.annotations) {
    for (let index = firstEndingAfter(sentences, annotation.start); index < sentences.length; index++) {
      const sentence = sentences[index]
      if (sentence === undefined || sentence.start >= annotation.end) break
      raise(index, annotation.rating)
    }
  }
  const counts: Record<SentenceOutcome, number> = {
    sourced: 0,
    unsourced: 0,
    contradicted: 0,
    not_checkable: 0,
    no_claim: 0,
  }
  let decided = 0
  for (const outcome of outcomes) {
    if (outcome === null) continue
    counts[outcome] += 1
    decided += 1
  }
  return { total: sentences.length, decided, counts, outcomes }
}

/**
 * Tells which sentences are decided by the rule of `measureCoverage`: 1 for a decided one, else 0. For many reviewers at once, it ignores ratings:
 * `spans` holds the starts and ends of annotations in turn, `decisions` the starts of decisions.
 */
export function markDecided(given: {
  sentences: readonly Span[]
  spans: readonly number[]
  decisions: readonly number[]
}): Uint8Array {
  const { sentences, spans } = given
  const decided = new Uint8Array(sentences.length)
  for (const start of given.decisions) {
    const index = firstEndingAfter(sentences, start)
    if (sentences[index]?.start === start) decided[index] = 1
  }
  for (let at = 0; at + 1 < spans.length; at += 2) {
    const start = spans[at] ?? 0
    const end = spans[at + 1] ?? 0
    for (let index = firstEndingAfter(sentences, start); index < sentences.length; index++) {
      if ((sentences[index]?.start ?? end) >= end) break
      decided[index] = 1
    }
  }
  return decided
}

/**
 * Index of the next undecided sentence after `from`, wrapping round to the beginning; null when every sentence is decided. With `from` -1 the search
 * starts at the first sentence.
 */
export function nextUndecided(outcomes: readonly (SentenceOutcome | null)[], from: number): number | null {
  for (let step = 1; step <= outcomes.length; step++) {
    const index = (from + step + outcomes.length) % outcomes.length
    if (outcomes[index] === null) return index
  }
  return null
}

/** Index of the first range whose end lies after `offset`; the length when there is none. */
function firstEndingAfter(sentences: readonly Span[], offset: number): number {
  let low = 0
  let high = sentences.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const sentence = sentences[middle]
    if (sentence !== undefined && sentence.end <= offset) low = middle + 1
    else high = middle
  }
  return low
}

import type { Obstacle } from './distribution/problem'
import type { AssignmentReason, Exclusion } from './distribution/reason'
import { keysOf } from '../keys'

/** The reader of an explanation, and the names that they may see. */
export interface NamesToShow {
  /** The name of the document's reviewer, or null to address the reviewer as "you". */
  reviewer: string | null
  /** Names by reviewer id. Reviewers without a name are only counted: pass an empty map where reviewers must not learn of each other. */
  people: ReadonlyMap<string, string>
}

const obstacleWords: Record<Obstacle, string> = {
  conflict: 'a conflict of interest',
  elsewhere: 'has it in another session',
  'already-assigned': 'already on this document',
  withdrawn: 'had it before and gave it up',
  'quota-documents': 'quota of documents reached',
  'quota-words': 'quota of words too small for it',
}

function formatNumber(value: number): string {
  return value.toLocaleString('en-GB', { maximumFractionDigits: 2 })
}

function formatCount(count: number, [one, many]: readonly [string, string]): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`
}
const words = ['word', 'words'] as const
const people = ['person', 'people'] as const
const others = ['other', 'others'] as const

function listItems(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`
}

/** One phrase per reason, such as `Ana and 2 others (a conflict of interest)`, in a fixed order. */
function describeExcluded(excluded: readonly Exclusion[], names: NamesToShow['people']): string[] {
  return keysOf(obstacleWords).flatMap((obstacle) => {
    const group = excluded.filter((exclusion) => exclusion.obstacle === obstacle)
    if (group.length === 0) return []
    const known = group.flatMap(({ reviewerId }) => names.get(reviewerId) ?? [])
    const unnamed = group.length - known.length
    const rest = unnamed === 0 ? [] : [formatCount(unnamed, known.length === 0 ? people : others)]
    return `${listItems([...known, ...rest])} (${obstacleWords[obstacle]})`
  })
}

function describeShare(why: AssignmentReason, subject: string): string[] {
  const many = formatCount(why.candidates, people)
  if (why.candidates === 1) return [`Nobody else could take this document.`]
  if (why.equallyPlaced === 1)
    return [`Of ${many} who could take it, ${subject} had fallen furthest behind a fair share.`]
  const near = `Of ${many} who could take it, ${formatNumber(why.equallyPlaced)} had fallen about equally far behind a fair share.`
  const decided =
    why.tie === 'draw'
      ? `Among these the draw with seed ${why.seed} decided.`
      : `Among these ${subject} had shared the fewest documents with the others on this one.`
  return [near, decided]
}

function describeStep(why: AssignmentReason, names: NamesToShow): string[] {
  const subject = names.reviewer ?? 'you'
  switch (why.step) {
    case 'share':
      return describeShare(why, subject)
    case 'room':
      return [
        'Quotas and conflicts of interest left no direct way to fill every place; this document came by an exchange between reviewers that made room.',
      ]
    case 'balance': {
      const from = names.people.get(why.takenFrom ?? '') ?? 'someone'
      return [`Documents changed hands to even out the work, and this one came from ${from}.`]
    }
  }
}

/**
 * Answers "why did I get this document?" in plain sentences, in reading order. It names only people in `names.people`. The facts are those at the
 * time of the decision; later documents have changed the loads since.
 */
export function explainAssignment(why: AssignmentReason, names: NamesToShow): string[] {
  const subject = names.reviewer ?? 'You'
  const forWeight = why.weight === 1 ? '' : ` (weight ${formatNumber(why.weight)})`
  const excluded = describeExcluded(why.excluded, names.people)
  return [
    `Each document needs ${formatCount(why.reviewersPerDocument, ['reviewer', 'reviewers'])}; this one has ${formatCount(why.words, words)}.`,
    `${subject} had ${formatCount(why.loadBefore, words)} then, and a fair share${forWeight} is ${formatCount(why.target, words)}.`,
    ...describeStep(why, names),
    ...(excluded.length === 0 ? [] : [`Not available: ${excluded.join('; ')}.`]),
  ]
}

/** Says why a document lacks reviewers, in plain sentences for a lead. Names as in `explainAssignment`. */
export function explainShortage(
  short: { missing: number; reasons: readonly Exclusion[] },
  names: NamesToShow['people'],
): string[] {
  const reasons = describeExcluded(short.reasons, names)
  return [
    `${formatCount(short.missing, ['reviewer is', 'reviewers are'])} missing.`,
    reasons.length === 0 ? 'There is nobody to assign.' : `Not available: ${reasons.join('; ')}.`,
  ]
}

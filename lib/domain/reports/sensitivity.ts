/** How firm the shares of a report are: what one document decides, what other rules would make of the claims, and what reading more would tell. */
import type { Rating } from '../annotations/rating'
import { pluralityOf, type Vote } from '../claims/votes'
import { keysOf } from '../keys'
import { planFurther } from '../statistics/intervals'
import type { DocumentAdjudication } from './input-schema'
import { isCounted, type ReportClaim } from './report-claims'
import {
  assessedRatings,
  type AssessedRating,
  type DocumentLine,
  type OtherRule,
  type ReportChoices,
  type ReportView,
} from './schema'

type LeaveOneOut = NonNullable<ReportView['leaveOneOut']>

function leaveOneOut(lines: readonly DocumentLine[], rating: AssessedRating): LeaveOneOut[AssessedRating] | null {
  const count = lines.reduce((sum, { claims }) => sum + claims[rating], 0)
  const of = lines.reduce((sum, { claims }) => sum + claims.assessed, 0)
  const without = lines
    .filter(({ claims }) => claims.assessed > 0 && claims.assessed < of)
    .map(({ id: documentId, title, claims }) => {
      return { share: (count - claims[rating]) / (of - claims.assessed), documentId, title }
    })
  const [first, ...others] = without
  if (first === undefined) return null
  return {
    lowest: others.reduce((least, each) => (each.share < least.share ? each : least), first),
    highest: others.reduce((most, each) => (each.share > most.share ? each : most), first),
  }
}

function leaveEachOut(lines: readonly DocumentLine[]): ReportView['leaveOneOut'] {
  const [sourced, unsourced, contradicted] = assessedRatings.map((rating) => leaveOneOut(lines, rating))
  return sourced && unsourced && contradicted ? { sourced, unsourced, contradicted } : null
}

function points(share: number): string {
  const value = Math.round(share * 100)
  return `${value} ${value === 1 ? 'point' : 'points'}`
}

function furtherDocuments(lines: readonly DocumentLine[]): ReportView['furtherDocuments'] {
  const plan = planFurther(
    assessedRatings.map((rating) => lines.map(({ claims }) => ({ count: claims[rating], of: claims.assessed }))),
  )
  if (plan === null) return null
  const { halfWidth, target, further } = plan
  const says = `The widest interval reaches ${points(halfWidth)} to either side. About ${further} more ${further === 1 ? 'document' : 'documents'} like these, reviewed in the same way, would bring that to ${points(target)}.`
  return { ...plan, says }
}

/** A reviewed document: its line, its claims, and the votes behind those that a session settled. */
interface ReviewedDocument {
  line: DocumentLine
  claims: readonly ReportClaim[]
  document: { adjudication?: DocumentAdjudication | null }
}

/** What a claim comes to by another rule: a rating, or null where the rule says nothing of it. `votes`: those behind its verdict, if it has one. */
type Rule = (claim: ReportClaim, votes: readonly Vote[] | undefined) => Rating | null

/** What a claim came to. Where nobody settled it, those who rated it agree, or it is open. */
function settled({ outcome }: ReportClaim): Rating | null {
  return outcome === 'open' || outcome === 'incomplete' || outcome === 'no_claim' ? null : outcome
}

const rules: Record<OtherRule['rule'], { says: string; rule: Rule }> = {
  'blind-plurality': {
    says: 'By what most reviewers had rated blind, without verdicts',
    rule: (claim, votes) => (votes === undefined ? settled(claim) : pluralityOf(votes)),
  },
  unanimous: {
    says: 'Only claims that two or more rated blind, all alike',
    rule: (claim, votes) => {
      const blind = votes?.filter(({ late }) => !late)
      if (blind === undefined) return claim.rated > 1 ? settled(claim) : null
      const [first] = blind
      const isUnanimous = blind.length > 1 && blind.every(({ rating }) => rating === first?.rating)
      return isUnanimous ? (first?.rating ?? null) : null
    },
  },
  'without-disputed': {
    says: 'Without claims that are marked as disputed',
    rule: (claim) => (claim.disputed ? null : settled(claim)),
  },
}

function applyRule(documents: readonly ReviewedDocument[], name: OtherRule['rule'], choices: ReportChoices): OtherRule {
  const { says, rule } = rules[name]
  const counts = { sourced: 0, unsourced: 0, contradicted: 0 }
  let leftOut = 0
  for (const { claims, document } of documents) {
    const votesOf = new Map(document.adjudication?.claims.map(({ id, votes }) => [id, votes]))
    for (const claim of claims) {
      if (!isCounted(claim, choices)) continue
      const rating = rule(claim, claim.claimId === null ? undefined : votesOf.get(claim.claimId))
      const assessed = assessedRatings.find((each) => each === rating)
      if (assessed !== undefined) counts[assessed] += 1
      else if (assessedRatings.some((each) => each === claim.outcome)) leftOut += 1
    }
  }
  return { rule: name, says, ...counts, of: counts.sourced + counts.unsourced + counts.contradicted, leftOut }
}

/** The rows of sensitivity of a report that states shares, over its reviewed documents. */
export function stateSensitivity(
  documents: readonly ReviewedDocument[],
  choices: ReportChoices,
): Pick<ReportView, 'leaveOneOut' | 'furtherDocuments' | 'otherRules'> {
  const lines = documents.map(({ line }) => line)
  return {
    leaveOneOut: leaveEachOut(lines),
    furtherDocuments: furtherDocuments(lines),
    otherRules: keysOf(rules).map((name) => applyRule(documents, name, choices)),
  }
}

import type { EarlierSession, ReopenedSession } from './review-schema'
import type { ClaimCounts, Gate, ReportChoices, ReportView, WithdrawnDocument } from './schema'

/** The inputs of a report's statement about claims that no figure counts. */
export interface LeftOutFacts {
  claims: ClaimCounts
  /** Documents that their session had read once, and their readers' claims, which are part of the single reviews. */
  readOnce: { documents: number; claims: number }
  choices: ReportChoices
  withdrawn: readonly WithdrawnDocument[]
  earlierSessions: readonly EarlierSession[]
  reopenedSessions: readonly ReopenedSession[]
}

/** A number with its noun, singular or plural. */
export function plural(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`
}

/** Lists the claims that no share counts, with the reasons. */
export function leftOut({ claims, choices, readOnce }: LeftOutFacts): Gate[] {
  const gates: Gate[] = []
  const { open, incomplete } = claims
  const singleReview = claims.singleReview - readOnce.claims
  if (readOnce.documents > 0) {
    gates.push({
      code: 'read-once',
      says: `${plural(readOnce.documents, 'document was', 'documents were')} read once: ${plural(readOnce.claims, 'claim', 'claims')} of ${readOnce.documents === 1 ? 'it' : 'them'} ${readOnce.claims === 1 ? 'is' : 'are'} listed and not counted; an estimate from both readings takes them in.`,
    })
  }
  if (singleReview > 0) {
    const rest = singleReview === 1 ? 'rests' : 'rest'
    const they = singleReview === 1 ? 'it is' : 'they are'
    gates.push({
      code: 'single-review',
      says:
        choices.singleReviews === 'counted'
          ? `${plural(singleReview, 'assessed claim', 'assessed claims')} that ${rest} on one person alone, checked by nobody else, ${singleReview === 1 ? 'is' : 'are'} counted, because this was chosen.`
          : `${plural(singleReview, 'claim', 'claims')} ${rest} on one person alone, checked by nobody else: ${they} in no share unless this is chosen.`,
    })
  }
  if (open > 0) {
    gates.push({
      code: 'open-claims',
      says: `${plural(open, 'claim is', 'claims are')} not counted because reviewers differ and nobody has settled ${open === 1 ? 'it' : 'them'}.`,
    })
  }
  if (incomplete > 0) {
    gates.push({
      code: 'incomplete-claims',
      says: `${plural(incomplete, 'claim is', 'claims are')} not counted for lack of evidence: “contradicted” needs a citation that quotes what contradicts the claim, “sourced” one that supports it.`,
    })
  }
  return gates
}

/** What was taken out of the figures or replaced in them after it had been settled. */
export function changedSince({ withdrawn, earlierSessions, reopenedSessions }: LeftOutFacts): Gate[] {
  const gates: Gate[] = []
  if (withdrawn.length > 0) {
    const settled = withdrawn.reduce((sum, { claims }) => sum + claims.assessed, 0)
    const contradicted = withdrawn.reduce((sum, { claims }) => sum + claims.contradicted, 0)
    gates.push({
      code: 'withdrawn-documents',
      says: `${plural(withdrawn.length, 'document was', 'documents were')} withdrawn after being assessed, with ${plural(settled, 'assessed claim', 'assessed claims')}, ${contradicted} of them contradicted: these are in no figure.`,
    })
  }
  if (reopenedSessions.length > 0) {
    const names = reopenedSessions.map(({ name }) => `“${name}”`).join(', ')
    gates.push({
      code: 'reopened-session',
      says: `${names} ${reopenedSessions.length === 1 ? 'was closed and has been reopened: its' : 'were closed and have been reopened: their'} verdicts do not count until ${reopenedSessions.length === 1 ? 'it is' : 'they are'} closed again.`,
    })
  }
  if (earlierSessions.length > 0) {
    const names = earlierSessions.map(({ name }) => `“${name}”`).join(', ')
    gates.push({
      code: 'earlier-session',
      says: `Documents here had been assessed before, in ${names}: the verdicts of the session closed last count instead.`,
    })
  }
  return gates
}

/**
 * Bounds of the share of contradicted claims: no unsettled claim, or every one, turns out contradicted. A claim that turns out not checkable leaves
 * the share between the same bounds. Null when all claims are settled.
 */
export function boundsOf(
  claims: ClaimCounts,
  { undecided, choices, readOnce }: { undecided: number; choices: ReportChoices; readOnce: LeftOutFacts['readOnce'] },
): ReportView['bounds'] {
  const { assessed, contradicted, open, incomplete } = claims
  const singleReview = choices.singleReviews === 'counted' ? 0 : claims.singleReview - readOnce.claims
  const unsettled = undecided + open + incomplete + singleReview
  if (unsettled === 0) return null
  const possible = assessed + unsettled
  const ends = { low: contradicted / possible, high: (contradicted + unsettled) / possible }
  return { ...ends, undecided, open, incomplete, singleReview }
}

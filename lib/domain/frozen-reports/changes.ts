import type { AdjudicatedClaim, ReportInputs } from '../reports/input-schema'
import { countOf } from '../statistics/number-words'
import { assessedRatings, type ReportView } from '../reports/schema'

/** The parts of a report's version that are compared with another's. */
export interface ReportVersion {
  inputs: ReportInputs
  report: ReportView
}

/** "three documents added", or nothing for a count of zero. */
function counted(n: number, [one, many]: readonly [string, string], what: string): string[] {
  return n === 0 ? [] : [`${countOf(n, one, many)} ${what}`]
}

interface Lists<T> {
  added: T[]
  removed: T[]
  kept: [before: T, after: T][]
}

function pairById<T extends { id: string }>(before: readonly T[], after: readonly T[]): Lists<T> {
  const earlier = new Map(before.map((item) => [item.id, item]))
  const later = new Set(after.map(({ id }) => id))
  return {
    added: after.filter(({ id }) => !earlier.has(id)),
    removed: before.filter(({ id }) => !later.has(id)),
    kept: after.flatMap((item): [T, T][] => {
      const old = earlier.get(item.id)
      return old === undefined ? [] : [[old, item]]
    }),
  }
}

const documentWords = ['document', 'documents'] as const
const verdictWords = ['verdict', 'verdicts'] as const
const sessionWords = ['review session', 'review sessions'] as const

function documentChanges(before: ReportInputs, after: ReportInputs): string[] {
  const { added, removed, kept } = pairById(before.documents, after.documents)
  const renamed = kept.filter(([old, now]) => old.title !== now.title || old.publishedOn !== now.publishedOn)
  return [
    ...counted(added.length, documentWords, 'added'),
    ...counted(removed.length, documentWords, 'removed'),
    ...counted(kept.filter(([old, now]) => old.sha256 !== now.sha256).length, documentWords, 'with another text'),
    ...counted(renamed.length, documentWords, 'with another title or date'),
  ]
}

function claimsOf({ documents }: ReportInputs): AdjudicatedClaim[] {
  return documents.flatMap(({ adjudication }) => adjudication?.claims ?? [])
}

function evidenceOf({ citations }: AdjudicatedClaim): string {
  return JSON.stringify(
    citations.map(({ stance, quote, locator, reference }) => [stance, quote, locator, reference.id, reference.title]),
  )
}

function verdictChanges(before: ReportInputs, after: ReportInputs): string[] {
  const { added, removed, kept } = pairById(claimsOf(before), claimsOf(after))
  const decided = kept.filter(([old, now]) => old.rating !== now.rating)
  const reworded = kept.filter(
    ([old, now]) => old.rating === now.rating && (old.reason !== now.reason || old.words !== now.words),
  )
  const cited = kept.filter(([old, now]) => old.rating === now.rating && evidenceOf(old) !== evidenceOf(now))
  return [
    ...counted(decided.length, verdictWords, 'decided otherwise'),
    ...counted(added.length, verdictWords, 'added'),
    ...counted(removed.length, verdictWords, 'removed'),
    ...counted(reworded.length, verdictWords, 'with other reasons'),
    ...counted(cited.length, verdictWords, 'with other evidence'),
  ]
}

function sessionChanges(before: ReportInputs, after: ReportInputs): string[] {
  const { added, removed, kept } = pairById(before.sessions, after.sessions)
  return [
    ...counted(added.length, sessionWords, 'added'),
    ...counted(removed.length, sessionWords, 'removed'),
    ...counted(
      kept.filter(([old, now]) => old.closedAt !== now.closedAt).length,
      sessionWords,
      'reopened and closed again',
    ),
  ]
}

function figureChanges(before: ReportView, after: ReportView): string[] {
  const moved = (name: string, old: number, now: number) =>
    old === now ? [] : [`${name} ${String(old)} → ${String(now)}`]
  return [
    ...moved('claims assessed', before.claims.assessed, after.claims.assessed),
    ...assessedRatings.flatMap((rating) => moved(rating, before.claims[rating], after.claims[rating])),
    ...moved('checkable sentences', before.coverage.checkable, after.coverage.checkable),
    ...moved('decided', before.coverage.decided, after.coverage.decided),
  ]
}

function methodChanges(before: ReportInputs, after: ReportInputs): string[] {
  return [
    ...(before.methodVersion === after.methodVersion
      ? []
      : [`method ${before.methodVersion} → ${after.methodVersion}`]),
    ...(before.agreement.methodVersion === after.agreement.methodVersion
      ? []
      : [`method of agreement ${before.agreement.methodVersion} → ${after.agreement.methodVersion}`]),
  ]
}

/**
 * The changes from one version of a report to a later one, each in a few words without a full stop: "two verdicts decided otherwise", "one document
 * added", "sourced 118 → 116". Computed from the inputs of both; when none of these changes applies, one entry says that something else differs.
 */
export function describeChanges(before: ReportVersion, after: ReportVersion): string[] {
  const changes = [
    ...documentChanges(before.inputs, after.inputs),
    ...sessionChanges(before.inputs, after.inputs),
    ...verdictChanges(before.inputs, after.inputs),
    ...figureChanges(before.report, after.report),
    ...methodChanges(before.inputs, after.inputs),
  ]
  return changes.length > 0 ? changes : ['other details of the inputs']
}

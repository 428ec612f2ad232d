import { describeEnds } from '../../documents/review-state'
import { ratingNames } from '../../annotations/words'
import { claimRowsOf } from '../../reports/reading/findings'
import { headlineOf, judgeCertainty, describePeriod } from '../../reports/reading/headline'
import { assessedRatings, type ReportView } from '../../reports/schema'
import { percent, countOf } from '../../statistics/number-words'
import { listNotDrawn } from '../../reports/reading/claim-words'
import type { ExportedReport } from '../exported-report'
import type { Sheet } from './sheet'
import { additionsTo, listSheetClaims } from './sheet-claims'
import { describeMethod } from './sheet-method'

function countsOf({ claims, shares, twoPhase }: ReportView): Sheet['counts'] {
  if (claims.assessed === 0) return []
  return assessedRatings.map((rating) => {
    const share = twoPhase?.shares?.[rating] ?? shares?.[rating] ?? null
    const range = share === null ? '' : ` (${percent(share.low)}–${percent(share.high)} %)`
    return { rating, says: `${claims[rating]} ${ratingNames[rating].toLowerCase()}${range}` }
  })
}

function sharesOf({ shares, twoPhase }: ReportView): Sheet['shares'] {
  return assessedRatings.flatMap((rating) => {
    const estimate = twoPhase?.shares?.[rating] ?? null
    if (twoPhase !== undefined && estimate !== null) {
      const { low, high, share } = estimate
      const range = `${percent(low)}–${percent(high)} %`
      const of = `of ${twoPhase.documents.all} documents`
      return [{ rating, name: ratingNames[rating], low, high, share, range, of }]
    }
    const found = shares?.[rating] ?? null
    if (found === null) return []
    const { low, high, share, count, of } = found
    const range = `${percent(low)}–${percent(high)} %`
    return [{ rating, name: ratingNames[rating], low, high, share, range, of: `${count} of ${of}` }]
  })
}

function remarksOf(report: ReportView): string[] {
  const { shares, bounds } = report
  const notDrawn = listNotDrawn(report)
  const none = shares?.contradicted?.count === 0 ? shares.contradicted : null
  const unsettled = bounds === null ? 0 : bounds.open + bounds.incomplete + bounds.singleReview
  return [
    ...(notDrawn.length === 0
      ? []
      : [`In no count and not drawn: ${notDrawn.map(([count, words]) => `${count} ${words}`).join(', ')}.`]),
    ...(none === null
      ? []
      : [
          `None of ${none.of} assessed claims is contradicted. With so many, a share of up to ${percent(none.high)} % would not be surprising.`,
        ]),
    ...(bounds === null
      ? []
      : [
          `Undecided: ${countOf(bounds.undecided, 'checkable sentence')} and ${countOf(unsettled, 'claim')}. However all is decided, the share of contradicted claims in these documents will end between ${percent(bounds.low)} % and ${percent(bounds.high)} %.`,
        ]),
  ]
}

/** A report as it stands on paper. */
export function makeSheet(exported: ExportedReport): Sheet {
  const { report, workspace, number, frozenAt, address, reopened } = exported
  const { step, says, points, alpha } = judgeCertainty(report)
  return {
    source: report.source.name,
    workspace,
    edition: `Version ${number}`,
    date: frozenAt.slice(0, 10),
    address,
    sha256: report.inputSha256,
    method: report.methodVersion,
    notices: reopened.map(
      ({ name, at }) => `Session “${name}”, which this version counts, was reopened on ${at.slice(0, 10)}.`,
    ),
    headline: headlineOf(report),
    period: describePeriod(report, (date) => date),
    counts: countsOf(report),
    picture: claimRowsOf(report).map(({ line, claims }) => ({
      title: line.title,
      about: [line.publishedOn ?? '', countOf(claims.length, 'claim')].filter((part) => part !== '').join(' · '),
      ticks: claims.map(({ rating }) => rating),
      says: describeEnds(claims.map(({ rating }) => rating)),
    })),
    shares: sharesOf(report),
    remarks: remarksOf(report),
    lists: listSheetClaims(exported),
    certainty: { step, says, alpha, points },
    replies: additionsTo(null, exported),
    parts: describeMethod(exported),
  }
}

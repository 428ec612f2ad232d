import { countOf, spelled } from './number-words'
import { percent } from '../../statistics/percent'
import type { ReportView } from '../schema'

/** A stretch of the sentence for people; `strong` carries its weight. */
export interface HeadlinePart {
  text: string
  strong: boolean
}

/** Shares that people say as a fraction, ascending. */
const fractions: readonly [number, string][] = [
  [1 / 10, 'one in ten'],
  [1 / 5, 'one in five'],
  [1 / 4, 'one in four'],
  [1 / 3, 'one in three'],
  [2 / 5, 'two in five'],
  [1 / 2, 'half'],
  [3 / 5, 'three in five'],
  [2 / 3, 'two in three'],
  [3 / 4, 'three in four'],
  [4 / 5, 'four in five'],
  [9 / 10, 'nine in ten'],
]

/** A share whose interval is wider than this is said as a count: a fraction would promise more than is known. */
const widestInterval = 0.3

/** As far as a share may be from a fraction to be called by its name, without "about" and with it. */
const nameable = { exact: 0.005, about: 0.051 }

/** A share as people say it, such as "about three in four"; null where no plain fraction is near. */
function fractionInWords(share: number): string | null {
  if (share === 0) return 'none'
  if (share === 1) return 'all'
  if (share >= 0.95) return 'nearly all'
  const [value, words] = fractions.reduce((best, each) =>
    Math.abs(each[0] - share) < Math.abs(best[0] - share) ? each : best,
  )
  const off = Math.abs(value - share)
  if (off > nameable.about) return null
  return off <= nameable.exact ? words : `about ${words}`
}

const plain = (text: string): HeadlinePart => ({ text, strong: false })
const strong = (text: string): HeadlinePart => ({ text, strong: true })

function nothingAssessed({ claims, documents }: ReportView): HeadlinePart[] {
  if (documents.length === 0) return [plain('No documents of this source are in the workspace yet.')]
  const rest = [
    ...(claims.notCheckable > 0 ? [`${countOf(claims.notCheckable, 'claim')} could not be checked`] : []),
    ...(claims.singleReview > 0
      ? [
          `${countOf(claims.singleReview, 'claim')} ${claims.singleReview === 1 ? 'was' : 'were'} judged by one person alone`,
        ]
      : []),
    ...(claims.open > 0 ? [`on ${countOf(claims.open, 'claim')} reviewers differ`] : []),
    ...(claims.incomplete > 0
      ? [`${countOf(claims.incomplete, 'claim')} ${claims.incomplete === 1 ? 'lacks' : 'lack'} evidence`]
      : []),
  ]
  const why = rest.length === 0 ? '' : `: ${rest.join(', ')}`
  return [plain(`No claim of this source has been assessed yet${why}.`)]
}

/** How many of the claims have evidence: a fraction where shares are given and it is near, else the count. */
function supported({ claims, shares }: ReportView): string {
  const share = shares?.sourced ?? null
  const words =
    share === null || share.high - share.low > widestInterval ? null : fractionInWords(claims.sourced / claims.assessed)
  return words ?? spelled(claims.sourced)
}

/** What the two-phase estimate says of contradicted claims; nothing where there is none. */
function estimated({ twoPhase }: ReportView): HeadlinePart[] {
  const share = twoPhase?.shares?.contradicted ?? null
  if (twoPhase === undefined || share === null) return []
  return [
    plain(' Of the claims in all of them, an estimated '),
    strong(`${percent(share.low)} to ${percent(share.high)}\u00a0%`),
    plain(' are contradicted.'),
  ]
}

/**
 * What a report found, in one sentence for people who do not read statistics, such as "Reviewers found evidence for about three in four of the 195
 * claims that they checked in six documents, and evidence against ten." It says what reviewers found and not what is true, and a fraction only where
 * the report gives shares and the interval is narrow. The exact counts belong beneath it.
 */
export function headlineOf(report: ReportView): HeadlinePart[] {
  const { claims, reviewedDocuments, shares, twoPhase } = report
  const { assessed, sourced, unsourced, contradicted } = claims
  if (assessed === 0) return nothingAssessed(report)
  const where =
    twoPhase === undefined
      ? `in ${countOf(reviewedDocuments, 'document')}`
      : `twice in ${spelled(twoPhase.documents.twice)} of ${countOf(twoPhase.documents.all, 'document')}, drawn at random`
  const tooFew = shares === null ? [plain(' That is too little to give shares.')] : estimated(report)
  if (assessed === 1) {
    const found =
      sourced === 1
        ? 'evidence for it'
        : contradicted === 1
          ? 'evidence against it'
          : 'no adequate evidence for or against it'
    return [plain(`Reviewers checked one claim ${where} and found `), strong(found), plain('.'), ...tooFew]
  }
  const others =
    unsourced === 0
      ? ''
      : sourced + contradicted === 0
        ? ''
        : ` For the other ${unsourced === 1 ? 'one' : spelled(unsourced)} they found no adequate evidence either way.`
  if (sourced + contradicted === 0) {
    return [
      plain('Reviewers found '),
      strong('no adequate evidence'),
      plain(` for or against any of the ${spelled(assessed)} claims that they checked ${where}.`),
      ...tooFew,
    ]
  }
  return [
    plain('Reviewers found evidence for '),
    strong(supported(report)),
    plain(` of the ${spelled(assessed)} claims that they checked ${where}, and `),
    strong(`evidence against ${contradicted === 0 ? 'none' : spelled(contradicted)}`),
    plain(`.${others}`),
    ...tooFew,
  ]
}

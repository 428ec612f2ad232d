import { percent, countOf, spelled } from '../../statistics/number-words'
import type { ReportView, Gate } from '../schema'
import { threePlaces } from '../../agreement/established'

/** A piece of the headline; `strong` marks the words to stress. */
export interface HeadlinePart {
  text: string
  strong: boolean
}

/** Shares with a common name as a fraction, ascending. */
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

/** A share with a wider interval is given as a count: a fraction would promise more than is known. */
const widestInterval = 0.3

/** How far a share may be from a fraction to be named by it, without "about" and with it. */
const nameable = { exact: 0.005, about: 0.051 }

/** A share in everyday words, such as "about three in four"; null where no common fraction is near. */
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

/** How many of the claims have evidence: as a fraction where the report gives shares and one is near, else as a count. */
function supported({ claims, shares }: ReportView): string {
  const share = shares?.sourced ?? null
  const words =
    share === null || share.high - share.low > widestInterval ? null : fractionInWords(claims.sourced / claims.assessed)
  return words ?? spelled(claims.sourced)
}

/** What the two-phase estimate says of contradicted claims; nothing where there is no estimate. */
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
 * The result of a report in one sentence for readers without statistics, such as "Reviewers found evidence for about three in four of the 195 claims
 * that they checked in six documents, and evidence against ten." It says what reviewers found, not what is true. It gives a fraction only where the
 * report gives shares and the interval is narrow, so print the exact counts beneath it.
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

/** How far a report can be relied on, as step 1 to 3, or 0 where nothing was assessed. It says nothing about the source. */
export interface Certainty {
  step: 0 | 1 | 2 | 3
  /** The step in a word or two; `says` is the full sentence. */
  short: string
  says: string
  /** The reasons for the step, limits first, without repetition. */
  points: { says: string; limits: boolean }[]
  /** Alpha with its interval in the notation of the field; null where it is undefined. */
  alpha: string | null
}

/** Gates that keep a report at step 1, regardless of everything else. */
const grave: readonly Gate['code'][] = ['too-few-claims', 'too-few-documents', 'low-coverage']

const answers = {
  0: { short: 'Nothing yet', says: 'Nothing has been assessed yet.' },
  1: { short: 'Not sure', says: 'Not sure: read the claims, not the shares.' },
  2: { short: 'Fairly sure', says: 'Fairly sure of these documents, within the intervals.' },
  3: { short: 'Sure', says: 'Sure, within the intervals.' },
} as const

/** How alike reviewers rated, in plain words, and whether other reviewers can be expected to rate alike. */
function agreementPoint({ agreement }: ReportView): { says: string; limits: boolean } {
  const { established, figures, claims, says, reasons } = agreement
  const raw = figures?.labelAlpha.rawAgreement ?? null
  if (raw === null) return { says, limits: !established }
  const alike = `Reviewers who could not see each other rated alike in ${String(Math.round(raw * 100))} % of comparisons, over ${String(claims.coMarked)} ${claims.coMarked === 1 ? 'claim' : 'claims'} that two or more marked.`
  const why = established
    ? 'That is enough to expect the same of other reviewers.'
    : ['That is not enough to say how other reviewers would judge.', ...reasons.map((reason) => reason.says)].join(' ')
  return { says: `${alike} ${why}`, limits: !established }
}

function alphaOf({ agreement: { figures } }: ReportView): string | null {
  const alpha = figures?.labelAlpha
  if (typeof alpha?.value !== 'number') return null
  const interval =
    alpha.interval === null
      ? 'no interval'
      : `95 % interval ${threePlaces(alpha.interval.low)} to ${threePlaces(alpha.interval.high)}`
  return `Krippendorff’s α for ratings ${threePlaces(alpha.value)}, ${interval}`
}

/** The strengths of a report, each given only where no gate denies it. */
function strengths(report: ReportView, has: (code: Gate['code']) => boolean): string[] {
  const { coverage, sampling, sessions } = report
  return [
    ...(sampling.state === 'random' ? [sampling.says] : []),
    ...(has('low-coverage') || coverage.checkable === 0
      ? []
      : [`${String(coverage.decided)} of ${String(coverage.checkable)} checkable sentences have a decision.`]),
    ...(has('not-adjudicated') || sessions.length === 0 ? [] : ['Every claim has the verdict of an adjudicator.']),
  ]
}

/**
 * Judges how far a report can be relied on. Step 1: a gate withholds its shares or could overturn them; step 3: no gate at all; step 2: all others.
 * The points state each gate once, and nothing else states it.
 */
export function judgeCertainty(report: ReportView): Certainty {
  const { gates } = report
  const has = (code: Gate['code']) => gates.some((gate) => gate.code === code)
  const agreement = agreementPoint(report)
  // Where nothing was assessed, the gates "too few" say nothing new.
  const said = report.claims.assessed === 0 ? gates.filter(({ code }) => !code.startsWith('too-few-')) : gates
  const limits = said.map(({ code, says }) => (code === 'no-agreement' ? agreement.says : says))
  const holds = [...strengths(report, has), ...(agreement.limits ? [] : [agreement.says])]
  const isEmpty = report.claims.assessed === 0
  const step = isEmpty ? 0 : grave.some(has) ? 1 : limits.length === 0 ? 3 : 2
  return {
    step,
    short: answers[step].short,
    says: answers[step].says,
    points: [...limits.map((says) => ({ says, limits: true })), ...holds.map((says) => ({ says, limits: false }))],
    alpha: alphaOf(report),
  }
}

/** A period between two days: "on 3 March 2026", "from 3 March 2026 to 9 March 2026". */
function stretch(from: string, to: string, wordOf: (day: string) => string): string {
  return wordOf(from) === wordOf(to) ? `on ${wordOf(from)}` : `from ${wordOf(from)} to ${wordOf(to)}`
}

/**
 * When the documents of a report were published and reviewed, in one sentence. Days are in UTC. Empty where nothing was reviewed.
 * @param wordOf words a date (YYYY, YYYY-MM or YYYY-MM-DD)
 */
export function describePeriod(
  { period, reviewedDocuments }: Pick<ReportView, 'period' | 'reviewedDocuments'>,
  wordOf: (date: string) => string,
): string {
  if (reviewedDocuments === 0) return ''
  const { published, reviewed } = period
  const { from, to, undated } = published
  const dated =
    from === null || to === null
      ? `Documents without a publication date`
      : `Documents published ${/^\d{4}-\d{2}-\d{2}$/.test(from) || from !== to ? stretch(from, to, wordOf) : `in ${wordOf(from)}`}`
  const others = from === null || undated === 0 ? '' : ` (${countOf(undated, 'other has', 'others have')} no date)`
  const when =
    reviewed === null ? '' : `, reviewed ${stretch(reviewed.from.slice(0, 10), reviewed.to.slice(0, 10), wordOf)}`
  return `${dated}${others}${when}.`
}

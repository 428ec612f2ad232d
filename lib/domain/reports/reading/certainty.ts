import { threePlaces } from '../../agreement/established'
import type { Gate, ReportView } from '../schema'

/** How far a report can be relied on, in three steps; none where nothing was assessed. It says nothing of the source. */
export interface Certainty {
  step: 0 | 1 | 2 | 3
  /** The answer in a word or two, and in a sentence. */
  short: string
  says: string
  /** What the step rests on, what limits it first, each thing once. */
  points: { says: string; limits: boolean }[]
  /** Alpha with its interval as the field writes them; null where there is none. */
  alpha: string | null
}

/** Gates that leave a report at the first step, regardless of what else holds. */
const grave: readonly Gate['code'][] = ['too-few-claims', 'too-few-documents', 'low-coverage']

const answers = {
  0: { short: 'Nothing yet', says: 'Nothing has been assessed yet.' },
  1: { short: 'Not sure', says: 'Not sure: read the claims, not the shares.' },
  2: { short: 'Fairly sure', says: 'Fairly sure of these documents, within the intervals.' },
  3: { short: 'Sure', says: 'Sure, within the intervals.' },
} as const

/** How alike reviewers rated, in plain words, and whether that shows how others would. */
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

/** What holds, where no gate says otherwise. */
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
 * How sure a report is: at the first step what withholds or could overturn its shares, at the third nothing that it is warned of, else at the second.
 * Each gate is said once and by these points alone.
 */
export function judgeCertainty(report: ReportView): Certainty {
  const { gates } = report
  const has = (code: Gate['code']) => gates.some((gate) => gate.code === code)
  const agreement = agreementPoint(report)
  // Of a source without an assessed claim, that there are too few need not be said.
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

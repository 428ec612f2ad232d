import { establishedRule, threePlaces } from '../../agreement/established'
import { howToRead, listNotDrawn, listReviewers, memberInWords, namedOnly } from '../../reports/reading/claim-words'
import type { ReportSession } from '../../reports/review-schema'
import { assessedRatings, type ReportView } from '../../reports/schema'
import { ratingNames } from '../../annotations/words'
import { percent, countOf, spelled } from '../../statistics/number-words'
import type { ExportedReport } from '../exported-report'
import type { SheetPart } from './sheet'

function describeSession(session: ReportSession): string[] {
  const { name, question, sampleSays, sample, documents, reviewers, protocolSays, claims, closedAt } = session
  const notes = [
    ...(session.changed > 0 ? [`${spelled(session.changed)} against what most reviewers had rated`] : []),
    ...(session.ties > 0 ? [`${spelled(session.ties)} where no rating led`] : []),
    ...(session.ownVerdicts > 0 ? [`${spelled(session.ownVerdicts)} by an adjudicator who had rated the claim`] : []),
  ]
  return [
    `Session “${name}”. ${question.trim() === '' ? 'Its question was not recorded.' : `Question: ${question}`}`,
    sampleSays + (sample === null ? '' : ` The list it was drawn from has sha256 ${sample.frameSha256}.`),
    ...describeDraws(session),
    `${documents.counted} of ${documents.ofSource} documents of this source in the session count here, read by ${countOf(reviewers, 'reviewer')}. ${protocolSays.join(' ')}`,
    `${countOf(claims, 'claim')} settled${notes.length === 0 ? '' : `, ${notes.join(', ')}`}. Closed ${closedAt.slice(0, 10)}.`,
  ]
}

/** How often a sample was drawn, which would reveal drawing until the result pleased. */
function describeDraws({ draws, otherDraws, sample }: ReportSession): string[] {
  const before = sample === null ? draws : draws.slice(0, -1)
  const each = before.map(
    ({ by, drawnAt, seed, size, frameSize }) =>
      `${drawnAt.slice(0, 10)}: ${size} of ${frameSize}, seed ${seed}${by === '' ? '' : `, by ${memberInWords(by)}`}`,
  )
  const first = sample === null ? 'Drawings that the documents no longer come from' : 'Drawn before into this session'
  return [
    ...(each.length === 0 ? [] : [`${first}: ${each.join('; ')}.`]),
    ...(otherDraws === 0
      ? []
      : [
          `${countOf(otherDraws, 'drawing')} from the same list ${otherDraws === 1 ? 'was' : 'were'} made into other sessions.`,
        ]),
  ]
}

function changedSince({ withdrawn, earlierSessions, reopenedSessions }: ReportView): SheetPart[] {
  const paragraphs = [
    ...withdrawn.map(({ title, by, at, reason, sessionName, claims }) => {
      const { assessed, sourced, unsourced, contradicted } = claims
      const who = by === '' ? '' : ` by ${memberInWords(by)}`
      const why = reason === '' ? ', without a reason' : `: “${reason}”`
      return `“${title}” was withdrawn${who} on ${at.slice(0, 10)}${why}. “${sessionName}” had settled ${countOf(assessed, 'assessed claim')}: ${sourced} sourced, ${unsourced} unsourced, ${contradicted} contradicted.`
    }),
    ...earlierSessions.map(
      ({ name, closedAt, documents }) =>
        `“${name}”, closed ${closedAt.slice(0, 10)}, had assessed ${countOf(documents, 'document')} here. A session that was closed later assessed ${documents === 1 ? 'it' : 'them'} anew, and its verdicts count.`,
    ),
    ...reopenedSessions.map(
      ({ name, reopenedAt }) =>
        `“${name}” was closed and reopened ${reopenedAt.slice(0, 10)}: its verdicts do not count until it is closed again.`,
    ),
  ]
  return paragraphs.length === 0 ? [] : [{ title: 'Taken out or replaced', paragraphs, table: null }]
}

function whoReviewed(reviewers: ExportedReport['reviewers']): SheetPart[] {
  if (reviewers.length === 0) return []
  return [{ title: 'Who reviewed', paragraphs: [`${listReviewers(reviewers).join(', ')}. ${namedOnly}`], table: null }]
}

function reviewed({ sessions, sampling, documents, reviewedDocuments }: ReportView): SheetPart {
  const open = reviewedDocuments - sessions.reduce((sum, session) => sum + session.documents.counted, 0)
  const untouched = documents.length - reviewedDocuments
  return {
    title: 'How it was reviewed',
    paragraphs: [
      ...(sampling.state === 'random' ? [sampling.says] : []),
      ...sessions.flatMap(describeSession),
      ...(open > 0
        ? [
            `${countOf(open, 'document was', 'documents were')} assessed by no closed session: members read and rated in the open, and a claim counts where those who rated it agree.`,
          ]
        : []),
      ...(untouched > 0
        ? [`${countOf(untouched, 'document')} of this source in the workspace without a review that counts.`]
        : []),
    ],
    table: null,
  }
}

/** How the part that was read twice corrects the single readings; nothing in other reports. */
function twoPhaseParts({ twoPhase }: ReportView): SheetPart[] {
  if (twoPhase === undefined) return []
  const { shares, says, chosenSays, withheld } = twoPhase
  const ends = ({ low, high }: { low: number; high: number }) => `${percent(low)}–${percent(high)} %`
  return [
    {
      title: 'Read once, and a part twice',
      paragraphs: [...says, chosenSays, ...(withheld === null ? [] : [`There is no estimate. ${withheld}`])],
      table:
        shares === null
          ? null
          : {
              header: ['Claims', 'Two-phase estimate', 'The part read twice alone', 'Single readings alone'],
              rows: assessedRatings.flatMap((rating) => {
                const share = shares[rating]
                return share === null
                  ? []
                  : [[ratingNames[rating], ends(share), ends(share.twice), `${percent(share.once)} %`]]
              }),
            },
    },
  ]
}

function documentRows({ documents }: ReportView): SheetPart {
  return {
    title: 'Documents',
    paragraphs: [],
    table: {
      header: ['Document', 'Sourced', 'Unsourced', 'Contradicted', 'Claims', 'Decided'],
      rows: documents.map((line) => [
        line.publishedOn === null ? line.title : `${line.title} (${line.publishedOn})`,
        ...assessedRatings.map((rating) => {
          if (line.reviewers === 0) return '–'
          const share = line.shares[rating]
          return share === null
            ? String(line.claims[rating])
            : `${line.claims[rating]} (${percent(share.low)}–${percent(share.high)} %)`
        }),
        line.reviewers === 0 ? '–' : String(line.claims.assessed),
        `${line.coverage.decided} of ${line.coverage.checkable}`,
      ]),
    },
  }
}

const figureNames = {
  labelAlpha: 'Alpha for labels',
  labelAlphaWithUnmarked: 'Alpha with “not marked”',
  boundaryAlpha: '|uα|, stretches marked',
  unitizingAlpha: 'uα, stretches and ratings',
  characterF1: 'Character F1',
} as const

function agreementOf({ agreement }: ReportView): SheetPart {
  const { says, cautions, detectionSays, figures, methodVersion } = agreement
  const names = ['labelAlpha', 'labelAlphaWithUnmarked', 'boundaryAlpha', 'unitizingAlpha', 'characterF1'] as const
  return {
    title: 'Agreement between reviewers',
    paragraphs: [
      says,
      ...cautions.map((caution) => caution.says),
      ...(detectionSays === null ? [] : [detectionSays]),
      ...(figures === null
        ? []
        : [
            `These figures use only ratings made before reviewers could see each other’s marks. One is perfect agreement, zero is what chance alone would give. Intervals are 95 %, from leaving out one document at a time; method ${methodVersion}.`,
          ]),
    ],
    table:
      figures === null
        ? null
        : {
            header: ['Figure', 'Value', '95 % interval', 'Rests on'],
            rows: names.map((name) => {
              const { value, reason, interval, intervalReason, n, unit, raters } = figures[name]
              return [
                figureNames[name],
                value === null ? (reason?.says ?? 'none') : threePlaces(value),
                interval === null
                  ? (intervalReason?.says ?? 'none')
                  : `${threePlaces(interval.low)} to ${threePlaces(interval.high)}`,
                `${n} ${n === 1 ? unit.replace(/s$/, '') : unit}, ${countOf(raters, 'reviewer')}`,
              ]
            }),
          },
  }
}

/** The statements right below the shares: what they leave out, and their bounds. */
export function remarksOf(report: ReportView): string[] {
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

/** How firm a report's figures are: each share without one document and by other rules, the effect of further documents, and unmarked claims. */
function describeFirmness(report: ReportView): SheetPart[] {
  const says = [report.furtherDocuments?.says, report.agreement.unmarked?.says].flatMap((each) => each ?? [])
  return [
    ...withoutOne(report),
    ...byOtherRules(report),
    ...(says.length === 0 ? [] : [{ title: 'What more would tell', paragraphs: says, table: null }]),
  ]
}

/** How a report came about, part by part in the order of its page. */
export function describeMethod({ report, reviewers, changes, number }: ExportedReport): SheetPart[] {
  const isReviewed = report.reviewedDocuments > 0
  return [
    ...(isReviewed ? [reviewed(report)] : []),
    ...twoPhaseParts(report),
    ...whoReviewed(reviewers),
    ...describeFirmness(report),
    ...changedSince(report),
    ...(report.documents.length > 0 ? [documentRows(report)] : []),
    ...(isReviewed ? [agreementOf(report)] : []),
    {
      title: 'How to read this',
      paragraphs: [
        ...howToRead,
        `Intervals of shares are 95 % (Wilson), widened because claims of one document are alike. ${establishedRule}`,
      ],
      table: null,
    },
    ...(changes.length > 0 ? [{ title: `Since version ${number - 1}`, paragraphs: [...changes], table: null }] : []),
    {
      title: 'Verify this report',
      paragraphs: [
        'The bundle of this version holds everything that it was computed from, and every figure. Anyone can have all figures recomputed from it; the hash says that it is the bundle of this report.',
      ],
      table: null,
    },
  ]
}

const inPercent = (share: number) => `${percent(share)} %`

function withoutOne({ leaveOneOut, shares }: ReportView): SheetPart[] {
  if (leaveOneOut === null || shares === null) return []
  const without = ({ share, title }: { share: number; title: string }) => `${inPercent(share)} without “${title}”`
  return [
    {
      title: 'Shares without one document',
      paragraphs: [],
      table: {
        header: ['Claims', 'Share', 'Lowest', 'Highest'],
        rows: assessedRatings.map((rating) => [
          ratingNames[rating],
          inPercent(shares[rating]?.share ?? 0),
          without(leaveOneOut[rating].lowest),
          without(leaveOneOut[rating].highest),
        ]),
      },
    },
  ]
}

function byOtherRules({ otherRules, shares, claims }: ReportView): SheetPart[] {
  if (otherRules === null || shares === null) return []
  const counted = assessedRatings.map((rating) => inPercent(shares[rating]?.share ?? 0))
  return [
    {
      title: 'Shares by other rules',
      paragraphs: [],
      table: {
        header: ['Rule', ...assessedRatings.map((rating) => ratingNames[rating]), 'Claims'],
        rows: [
          ['As counted here', ...counted, String(claims.assessed)],
          ...otherRules.map((row) => [
            row.says,
            ...assessedRatings.map((rating) => (row.of === 0 ? 'none' : inPercent(row[rating] / row.of))),
            String(row.of),
          ]),
        ],
      },
    },
  ]
}

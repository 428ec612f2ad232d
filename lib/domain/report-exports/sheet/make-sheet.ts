import { describeEnds } from '../../documents/review-state'
import { ratingNames } from '../../annotations/words'
import { claimRowsOf, anchorOf, chooseTelling } from '../../reports/reading/findings'
import { headlineOf, judgeCertainty, describePeriod } from '../../reports/reading/headline'
import { assessedRatings, type ReportView, type AssessedRating, type Finding } from '../../reports/schema'
import { percent, countOf } from '../../statistics/number-words'
import {
  describeFlags,
  describeQuotes,
  describeReviewers,
  listWords,
  recordHeads,
  stanceWords,
  unsettledWords,
  groupEvidence,
  type EvidenceGroup,
} from '../../reports/reading/claim-words'
import type { ExportedReport } from '../exported-report'
import type { Sheet, SheetAddition, SheetClaim, SheetList, SheetPiece } from './sheet'
import { describeMethod, remarksOf } from './sheet-method'
import type { TextRange } from '../../ranges/text-range'
import { markDifferences } from '../../reports/reading/mark-differences'
import type { ScriptRun } from '../../text/quotation'
import { normalAddress } from '../../interchange/web-annotation-model'

const additionWords = { reply: 'The publisher replied', correction: 'The publisher corrected this' } as const

/** The additions to a claim; with null, to the report as a whole. */
function additionsTo(claimId: string | null, { additions }: Pick<ExportedReport, 'additions'>): SheetAddition[] {
  return additions
    .filter((addition) => addition.claimId === claimId)
    .map(({ kind, day, url, text }) => ({ says: `${additionWords[kind]} on ${day}`, address: url, text }))
}

/** Words split where a mark, a superscript or a subscript begins or ends. */
function piecesOf(words: string, marks: readonly TextRange[], script: readonly ScriptRun[] = []): SheetPiece[] {
  const cuts = [...marks, ...script]
    .flatMap(({ start, end }) => [start, end])
    .filter((at) => at > 0 && at < words.length)
  const starts = [...new Set([0, ...cuts])].sort((one, other) => one - other)
  return starts.map((start, place) => {
    const covers = (range: TextRange) => range.start <= start && start < range.end
    return {
      text: words.slice(start, starts[place + 1]),
      marked: marks.some(covers),
      is: script.find(covers)?.is ?? 'plain',
    }
  })
}

function describeGroup({ first, quotes }: EvidenceGroup, marks: readonly (readonly TextRange[])[]) {
  const shown = quotes.filter(({ quote }) => quote !== '')
  const locators = quotes.flatMap((each) => each.locators)
  const from = [...new Set([first.author, first.publisher, first.issued])].filter((part) => part !== '')
  const checks = describeQuotes(shown, first.snapshotAt?.slice(0, 10) ?? null)
  const address = first.url === '' && first.doi !== '' ? `https://doi.org/${first.doi}` : first.url
  return {
    quotes: shown.map(({ quote }, place) => piecesOf(quote, marks[place] ?? [])),
    title: first.title,
    about: [...from, ...locators].join(', '),
    address: normalAddress(address),
    says: `${stanceWords[first.stance]}.${checks === '' ? '' : ` ${checks}.`}`,
  }
}

interface Shown {
  rating: AssessedRating
  beside: boolean
  withTitle: boolean
}

function describeClaim(finding: Finding, { rating, beside, withTitle }: Shown, exported: ExportedReport): SheetClaim {
  const { exact, script, verdict, notes, documentTitle, publishedOn, place, claimId } = finding
  const groups = groupEvidence(finding.evidence)
  const compared = groups.map(({ first, quotes }) =>
    rating === 'contradicted' && first.stance === 'contradicts'
      ? quotes.map(({ quote }) => quote).filter((quote) => quote !== '')
      : [],
  )
  const marks = markDifferences(exact, compared.flat())
  let from = 0
  const evidence = groups.map((group, at) => {
    const own = marks.quotes.slice(from, from + (compared[at]?.length ?? 0))
    from += own.length
    return describeGroup(group, own)
  })
  const where = withTitle ? [documentTitle, ...(publishedOn === null ? [] : [publishedOn]), place].join(', ') : place
  return {
    anchor: anchorOf(finding),
    rating,
    words: piecesOf(exact, marks.claim, script),
    place: where,
    head: recordHeads[rating],
    evidence,
    beside,
    reason: beside && verdict !== null ? `${verdict.reason}.` : '',
    notes,
    judged: [describeReviewers(finding), describeFlags(finding)].filter((words) => words !== '').join(' '),
    additions: claimId === null ? [] : additionsTo(claimId, exported),
  }
}

function byDocument(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>()
  for (const finding of findings) groups.set(finding.documentId, [...(groups.get(finding.documentId) ?? []), finding])
  return [...groups.values()]
}

function groupsOf(findings: readonly Finding[], rating: AssessedRating, exported: ExportedReport) {
  return byDocument(findings).map((claims) => ({
    title: claims[0]?.documentTitle ?? '',
    about: [claims[0]?.publishedOn ?? '', countOf(claims.length, 'claim')].filter((part) => part !== '').join(' · '),
    claims: claims.map((finding) =>
      describeClaim(finding, { rating, beside: rating === 'contradicted', withTitle: false }, exported),
    ),
  }))
}

function whatWasWrong(exported: ExportedReport): SheetList[] {
  const { report } = exported
  const counted = report.contradicted.filter((finding) => finding.counted)
  if (counted.length === 0 && report.claims.assessed === 0) return []
  const title = report.agreement.established || counted.length === 0 ? 'What was wrong' : 'What was judged wrong'
  if (counted.length === 0) {
    return [
      {
        id: 'contradicted',
        title,
        says: 'None of the assessed claims is contradicted by the evidence found.',
        groups: [],
      },
    ]
  }
  const telling = chooseTelling(counted)
  const rest = counted.filter((finding) => !telling.includes(finding))
  const shown = { rating: 'contradicted' as const, beside: true, withTitle: true }
  return [
    {
      id: 'contradicted',
      title,
      says:
        rest.length === 0
          ? ''
          : `The first ${countOf(telling.length, 'claim')} were chosen because the difference shows at a glance; ${countOf(rest.length, 'more is', 'more are')} listed by document.`,
      groups: [
        { title: null, about: '', claims: telling.map((finding) => describeClaim(finding, shown, exported)) },
        ...groupsOf(rest, 'contradicted', exported),
      ],
    },
  ]
}

/** The claims about which nothing was settled, with their words and places. */
function listUnsettled({ report: { unsettled } }: ExportedReport): SheetList[] {
  if (unsettled.length === 0) return []
  const claims = unsettled.map(({ documentTitle, publishedOn, place, exact, script, why, ...claim }): SheetClaim => ({
    anchor: anchorOf(claim),
    rating: null,
    words: piecesOf(exact, [], script),
    place: [documentTitle, ...(publishedOn === null ? [] : [publishedOn]), place].join(', '),
    head: '',
    evidence: [],
    beside: false,
    reason: '',
    notes: [],
    judged: unsettledWords.why[why],
    additions: [],
  }))
  const { title, says } = unsettledWords
  return [
    {
      id: 'unsettled',
      title: `${title}: ${countOf(claims.length, 'claim')}`,
      says,
      groups: [{ title: null, about: '', claims }],
    },
  ]
}

/**
 * The claims of a report in the order of its page: contradicted, unsourced and sourced claims, then those that no figure counts, then those about
 * which nothing was settled.
 */
function listSheetClaims(exported: ExportedReport): SheetList[] {
  const { report } = exported
  const listed = (['unsourced', 'sourced'] as const).flatMap((rating) => {
    const findings = report[rating].filter(({ counted }) => counted)
    if (findings.length === 0) return []
    const { title, says } = listWords[rating]
    return [
      {
        id: rating,
        title: `${title}: ${countOf(findings.length, 'claim')}`,
        says,
        groups: groupsOf(findings, rating, exported),
      },
    ]
  })
  const uncounted = assessedRatings.flatMap((rating) =>
    report[rating].filter(({ counted }) => !counted).map((finding) => ({ finding, rating })),
  )
  const notCounted: SheetList = {
    id: 'not-counted',
    title: `Not counted: ${countOf(uncounted.length, 'claim')}`,
    says: 'Reviewers differ on these and nobody has settled them, or one person alone judged them.',
    groups: [
      {
        title: null,
        about: '',
        claims: uncounted.map(({ finding, rating }) =>
          describeClaim(finding, { rating, beside: false, withTitle: true }, exported),
        ),
      },
    ],
  }
  return [
    ...whatWasWrong(exported),
    ...listed,
    ...(uncounted.length === 0 ? [] : [notCounted]),
    ...listUnsettled(exported),
  ]
}

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

/** Lays out a report as a sheet. */
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

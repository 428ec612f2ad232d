import { ratingNames } from '../annotations/words'
import type { Cell } from '../interchange/csv'
import { assessedRatings, type Evidence, type Finding, type UnsettledClaim } from '../reports/schema'
import { listClaims, type ExportedReport, type ListedClaim } from './exported-report'

/** A table of a report: a sheet of a workbook, or a CSV file. */
export interface ExportTable {
  name: string
  header: readonly string[]
  rows: readonly (readonly Cell[])[]
}

const yesNo = (is: boolean) => (is ? 'yes' : 'no')

/** One piece of evidence on one line: its stance, its reference, the locator, and its quote. */
export function describeEvidence({
  stance,
  title,
  author,
  publisher,
  issued,
  locator,
  quote,
  url,
  doi,
}: Evidence): string {
  const about = [...new Set([author, publisher, issued])].filter((part) => part !== '')
  const named = about.length === 0 ? title : `${title} (${about.join(', ')})`
  const address = url === '' && doi !== '' ? `https://doi.org/${doi}` : url
  const words = quote === '' ? '' : `: “${quote}”`
  return (
    [`${stance}: ${named}`, ...(locator === '' ? [] : [locator])].join(', ') +
    words +
    (address === '' ? '' : ` ${address}`)
  )
}

function votesOf({ reviewers: { agreeing, rated } }: Finding): string {
  return rated === 0 ? '' : `${agreeing} of ${rated}`
}

/** The claims, one row each. `counted` is "no" for claims that no figure counts; those about which nothing was settled come last. */
export function claimTable(exported: Pick<ExportedReport, 'report'>): ExportTable {
  return {
    name: 'Claims',
    header: [
      'document',
      'published',
      'sentence',
      'words',
      'rating',
      'counted',
      'reason',
      'rated so by',
      'dissent',
      'disputed',
      'partial',
      'notes',
      'evidence',
      'claim id',
      'document sha256',
    ],
    rows: [
      ...listClaims(exported).map(rowOf),
      ...exported.report.unsettled.map((claim) => unsettledRow(claim, exported)),
    ],
  }
}

function rowOf({ finding, rating, documentSha256 }: ListedClaim): Cell[] {
  return [
    finding.documentTitle,
    finding.publishedOn,
    finding.place,
    finding.exact,
    ratingNames[rating].toLowerCase(),
    yesNo(finding.counted),
    finding.verdict?.reason ?? null,
    votesOf(finding),
    finding.verdict?.dissent ?? null,
    yesNo(finding.disputed),
    yesNo(finding.partial),
    finding.notes.join('\n'),
    finding.evidence.map(describeEvidence).join('\n'),
    finding.claimId,
    documentSha256,
  ]
}

/** A claim about which nothing was settled: its words and place and, instead of a rating, the reason. */
function unsettledRow(claim: UnsettledClaim, { report }: Pick<ExportedReport, 'report'>): Cell[] {
  const { documentId, documentTitle, publishedOn, place, exact, why, claimId } = claim
  const sha256 = report.documents.find(({ id }) => id === documentId)?.sha256 ?? null
  const says = why === 'open' ? 'open' : 'without the needed evidence'
  const nothing = [null, null, null, null, null, null, null]
  return [documentTitle, publishedOn, place, exact, says, yesNo(false), ...nothing, claimId, sha256]
}

/** The figures of a report: each share with its n and interval, then the counts, then the reasons for missing figures. */
export function figureTable({ report, number, frozenAt, workspace }: ExportedReport): ExportTable {
  const { claims, shares, coverage, bounds, gates, source, twoPhase } = report
  const blank = [null, null, null, null, null]
  const shareRows = assessedRatings.flatMap((rating) => {
    const share = shares?.[rating] ?? null
    if (share === null) return []
    const { count, of, low, high, documents } = share
    return [[`share ${rating}`, share.share, count, of, low, high, documents]]
  })
  const estimates = assessedRatings.flatMap((rating) => {
    const share = twoPhase?.shares?.[rating] ?? null
    if (share === null) return []
    return [
      [
        `share ${rating}, two-phase estimate`,
        share.share,
        null,
        null,
        share.low,
        share.high,
        twoPhase?.documents.all ?? null,
      ],
    ]
  })
  const counts: readonly (readonly [string, number])[] = [
    ['claims sourced', claims.sourced],
    ['claims unsourced', claims.unsourced],
    ['claims contradicted', claims.contradicted],
    ['claims assessed', claims.assessed],
    ['claims not checkable', claims.notCheckable],
    ['settled as no claim', claims.noClaim],
    ['open between reviewers', claims.open],
    ['without the needed evidence', claims.incomplete],
    ['judged by one person alone', claims.singleReview],
  ]
  // Each undecided sentence counts as one claim here, as it does in the bounds.
  const possible =
    bounds === null ? 0 : claims.assessed + bounds.undecided + bounds.open + bounds.incomplete + bounds.singleReview
  const boundRows =
    bounds === null
      ? []
      : [['share contradicted once all is decided', null, null, possible, bounds.low, bounds.high, null]]
  return {
    name: 'Figures',
    header: ['figure', 'value', 'count', 'of', 'low (95 %)', 'high (95 %)', 'documents'],
    rows: [
      ...estimates,
      ...shareRows,
      ...boundRows,
      ...counts.map(([name, count]) => [name, count, ...blank]),
      ['sentences decided', coverage.decided, coverage.decided, coverage.checkable, null, null, null],
      ['source', source.name, ...blank],
      ['workspace', workspace, ...blank],
      ['version', number, ...blank],
      ['frozen', frozenAt, ...blank],
      ['method', report.methodVersion, ...blank],
      ['inputs sha256', report.inputSha256, ...blank],
      ...gates.map(({ says }) => ['bear in mind', says, ...blank]),
    ],
  }
}

/** The documents of a report, one row each. The cells of documents without a review are empty. */
export function documentTable({ report, documentAddresses }: ExportedReport): ExportTable {
  return {
    name: 'Documents',
    header: [
      'document',
      'published',
      'address',
      'reviewers',
      'sourced',
      'unsourced',
      'contradicted',
      'assessed',
      'contradicted low (95 %)',
      'contradicted high (95 %)',
      'sentences decided',
      'checkable sentences',
      'session',
      'sha256',
    ],
    rows: report.documents.map((line) => {
      const counted = (count: number) => (line.reviewers === 0 ? null : count)
      return [
        line.title,
        line.publishedOn,
        documentAddresses.get(line.id) ?? null,
        line.reviewers,
        counted(line.claims.sourced),
        counted(line.claims.unsourced),
        counted(line.claims.contradicted),
        counted(line.claims.assessed),
        line.shares.contradicted?.low ?? null,
        line.shares.contradicted?.high ?? null,
        line.coverage.decided,
        line.coverage.checkable,
        line.adjudication?.sessionName ?? null,
        line.sha256,
      ]
    }),
  }
}

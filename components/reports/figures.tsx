import {
  assessedRatings,
  type AssessedRating,
  type DocumentLine,
  type ReportView,
  type Adjudication,
} from '@/lib/domain/reports/schema'
import { ratingNames } from '@/lib/domain/annotations/words'
import { percent } from '@/components/ui/text/percent'
import { Tag } from '@/components/ui/text/tag'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import type { Interval } from '@/lib/domain/statistics/intervals'
import { countInWords, dateInWords } from '@/components/ui/text/wording'

const ticks = [0, 20, 40, 60, 80, 100]

function Axis({ children }: { children: React.ReactNode }) {
  return (
    <div className="relative h-7" aria-hidden>
      {ticks.map((tick) => (
        <i key={tick} className="absolute inset-y-0 w-px bg-line" style={{ insetInlineStart: `${tick}%` }} />
      ))}
      {children}
    </div>
  )
}

const row = 'grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-1 py-1.5 md:grid-cols-[8.5rem_1fr_13rem] md:gap-x-6'

function DocumentDots({ documents }: { documents: readonly DocumentLine[] }) {
  const shown = documents.filter((document) => document.shares.contradicted !== null)
  return (
    <div className={`${row} mt-2`}>
      <span className="text-ink-3">Each document</span>
      <div className="col-span-2 md:col-span-1">
        <div className="relative h-7" aria-hidden data-rating="contradicted">
          {shown.map((document) => (
            <i
              key={document.id}
              title={`${document.title}: ${document.claims.contradicted} of ${document.claims.assessed} contradicted`}
              className="absolute top-2 size-2.5 -translate-x-1/2 rounded-full border border-paper bg-rating/80"
              style={{ left: `${(document.shares.contradicted?.share ?? 0) * 100}%` }}
            />
          ))}
        </div>
      </div>
      <span className="hidden text-ink-3 md:inline">share contradicted</span>
    </div>
  )
}

/** The three pooled shares with their intervals on one axis, and each document's share of contradicted claims beneath. */
export function SharePlot({ report }: { report: ReportView }) {
  const { shares } = report
  if (shares === null) return null
  return (
    <div className="print:break-inside-avoid">
      {assessedRatings.map((rating: AssessedRating) => {
        const share = shares[rating]
        if (share === null) return null
        return (
          <div key={rating} className={row} data-rating={rating}>
            <Tag rating={rating} className="w-fit">
              {ratingNames[rating]}
            </Tag>
            <div className="order-3 col-span-2 md:order-none md:col-span-1">
              <Axis>
                <i
                  className="absolute top-2.5 h-2 rounded-full bg-rating/30"
                  style={{ insetInlineStart: `${share.low * 100}%`, width: `${(share.high - share.low) * 100}%` }}
                />
                <i
                  className="absolute top-1.5 h-4 w-[3px] -translate-x-1/2 rounded-sm bg-rating"
                  style={{ left: `${share.share * 100}%` }}
                />
              </Axis>
            </div>
            <p
              className="tabular text-end md:text-start"
              aria-label={`${ratingNames[rating]}: ${share.count} of ${share.of}, ${percent(share.share)} per cent, interval ${percent(share.low)} to ${percent(share.high)} per cent`}
            >
              <b className="font-semibold">
                {share.count} of {share.of}
              </b>{' '}
              <span className="text-ink-2">
                · {percent(share.share)} % ({percent(share.low)}–{percent(share.high)})
              </span>
            </p>
          </div>
        )
      })}
      <div className={`${row} pt-0 text-xs text-ink-3`} aria-hidden>
        <span className="hidden md:inline" />
        <div className="relative col-span-2 h-4 md:col-span-1">
          {ticks.map((tick) => (
            <span
              key={tick}
              className={`absolute tabular whitespace-nowrap ${tick === 0 ? '' : tick === 100 ? '-translate-x-full' : '-translate-x-1/2'}`}
              style={{ left: `${tick}%` }}
            >
              {tick === 0 || tick === 100 ? `${tick} %` : tick}
            </span>
          ))}
        </div>
        <span className="hidden md:inline" />
      </div>
      <DocumentDots documents={report.documents} />
    </div>
  )
}

/** Both ends in per cent with one decimal, because the methods differ by less than a point. */
function ends({ low, high }: Interval): string {
  return `${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)} %`
}

/** The pooled shares by three methods, folded away: does a conclusion hang on the one that the report uses? */
export function IntervalMethods({ report: { shares, otherIntervals } }: { report: ReportView }) {
  const rows = assessedRatings.flatMap((rating) => {
    const share = shares?.[rating] ?? null
    const others = otherIntervals?.[rating] ?? null
    return share === null || others === null ? [] : [{ rating, share, others }]
  })
  if (rows.length === 0) return null
  return (
    <details className="mt-4 print:hidden">
      <summary className="w-fit cursor-pointer text-ink-2">The same intervals by other methods</summary>
      <Table caption="Intervals by three methods" className="mt-3" focusable>
        <thead>
          <tr>
            <HeadCell>Claims</HeadCell>
            <HeadCell numeric>Wilson, used here</HeadCell>
            <HeadCell numeric>Exact (Clopper–Pearson)</HeadCell>
            <HeadCell numeric>Jeffreys</HeadCell>
            <HeadCell numeric>Design effect</HeadCell>
            <HeadCell numeric>Effective claims</HeadCell>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ rating, share, others }) => (
            <tr key={rating}>
              <Cell>{ratingNames[rating]}</Cell>
              <Cell numeric>{ends(share)}</Cell>
              <Cell numeric>{ends(others.exact)}</Cell>
              <Cell numeric>{ends(others.jeffreys)}</Cell>
              <Cell numeric>{share.designEffect.toFixed(2)}</Cell>
              <Cell numeric>{share.effectiveSize.toFixed(1)}</Cell>
            </tr>
          ))}
        </tbody>
      </Table>
    </details>
  )
}

/** Nothing was counted: not even none. */
function Uncounted() {
  return (
    <span className="text-ink-3">
      <span aria-hidden="true">–</span>
      <span className="sr-only">not counted</span>
    </span>
  )
}

function ShareCell({ line, rating }: { line: DocumentLine; rating: (typeof assessedRatings)[number] }) {
  const share = line.shares[rating]
  return (
    <td className="px-3 py-2.5 text-end align-top whitespace-nowrap">
      {line.reviewers === 0 ? <Uncounted /> : <span className="font-medium">{line.claims[rating]}</span>}
      {share !== null && (
        <span className="block text-xs text-ink-3">
          {percent(share.low)}–{percent(share.high)} %
        </span>
      )}
    </td>
  )
}

function describeAdjudication({ sessionName, claims, changed, ties }: Adjudication, isOneOfSeveral: boolean): string {
  const differing = [
    ...(changed > 0 ? [`${changed} against the majority of reviewers`] : []),
    ...(ties > 0 ? [`${ties} without a majority`] : []),
  ]
  const where = isOneOfSeveral ? ` in “${sessionName}”` : ''
  return `${countInWords(claims, 'claim')} settled${where}${differing.length === 0 ? '' : `, ${differing.join(', ')}`}`
}

/** Each document with its counts, intervals and coverage. Untouched documents are listed and said to be so. */
export function DocumentTable({ report }: { report: ReportView }) {
  return (
    <div
      className="relative overflow-x-auto rounded-lg border border-line bg-surface"
      tabIndex={0}
      role="group"
      aria-label="Documents of this report"
    >
      <table className="tabular w-full min-w-[44rem] border-collapse print:min-w-0">
        <thead>
          <tr className="border-b border-line text-sm text-ink-2">
            <th scope="col" className="px-4 py-2.5 text-start font-medium">
              Document
            </th>
            {assessedRatings.map((rating) => (
              <th key={rating} scope="col" className="px-3 py-2.5 text-end font-medium">
                {ratingNames[rating]}
              </th>
            ))}
            <th scope="col" className="px-3 py-2.5 text-end font-medium">
              Claims
            </th>
            <th scope="col" className="px-4 py-2.5 text-end font-medium">
              Decided
            </th>
          </tr>
        </thead>
        <tbody>
          {report.documents.map((line) => (
            <tr key={line.id} className="border-b border-line last:border-0">
              <th
                scope="row"
                className="max-w-96 px-4 py-2.5 text-start align-top font-normal [overflow-wrap:anywhere]"
              >
                <a className="font-serif text-md font-medium hover:underline" href={`/documents/${line.id}`} dir="auto">
                  {line.title}
                </a>
                <span className="block text-xs text-ink-3">
                  {[
                    dateInWords(line.publishedOn),
                    line.reviewers === 0 ? 'no review that counts yet' : countInWords(line.reviewers, 'reviewer'),
                    ...(line.adjudication === null
                      ? []
                      : [describeAdjudication(line.adjudication, report.sessions.length > 1)]),
                  ]
                    .filter((part) => part !== '')
                    .join(' · ')}
                </span>
              </th>
              {assessedRatings.map((rating) => (
                <ShareCell key={rating} line={line} rating={rating} />
              ))}
              <td className="px-3 py-2.5 text-end align-top">
                {line.reviewers === 0 ? <Uncounted /> : line.claims.assessed}
              </td>
              <td className="px-4 py-2.5 text-end align-top whitespace-nowrap">
                {line.coverage.decided} of {line.coverage.checkable}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

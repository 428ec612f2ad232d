import type { ReactNode } from 'react'
import { TickCounts } from '@/components/claims/tick-shape'
import { Link } from '@/components/ui/controls/link'
import { Parts } from '@/components/ui/layout/parts'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import { LocalTime } from '@/components/ui/text/local-time'
import { countInWords, numberInWords } from '@/components/ui/text/wording'
import { describeReviewStates } from '@/lib/domain/documents/review-state'
import type { DashboardSource } from '@/lib/domain/reports/dashboard/schema'
import { ShareAxis, ReportTick } from '@/components/reports/picture/shares'
import { classNames } from '@/components/ui/class-names'
import { ratingNames } from '@/lib/domain/annotations/words'
import { assessedRatings } from '@/lib/domain/reports/schema'
import { percent } from '@/lib/domain/statistics/number-words'

/** An interval in per cent, with the figure in it. */
function Ends({ of: { share, low, high } }: { of: { share: number; low: number; high: number } }) {
  return (
    <>
      <span className="sr-only">
        {percent(share)} %, 95 % interval {percent(low)} to {percent(high)} %
      </span>
      <span aria-hidden>
        {percent(low)}–{percent(high)} %
      </span>
    </>
  )
}

/**
 * The shares of a source, each interval as a line and in figures, and beside it the share drawn towards all sources. Without shares, the reasons why
 * there are none.
 */
function SourceShares({ line: { shares, shrunk, gates, claims } }: { line: DashboardSource }) {
  // Without shares, warnings about reading them are pointless.
  const told =
    shares === null ? gates.filter(({ code }) => code.startsWith('too-few') || code === 'blind-phase') : gates
  if (shares === null && claims.assessed === 0 && gates.every(({ code }) => code.startsWith('too-few'))) {
    return <p className="text-sm text-ink-3">Nothing has been settled yet, so there are no shares.</p>
  }
  return (
    <div className="grid gap-1">
      {shares !== null && (
        <ul className="grid gap-0.5">
          {assessedRatings.map((rating) => {
            const estimate = shrunk?.[rating] ?? null
            return (
              <li
                key={rating}
                data-rating={rating}
                className={classNames(
                  'grid items-center gap-x-2',
                  shrunk === null
                    ? 'grid-cols-[1rem_minmax(3rem,1fr)_4.75rem]'
                    : 'grid-cols-[1rem_minmax(3rem,1fr)_4.75rem_4.75rem]',
                )}
              >
                <span className="text-rating" title={ratingNames[rating]}>
                  <ReportTick rating={rating} className="h-3.5" />
                  <span className="sr-only">{ratingNames[rating]}</span>
                </span>
                <div>
                  <ShareAxis share={shares[rating]} />
                </div>
                <span className="tabular text-end text-sm whitespace-nowrap">
                  <Ends of={shares[rating]} />
                </span>
                {shrunk !== null && (
                  <span className="tabular text-end text-sm whitespace-nowrap text-ink-3">
                    {estimate !== null && (
                      <>
                        <span className="sr-only">drawn towards all sources </span>
                        <Ends of={estimate} />
                      </>
                    )}
                  </span>
                )}
              </li>
            )
          })}
        </ul>
      )}
      {told.map(({ code, says }) => (
        <p key={code} className="max-w-96 text-sm text-ink-3">
          {says}
        </p>
      ))}
    </div>
  )
}

/** The host of a web address without "www."; any other text as it is. */
function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host.replace(/^www\./, '') : address
}

function Name({ source: { id, name, kind, homepage } }: Pick<DashboardSource, 'source'>) {
  return (
    <>
      <Link href={`/sources/${id}`} className="font-serif text-md font-medium [overflow-wrap:anywhere] hover:underline">
        <span dir="auto">{name}</span>
      </Link>
      <p className="text-ink-3 [overflow-wrap:anywhere]">
        <Parts parts={[kind, homepage === '' ? '' : hostOf(homepage)]} />
      </p>
    </>
  )
}

/** What closed sessions settled, with the numbers of claims and documents first, and the progress of sessions. */
function Settled({ line }: { line: DashboardSource }) {
  const { source, claims, coverage, documents } = line
  const states = describeReviewStates(documents)
  const settled = claims.assessed + claims.notCheckable + claims.noClaim
  return (
    <div className="grid justify-items-start gap-1">
      {claims.assessed > 0 && (
        <p className="tabular">
          <b className="font-semibold">{numberInWords(claims.assessed)}</b> {claims.assessed === 1 ? 'claim' : 'claims'}{' '}
          assessed in {countInWords(documents.settled, 'document')}
        </p>
      )}
      {settled > 0 && (
        <TickCounts
          label={`Settled claims of ${source.name}`}
          counts={{
            sourced: claims.sourced,
            unsourced: claims.unsourced,
            contradicted: claims.contradicted,
            not_checkable: claims.notCheckable,
            no_claim: claims.noClaim,
          }}
        />
      )}
      <p className="text-sm text-ink-2" data-review-state>
        {documents.all === 0 ? 'No documents yet' : (states ?? countInWords(documents.all, 'document'))}
      </p>
      {coverage.checkable > 0 && (
        <p className="tabular text-sm text-ink-3">
          {numberInWords(coverage.decided)} of {numberInWords(coverage.checkable)} sentences decided
        </p>
      )}
    </div>
  )
}

/** The date on which a session was last closed, and the newest frozen report. */
function Dates({ line: { source, documents, lastClosedAt, report } }: { line: DashboardSource }) {
  const lines: ReactNode[] = []
  if (lastClosedAt !== null)
    lines.push(
      <>
        Closed <LocalTime instant={lastClosedAt} />
      </>,
    )
  if (report !== null)
    lines.push(
      <>
        Frozen <LocalTime instant={report.frozenAt} />:{' '}
        <Link
          href={`/reports/${report.id}`}
          prefetch={false}
          aria-label={`Version ${String(report.number)} of the report on ${source.name}`}
          className="font-medium text-accent hover:underline"
        >
          version {report.number}
        </Link>
      </>,
    )
  return (
    <div className="grid gap-0.5 text-sm text-ink-2">
      {lines.map((line, place) => (
        <p key={place}>{line}</p>
      ))}
      {documents.all > 0 && (
        <p>
          <Link
            href={`/sources/${source.id}/report`}
            prefetch={false}
            aria-label={`Report on ${source.name}`}
            className="font-medium text-accent hover:underline"
          >
            Report
          </Link>
        </p>
      )}
    </div>
  )
}

const stacked = 'align-top max-md:block max-md:border-b-0 max-md:py-1'

/**
 * All sources with what closed sessions settled about them. Narrow screens stack the cells of a row; the roles keep them cells for assistive
 * technology. `isShrunk` says that shares drawn towards all sources exist.
 */
export function SourceList({ lines, isShrunk }: { lines: readonly DashboardSource[]; isShrunk: boolean }) {
  return (
    <Table caption="Sources">
      <thead className="max-md:sr-only">
        <tr role="row">
          <HeadCell role="columnheader">Source</HeadCell>
          <HeadCell role="columnheader">Settled in closed sessions</HeadCell>
          <HeadCell role="columnheader">
            Shares{isShrunk && <span className="font-normal text-ink-3">, and drawn towards all sources</span>}
          </HeadCell>
          <HeadCell role="columnheader">Last closed, frozen</HeadCell>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {lines.map((line) => (
          <tr
            key={line.source.id}
            role="row"
            className="hover:bg-hover/60 max-md:block max-md:border-b max-md:border-line max-md:py-2"
          >
            <Cell role="cell" className={`${stacked} md:w-[22%] md:min-w-44`}>
              <Name source={line.source} />
            </Cell>
            <Cell role="cell" className={stacked}>
              <Settled line={line} />
            </Cell>
            <Cell role="cell" className={stacked}>
              <SourceShares line={line} />
            </Cell>
            <Cell role="cell" className={`${stacked} md:whitespace-nowrap`}>
              <Dates line={line} />
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

/**
 * A line above the list that explains its shares. `withShares` is the number of sources that have shares; `isShrunk` says that shares drawn towards
 * all sources exist.
 */
export function DashboardNote({ withShares, isShrunk }: { withShares: number; isShrunk: boolean }) {
  if (withShares === 0) return null
  return (
    <p className="mb-3 max-w-3xl text-sm text-ink-2">
      Shares are shown with their 95 % intervals where there is enough data, and no source is ranked by them.
      {isShrunk && (
        <>
          {' '}
          The second interval draws each share towards those of all {numberInWords(withShares)} sources that have one,
          more strongly where claims are few.
        </>
      )}{' '}
      <a href="#method" className="text-accent hover:underline">
        How these are made
      </a>
    </p>
  )
}

/** How the figures of the list are computed. */
export function DashboardMethod() {
  return (
    <details className="mt-6 max-w-3xl text-sm text-ink-2">
      <summary className="w-fit cursor-pointer text-ink-3">How these figures are made</summary>
      <div id="method" className="mt-2 grid scroll-mt-4 gap-2">
        <p>
          Counts are of what closed review sessions settled; of a document that several closed, the one closed last.
          Claims that one person alone judged are left out, and so are documents that are being judged blind. What
          reviewers agree on outside of closed sessions is in the live report of a source only, which also says how
          documents were chosen and how well reviewers agreed: read it before you conclude anything from a line here.
        </p>
        <p>
          A share needs 30 assessed claims from documents that weigh like five of equal size. Its interval (Wilson, 95
          %) is widened because claims of one document are alike. Where intervals of two sources overlap, neither is
          better: the comparison at the foot of a report says which can be told apart.
        </p>
        <p>
          From ten sources with shares on, the second interval shows what each share is likely to be if sources are
          taken as alike as their shares are: a beta distribution is fitted to all of them by maximum likelihood, and
          each share is the mean of its posterior distribution with the middle 95 % (Gelman and others, Bayesian Data
          Analysis, 3rd edition, chapter 5). A source with few claims moves far, one with many hardly. It stands beside
          the share and never in its place.
        </p>
      </div>
    </details>
  )
}

import type { ReactNode } from 'react'
import { TickCounts } from '@/components/claims/tick-counts'
import { Link } from '@/components/ui/controls/link'
import { Parts } from '@/components/ui/layout/parts'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import { LocalTime } from '@/components/ui/text/local-time'
import { countInWords, numberInWords } from '@/components/ui/text/wording'
import { describeReviewStates } from '@/lib/domain/documents/review-state'
import type { DashboardSource } from '@/lib/domain/reports/dashboard/schema'
import { SourceShares } from './source-shares'

/** The host of a web address without "www."; the text itself when it is no web address. */
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

/** What closed sessions settled, the number of claims and documents first, and how far sessions are. */
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

/** When a session was last closed, and the newest frozen report. */
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
 * All sources with what closed sessions settled about them. Narrow screens show the cells of a row beneath each other; the roles keep them cells there.
 * `isShrunk` says that the shares drawn towards those of all sources are there.
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

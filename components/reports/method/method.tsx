import type { ReactNode } from 'react'
import { establishedRule } from '@/lib/domain/agreement/established'
import { howToRead, memberInWords } from '@/lib/domain/reports/reading/claim-words'
import { type ReportView, type ClaimCounts, assessedRatings } from '@/lib/domain/reports/schema'
import { LocalTime } from '@/components/ui/text/local-time'
import { countInWords, numberInWords } from '@/components/ui/text/wording'
import { FigureTable } from '@/components/agreement/tables'
import { Tag } from '@/components/ui/text/tag'
import type { ReportAgreement } from '@/lib/domain/reports/review-schema'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import { percent } from '@/lib/domain/statistics/number-words'
import { ratingNames } from '@/lib/domain/annotations/words'
import { TwoPhaseMethod } from '../two-phase'
import { WorkbenchLink } from '../report-place'
import { ReviewSessions, DocumentTable } from './what-was-reviewed'

type LeaveOneOut = NonNullable<ReportView['leaveOneOut']>

function Without({ end }: { end: LeaveOneOut['sourced']['lowest'] }) {
  return (
    <Cell>
      <span className="tabular font-medium">{percent(end.share)} %</span>{' '}
      <span className="text-sm text-ink-3 max-md:hidden print:inline">
        without “<bdi>{end.title}</bdi>”
      </span>
    </Cell>
  )
}

/** Whether a report can say how robust its figures are. */
export function hasSensitivity({ leaveOneOut, furtherDocuments, agreement }: ReportView): boolean {
  return leaveOneOut !== null || furtherDocuments !== null || agreement.unmarked !== null
}

/**
 * How far each share would move without any one document and under other rules, how many more documents would narrow it, and how many claims nobody
 * marked.
 */
export function Sensitivity({ report }: { report: ReportView }) {
  const { leaveOneOut, furtherDocuments, otherRules, shares, agreement } = report
  return (
    <>
      {leaveOneOut !== null && shares !== null && (
        <Table caption="Shares without one document" focusable>
          <thead>
            <tr>
              <HeadCell>Claims</HeadCell>
              <HeadCell numeric>Share</HeadCell>
              <HeadCell>Lowest</HeadCell>
              <HeadCell>Highest</HeadCell>
            </tr>
          </thead>
          <tbody>
            {assessedRatings.map((rating) => (
              <tr key={rating}>
                <Cell>{ratingNames[rating]}</Cell>
                <Cell numeric>{percent(shares[rating]?.share ?? 0)} %</Cell>
                <Without end={leaveOneOut[rating].lowest} />
                <Without end={leaveOneOut[rating].highest} />
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {otherRules !== null && shares !== null && (
        <Table caption="Shares by other rules" className="mt-5" focusable>
          <thead>
            <tr>
              <HeadCell>Rule</HeadCell>
              {assessedRatings.map((rating) => (
                <HeadCell key={rating} numeric>
                  {ratingNames[rating]}
                </HeadCell>
              ))}
              <HeadCell numeric>Claims</HeadCell>
            </tr>
          </thead>
          <tbody>
            <tr>
              <Cell>As counted here</Cell>
              {assessedRatings.map((rating) => (
                <Cell key={rating} numeric>
                  {percent(shares[rating]?.share ?? 0)} %
                </Cell>
              ))}
              <Cell numeric>{report.claims.assessed}</Cell>
            </tr>
            {otherRules.map((row) => (
              <tr key={row.rule}>
                <Cell>{row.says}</Cell>
                {assessedRatings.map((rating) => (
                  <Cell key={rating} numeric>
                    {row.of === 0 ? 'none' : `${percent(row[rating] / row.of)} %`}
                  </Cell>
                ))}
                <Cell numeric>{row.of}</Cell>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {[furtherDocuments?.says, agreement.unmarked?.says].map(
        (says) =>
          says !== undefined && (
            <p key={says} className="mt-3 max-w-[44rem] text-ink-2">
              {says}
            </p>
          ),
      )}
    </>
  )
}

function settledInWords({ assessed, sourced, unsourced, contradicted }: ClaimCounts): string {
  return `${countInWords(assessed, 'assessed claim')}: ${numberInWords(sourced)} sourced, ${numberInWords(unsourced)} unsourced, ${numberInWords(contradicted)} contradicted`
}

/** Figures removed or replaced after they were settled: withdrawn documents, and sessions that a later one replaced or that are open again. */
function ChangedSince({ report }: { report: ReportView }) {
  const { withdrawn, earlierSessions, reopenedSessions } = report
  return (
    <ul className="grid max-w-[44rem] gap-2.5 text-ink-2">
      {withdrawn.map(({ id, title, reason, by, at, sessionName, claims }) => (
        <li key={id} className="[overflow-wrap:anywhere]">
          <b className="font-semibold text-ink">
            <bdi>{title}</bdi>
          </b>{' '}
          was withdrawn{by !== '' && ` by ${memberInWords(by)}`} on <LocalTime instant={at} />
          {reason === '' ? (
            ', without a reason.'
          ) : (
            <>
              : “<bdi>{reason}</bdi>”
            </>
          )}{' '}
          “<bdi>{sessionName}</bdi>” had settled {settledInWords(claims)}.
        </li>
      ))}
      {earlierSessions.map(({ id, name, closedAt, documents }) => (
        <li key={id} className="[overflow-wrap:anywhere]">
          <WorkbenchLink href={`/review-sessions/${id}`}>{name}</WorkbenchLink>, closed <LocalTime instant={closedAt} />
          , had assessed {countInWords(documents, 'document')} here. A session that was closed later assessed{' '}
          {documents === 1 ? 'it' : 'them'} anew, and its verdicts count.
        </li>
      ))}
      {reopenedSessions.map(({ id, name, reopenedAt }) => (
        <li key={id} className="[overflow-wrap:anywhere]">
          <WorkbenchLink href={`/review-sessions/${id}`}>{name}</WorkbenchLink> was closed and reopened{' '}
          <LocalTime instant={reopenedAt} />: its verdicts do not count until it is closed again.
        </li>
      ))}
    </ul>
  )
}

/** How far reviewers agreed before adjudication: the judgement first, then each figure with its n and interval. */
function AgreementSection({ agreement }: { agreement: ReportAgreement }) {
  const { established, says, cautions, detectionSays, figures, methodVersion, documents, claims } = agreement
  return (
    <>
      <p className="max-w-2xl">
        <Tag tone={established ? 'accent' : 'neutral'} className="me-2 align-[2px]">
          {established ? 'Established' : 'Not established'}
        </Tag>
        {says}
      </p>
      {cautions.map(({ code, says: words }) => (
        <p key={code} className="mt-2 max-w-2xl text-ink-2">
          {words}
        </p>
      ))}
      {detectionSays !== null && <p className="mt-2 max-w-2xl text-ink-2">{detectionSays}</p>}
      {figures !== null && (
        <div className="mt-4 print:break-inside-avoid">
          <FigureTable slice={figures} caption="Agreement on the documents of this report" />
          <p className="mt-3 max-w-2xl text-sm text-ink-3">
            These figures use only ratings made before reviewers could see each other’s marks:{' '}
            {numberInWords(claims.coMarked)} of {countInWords(claims.total, 'claim')} have two or more.{' '}
            {countInWords(documents.compared, 'document')} of {numberInWords(documents.blind)} read blind{' '}
            {documents.compared === 1 ? 'was' : 'were'} read by two or more
            {documents.open > 0 && `; ${countInWords(documents.open, 'document')} read in the open are left out`}. One
            is perfect agreement, zero is what chance alone would give. Intervals are 95 %, from leaving out one
            document at a time; method {methodVersion}.
          </p>
        </div>
      )}
    </>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="report-fold printed border-b border-line">
      <summary className="cursor-pointer py-2.5 hover:bg-hover/60 print:pt-4 print:pb-1">
        <h3 className="inline font-serif text-lg font-semibold">{title}</h3>
      </summary>
      <div className="pt-1 pb-5 print:pb-1">{children}</div>
    </details>
  )
}

function HowToRead() {
  return (
    <div className="grid max-w-[44rem] gap-2 text-ink-2">
      {howToRead.map((says) => (
        <p key={says}>{says}</p>
      ))}
      <p>Intervals of shares are 95 % (Wilson), widened because claims of one document are alike. {establishedRule}</p>
    </div>
  )
}

/** How a report was made: review, documents, agreement, how to read it, and its hash. Folded on the screen, on a sheet of its own in print. */
export function Method({ report }: { report: ReportView }) {
  const { documents, reviewedDocuments, agreement, methodVersion, inputSha256 } = report
  const { withdrawn, earlierSessions, reopenedSessions } = report
  return (
    <section aria-labelledby="method" className="print:break-before-page">
      <h2 id="method" className="mt-11 mb-2 font-serif text-xl font-semibold print:mt-0">
        Method and data
      </h2>
      <div className="border-t border-line">
        {reviewedDocuments > 0 && (
          <Part title="How it was reviewed">
            <ReviewSessions report={report} />
          </Part>
        )}
        {report.twoPhase !== undefined && (
          <Part title="Read once, and a part twice">
            <TwoPhaseMethod twoPhase={report.twoPhase} />
          </Part>
        )}
        {hasSensitivity(report) && (
          <Part title="How firm the figures are">
            <Sensitivity report={report} />
          </Part>
        )}
        {withdrawn.length + earlierSessions.length + reopenedSessions.length > 0 && (
          <Part title="Taken out or replaced">
            <ChangedSince report={report} />
          </Part>
        )}
        {documents.length > 0 && (
          <Part title="Documents">
            <DocumentTable report={report} />
          </Part>
        )}
        {reviewedDocuments > 0 && (
          <Part title="Agreement between reviewers">
            <AgreementSection agreement={agreement} />
          </Part>
        )}
        <Part title="How to read this">
          <HowToRead />
        </Part>
      </div>
      <p className="mt-3 font-mono text-xs break-all text-ink-3">
        method {methodVersion} · inputs sha256 {inputSha256}
      </p>
    </section>
  )
}

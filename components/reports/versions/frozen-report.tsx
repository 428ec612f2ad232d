'use client'

import { Fragment, type ReactNode } from 'react'
import type { FrozenReportView } from '@/lib/domain/frozen-reports/schema'
import { listReviewers, namedOnly } from '@/lib/domain/reports/reading/claim-words'
import type { PackedReport } from '@/lib/domain/reports/reading/pack-report'
import { buttonClasses } from '@/components/ui/controls/button'
import { Addition, AdditionsContext } from '../additions/additions'
import { DownloadMenu } from '../masthead'
import { Report } from '../report'
import type { ReportPlace } from '../report-place'
import { ReportSection } from '../report-section'
import { Reopened } from './version-list'

/** A frozen report as members and everyone with its link read it. */
export type ShownReport = Pick<
  FrozenReportView,
  'number' | 'frozenAt' | 'reviewers' | 'additions' | 'reopened' | 'changes'
> & { report: PackedReport }

export interface FrozenReportProps {
  version: ShownReport
  workspace: string
  address: string | null
  place: ReportPlace
  /** The download address of the bundle. */
  bundlePath: string
  /** The address of the exports. */
  exportPath: string
  /** Whether anyone can open it at `address`. */
  isPublished: boolean
  actions?: ReactNode
  /** Shown first, with the note about reopened sessions. */
  notice?: ReactNode
  /** Shown under the replies: a lead's form to note one. */
  editor?: ReactNode
  /** Shown under the reviewers: a reviewer's choice of how they are named. */
  ownName?: ReactNode
}

function Reviewers({ reviewers, children }: { reviewers: ShownReport['reviewers']; children: ReactNode }) {
  return (
    <ReportSection id="reviewers" title="Who reviewed">
      <p>
        {listReviewers(reviewers).map((words, place) => (
          <Fragment key={reviewers[place]?.letter}>
            {place > 0 && ', '}
            <bdi>{words}</bdi>
          </Fragment>
        ))}
        . {namedOnly}
      </p>
      {children}
    </ReportSection>
  )
}

function Verifying({ sha256, bundlePath }: { sha256: string; bundlePath: string }) {
  return (
    <ReportSection id="verify" title="Verify this report">
      <p className="max-w-2xl text-ink-2">
        The bundle holds everything that this version was computed from, and every figure. Anyone can have all figures
        recomputed from it; the hash says that it is the bundle of this report.
      </p>
      <p className="mt-2 font-mono text-xs break-all text-ink-3">sha256 {sha256}</p>
      <p className="mt-3 flex flex-wrap gap-2 print:hidden">
        <a className={buttonClasses({ size: 'small' })} href={bundlePath} download>
          Download bundle
        </a>
        <a className={buttonClasses({ size: 'small' })} href="/verify">
          Verify a bundle
        </a>
      </p>
    </ReportSection>
  )
}

/** A frozen version of a report with what was noted beside it since, in the workbench and in public. */
export function FrozenReport(props: FrozenReportProps) {
  const { version, workspace, address, place, bundlePath, exportPath, isPublished, actions, notice, editor, ownName } =
    props
  const { number, frozenAt, report, reviewers, additions, reopened, changes } = version
  const toWhole = additions.filter(({ claimId }) => claimId === null)
  const hasReplies = toWhole.length > 0 || editor !== undefined
  return (
    <AdditionsContext value={additions}>
      <Report
        report={report}
        masthead={{ workspace, edition: `Version ${String(number)}`, at: frozenAt, address }}
        place={place}
        actions={
          <>
            <DownloadMenu exportPath={exportPath} bundlePath={bundlePath} isPublished={isPublished} />
            {actions}
          </>
        }
        notice={
          (notice !== undefined || reopened.length > 0) && (
            <div className="mb-6 grid gap-1 border-s-2 border-unsourced ps-3">
              {notice}
              <Reopened reopened={reopened} />
            </div>
          )
        }
        reply={
          hasReplies ? (
            <>
              {toWhole.length === 0 && <p className="text-ink-2">No reply to the report as a whole has been noted.</p>}
              <div className="grid gap-3">
                {toWhole.map((addition) => (
                  <Addition key={addition.id} addition={addition} />
                ))}
              </div>
              {editor}
            </>
          ) : undefined
        }
      >
        {reviewers.length > 0 && <Reviewers reviewers={reviewers}>{ownName}</Reviewers>}
        {changes.length > 0 && (
          <ReportSection id="changes" title={`Since version ${String(number - 1)}`}>
            <ul className="list-disc ps-5">
              {changes.map((change) => (
                <li key={change}>{change}</li>
              ))}
            </ul>
          </ReportSection>
        )}
        <Verifying sha256={report.inputSha256} bundlePath={bundlePath} />
      </Report>
    </AdditionsContext>
  )
}

'use client'

import { useMemo, type ReactNode } from 'react'
import { listNotDrawn } from '@/lib/domain/reports/reading/claim-words'
import { headlineOf } from '@/lib/domain/reports/reading/headline'
import { unpackReport, type PackedReport } from '@/lib/domain/reports/reading/pack-report'
import { assessedRatings, type ReportView } from '@/lib/domain/reports/schema'
import { ratingNames } from '@/lib/domain/annotations/words'
import { describePeriod } from '@/lib/domain/reports/reading/period-words'
import { percent } from '@/lib/domain/statistics/percent'
import { countInWords, dateInWords, numberInWords } from '@/components/ui/text/wording'
import { judgeCertainty } from '@/lib/domain/reports/reading/certainty'
import { CertaintyBox, CertaintySign } from './certainty-box'
import { ClaimList, Unsettled, WhatWasWrong } from './claims/claim-lists'
import { Masthead, type ReportMasthead } from './masthead/masthead'
import { Method } from './method/method'
import { ClaimPicture } from './picture/claim-picture'
import { ReportTick } from './picture/report-tick'
import { SharePlot, ShareTable } from './picture/shares'
import { OverTime } from './picture/trend'
import { TwoPhaseShares } from './picture/two-phase-shares'
import { ReportPlaceContext, type ReportPlace } from './report-place'
import { ReportSection } from './report-section'
import { SheetFoot } from './sheet-foot'
import './report.css'

/** When the documents were published and reviewed. */
function Period({ report }: { report: ReportView }) {
  const says = describePeriod(report, dateInWords)
  return says === '' ? null : <p className="mt-2 text-sm text-ink-3">{says}</p>
}

/** The counts beneath the sentence for people, each with its tick and how far its share could reach. */
function Counts({ report }: { report: ReportView }) {
  const { claims, shares, twoPhase } = report
  const { step, short } = judgeCertainty(report)
  if (claims.assessed === 0) return null
  return (
    <ul className="tabular mt-4 flex flex-wrap gap-x-7 gap-y-1.5 text-ink-2 print:mt-2.5">
      {assessedRatings.map((rating) => {
        const share = twoPhase?.shares?.[rating] ?? shares?.[rating] ?? null
        return (
          <li key={rating} data-rating={rating} className="flex items-center gap-2">
            <ReportTick rating={rating} className="h-4" />
            <span>
              <b className="font-semibold text-ink">{numberInWords(claims[rating])}</b>{' '}
              {ratingNames[rating].toLowerCase()}
              {share !== null && (
                <span className="text-ink-3">
                  {' '}
                  ({percent(share.low)}–{percent(share.high)} %)
                </span>
              )}
            </span>
          </li>
        )
      })}
      <li>of {countInWords(claims.assessed, 'claim')}</li>
      <li>
        <a href="#certainty" className="flex items-center gap-2 hover:underline">
          <CertaintySign step={step} /> {short}
        </a>
      </li>
    </ul>
  )
}

/** What reviewers marked and the picture does not draw, because it is in no share. */
function NotDrawn({ report }: { report: ReportView }) {
  const shown = listNotDrawn(report).map(([count, words]) => `${numberInWords(count)} ${words}`)
  if (shown.length === 0) return null
  return <p className="mt-2 text-sm text-ink-3">In no count and not drawn: {shown.join(', ')}.</p>
}

function Bounds({ report: { bounds } }: { report: ReportView }) {
  if (bounds === null) return null
  const { low, high, undecided, open, incomplete, singleReview } = bounds
  const unsettled = open + incomplete + singleReview
  const parts = [
    ...(undecided > 0
      ? [`${countInWords(undecided, 'checkable sentence is', 'checkable sentences are')} undecided`]
      : []),
    ...(unsettled > 0 ? [`${countInWords(unsettled, 'claim is', 'claims are')} not settled`] : []),
  ]
  return (
    <p className="mt-3 max-w-2xl text-sm text-ink-2">
      {parts.join(' and ')}. However {undecided + unsettled === 1 ? 'this is' : 'these are'} decided, the share of
      contradicted claims in these documents will end between {percent(low)}&nbsp;% and {percent(high)}&nbsp;%.
    </p>
  )
}

/** The upper end of the interval, said where no claim was contradicted: zero observed still allows a true rate up to it. */
function UpperBound({ report }: { report: ReportView }) {
  const share = report.shares?.contradicted ?? null
  if (share === null || share.count > 0) return null
  return (
    <p className="mt-3 max-w-2xl text-sm text-ink-2">
      None of {numberInWords(share.of)} assessed claims is contradicted. With so many, a share of up to{' '}
      {percent(share.high)}&nbsp;% would not be surprising.
    </p>
  )
}

export interface ReportProps {
  /** Packed, because a page carries it to the browser. */
  report: PackedReport
  masthead: ReportMasthead
  place?: ReportPlace | undefined
  /** More that can be done with the report, beside Print and Cite. */
  actions?: ReactNode
  /** Shown under the masthead: what readers must know before all else, such as that the report was withdrawn. */
  notice?: ReactNode
  /** What the publisher says, with its date. */
  reply?: ReactNode
  /** At the end: versions, corrections, how to verify. */
  children?: ReactNode
}

/**
 * The reliability report of one source, for the screen and for paper, in the workbench and in the open: what was examined and found in one sentence,
 * one tick a claim, what was wrong, every claim, how sure this is, and how it came about.
 */
export function Report(props: ReportProps) {
  const { report: packed, masthead, place = 'workbench', actions, notice, reply, children } = props
  const report = useMemo(() => unpackReport(packed), [packed])
  const { source, claims, inputSha256 } = report
  return (
    <ReportPlaceContext value={place}>
      <article className="report mx-auto w-full max-w-[60rem] px-4 py-8 md:px-8 md:py-10 print:max-w-none print:p-0">
        <SheetFoot
          source={source.name}
          edition={masthead.edition}
          date={dateInWords(masthead.at.slice(0, 10))}
          sha256={inputSha256}
        />
        <Masthead masthead={masthead} source={source.name} sha256={inputSha256} actions={actions} />
        {notice}
        <h1
          className="font-serif text-3xl font-semibold tracking-tight text-balance [overflow-wrap:anywhere]"
          dir="auto"
        >
          {source.name}
        </h1>
        <p className="mt-3 max-w-[46rem] font-serif text-xl text-pretty print:text-lg">
          {headlineOf(report).map(({ text, strong }) =>
            strong ? (
              <b key={text} className="font-semibold">
                {text}
              </b>
            ) : (
              text
            ),
          )}
        </p>
        <Period report={report} />
        <Counts report={report} />
        {claims.assessed > 0 && (
          <section aria-label="The picture" className="mt-7 print:mt-4">
            <ClaimPicture report={report} />
            <NotDrawn report={report} />
            <TwoPhaseShares report={report} />
            <SharePlot report={report} />
            <ShareTable report={report} />
            <UpperBound report={report} />
            <Bounds report={report} />
          </section>
        )}
        <WhatWasWrong report={report} />
        <ClaimList report={report} rating="unsourced" />
        <ClaimList report={report} rating="sourced" />
        <Unsettled report={report} />
        <OverTime report={report} />
        <CertaintyBox report={report} />
        {reply !== undefined && (
          <ReportSection id="reply" title="What the publisher says">
            {reply}
          </ReportSection>
        )}
        <Method report={report} />
        {children}
      </article>
    </ReportPlaceContext>
  )
}

'use client'

import { useMemo, type ReactNode } from 'react'
import { listNotDrawn } from '@/lib/domain/reports/reading/claim-words'
import { headlineOf, describePeriod, judgeCertainty, type Certainty } from '@/lib/domain/reports/reading/headline'
import { unpackReport, type PackedReport } from '@/lib/domain/reports/reading/pack-report'
import { assessedRatings, type ReportView } from '@/lib/domain/reports/schema'
import { ratingNames } from '@/lib/domain/annotations/words'
import { percent } from '@/lib/domain/statistics/number-words'
import { countInWords, dateInWords, numberInWords } from '@/components/ui/text/wording'
import { cssString } from '@/lib/domain/report-exports/sheet/css-string'
import { ClaimList, Unsettled, WhatWasWrong } from './claims/claim-lists'
import { Masthead, type ReportMasthead } from './masthead'
import { Method } from './method/method'
import { ClaimPicture } from './picture/claim-picture'
import { SharePlot, ShareTable, ReportTick } from './picture/shares'
import { OverTime } from './picture/trend'
import { TwoPhaseShares } from './two-phase'
import { ReportPlaceContext, type ReportPlace } from './report-place'
import { ReportSection } from './report-section'
import './report.css'

const steps = [1, 2, 3] as const

/** Three rising steps, filled by how certain the report is. */
function CertaintySign({ step }: Pick<Certainty, 'step'>) {
  return (
    <span
      role="img"
      aria-label={`Step ${String(step)} of 3`}
      className="inline-flex items-end gap-1 [print-color-adjust:exact]"
    >
      {steps.map((each) => (
        <i
          key={each}
          className={`w-3 rounded-xs border border-ink ${each <= step ? 'bg-ink' : ''} ${['h-2', 'h-3.5', 'h-5'][each - 1] ?? ''}`}
        />
      ))}
    </span>
  )
}

/** How far readers can rely on a report: a three-step sign, then each reason once, the most limiting first. */
function CertaintyBox({ report }: { report: ReportView }) {
  const { step, says, points, alpha } = judgeCertainty(report)
  if (step === 0 && points.length === 0) return null
  return (
    <section
      aria-labelledby="certainty"
      className="mt-11 rounded-lg bg-sunken px-5 py-4 print:mt-5 print:break-inside-avoid print:border print:border-line print:px-4 print:py-3"
    >
      <h2 id="certainty" className="font-serif text-xl font-semibold">
        How sure is this?
      </h2>
      <p className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 font-semibold">
        <CertaintySign step={step} />
        {says}
      </p>
      {alpha !== null && <p className="tabular mt-1 text-sm text-ink-3">{alpha}.</p>}
      <ul className="mt-3 grid max-w-[44rem] gap-1.5 text-ink-2 print:text-sm">
        {points.map(({ says: words, limits }) => (
          <li key={words} className="flex gap-2.5 [overflow-wrap:anywhere]" dir="auto">
            <span aria-hidden className="w-3 shrink-0 text-center font-semibold text-ink">
              {limits ? '–' : '+'}
            </span>
            <span className="sr-only">{limits ? 'Limits it:' : 'Supports it:'}</span>
            <span className="min-w-0">{words}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** When the documents were published, and when they were reviewed. */
function Period({ report }: { report: ReportView }) {
  const says = describePeriod(report, dateInWords)
  return says === '' ? null : <p className="mt-2 text-sm text-ink-3">{says}</p>
}

/** The counts beneath the summary sentence, each with its tick and the interval of its share. */
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

/** Annotations that the picture leaves out, because they are in no share. */
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

/** The upper end of the interval, when no claim was contradicted: zero observed still allows a true rate up to it. */
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

interface SheetFootProps {
  source: string
  edition: string
  /** The day, in words. */
  date: string
  sha256: string
}

/** The foot of printed sheets: the source, the edition and its date, the short hash, and page numbers. */
function SheetFoot({ source, edition, date, sha256 }: SheetFootProps) {
  const about = cssString(source.length > 60 ? `${source.slice(0, 59)}…` : source)
  const which = cssString(`${edition}, ${date} · sha256 ${sha256.slice(0, 12)}`)
  const style = `font: 8pt 'Inter Variable', 'Inter Stand-in', sans-serif; color: #6a6458; vertical-align: top; padding-top: 4mm;`
  return (
    <style data-sheet-foot>{`@media print { @page {
      margin: 16mm 16mm 18mm;
      @bottom-left { content: ${about}; ${style} width: 30%; text-align: start; }
      @bottom-center { content: ${which}; ${style} width: 56%; text-align: center; }
      @bottom-right { content: counter(page) " of " counter(pages); ${style} width: 14%; text-align: end; }
    } }`}</style>
  )
}

export interface ReportProps {
  /** Packed to make the page smaller, because the report is sent to the browser. */
  report: PackedReport
  masthead: ReportMasthead
  place?: ReportPlace | undefined
  /** More actions on the report, beside Print and Cite. */
  actions?: ReactNode
  /** Shown under the masthead: what readers must know first, such as that the report was withdrawn. */
  notice?: ReactNode
  /** The publisher's replies, with their dates. */
  reply?: ReactNode
  /** Shown at the end: versions, corrections, how to verify. */
  children?: ReactNode
}

/**
 * The reliability report of one source, for screen and paper, in the workbench and in public. In order: the findings in one sentence, one tick per
 * claim, what was wrong, all claims, how certain this is, and how it was made.
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

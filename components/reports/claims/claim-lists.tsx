import type { ReactNode } from 'react'
import { anchorOf, chooseTelling } from '@/lib/domain/reports/reading/findings'
import { listWords, unsettledWords } from '@/lib/domain/reports/reading/claim-words'
import { countOf, spelled } from '@/lib/domain/statistics/number-words'
import type { AssessedRating, Finding, ReportView } from '@/lib/domain/reports/schema'
import { capitalised, countInWords, dateInWords } from '@/components/ui/text/wording'
import { ReportTick } from '../picture/shares'
import { ReportSection } from '../report-section'
import { BriefClaim, ClaimBesideRecord, PlaceOfBrief } from './claim-entry'
import { LongWords } from './long-words'

type Listed = Pick<Finding, 'documentId' | 'documentTitle' | 'publishedOn'>

/** Claims by document, in their original order. */
function byDocument<T extends Listed>(findings: readonly T[]): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>()
  for (const finding of findings) {
    const group = groups.get(finding.documentId)
    if (group === undefined) groups.set(finding.documentId, [finding])
    else group.push(finding)
  }
  return [...groups.values()]
}

function Full({ finding, withTitle }: { finding: Finding; withTitle: boolean }) {
  return (
    <li id={anchorOf(finding)}>
      <ClaimBesideRecord finding={finding} rating="contradicted" withTitle={withTitle} />
    </li>
  )
}

interface FoldProps {
  findings: [Listed, ...Listed[]]
  /** Null for claims without a rating. */
  rating: AssessedRating | null
  isOpen: boolean
  children: ReactNode
}

/** The claims of one rating in one document, folded under its title. */
function DocumentFold({ findings, rating, isOpen, children }: FoldProps) {
  const [first] = findings
  return (
    <details
      open={isOpen}
      className={rating === 'contradicted' || rating === null ? 'report-fold printed' : 'report-fold'}
    >
      <summary className="flex cursor-pointer items-baseline gap-x-3 border-b border-line py-2 hover:bg-hover/60 print:break-after-avoid print:py-1">
        <span className="min-w-0 font-serif text-md font-medium [overflow-wrap:anywhere]" dir="auto">
          {first.documentTitle}
        </span>
        <span className="ms-auto shrink-0 text-sm text-ink-3">
          {first.publishedOn !== null && `${dateInWords(first.publishedOn)} · `}
          {countInWords(findings.length, 'claim')}
        </span>
      </summary>
      <ol className={`${rating === 'contradicted' ? 'full-claims' : 'brief-claims'} ps-0 md:ps-4 print:ps-0`}>
        {children}
      </ol>
    </details>
  )
}

function NotCounted({ findings, why }: { findings: readonly Finding[]; why: string }) {
  if (findings.length === 0) return null
  return (
    <>
      <h3 className="mt-7 mb-2 font-semibold">
        {capitalised(countOf(findings.length, 'claim'))} {why}, not counted
      </h3>
      <ol className="full-claims border-t border-line">
        {findings.map((finding) => (
          <Full key={anchorOf(finding)} finding={finding} withTitle />
        ))}
      </ol>
    </>
  )
}

/** The contradicted claims: first those that show best what was wrong, then all of them by document. */
export function WhatWasWrong({ report }: { report: ReportView }) {
  const counted = report.contradicted.filter((finding) => finding.counted)
  const undecided = report.contradicted.filter(({ open }) => open)
  const single = report.contradicted.filter((finding) => finding.single && !finding.counted)
  if (counted.length + undecided.length + single.length === 0) {
    if (report.claims.assessed === 0) return null
    return (
      <ReportSection id="contradicted" title="What was wrong">
        <p className="text-ink-2">None of the assessed claims is contradicted by the evidence found.</p>
      </ReportSection>
    )
  }
  const telling = chooseTelling(counted)
  const rest = counted.filter((finding) => !telling.includes(finding))
  return (
    <ReportSection
      id="contradicted"
      title={report.agreement.established || counted.length === 0 ? 'What was wrong' : 'What was judged wrong'}
    >
      {telling.length > 0 && (
        <ol className="full-claims border-t border-line">
          {telling.map((finding) => (
            <Full key={anchorOf(finding)} finding={finding} withTitle />
          ))}
        </ol>
      )}
      {rest.length > 0 && (
        <>
          <h3 className="mt-7 mb-2 font-semibold print:mt-4">
            {capitalised(spelled(rest.length))} more contradicted {rest.length === 1 ? 'claim' : 'claims'}, by document
          </h3>
          <p className="mb-2 text-sm text-ink-3">
            The {spelled(telling.length)} above were chosen because the difference shows at a glance: figures that
            differ, a quote that was found, reviewers who agree.
          </p>
          <div className="border-t border-line">
            {byDocument(rest).map((findings) => (
              <DocumentFold
                key={findings[0].documentId}
                findings={findings}
                rating="contradicted"
                isOpen={rest.length <= 12}
              >
                {findings.map((finding) => (
                  <Full key={anchorOf(finding)} finding={finding} withTitle={false} />
                ))}
              </DocumentFold>
            ))}
          </div>
        </>
      )}
      <NotCounted findings={undecided} why="that reviewers differ on" />
      <NotCounted findings={single} why="that one person alone judged contradicted" />
    </ReportSection>
  )
}

/** All claims of one rating, folded by document. */
export function ClaimList({ report, rating }: { report: ReportView; rating: keyof typeof listWords }) {
  const counted = report[rating].filter((finding) => finding.counted)
  const single = report[rating].filter((finding) => !finding.counted)
  if (counted.length + single.length === 0) return null
  const { title, says } = listWords[rating]
  return (
    <ReportSection id={rating} title={`${title}: ${countOf(counted.length, 'claim')}`}>
      <p className="folded-note mb-3 hidden text-ink-2">
        Left folded, and so not on paper: unfold them on the screen to print them.
      </p>
      <p className="mb-3 flex items-center gap-2.5 text-ink-2 print:hidden">
        <ReportTick rating={rating} />
        {says}
      </p>
      <BriefByDocument findings={counted} rating={rating} />
      {single.length > 0 && (
        <>
          <h3 className="mt-5 mb-2 font-semibold">
            {capitalised(countOf(single.length, 'claim'))} that one person alone judged, not counted
          </h3>
          <BriefByDocument findings={single} rating={rating} />
        </>
      )}
    </ReportSection>
  )
}

/** The open claims by document, with their words and places: missing verdicts are listed, not only counted. */
export function Unsettled({ report: { unsettled } }: { report: ReportView }) {
  if (unsettled.length === 0) return null
  const { title, says, why } = unsettledWords
  return (
    <ReportSection id="unsettled" title={`${title}: ${countOf(unsettled.length, 'claim')}`}>
      <p className="mb-3 text-ink-2">{says}</p>
      <div className="border-t border-line">
        {byDocument(unsettled).map((claims) => (
          <DocumentFold key={claims[0].documentId} findings={claims} rating={null} isOpen={unsettled.length <= 12}>
            {claims.map((claim) => (
              <li key={anchorOf(claim)} id={anchorOf(claim)}>
                <div dir="auto">
                  <LongWords words={claim.exact} script={claim.script} marks={[]} />
                </div>
                <p>
                  <PlaceOfBrief claim={claim} says={why[claim.why]} />
                </p>
              </li>
            ))}
          </DocumentFold>
        ))}
      </div>
    </ReportSection>
  )
}

function BriefByDocument({ findings, rating }: { findings: readonly Finding[]; rating: keyof typeof listWords }) {
  if (findings.length === 0) return null
  return (
    <div className="border-t border-line">
      {byDocument(findings).map((group) => (
        <DocumentFold key={group[0].documentId} findings={group} rating={rating} isOpen={false}>
          {group.map((finding) => (
            <li key={anchorOf(finding)} id={anchorOf(finding)}>
              <BriefClaim finding={finding} />
            </li>
          ))}
        </DocumentFold>
      ))}
    </div>
  )
}

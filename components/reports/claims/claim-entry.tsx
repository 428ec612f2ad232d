import { use } from 'react'
import { markDifferences } from '@/lib/domain/reports/reading/mark-differences'
import { describeFlags, describeReviewers, recordHeads } from '@/lib/domain/reports/reading/claim-words'
import { groupEvidence, type EvidenceGroup } from '@/lib/domain/reports/reading/merge-quotes'
import type { TextRange } from '@/lib/domain/ranges/text-range'
import type { AssessedRating, Finding } from '@/lib/domain/reports/schema'
import { capitalised, dateInWords } from '@/components/ui/text/wording'
import { ClaimAdditions } from '../additions/additions'
import { quietLink } from '../quiet-link'
import { ReportPlaceContext } from '../report-place'
import { BriefEvidence, RecordBeside } from './evidence'
import { LongWords } from './long-words'

/** Where a claim stands in its text: the verdict that settled it, or a reviewer's mark. */
function pathOf({ documentId, claimId, annotationIds }: Finding): string {
  if (claimId !== null) return `/documents/${documentId}?show=verdicts#claim-${claimId}`
  const [first] = annotationIds
  return first === undefined ? `/documents/${documentId}` : `/documents/${documentId}#annotation-${first}`
}

/** Where a claim stands, as a link into the reader where the report is read in the workbench. */
function ClaimPlace({ finding, withTitle }: { finding: Finding; withTitle: boolean }) {
  const place = use(ReportPlaceContext)
  const { documentTitle, publishedOn } = finding
  const words = withTitle ? (
    <>
      <bdi>{documentTitle}</bdi>
      {publishedOn !== null && `, ${dateInWords(publishedOn)}`}, {finding.place}
    </>
  ) : (
    capitalised(finding.place)
  )
  if (place === 'public') return words
  return (
    <a className={quietLink} href={pathOf(finding)}>
      {words}
    </a>
  )
}

function Flags({ finding }: { finding: Finding }) {
  const words = describeFlags(finding)
  return words === '' ? null : ` ${words}`
}

export interface ClaimEntryProps {
  finding: Finding
  /** Whether the document is named: not where a list stands under its title. */
  withTitle: boolean
}

const columnHead = 'mb-1 text-2xs font-semibold tracking-wider text-ink-3 uppercase'

/** What to mark in a claim, and in each quote of each group. Only what contradicts is compared. */
interface EntryMarks {
  claim: readonly TextRange[]
  groups: readonly (readonly (readonly TextRange[])[])[]
}

const nothingMarked: EntryMarks = { claim: [], groups: [] }

function marksOf(exact: string, groups: readonly EvidenceGroup[]): EntryMarks {
  const quotesOf = ({ first, quotes }: EvidenceGroup) =>
    first.stance === 'contradicts' ? quotes.map(({ quote }) => quote).filter((quote) => quote !== '') : []
  const { claim, quotes } = markDifferences(exact, groups.flatMap(quotesOf))
  const counts = groups.map((group) => quotesOf(group).length)
  const starts = counts.map((_count, place) => counts.slice(0, place).reduce((sum, count) => sum + count, 0))
  return { claim, groups: starts.map((start, place) => quotes.slice(start, start + (counts[place] ?? 0))) }
}

/** A claim beside the record in two equal columns, with the words that differ marked where the record contradicts. */
export function ClaimBesideRecord({ finding, withTitle, rating }: ClaimEntryProps & { rating: AssessedRating }) {
  const { exact, script, verdict, notes, evidence } = finding
  const groups = groupEvidence(evidence)
  const marks = rating === 'contradicted' ? marksOf(exact, groups) : nothingMarked
  return (
    <div className="grid gap-x-10 gap-y-4 md:grid-cols-2 print:grid-cols-2 print:gap-x-7">
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <p className={columnHead}>The claim</p>
        <blockquote className="font-serif text-lg print:text-base" dir="auto">
          <LongWords words={exact} script={script} marks={marks.claim} />
        </blockquote>
        <p className="mt-1.5 text-sm text-ink-2 print:text-xs">
          <ClaimPlace finding={finding} withTitle={withTitle} />.
        </p>
        <p className="mt-1.5 text-sm text-ink-2 [overflow-wrap:anywhere] print:text-xs">
          {verdict !== null && <b className="font-semibold text-ink">{verdict.reason}. </b>}
          {notes.map((note) => (
            <span key={note} dir="auto" className="text-ink">
              {note}{' '}
            </span>
          ))}
          {describeReviewers(finding)}
          <Flags finding={finding} />
        </p>
      </div>
      <div className="min-w-0">
        <p className={columnHead}>{recordHeads[rating]}</p>
        {groups.length === 0 ? (
          <p className="font-serif text-lg text-ink-3 print:text-base">No adequate evidence either way.</p>
        ) : (
          <ul className="grid gap-3">
            {groups.map((group, place) => (
              <RecordBeside
                key={`${group.first.referenceId} ${group.first.stance}`}
                group={group}
                marks={marks.groups[place] ?? []}
              />
            ))}
          </ul>
        )}
      </div>
      <ClaimAdditions claimId={finding.claimId} />
    </div>
  )
}

/** A claim of a long list: its words, where it stands, and its evidence in lines. */
export function BriefClaim({ finding }: { finding: Finding }) {
  const place = use(ReportPlaceContext)
  const { exact, script, notes, evidence } = finding
  const where = capitalised(finding.place)
  return (
    <>
      <div className="font-serif text-md" dir="auto">
        <LongWords words={exact} script={script} marks={[]} />
      </div>
      <p className="brief-facts">
        {place === 'public' ? where : <a href={pathOf(finding)}>{where}</a>}. {describeReviewers(finding)}
        <Flags finding={finding} />
        {notes.map((note) => (
          <bdi key={note}> {note}</bdi>
        ))}
      </p>
      <BriefEvidence groups={groupEvidence(evidence)} />
      <ClaimAdditions claimId={finding.claimId} />
    </>
  )
}

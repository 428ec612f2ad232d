import { use, Fragment } from 'react'
import { markDifferences } from '@/lib/domain/reports/reading/mark-differences'
import {
  describeFlags,
  describeReviewers,
  recordHeads,
  describeQuotes,
  stanceWords,
  groupEvidence,
  type EvidenceGroup,
} from '@/lib/domain/reports/reading/claim-words'
import type { TextRange } from '@/lib/domain/ranges/text-range'
import type { AssessedRating, Finding } from '@/lib/domain/reports/schema'
import { capitalised, dateInWords } from '@/components/ui/text/wording'
import { hostOf, placeOfReference, ReferenceLink, webAddressOf } from '@/components/references/reference-link'
import { ClaimAdditions } from '../additions/additions'
import { ReportPlaceContext, quietLink } from '../report-place'
import { LongWords } from './long-words'

type Placed = Pick<Finding, 'documentId' | 'claimId' | 'annotationIds' | 'place'>

/** The anchor of a claim in its text: the verdict that settled it, or a reviewer's annotation. */
function pathOf({ documentId, claimId, annotationIds }: Placed): string {
  if (claimId !== null) return `/documents/${documentId}?show=verdicts#claim-${claimId}`
  const [first] = annotationIds
  return first === undefined ? `/documents/${documentId}` : `/documents/${documentId}#annotation-${first}`
}

/** The place of a claim in its text; in the workbench, a link into the reader. */
function ClaimPlace({ finding, withTitle }: { finding: Finding; withTitle: boolean }) {
  const place = use(ReportPlaceContext)
  const { documentTitle, publishedOn } = finding
  const about = publishedOn === null ? '' : `, ${dateInWords(publishedOn)}`
  const words = withTitle ? (
    <>
      <bdi>{documentTitle}</bdi>
      {`${about}, ${finding.place}`}
    </>
  ) : (
    capitalised(finding.place)
  )
  if (place === 'public') return withTitle ? <>{words}.</> : `${capitalised(finding.place)}.`
  return (
    <>
      <a className={quietLink} href={pathOf(finding)}>
        {words}
      </a>
      .
    </>
  )
}

/** The members who settled or rated a claim, and its flags. */
function judgementOf(finding: Finding): string {
  return [describeReviewers(finding), describeFlags(finding)].filter((words) => words !== '').join(' ')
}

export interface ClaimEntryProps {
  finding: Finding
  /** Whether to name the document: not in a list under its title. */
  withTitle: boolean
}

/** The ranges to mark in a claim, and in each quote of each group of evidence. Only contradicting quotes are compared. */
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

/** A claim and the record in two equal columns. Where the record contradicts the claim, the differing words are marked. */
export function ClaimBesideRecord({ finding, withTitle, rating }: ClaimEntryProps & { rating: AssessedRating }) {
  const { exact, script, verdict, notes, evidence } = finding
  const groups = groupEvidence(evidence)
  const marks = rating === 'contradicted' ? marksOf(exact, groups) : nothingMarked
  return (
    <div className="beside-record">
      <div>
        <p className="over">The claim</p>
        <blockquote dir="auto">
          <LongWords words={exact} script={script} marks={marks.claim} />
        </blockquote>
        <p>
          <ClaimPlace finding={finding} withTitle={withTitle} />
        </p>
        <p>
          {verdict !== null && <b>{`${capitalised(verdict.reason)}. `}</b>}
          {notes.map((note) => (
            <span key={note} dir="auto">{`${note} `}</span>
          ))}
          {judgementOf(finding)}
        </p>
      </div>
      <div>
        <p className="over">{recordHeads[rating]}</p>
        {groups.length === 0 ? (
          <p className="nothing">No adequate evidence either way.</p>
        ) : (
          <ul>
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

/** The place of a claim in a long list, as a link into the reader in the workbench, followed by `says`. */
export function PlaceOfBrief({ claim, says }: { claim: Placed; says: string }) {
  const place = use(ReportPlaceContext)
  const where = capitalised(claim.place)
  if (place === 'public') return `${where}. ${says}`
  return (
    <>
      <a href={pathOf(claim)}>{where}</a>
      {`. ${says}`}
    </>
  )
}

/** A claim of a long list: its words, its place, and its evidence in lines. */
export function BriefClaim({ finding }: { finding: Finding }) {
  const { exact, script, notes, evidence } = finding
  return (
    <>
      <div dir="auto">
        <LongWords words={exact} script={script} marks={[]} />
      </div>
      <p>
        <PlaceOfBrief claim={finding} says={judgementOf(finding)} />
        {notes.map((note) => (
          <bdi key={note}>{` ${note}`}</bdi>
        ))}
      </p>
      <BriefEvidence groups={groupEvidence(evidence)} />
      <ClaimAdditions claimId={finding.claimId} />
    </>
  )
}

/** A reference: title, authors and date. On paper the address behind the title is printed too. */
function AboutReference({ first, quotes }: EvidenceGroup) {
  const place = use(ReportPlaceContext)
  const from = [...new Set([first.author, first.publisher, dateInWords(first.issued)])].filter((part) => part !== '')
  const quoteStart = quotes.find((each) => each.quoteStart !== null)?.quoteStart ?? first.quoteStart
  const address = webAddressOf(first)
  const about = [...from, ...quotes.flatMap(({ locators }) => locators)]
  return (
    <>
      <b dir="auto">
        {place === 'workbench' ? (
          <ReferenceLink reference={{ ...first, id: first.referenceId }} quoteStart={quoteStart} />
        ) : (
          first.title
        )}
      </b>
      {place === 'public' && address !== null && <OutsideLink address={address} />}
      {about.length > 0 && (
        <>
          {', '}
          <bdi>{about.join(', ')}</bdi>
        </>
      )}
      {address !== null && <span dir="ltr" className="address">{` ${address}`}</span>}
    </>
  )
}

/** The outside address of a reference, as a link that shows its site; on paper the whole address. */
function OutsideLink({ address }: { address: string }) {
  return (
    <>
      {' '}
      <a href={address} target="_blank" rel="noreferrer nofollow" dir="ltr">{`${hostOf(address)}\u00A0↗`}</a>
    </>
  )
}

/** The record beside a claim: its quoted words as large as the claim's, with their context beneath. */
function RecordBeside({ group, marks }: { group: EvidenceGroup; marks: readonly (readonly TextRange[])[] }) {
  const { first, quotes } = group
  const shown = quotes.filter(({ quote }) => quote !== '')
  const checks = describeQuotes(shown, first.snapshotAt === null ? null : dateInWords(first.snapshotAt.slice(0, 10)))
  const stance = first.stance === 'contradicts' && shown.length > 0 ? '' : `${stanceWords[first.stance]}.`
  const said = [stance, checks === '' ? '' : `${checks}.`].filter((words) => words !== '').join(' ')
  return (
    <li>
      {shown.map(({ quote }, place) => (
        <blockquote key={quote} dir="auto">
          <LongWords words={quote} marks={marks[place] ?? []} />
        </blockquote>
      ))}
      <p>
        <AboutReference {...group} />
        {'. '}
        {said !== '' && <small>{said}</small>}
      </p>
    </li>
  )
}

/** A reference of a long list. Its title links to its page where readers can open that, and its address follows. */
function BriefReference({ first, quotes }: EvidenceGroup) {
  const place = use(ReportPlaceContext)
  const quoteStart = quotes.find((each) => each.quoteStart !== null)?.quoteStart ?? null
  const address = webAddressOf(first)
  return (
    <>
      {place === 'workbench' ? (
        <a href={placeOfReference(first.referenceId, quoteStart)}>
          <bdi>{first.title}</bdi>
        </a>
      ) : (
        <bdi>{first.title}</bdi>
      )}
      {address !== null && (
        <>
          {', '}
          <a href={address} rel="noreferrer nofollow" target="_blank" dir="ltr">
            {address}
          </a>
        </>
      )}
    </>
  )
}

/** Evidence in one line per item, for the lists of sourced and unsourced claims. */
function BriefEvidence({ groups }: { groups: readonly EvidenceGroup[] }) {
  if (groups.length === 0) return null
  return (
    <ul>
      {groups.map((group) => (
        <li key={`${group.first.referenceId} ${group.first.stance}`}>
          <BriefReference {...group} />
          {group.quotes.map(({ quote, locators }) => (
            <Fragment key={`${locators.join()} ${quote}`}>
              {(locators.length > 0 ? `, ${locators.join(', ')}` : '') + (quote === '' ? '' : ': ')}
              {quote !== '' && <q dir="auto">{quote}</q>}
            </Fragment>
          ))}
          {group.first.stance === 'mentions' && ' (mentions it only)'}
        </li>
      ))}
    </ul>
  )
}

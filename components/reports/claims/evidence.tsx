import { Fragment, use } from 'react'
import { describeQuotes, stanceWords } from '@/lib/domain/reports/reading/claim-words'
import type { EvidenceGroup } from '@/lib/domain/reports/reading/merge-quotes'
import type { TextRange } from '@/lib/domain/ranges/text-range'
import { hostOf, placeOfReference, ReferenceLink, webAddressOf } from '@/components/references/reference-link'
import { dateInWords } from '@/components/ui/text/wording'
import { ReportPlaceContext } from '../report-place'
import { LongWords } from './long-words'

/** What a reference is: title, who made it, when, and on paper the address that the title leads to on a screen. */
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

/** Where a reference is found outside: its site, as a link. On paper the whole address stands in its place. */
function OutsideLink({ address }: { address: string }) {
  return (
    <>
      {' '}
      <a href={address} target="_blank" rel="noreferrer nofollow" dir="ltr">{`${hostOf(address)}\u00A0↗`}</a>
    </>
  )
}

/** The record beside a claim: its quoted words as large as the claim's, and beneath them what they stand in. */
export function RecordBeside({ group, marks }: { group: EvidenceGroup; marks: readonly (readonly TextRange[])[] }) {
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

/** A reference of a long list: its title leads to its page where that can be opened, and its address stands behind it. */
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

/** Evidence in one line each, for the lists of sourced and unsourced claims. */
export function BriefEvidence({ groups }: { groups: readonly EvidenceGroup[] }) {
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

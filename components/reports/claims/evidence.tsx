import { Fragment, use } from 'react'
import { describeQuotes, stanceWords } from '@/lib/domain/reports/reading/claim-words'
import type { EvidenceGroup } from '@/lib/domain/reports/reading/merge-quotes'
import type { TextRange } from '@/lib/domain/ranges/text-range'
import { placeOfReference, ReferenceLink, webAddressOf } from '@/components/references/reference-link'
import { dateInWords } from '@/components/ui/text/wording'
import { ReportPlaceContext } from '../report-place'
import { LongWords } from './long-words'

/** What a reference is: title, who made it, when, and on paper the address that the title leads to on a screen. */
function AboutReference({ first, quotes }: EvidenceGroup) {
  const place = use(ReportPlaceContext)
  const from = [...new Set([first.author, first.publisher, dateInWords(first.issued)])].filter((part) => part !== '')
  const quoteStart = quotes.find((each) => each.quoteStart !== null)?.quoteStart ?? first.quoteStart
  const address = webAddressOf(first)
  return (
    <>
      <b className="font-semibold text-ink" dir="auto">
        <ReferenceLink
          reference={{ ...first, id: first.referenceId }}
          quoteStart={quoteStart}
          hasPage={place === 'workbench'}
        />
      </b>
      {from.map((part) => (
        <Fragment key={part}>
          {', '}
          <bdi>{part}</bdi>
        </Fragment>
      ))}
      {address !== null && (
        <span dir="ltr" className="hidden print:inline">
          {' '}
          {address}
        </span>
      )}
    </>
  )
}

/** The record beside a claim: its quoted words as large as the claim's, and beneath them what they stand in. */
export function RecordBeside({ group, marks }: { group: EvidenceGroup; marks: readonly (readonly TextRange[])[] }) {
  const { first, quotes } = group
  const shown = quotes.filter(({ quote }) => quote !== '')
  const locators = quotes.flatMap(({ locators: places }) => places)
  const checks = describeQuotes(shown, first.snapshotAt === null ? null : dateInWords(first.snapshotAt.slice(0, 10)))
  return (
    <li className="min-w-0 [overflow-wrap:anywhere]">
      {shown.map(({ quote }, place) => (
        <blockquote key={quote} className="font-serif text-lg print:text-base" dir="auto">
          <LongWords words={quote} marks={marks[place] ?? []} />
        </blockquote>
      ))}
      <p className="mt-1.5 text-sm text-ink-2 print:text-xs">
        <AboutReference {...group} />
        {locators.length > 0 && `, ${locators.join(', ')}`}.{' '}
        <span className="text-ink-3">
          {first.stance === 'contradicts' && shown.length > 0 ? '' : `${stanceWords[first.stance]}. `}
          {checks !== '' && `${checks}.`}
        </span>
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
          <a href={address} rel="noopener noreferrer nofollow" target="_blank" dir="ltr">
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
              {locators.length > 0 && `, ${locators.join(', ')}`}
              {quote !== '' && (
                <>
                  {': '}
                  <q dir="auto">{quote}</q>
                </>
              )}
            </Fragment>
          ))}
          {group.first.stance === 'mentions' && ' (mentions it only)'}
        </li>
      ))}
    </ul>
  )
}

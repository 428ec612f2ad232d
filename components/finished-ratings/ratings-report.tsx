import { useState } from 'react'
import { plotRow, ScaleLine, ShareAxis, ShareFigures } from '@/components/reports/picture/shares'
import { Button } from '@/components/ui/controls/button'
import { ShowMore } from '@/components/ui/layout/list-parts'
import { countInWords, dateInWords, numberInWords } from '@/components/ui/text/wording'
import { ratings as ownRatings } from '@/lib/domain/annotations/rating'
import { ratingNames } from '@/lib/domain/annotations/words'
import type { RatedShare, RatedSource } from '@/lib/domain/finished-ratings/rated-source'
import { columnsInWords, recordAsCsv, type RatingsRecord } from '@/lib/domain/finished-ratings/ratings-record'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import { Tag } from '@/components/ui/text/tag'
import { threePlaces } from '@/lib/domain/agreement/established'
import type { RatingsAgreement } from '@/lib/domain/finished-ratings/ratings-agreement'

/** How many sources are rendered at once. */
const step = 20

function saveAs(name: string, type: string, content: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}

/** A report from finished ratings: first what the file lacks, then what it supports, source by source in the order of their names. */
export function RatingsReportView({ record }: { record: RatingsRecord }) {
  const [shown, setShown] = useState(step)
  const { file, sources, agreement, cannotSay, unusable, ignored, columns, choices, methodVersion } = record
  const name = file.name.replace(/\.[^.]*$/, '')
  const notUsed = unusable.count + ignored
  return (
    <article className="grid gap-8 border-t border-line pt-8" aria-labelledby="ratings-report">
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 id="ratings-report" className="font-serif text-2xl font-semibold [overflow-wrap:anywhere]">
            What <bdi>{file.name}</bdi> supports
          </h2>
          <p className="text-ink-2">
            {countInWords(file.used, 'rating')} of {countInWords(sources.length, 'source')}
            {notUsed > 0 && `; ${countInWords(notUsed, 'row is', 'rows are')} in no figure`}
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button
            size="small"
            onClick={() => {
              saveAs(`${name}-shares.csv`, 'text/csv', recordAsCsv(record))
            }}
          >
            Download as CSV
          </Button>
          <Button
            size="small"
            onClick={() => {
              saveAs(`${name}-record.json`, 'application/json', `${JSON.stringify(record, null, 2)}\n`)
            }}
          >
            Download the record (JSON)
          </Button>
        </div>
      </header>
      <section aria-labelledby="cannot-say" className="rounded-lg bg-sunken px-5 py-4">
        <h3 id="cannot-say" className="font-serif text-lg font-semibold">
          What this file cannot say
        </h3>
        <ul className="mt-2 grid max-w-[44rem] list-disc gap-1 ps-5 text-ink-2">
          {cannotSay.map((says) => (
            <li key={says}>{says}</li>
          ))}
        </ul>
      </section>
      {sources.slice(0, shown).map((source) => (
        <SourceShares key={source.source} source={source} />
      ))}
      {sources.length > step && (
        <ShowMore
          shown={Math.min(shown, sources.length)}
          total={sources.length}
          onMore={
            shown < sources.length
              ? () => {
                  setShown(shown + step)
                }
              : undefined
          }
        />
      )}
      {agreement !== null && (
        <AgreementOfRatings agreement={agreement} cluster={choices.alike === 'date' ? 'day' : 'document'} />
      )}
      <footer className="grid gap-1 border-t border-line pt-4 text-sm text-ink-3 [overflow-wrap:anywhere]">
        <p>
          Method {methodVersion}: Wilson’s interval of 95 % on the effective size. Read: {columnsInWords(columns)}.
        </p>
        <p>
          SHA-256 of the file <span className="font-mono text-xs">{file.sha256}</span>
        </p>
      </footer>
    </article>
  )
}

function periodInWords({ period }: RatedSource): string {
  if (period === null) return ''
  const { from, to } = period
  return from === to ? `, ${dateInWords(from)}` : `, ${dateInWords(from)} to ${dateInWords(to)}`
}

function SourceShares({ source: rated }: { source: RatedSource }) {
  const { source, documents, items, inShares, tied, shares, gates, agreement } = rated
  const what =
    items === documents
      ? countInWords(documents, 'document')
      : `${countInWords(items, 'item')} of ${countInWords(documents, 'document')}`
  const drawn = shares.filter(({ estimate }) => estimate !== null)
  return (
    <section className="grid gap-2" aria-label={source}>
      <h3 className="font-serif text-xl font-semibold [overflow-wrap:anywhere]">
        <bdi>{source}</bdi>
      </h3>
      <p className="tabular text-ink-2">
        {what}
        {periodInWords(rated)}; {numberInWords(inShares)} in shares
        {tied > 0 && `, ${numberInWords(tied)} without a leading rating`}
        {agreement !== null && `, ${numberInWords(agreement.ratedTwice)} rated twice or more`}
      </p>
      {gates.map(({ code, says }) => (
        <p key={code} className="border-s-2 border-unsourced ps-3 text-ink-2">
          {says}
        </p>
      ))}
      {drawn.length > 0 && (
        <figure className="m-0 mt-2" aria-label={`Shares of ${source} with 95 % intervals`}>
          {drawn.map((share) => (
            <ShareRow key={share.rating} share={share} />
          ))}
          <ScaleLine />
        </figure>
      )}
      <CountedOnly shares={shares} />
    </section>
  )
}

function ShareRow({ share: { rating, estimate } }: { share: RatedShare }) {
  const own = ownRatings.find((each) => ratingNames[each] === rating)
  if (estimate === null) return null
  return (
    <div className={`${plotRow} ${own === undefined ? '[--rating:var(--ink-2)]' : ''}`} data-rating={own}>
      <span className="min-w-0 text-sm font-medium text-rating [overflow-wrap:anywhere]">
        <bdi>{rating}</bdi>
      </span>
      <ShareAxis share={estimate} />
      <ShareFigures share={estimate} />
    </div>
  )
}

/** The ratings that are counted and enter no share. */
function CountedOnly({ shares }: { shares: readonly RatedShare[] }) {
  const counted = shares.filter(({ estimate }) => estimate === null)
  if (counted.length === 0) return null
  return (
    <p className="text-sm text-ink-2">
      Without a share:{' '}
      {counted.map(({ rating, count }, at) => (
        <span key={rating} className="tabular">
          {at > 0 && ', '}
          <bdi>{rating}</bdi> {numberInWords(count)}
        </span>
      ))}
    </p>
  )
}

/**
 * The agreement of a file's raters, with its interval, its base, and whether it is established. `cluster` is the unit within which items are taken to
 * be alike.
 */
function AgreementOfRatings({ agreement, cluster }: { agreement: RatingsAgreement; cluster: 'document' | 'day' }) {
  const { alpha, interval, intervalReason, reason, rawAgreement, ratedTwice, items, clusters, perRating } = agreement
  const { established, reasons, methodVersion } = agreement
  return (
    <section aria-labelledby="agreement-of-ratings" className="grid gap-3">
      <h3 id="agreement-of-ratings" className="font-serif text-xl font-semibold">
        Agreement between raters, over all sources
      </h3>
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Tag tone={established ? 'accent' : 'neutral'}>
          {established ? 'Agreement established' : 'Agreement not established'}
        </Tag>
        {alpha !== null && (
          <span>
            alpha <b className="tabular text-lg font-semibold">{threePlaces(alpha)}</b>
            {interval !== null && (
              <span className="tabular text-ink-2">
                {' '}
                ({threePlaces(interval.low)} to {threePlaces(interval.high)})
              </span>
            )}
            , nominal
          </span>
        )}
      </p>
      <p className="max-w-[44rem] text-ink-2">
        {alpha === null ? reason?.says : intervalReason?.says} {numberInWords(ratedTwice)} of{' '}
        {countInWords(items, 'item')} {ratedTwice === 1 ? 'was' : 'were'} rated twice or more, in{' '}
        {countInWords(clusters, cluster)}
        {rawAgreement === null ? '.' : `; ${String(Math.round(rawAgreement * 100))} % of ratings were alike.`} One is
        perfect agreement, zero is what chance alone would give.
      </p>
      {reasons.map(({ code, says }) => (
        <p key={code} className="max-w-[44rem] border-s-2 border-line ps-3 text-ink-2">
          {says}
        </p>
      ))}
      <Table caption="Agreement on each rating against all others" focusable>
        <thead>
          <tr>
            <HeadCell>Rating</HeadCell>
            <HeadCell numeric>Alpha against all others</HeadCell>
            <HeadCell numeric>Given</HeadCell>
          </tr>
        </thead>
        <tbody>
          {perRating.map(({ rating, alpha: own, given }) => (
            <tr key={rating}>
              <Cell className="[overflow-wrap:anywhere]">
                <bdi>{rating}</bdi>
              </Cell>
              <Cell numeric>{own === null ? 'none' : threePlaces(own)}</Cell>
              <Cell numeric>{numberInWords(given)}</Cell>
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="text-sm text-ink-3">
        Krippendorff’s alpha, method {methodVersion}: the interval leaves out one {cluster} at a time.
      </p>
    </section>
  )
}

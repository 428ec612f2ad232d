import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import { Tag } from '@/components/ui/text/tag'
import { countInWords, numberInWords } from '@/components/ui/text/wording'
import { threePlaces } from '@/lib/domain/agreement/established'
import type { RatingsAgreement } from '@/lib/domain/finished-ratings/ratings-agreement'

/** How far the raters of a file agree, with its interval, what it rests on, and whether it is established. `cluster`: what items are taken for alike within. */
export function AgreementOfRatings({
  agreement,
  cluster,
}: {
  agreement: RatingsAgreement
  cluster: 'document' | 'day'
}) {
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
        perfect, zero is what chance alone would give.
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

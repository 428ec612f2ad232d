import { assessedRatings, type ReportView } from '@/lib/domain/reports/schema'
import { percent } from '@/lib/domain/statistics/number-words'
import { countInWords } from '@/components/ui/text/wording'
import { ratingNames } from '@/lib/domain/annotations/words'
import type { TwoPhase } from '@/lib/domain/reports/review-schema'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import { ScaleLine, ShareRow } from './picture/shares'

/** The two-phase estimate of the shares over all documents; beneath it, the shares of the part that was read twice. */
export function TwoPhaseShares({ report: { twoPhase } }: { report: ReportView }) {
  if (twoPhase === undefined) return null
  const { shares, documents, withheld } = twoPhase
  if (shares === null) {
    return (
      <p className="mt-5 border-s-2 border-unsourced ps-3 text-ink-2">
        There is no estimate from both readings. {withheld}
      </p>
    )
  }
  return (
    <>
      <h3 className="mt-6 font-serif text-lg font-semibold">
        All {countInWords(documents.all, 'document')}, estimated
      </h3>
      <figure className="m-0 mt-1 print:break-inside-avoid" aria-label="Estimated shares with 95 % intervals">
        {assessedRatings.map((rating) => {
          const share = shares[rating]
          if (share === null) return null
          return (
            <ShareRow key={rating} rating={rating} share={share}>
              <p className="tabular text-end text-sm md:text-start">
                <b className="font-semibold">
                  {percent(share.low)}–{percent(share.high)} %
                </b>{' '}
                <span className="text-ink-3">about {percent(share.share)} %</span>
              </p>
            </ShareRow>
          )
        })}
        <ScaleLine />
      </figure>
      <h3 className="mt-4 font-serif text-lg font-semibold">
        The {countInWords(documents.twice, 'document')} read twice, alone
      </h3>
    </>
  )
}

function ends({ low, high }: { low: number; high: number }): string {
  return `${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)} %`
}

/**
 * Which part was read twice and how it was chosen, the formula that corrects the single readings with it, and the result of each reading by itself.
 */
export function TwoPhaseMethod({ twoPhase: { says, chosenSays, shares, claims, withheld } }: { twoPhase: TwoPhase }) {
  return (
    <div className="grid gap-2 text-ink-2">
      {says.map((sentence) => (
        <p key={sentence} className="max-w-[44rem]">
          {sentence}
        </p>
      ))}
      <p className="max-w-[44rem] [overflow-wrap:anywhere]">{chosenSays}</p>
      <p className="max-w-[44rem]">
        {countInWords(claims.once, 'rating')} of one reading of each document, {countInWords(claims.twice, 'claim')}{' '}
        adjudicated. Where two readers read a document, the same seed chose the one whose reading counts as the single
        reading.
      </p>
      {withheld !== null && <p className="border-s-2 border-unsourced ps-3">There is no estimate. {withheld}</p>}
      {shares !== null && (
        <Table caption="Shares by two-phase estimate, by the part alone and by single readings" focusable>
          <thead>
            <tr>
              <HeadCell>Claims</HeadCell>
              <HeadCell numeric>Two-phase estimate</HeadCell>
              <HeadCell numeric>95 % interval</HeadCell>
              <HeadCell numeric>Part read twice alone</HeadCell>
              <HeadCell numeric>Its interval</HeadCell>
              <HeadCell numeric>Single readings alone</HeadCell>
            </tr>
          </thead>
          <tbody>
            {assessedRatings.flatMap((rating) => {
              const share = shares[rating]
              if (share === null) return []
              return [
                <tr key={rating}>
                  <Cell>{ratingNames[rating]}</Cell>
                  <Cell numeric>{(share.share * 100).toFixed(1)} %</Cell>
                  <Cell numeric>{ends(share)}</Cell>
                  <Cell numeric>{(share.twice.share * 100).toFixed(1)} %</Cell>
                  <Cell numeric>{ends(share.twice)}</Cell>
                  <Cell numeric>{(share.once * 100).toFixed(1)} %</Cell>
                </tr>,
              ]
            })}
          </tbody>
        </Table>
      )}
    </div>
  )
}

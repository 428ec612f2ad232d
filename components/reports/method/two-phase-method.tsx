import { ratingNames } from '@/lib/domain/annotations/words'
import { assessedRatings } from '@/lib/domain/reports/schema'
import type { TwoPhase } from '@/lib/domain/reports/two-phase-schema'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import { countInWords } from '@/components/ui/text/wording'

function ends({ low, high }: { low: number; high: number }): string {
  return `${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)} %`
}

/** What was read twice and how it was chosen, by which formula that corrects what was read once, and what each says by itself. */
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
        adjudicated. Where two readers read a document, the same seed took the one who stands for the single reading.
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

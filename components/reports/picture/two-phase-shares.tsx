import { assessedRatings, type ReportView } from '@/lib/domain/reports/schema'
import { percent } from '@/lib/domain/statistics/percent'
import { countInWords } from '@/components/ui/text/wording'
import { ScaleLine, ShareRow } from './shares'

/** The shares over all documents where a random part was read twice, estimated from both; then what stands beneath: the part alone. */
export function TwoPhaseShares({ report: { twoPhase } }: { report: ReportView }) {
  if (twoPhase === undefined) return null
  const { shares, documents, withheld } = twoPhase
  if (shares === null) {
    return (
      <p className="mt-5 border-s-2 border-unsourced ps-3 text-ink-2">There is no two-phase estimate. {withheld}</p>
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

import { Button } from '@/components/ui/controls/button'
import { Link } from '@/components/ui/controls/link'
import { Select } from '@/components/ui/controls/field'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import { compareMany, mostCompared, type ComparedPair } from '@/lib/domain/reports/comparing/compare'
import { assessedRatings, type AssessedRating, type ReportView } from '@/lib/domain/reports/schema'
import { ratingNames } from '@/lib/domain/annotations/words'
import { countInWords } from '@/components/ui/text/wording'
import { plotRow, ScaleLine, ShareAxis, ShareFigures, ReportTick } from './picture/shares'

export interface ComparisonProps {
  report: ReportView
  /** The other reports, in the order they were chosen. */
  others: readonly ReportView[]
  /** The sources that can be chosen. */
  choices: readonly { id: string; name: string }[]
  /** Whether more sources exist than are listed. */
  areChoicesCut: boolean
}

/** A difference of shares in percentage points with one decimal, with a minus sign when it is negative. */
function points(difference: number): string {
  const value = Math.round(difference * 1000) / 10
  if (value === 0) return '0.0'
  return `${value < 0 ? '−' : ''}${Math.abs(value).toFixed(1)}`
}

/** The compared reports. Those with the same name are told apart by their index. */
type Compared = readonly ReportView[]

function nameAt(reports: Compared, place: number): string {
  return reports[place]?.source.name ?? ''
}

/** Says which pairs can be told apart, and how many cannot. It says nothing about the order of the others. */
function PairsInWords({ pairs, reports }: { pairs: readonly ComparedPair[]; reports: Compared }) {
  if (pairs.length === 0) return null
  const distinct = pairs.filter(({ isDistinct }) => isDistinct)
  const rest = pairs.length - distinct.length
  if (distinct.length === 0) {
    const [only] = pairs
    return (
      <p className="mt-1 text-sm text-ink-2 [overflow-wrap:anywhere]">
        {pairs.length === 1 && only !== undefined ? (
          <>
            <bdi>{nameAt(reports, Math.min(only.higher, only.lower))}</bdi> and{' '}
            <bdi>{nameAt(reports, Math.max(only.higher, only.lower))}</bdi> cannot be told apart: the interval of their
            difference contains 0.
          </>
        ) : (
          'No two of them can be told apart: every interval of a difference contains 0.'
        )}
      </p>
    )
  }
  return (
    <ul className="mt-1 grid gap-0.5 text-sm text-ink-2">
      {distinct.map(({ higher, lower, low, high }) => (
        <li key={`${String(higher)} ${String(lower)}`} className="[overflow-wrap:anywhere]">
          <bdi className="font-semibold text-ink">{nameAt(reports, higher)}</bdi> is higher than{' '}
          <bdi className="font-semibold text-ink">{nameAt(reports, lower)}</bdi>, by {points(low)} to {points(high)}{' '}
          points.
        </li>
      ))}
      {rest > 0 && <li>{countInWords(rest, 'other pair')} cannot be told apart.</li>}
    </ul>
  )
}

function RatingSideBySide({
  rating,
  reports,
  pairs,
}: {
  rating: AssessedRating
  reports: Compared
  pairs: readonly ComparedPair[]
}) {
  return (
    <figure className="m-0 print:break-inside-avoid" data-rating={rating} aria-label={`${ratingNames[rating]} claims`}>
      <h3 className="mb-1 flex items-center gap-2.5 font-semibold text-rating">
        <ReportTick rating={rating} className="h-4" />
        {ratingNames[rating]}
      </h3>
      {reports.map(({ source, shares, claims }) => {
        const share = shares?.[rating] ?? null
        return (
          <div key={source.id} className={plotRow}>
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <bdi>{source.name}</bdi>
            </span>
            {share === null ? (
              <span className="text-sm text-ink-3 md:col-span-2">
                {claims[rating]} of {countInWords(claims.assessed, 'claim')}: too little for a share
              </span>
            ) : (
              <>
                <ShareAxis share={share} />
                <ShareFigures share={share} />
              </>
            )}
          </div>
        )
      })}
      <ScaleLine />
      <PairsInWords pairs={pairs} reports={reports} />
    </figure>
  )
}

/** Every pair with its differences in figures. */
function PairTable({ pairs, reports }: { pairs: Record<AssessedRating, readonly ComparedPair[]>; reports: Compared }) {
  if (pairs.sourced.length === 0) return null
  return (
    <details>
      <summary className="w-fit cursor-pointer text-sm text-ink-3">All differences as a table</summary>
      <Table caption="Differences of shares" className="mt-2" focusable>
        <thead>
          <tr>
            <HeadCell>Claims</HeadCell>
            <HeadCell>Higher</HeadCell>
            <HeadCell>Lower</HeadCell>
            <HeadCell numeric>Difference, in points</HeadCell>
            <HeadCell>Told apart</HeadCell>
          </tr>
        </thead>
        <tbody>
          {assessedRatings.flatMap((rating) =>
            pairs[rating].map(({ higher, lower, difference, low, high, isDistinct }) => (
              <tr key={`${rating} ${String(higher)} ${String(lower)}`}>
                <Cell>{ratingNames[rating]}</Cell>
                <Cell>
                  <bdi>{nameAt(reports, higher)}</bdi>
                </Cell>
                <Cell>
                  <bdi>{nameAt(reports, lower)}</bdi>
                </Cell>
                <Cell numeric>
                  <b className="font-semibold">{points(difference)}</b> ({points(low)} to {points(high)})
                </Cell>
                <Cell>{isDistinct ? 'yes' : 'no: 0 is within'}</Cell>
              </tr>
            )),
          )}
        </tbody>
      </Table>
    </details>
  )
}

function Differences({ reports }: { reports: Compared }) {
  const { pairs, cautions } = compareMany(reports)
  return (
    <div className="mt-5 grid gap-6" id="difference">
      {assessedRatings.map((rating) => (
        <RatingSideBySide key={rating} rating={rating} reports={reports} pairs={pairs[rating]} />
      ))}
      <PairTable pairs={pairs} reports={reports} />
      <ul className="grid gap-2">
        {cautions.map(({ says }) => (
          <li key={says} className="border-s-2 border-unsourced ps-3 text-ink-2" dir="auto">
            {says}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The address of a report beside some others. */
function addressOf(id: string, others: readonly string[]): string {
  const query = new URLSearchParams(others.map((other) => ['against', other])).toString()
  return `/sources/${id}/report${query === '' ? '' : `?${query}`}#comparison`
}

/** The compared sources, each with a link that removes it. */
function Chosen({ report, others }: Pick<ComparisonProps, 'report' | 'others'>) {
  if (others.length === 0) return null
  const ids = others.map(({ source }) => source.id)
  return (
    <ul aria-label="Compared with" className="mb-3 flex flex-wrap gap-2 print:hidden">
      {others.map(({ source }) => (
        <li
          key={source.id}
          className="flex max-w-full items-center gap-2 rounded-full border border-line bg-surface py-0.5 ps-3 pe-1"
        >
          <Link href={`/sources/${source.id}/report`} dir="auto" className="truncate hover:underline">
            {source.name}
          </Link>
          <Link
            href={addressOf(
              report.source.id,
              ids.filter((id) => id !== source.id),
            )}
            scroll={false}
            aria-label={`Take ${source.name} away`}
            className="grid size-6 place-items-center rounded-full text-ink-3 hover:bg-hover hover:text-ink"
          >
            <span aria-hidden>×</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

/** Sources side by side: a choice kept in the address, their intervals on one axis, and which pairs can be told apart. Not printed until something is chosen. */
export function Comparison({ report, others, choices, areChoicesCut }: ComparisonProps) {
  if (choices.length === 0 && others.length === 0) return null
  const chosen = new Set(others.map(({ source }) => source.id))
  const left = choices.filter(({ id }) => !chosen.has(id))
  const isFull = others.length + 1 >= mostCompared
  return (
    <section
      aria-labelledby="comparison"
      className={`mx-auto w-full max-w-[60rem] px-4 pb-14 md:px-8 print:p-0 ${others.length === 0 ? 'print:hidden' : 'print:break-before-page'}`}
    >
      <h2 id="comparison" className="mb-3 font-serif text-xl font-semibold">
        Beside other sources
      </h2>
      <Chosen report={report} others={others} />
      {isFull ? (
        <p className="text-sm text-ink-3 print:hidden">
          {mostCompared} sources can be compared at most. Remove one to choose another.
        </p>
      ) : (
        left.length > 0 && (
          <form method="get" action="#comparison" className="flex flex-wrap items-end gap-2.5 print:hidden">
            {others.map(({ source }) => (
              <input key={source.id} type="hidden" name="against" value={source.id} />
            ))}
            <Select
              label={others.length === 0 ? 'Compare with' : 'And with'}
              name="against"
              defaultValue=""
              fieldClassName="w-full max-w-80"
              options={[
                { value: '', label: others.length === 0 ? 'No other source' : 'No more sources' },
                ...left.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              hint={areChoicesCut ? 'Only the first sources by name are listed.' : undefined}
            />
            <Button type="submit">Compare</Button>
          </form>
        )
      )}
      {others.length > 0 && <Differences reports={[report, ...others]} />}
    </section>
  )
}

import type { ReactNode } from 'react'
import { Select } from '@/components/ui/controls/field'
import { Link } from '@/components/ui/controls/link'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import { LocalTime } from '@/components/ui/text/local-time'
import { countInWords, dateInWords, numberInWords } from '@/components/ui/text/wording'
import { threePlaces } from '@/lib/domain/agreement/established'
import { ratingNames } from '@/lib/domain/annotations/words'
import type { SessionComparison, SessionSide } from '@/lib/domain/reports/comparing/compare-sessions'
import { assessedRatings, type AssessedRating } from '@/lib/domain/reports/schema'
import { percent } from '@/lib/domain/statistics/number-words'
import { Button } from '@/components/ui/controls/button'
import { plotRow, ScaleLine, ShareAxis, ShareFigures, ReportTick } from './picture/shares'

/** A session and one of its sources, as `session source`: sources are never pooled. */
export interface SessionChoice {
  value: string
  label: string
}

/** Chooses which source of this session is compared, and with which other session. The address holds the choice. */
export function ChooseSession({
  sources,
  source,
  choices,
  chosen,
}: {
  sources: readonly { id: string; name: string }[]
  source: string
  choices: readonly SessionChoice[]
  chosen: string
}) {
  return (
    <form method="get" className="mb-6 flex flex-wrap items-end gap-2.5 print:hidden">
      {sources.length > 1 && (
        <Select
          label="Of this session"
          name="source"
          defaultValue={source}
          fieldClassName="w-full max-w-72"
          options={sources.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <Select
        label="Compare with"
        name="with"
        defaultValue={chosen}
        fieldClassName="w-full max-w-96"
        options={[{ value: '', label: 'Choose a closed session' }, ...choices]}
      />
      <Button type="submit">Compare</Button>
    </form>
  )
}

function publishedInWords({ period: { published } }: SessionSide): string {
  const { from, to } = published
  if (from === null || to === null) return 'no dates'
  return from === to ? dateInWords(from) : `${dateInWords(from)} to ${dateInWords(to)}`
}

function shareInWords({ shares, claims }: SessionSide, rating: AssessedRating): string {
  const share = shares?.[rating] ?? null
  const counted = `${numberInWords(claims[rating])} of ${numberInWords(claims.assessed)}`
  return share === null ? `${counted}, no share` : `${percent(share.low)}–${percent(share.high)} % (${counted})`
}

function agreementInWords({ agreement: { established, alpha, interval } }: SessionSide): string {
  if (alpha === null) return 'none measured'
  const ends = interval === null ? '' : ` (${threePlaces(interval.low)} to ${threePlaces(interval.high)})`
  return `alpha ${threePlaces(alpha)}${ends}, ${established ? 'established' : 'not established'}`
}

/** The rows of the table; a column is one side. */
const rows: readonly { name: string; cell: (side: SessionSide) => ReactNode }[] = [
  {
    name: 'Source',
    cell: ({ source }) => (
      <Link href={`/sources/${source.id}/report`} dir="auto" className="font-medium hover:underline">
        {source.name}
      </Link>
    ),
  },
  {
    name: 'Question',
    cell: ({ session }) =>
      session.question.trim() === '' ? 'none recorded' : <span dir="auto">{session.question}</span>,
  },
  { name: 'Closed', cell: ({ session }) => <LocalTime instant={session.closedAt} /> },
  { name: 'Documents', cell: (side) => `${countInWords(side.documents, 'document')}, ${publishedInWords(side)}` },
  {
    name: 'Decided',
    cell: ({ coverage }) => `${numberInWords(coverage.decided)} of ${countInWords(coverage.checkable, 'sentence')}`,
  },
  { name: 'Assessed', cell: ({ claims }) => countInWords(claims.assessed, 'claim') },
  ...assessedRatings.map((rating) => {
    return { name: ratingNames[rating], cell: (side: SessionSide) => shareInWords(side, rating) }
  }),
  { name: 'Agreement', cell: agreementInWords },
  { name: 'Chosen', cell: ({ sampleSays }) => <span dir="auto">{sampleSays}</span> },
  { name: 'Rules', cell: ({ protocolSays }) => protocolSays.join(' ') },
]

const narrowRow = 'max-md:grid max-md:grid-cols-2 max-md:border-b max-md:border-line max-md:last:border-b-0'
const narrowCell = 'max-md:border-b-0 max-md:pt-0.5'

/**
 * Two sessions in two columns, with the base of each figure beside it. On narrow screens the columns share the width and the name of each row stands
 * above them; the roles keep the table a table for screen readers.
 */
function Columns({ first, second }: Pick<SessionComparison, 'first' | 'second'>) {
  return (
    <Table caption="The two sessions side by side">
      <thead role="rowgroup">
        <tr role="row" className={narrowRow}>
          <HeadCell role="columnheader" className="max-md:sr-only md:w-28">
            <span className="sr-only">What</span>
          </HeadCell>
          {[first, second].map(({ session, source }) => (
            <HeadCell
              key={`${session.id} ${source.id}`}
              role="columnheader"
              className="whitespace-normal max-md:border-b-0 md:min-w-56"
            >
              <Link
                href={`/review-sessions/${session.id}`}
                dir="auto"
                className="font-serif text-md font-semibold text-ink [overflow-wrap:anywhere] hover:underline"
              >
                {session.name}
              </Link>
            </HeadCell>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map(({ name, cell }) => (
          <tr key={name} role="row" className={narrowRow}>
            <th
              scope="row"
              role="rowheader"
              className="border-b border-line px-3.5 py-2.5 text-start align-top text-sm font-normal text-ink-3 max-md:col-span-2 max-md:border-b-0 max-md:pb-0"
            >
              {name}
            </th>
            {[first, second].map((side) => (
              <Cell
                key={`${side.session.id} ${side.source.id}`}
                role="cell"
                className={`tabular max-w-md align-top [overflow-wrap:anywhere] ${narrowCell}`}
              >
                {cell(side)}
              </Cell>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

/** The intervals of each rating on one axis, and of their difference if it is given. */
function Plots({ comparison: { first, second, shares } }: { comparison: SessionComparison }) {
  if (first.shares === null && second.shares === null) return null
  const inPoints = (value: number) => `${value < 0 ? '−' : ''}${Math.abs(value * 100).toFixed(1)}`
  return (
    <div className="grid gap-6">
      {assessedRatings.map((rating) => {
        const compared = shares?.[rating] ?? null
        return (
          <figure
            key={rating}
            className="m-0 print:break-inside-avoid"
            data-rating={rating}
            aria-label={`${ratingNames[rating]} claims`}
          >
            <h3 className="mb-1 flex items-center gap-2.5 font-semibold text-rating">
              <ReportTick rating={rating} className="h-4" />
              {ratingNames[rating]}
            </h3>
            {[first, second].map((side) => {
              const share = side.shares?.[rating] ?? null
              return (
                <div key={`${side.session.id} ${side.source.id}`} className={plotRow}>
                  <span className="min-w-0 [overflow-wrap:anywhere]">
                    <bdi>{side.session.name}</bdi>
                  </span>
                  {share === null ? (
                    <span className="text-sm text-ink-3 md:col-span-2">{shareInWords(side, rating)}</span>
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
            {compared !== null && (
              <p className="tabular mt-1 text-sm text-ink-2">
                The first minus the second: {inPoints(compared.difference)} points ({inPoints(compared.low)} to{' '}
                {inPoints(compared.high)}
                {compared.isDistinct ? '): told apart.' : '). 0 is within: not told apart.'}
              </p>
            )}
          </figure>
        )
      })}
    </div>
  )
}

/** One closed session beside another: whether they can be compared, the figures of both, and what changed between them. */
export function SessionsSideBySide({ comparison }: { comparison: SessionComparison }) {
  const { first, second, changes, comparable, says, cautions } = comparison
  return (
    <div className="grid gap-8">
      <p className={`max-w-[46rem] border-s-2 ps-3 text-lg ${comparable ? 'border-accent' : 'border-unsourced'}`}>
        {says}
      </p>
      <Columns first={first} second={second} />
      <section aria-labelledby="changed" className="grid gap-2">
        <h2 id="changed" className="font-serif text-xl font-semibold">
          What changed between them
        </h2>
        {changes.length === 0 ? (
          <p className="text-ink-2">Nothing on record: the rules, guidelines and question are the same.</p>
        ) : (
          <ul className="grid max-w-[46rem] list-disc gap-1.5 ps-5 text-ink-2">
            {changes.map(({ code, says: words }) => (
              <li key={code} dir="auto" className="[overflow-wrap:anywhere]">
                {words}
              </li>
            ))}
          </ul>
        )}
      </section>
      <Plots comparison={comparison} />
      <ul className="grid max-w-[46rem] gap-2">
        {cautions.map(({ says: words }) => (
          <li key={words} className="border-s-2 border-line ps-3 text-ink-2" dir="auto">
            {words}
          </li>
        ))}
      </ul>
    </div>
  )
}

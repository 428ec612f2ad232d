import { Button } from '@/components/ui/controls/button'
import { Select } from '@/components/ui/controls/select'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import { Tag } from '@/components/ui/text/tag'
import { compareReports } from '@/lib/domain/reports/compare'
import type { ComparedShare } from '@/lib/domain/reports/comparison-schema'
import { assessedRatings, type ReportView } from '@/lib/domain/reports/schema'
import { ratingNames } from '@/lib/domain/annotations/words'
import { percent } from '@/components/ui/text/percent'

export interface ComparisonProps {
  report: ReportView
  /** The other report, once one is chosen. */
  other: ReportView | null
  /** The sources to choose from. */
  choices: readonly { id: string; name: string }[]
  /** Whether there are more sources than are listed. */
  areChoicesCut: boolean
}

/** A difference of shares in points of a hundred, with its sign and one decimal. */
function points(difference: number): string {
  const value = Math.round(difference * 1000) / 10
  if (value === 0) return '0.0'
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`
}

function NameCell({ name }: { name: string }) {
  return (
    <HeadCell numeric>
      <span className="inline-block max-w-48 min-w-24 whitespace-normal max-md:max-w-32" dir="auto">
        {name}
      </span>
    </HeadCell>
  )
}

function ShareWords({ share }: { share: ComparedShare['first'] }) {
  return (
    <>
      {share.count} of {share.of}
      <span className="block text-xs text-ink-3">
        {percent(share.share)} % ({percent(share.low)}–{percent(share.high)})
      </span>
    </>
  )
}

function Differences({ report, other }: { report: ReportView; other: ReportView }) {
  const { first, second, shares, cautions } = compareReports(report, other)
  return (
    <div className="mt-4 grid gap-4" id="difference">
      {shares !== null && (
        <Table caption={`${first.source.name} beside ${second.source.name}`} focusable>
          <thead>
            <tr>
              <HeadCell>Claims</HeadCell>
              <NameCell name={first.source.name} />
              <NameCell name={second.source.name} />
              <HeadCell numeric>Difference, in points</HeadCell>
            </tr>
          </thead>
          <tbody>
            {assessedRatings.map((rating) => {
              const compared = shares[rating]
              return (
                <tr key={rating}>
                  <Cell>
                    <Tag rating={rating}>{ratingNames[rating]}</Tag>
                  </Cell>
                  <Cell numeric>
                    <ShareWords share={compared.first} />
                  </Cell>
                  <Cell numeric>
                    <ShareWords share={compared.second} />
                  </Cell>
                  <Cell numeric>
                    <b className="font-semibold">{points(compared.difference)}</b> ({points(compared.low)} to{' '}
                    {points(compared.high)})
                    <span className="block text-xs text-ink-3">
                      {compared.isDistinct ? 'told apart' : 'not told apart: 0 is within'}
                    </span>
                  </Cell>
                </tr>
              )
            })}
          </tbody>
        </Table>
      )}
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

/** Two sources side by side: a choice that lives in the address, and the differences of their shares. Not on paper until something is chosen. */
export function Comparison({ report, other, choices, areChoicesCut }: ComparisonProps) {
  if (choices.length === 0 && other === null) return null
  const listed = choices.some(({ id }) => id === other?.source.id)
  const options = [...(other === null || listed ? [] : [other.source]), ...choices]
  return (
    <section
      aria-labelledby="comparison"
      className={`mx-auto w-full max-w-[60rem] px-4 pb-14 md:px-8 print:p-0 ${other === null ? 'print:hidden' : ''}`}
    >
      <h2 id="comparison" className="mb-3 font-serif text-xl font-semibold">
        Beside another source
      </h2>
      <form method="get" action="#comparison" className="flex flex-wrap items-end gap-2.5 print:hidden">
        <Select
          label="Compare with"
          name="against"
          defaultValue={other?.source.id ?? ''}
          fieldClassName="w-full max-w-80"
          options={[
            { value: '', label: 'No other source' },
            ...options.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          hint={areChoicesCut ? 'Only the first sources by name are listed.' : undefined}
        />
        <Button type="submit">Compare</Button>
      </form>
      {other !== null && <Differences report={report} other={other} />}
    </section>
  )
}

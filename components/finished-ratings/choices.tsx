import { Button } from '@/components/ui/controls/button'
import { TextField, Select } from '@/components/ui/controls/field'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import { numberInWords, countInWords } from '@/components/ui/text/wording'
import { ratings as ownRatings } from '@/lib/domain/annotations/rating'
import { ratingNames } from '@/lib/domain/annotations/words'
import type { RatingChoices } from '@/lib/domain/finished-ratings/rated-source'
import {
  type FinishedRating,
  ratingFields,
  type RatingColumns,
  type RatingField,
  suggestRating,
} from '@/lib/domain/finished-ratings/read-ratings'
import { rowsOf, type RatingTable } from '@/lib/domain/finished-ratings/rating-table'

const fields: Record<RatingField, { label: string; hint: string; isNeeded: boolean }> = {
  document: {
    label: 'Document',
    hint: 'What was rated, or the document it is in: a name, a number or an address',
    isNeeded: true,
  },
  item: { label: 'Item', hint: 'What in the document was rated, such as a claim', isNeeded: false },
  source: { label: 'Source', hint: 'The publisher', isNeeded: true },
  rating: { label: 'Rating', hint: 'The judgement, in the file’s own words', isNeeded: true },
  date: { label: 'Date', hint: 'When the document was published', isNeeded: false },
  rater: { label: 'Rater', hint: 'Who gave the rating', isNeeded: false },
}

const oneForAll = '\u0000one'

/** The first distinct entries of a column. */
function examplesOf(table: RatingTable, column: string): string[] {
  const found = new Set<string>()
  let looked = 0
  for (const { cells } of rowsOf(table, { rating: column, wanted: [column] })) {
    const [cell = ''] = cells
    if (cell !== '') found.add(cell.length > 40 ? `${cell.slice(0, 39)}…` : cell)
    looked += 1
    if (found.size === 3 || looked === 500) break
  }
  return [...found]
}

/** Assigns columns of the file to fields. Shows sample entries of each column, so that a wrong guess is noticed. */
export function ColumnChoices({
  name,
  table,
  columns,
  onChange,
}: {
  name: string
  table: RatingTable
  columns: RatingColumns
  onChange: (columns: RatingColumns) => void
}) {
  return (
    <section aria-labelledby="columns" className="grid gap-4">
      <div>
        <h2 id="columns" className="font-serif text-xl font-semibold">
          What each column is
        </h2>
        <p className="text-ink-2 [overflow-wrap:anywhere]">
          <bdi>{name}</bdi>: {countInWords(table.records.length, table.kind === 'csv' ? 'row' : 'object')},{' '}
          {countInWords(table.columns.length, 'column')}. Columns were matched by their names; correct any that are
          wrong.
        </p>
      </div>
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-3">
        {ratingFields.map((field) => (
          <ColumnField key={field} field={field} table={table} columns={columns} onChange={onChange} />
        ))}
      </div>
    </section>
  )
}

function ColumnField({
  field,
  table,
  columns,
  onChange,
}: {
  field: RatingField
  table: RatingTable
  columns: RatingColumns
  onChange: (columns: RatingColumns) => void
}) {
  const { label, hint, isNeeded } = fields[field]
  const column = columns[field]
  const none = field === 'source' ? [] : [{ value: '', label: isNeeded ? 'Choose a column' : 'Not in the file' }]
  const options = [
    ...none,
    ...(field === 'source' ? [{ value: oneForAll, label: 'One for all rows' }] : []),
    ...table.columns.map((each) => ({ value: each, label: each })),
  ]
  const examples = column === null ? [] : examplesOf(table, column)
  return (
    <div className="grid content-start gap-1.5">
      <Select
        label={label}
        optional={!isNeeded}
        hint={examples.length === 0 ? hint : <bdi className="[overflow-wrap:anywhere]">{examples.join(' · ')}</bdi>}
        options={options}
        value={column ?? (field === 'source' ? oneForAll : '')}
        onChange={({ currentTarget: { value } }) => {
          onChange({ ...columns, [field]: value === '' || value === oneForAll ? null : value })
        }}
      />
      {field === 'source' && column === null && (
        <TextField
          label="Name of the source"
          maxLength={200}
          defaultValue={columns.sourceName}
          onChange={({ currentTarget: { value } }) => {
            onChange({ ...columns, sourceName: value.trim() })
          }}
        />
      )}
    </div>
  )
}

/** How a word of the file counts: as itself, in no share, not at all, or as another rating. */
export interface CountedAs {
  is: 'itself' | 'in-no-share' | 'no-rating' | 'named'
  name: string
}

const itself: CountedAs = { is: 'itself', name: '' }

/** The words of a file with their frequencies, the most frequent first. */
function wordsOf(ratings: readonly FinishedRating[]): { word: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const { rating } of ratings) counts.set(rating, (counts.get(rating) ?? 0) + 1)
  return [...counts].map(([word, count]) => ({ word, count })).sort((one, other) => other.count - one.count)
}

/** The choices for all words, as rules of counting. Ratings that are not checkable enter no share. */
export function choicesOf(
  ratings: readonly FinishedRating[],
  counted: ReadonlyMap<string, CountedAs>,
  alike: RatingChoices['alike'],
): RatingChoices {
  const renamed = new Map<string, string>()
  const leftOut = new Set<string>()
  const ignored: string[] = []
  for (const { word } of wordsOf(ratings)) {
    const { is, name } = counted.get(word) ?? itself
    if (is === 'named' && name !== '') {
      renamed.set(word, name)
      if (name === ratingNames.not_checkable) leftOut.add(name)
    } else if (is === 'in-no-share') leftOut.add(word)
    else if (is === 'no-rating') ignored.push(word)
  }
  return { renamed, leftOut: [...leftOut], ignored, alike }
}

const own = ownRatings.map((rating) => ratingNames[rating])
const otherName = 'another-name'

function valueOf({ is, name }: CountedAs): string {
  if (is !== 'named') return is
  return own.includes(name) ? `own:${name}` : otherName
}

function countedBy(value: string): CountedAs {
  if (value.startsWith('own:')) return { is: 'named', name: value.slice('own:'.length) }
  if (value === 'in-no-share' || value === 'no-rating') return { is: value, name: '' }
  return value === otherName ? { is: 'named', name: '' } : itself
}

/** How each word of the file is counted. No word counts as another unless a person chooses so. */
export function WordChoices({
  ratings,
  counted,
  onChange,
}: {
  ratings: readonly FinishedRating[]
  counted: ReadonlyMap<string, CountedAs>
  onChange: (counted: ReadonlyMap<string, CountedAs>) => void
}) {
  const words = wordsOf(ratings)
  const suggested = words.flatMap(({ word }) => {
    const name = suggestRating(word)
    return name === null ? [] : [[word, { is: 'named', name }] as const]
  })
  return (
    <section aria-labelledby="words" className="grid gap-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div className="max-w-[38rem]">
          <h2 id="words" className="font-serif text-xl font-semibold">
            How ratings are counted
          </h2>
          <p className="text-ink-2">
            Each word counts as it stands. Words with the same name are counted together; what is in no share is counted
            and stands in no denominator.
          </p>
        </div>
        {suggested.length > 0 && (
          <Button
            size="small"
            onClick={() => {
              onChange(new Map([...counted, ...suggested]))
            }}
          >
            Use the nearest ratings of Sourcemark
          </Button>
        )}
      </div>
      <Table caption="How each word is counted">
        <thead>
          <tr>
            <HeadCell>In the file</HeadCell>
            <HeadCell numeric>Rows</HeadCell>
            <HeadCell>Counted as</HeadCell>
          </tr>
        </thead>
        <tbody>
          {words.map(({ word, count }) => (
            <WordRow
              key={word}
              word={word}
              count={count}
              counted={counted.get(word) ?? itself}
              onChange={(chosen) => {
                onChange(new Map([...counted, [word, chosen]]))
              }}
            />
          ))}
        </tbody>
      </Table>
    </section>
  )
}

function WordRow({
  word,
  count,
  counted,
  onChange,
}: {
  word: string
  count: number
  counted: CountedAs
  onChange: (counted: CountedAs) => void
}) {
  const value = valueOf(counted)
  const options = [
    { value: 'itself', label: 'Itself' },
    ...own.map((name) => ({
      value: `own:${name}`,
      label: name === ratingNames.not_checkable ? `${name} (in no share)` : name,
    })),
    { value: otherName, label: 'Another name …' },
    { value: 'in-no-share', label: 'Itself, in no share' },
    { value: 'no-rating', label: 'No rating: leave the row out' },
  ]
  return (
    <tr>
      <Cell className="max-w-72 font-medium [overflow-wrap:anywhere]">
        <bdi>{word}</bdi>
      </Cell>
      <Cell numeric>{numberInWords(count)}</Cell>
      <Cell className="grid min-w-52 gap-2 sm:grid-cols-2">
        <Select
          label={`“${word}” is counted as`}
          hideLabel
          options={options}
          value={value}
          onChange={({ currentTarget }) => {
            onChange(countedBy(currentTarget.value))
          }}
        />
        {value === otherName && (
          <TextField
            label={`Name for “${word}”`}
            hideLabel
            placeholder="not mostly true"
            maxLength={100}
            defaultValue={counted.name}
            onChange={({ currentTarget }) => {
              onChange({ is: 'named', name: currentTarget.value.trim() })
            }}
          />
        )}
      </Cell>
    </tr>
  )
}

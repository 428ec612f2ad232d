import { TextField, Select } from '@/components/ui/controls/field'
import { countInWords } from '@/components/ui/text/wording'
import { rowsOf, type RatingTable } from '@/lib/domain/finished-ratings/rating-table'
import { ratingFields, type RatingColumns, type RatingField } from '@/lib/domain/finished-ratings/read-ratings'

const fields: Record<RatingField, { label: string; hint: string; isNeeded: boolean }> = {
  document: {
    label: 'Document',
    hint: 'What was rated, or what it stands in: a name, a number or an address',
    isNeeded: true,
  },
  item: { label: 'Item', hint: 'What in the document was rated, such as a claim', isNeeded: false },
  source: { label: 'Source', hint: 'The publisher', isNeeded: true },
  rating: { label: 'Rating', hint: 'The judgement, in the file’s own words', isNeeded: true },
  date: { label: 'Date', hint: 'When the document was published', isNeeded: false },
  rater: { label: 'Rater', hint: 'Who gave the rating', isNeeded: false },
}

const oneForAll = '\u0000one'

/** The first different entries of a column. */
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

/** Which column of the file is which field, each with entries of it, so that a wrong guess is seen. */
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
          {countInWords(table.columns.length, 'column')}. Columns were taken by their names; change what is wrong.
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

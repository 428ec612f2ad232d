import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import { countInWords, numberInWords } from '@/components/ui/text/wording'
import { ratingFields, type RatingColumns, type ReadRatings } from '@/lib/domain/finished-ratings/read-ratings'

const heads: Record<(typeof ratingFields)[number], string> = {
  document: 'Document',
  item: 'Item',
  source: 'Source',
  rating: 'Rating',
  date: 'Date',
  rater: 'Rater',
}

const shownRows = 5
/** The most unusable rows that are listed. */
const mostListed = 100

/** The first rows as they were taken, how many can be used, and why the others cannot. */
export function Preview({ read, columns }: { read: Extract<ReadRatings, { ok: true }>; columns: RatingColumns }) {
  const { ratings, unusable, rows } = read
  const shown = ratingFields.filter((field) => columns[field] !== null || field === 'source')
  return (
    <section aria-labelledby="rows" className="grid gap-3">
      <h2 id="rows" className="font-serif text-xl font-semibold">
        {unusable.length === 0
          ? `All ${countInWords(rows, 'row')} can be used`
          : `${numberInWords(ratings.length)} of ${countInWords(rows, 'row')} can be used`}
      </h2>
      <Table caption="The first rows as they were taken" focusable>
        <thead>
          <tr>
            <HeadCell numeric>Row</HeadCell>
            {shown.map((field) => (
              <HeadCell key={field}>{heads[field]}</HeadCell>
            ))}
          </tr>
        </thead>
        <tbody>
          {ratings.slice(0, shownRows).map((rating, at) => (
            <tr key={at}>
              <Cell numeric>{rating.row}</Cell>
              {shown.map((field) => (
                <Cell key={field} className="max-w-56 truncate">
                  <bdi>{rating[field]}</bdi>
                </Cell>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
      {unusable.length > 0 && (
        <details>
          <summary className="w-fit cursor-pointer font-medium">
            {countInWords(unusable.length, 'row is', 'rows are')} in no figure, and why
          </summary>
          <ul
            className="mt-2 grid max-h-72 gap-1 overflow-y-auto text-sm text-ink-2"
            tabIndex={0}
            aria-label="Unusable rows"
          >
            {unusable.slice(0, mostListed).map(({ row, says }, at) => (
              <li key={at} className="[overflow-wrap:anywhere]">
                <b className="tabular font-semibold">Row {row}.</b> {says}
              </li>
            ))}
            {unusable.length > mostListed && <li>and {countInWords(unusable.length - mostListed, 'row')} more</li>}
          </ul>
        </details>
      )}
    </section>
  )
}

import { classNames } from '@/components/ui/class-names'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import type { Agreement } from '@/lib/domain/agreement/schema'
import { ratingNames } from '@/lib/domain/annotations/words'
import { figureInWords } from './words'

/** Five shades, from none to the deepest. */
const shades = ['', 'bg-accent/8', 'bg-accent/16', 'bg-accent/28', 'bg-accent/42']

function shadeOf(share: number): string {
  const step = share <= 0 ? 0 : Math.min(shades.length - 1, 1 + Math.floor(share * (shades.length - 1)))
  return shades[step] ?? ''
}

const categoryNames = { ...ratingNames, not_marked: 'Not marked' }

/** How often a rating met another on the same claim. The diagonal is agreement. */
export function CoincidenceMatrix({ coincidences }: { coincidences: Agreement['coincidences'] }) {
  const { categories, withUnmarked } = coincidences
  const names = categories.map((category) => categoryNames[category])
  const most = Math.max(...withUnmarked.flat(), 1)
  return (
    <Table focusable caption="Coincidences: how often one rating met another">
      <thead>
        <tr>
          <HeadCell>
            <span className="sr-only">Rating</span>
          </HeadCell>
          {names.map((name) => (
            <HeadCell key={name} numeric>
              {name}
            </HeadCell>
          ))}
        </tr>
      </thead>
      <tbody>
        {withUnmarked.map((row, place) => (
          <tr key={names[place]}>
            <th
              scope="row"
              className="border-b border-line px-3.5 py-2 text-start text-sm font-medium whitespace-nowrap"
            >
              {names[place]}
            </th>
            {row.map((count, column) => (
              <Cell
                key={names[column]}
                numeric
                className={classNames(shadeOf(count / most), place === column && 'font-semibold')}
              >
                {count === 0 ? <span className="text-ink-3">0</span> : Math.round(count * 10) / 10}
              </Cell>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

/** Alpha for labels of each two reviewers, shaded by its height; what lies below chance is not shaded. */
export function PairMatrix({
  matrix,
  names,
}: {
  matrix: readonly (readonly (number | null)[])[]
  names: readonly string[]
}) {
  return (
    <Table focusable caption="Alpha for labels of each two reviewers">
      <thead>
        <tr>
          <HeadCell>
            <span className="sr-only">Reviewer</span>
          </HeadCell>
          {names.map((name, place) => (
            <HeadCell key={place} numeric>
              <span dir="auto">{name}</span>
            </HeadCell>
          ))}
        </tr>
      </thead>
      <tbody>
        {matrix.map((row, place) => (
          <tr key={place}>
            <th
              scope="row"
              dir="auto"
              className="border-b border-line px-3.5 py-2 text-start text-sm font-medium whitespace-nowrap"
            >
              {names[place]}
            </th>
            {row.map((value, column) => (
              <Cell key={column} numeric className={value === null ? undefined : shadeOf(value)}>
                {value === null ? <span className="text-ink-3">·</span> : figureInWords(value)}
              </Cell>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import type { Figure, Slice, Agreement } from '@/lib/domain/agreement/schema'
import { basisInWords, figureInWords, intervalInWords, leftOutInWords } from './words'
import { classNames } from '@/components/ui/class-names'
import { ratingNames } from '@/lib/domain/annotations/words'

type FigureName = Exclude<keyof Slice, 'boundaryError' | 'prevalence'>

/** The question that each figure answers, the main one first. */
const questions: readonly { name: FigureName; title: string; question: string }[] = [
  {
    name: 'labelAlpha',
    title: 'Alpha for labels',
    question: 'Where two or more marked the same claim, do they rate it alike?',
  },
  {
    name: 'labelAlphaWithUnmarked',
    title: 'Alpha with “not marked”',
    question: 'The same, with “not marked” as one more label.',
  },
  { name: 'boundaryAlpha', title: '|uα', question: 'Do they mark the same stretches, regardless of the rating?' },
  { name: 'unitizingAlpha', title: 'uα', question: 'Do they mark the same stretches and rate them alike?' },
  { name: 'codedAlpha', title: 'cuα', question: 'Where two marked the same characters, do they rate them alike?' },
  { name: 'ac1', title: 'AC1', question: 'A second opinion on labels when one rating is rare.' },
  { name: 'kappa', title: 'Kappa', question: 'Cohen’s kappa, the mean over pairs of reviewers.' },
  {
    name: 'characterF1',
    title: 'Character F1',
    question: 'How much of the marked text do two reviewers share? Not corrected for chance.',
  },
  { name: 'exactF1', title: 'Exact F1', question: 'How many spans match to the character? Not corrected for chance.' },
]

function Value({ figure }: { figure: Figure }) {
  if (figure.value === null) return <span className="text-ink-3">none</span>
  return <b className="tabular text-md font-semibold">{figureInWords(figure.value)}</b>
}

function FigureRow({ title, question, figure }: { title: string; question: string; figure: Figure }) {
  const { value, reason, interval, rawAgreement } = figure
  return (
    <tr>
      <th scope="row" className="border-b border-line px-3.5 py-2.5 text-start align-top font-normal">
        <span className="font-medium">{title}</span>
        <span className="block max-w-[26rem] text-sm text-ink-3">{question}</span>
        <span className="block text-sm text-ink-2 md:hidden print:hidden">
          {value === null ? reason?.says : intervalInWords(figure)}
          {value !== null && ` · ${basisInWords(figure)}`}
        </span>
      </th>
      <Cell numeric className="align-top">
        <Value figure={figure} />
      </Cell>
      <Cell className="max-w-[18rem] align-top max-md:hidden print:table-cell">
        {value === null ? (
          <span className="text-sm text-ink-2">{reason?.says}</span>
        ) : (
          <span className={interval === null ? 'text-sm text-ink-3' : 'tabular whitespace-nowrap'}>
            {intervalInWords(figure)}
          </span>
        )}
      </Cell>
      <Cell className="align-top text-sm text-ink-2 max-md:hidden print:table-cell">
        {basisInWords(figure)}
        {rawAgreement !== null && <span className="block text-ink-3">raw agreement {figureInWords(rawAgreement)}</span>}
        <span className="block max-w-[20rem] text-ink-3">{leftOutInWords(figure)}</span>
      </Cell>
    </tr>
  )
}

/** The given figures, each with its question, its interval and its base. */
export function FigureTable({ slice, caption }: { slice: Partial<Pick<Slice, FigureName>>; caption: string }) {
  return (
    <Table focusable caption={caption}>
      <thead>
        <tr>
          <HeadCell>Figure</HeadCell>
          <HeadCell numeric>Value</HeadCell>
          <HeadCell className="max-md:hidden print:table-cell">95 % interval</HeadCell>
          <HeadCell className="max-md:hidden print:table-cell">Rests on</HeadCell>
        </tr>
      </thead>
      <tbody>
        {questions.map(({ name, title, question }) => {
          const figure = slice[name]
          return figure && <FigureRow key={name} title={title} question={question} figure={figure} />
        })}
      </tbody>
    </Table>
  )
}

/** Five shades, from none to the darkest. */
const shades = ['', 'bg-accent/8', 'bg-accent/16', 'bg-accent/28', 'bg-accent/42']

function shadeOf(share: number): string {
  const step = share <= 0 ? 0 : Math.min(shades.length - 1, 1 + Math.floor(share * (shades.length - 1)))
  return shades[step] ?? ''
}

const categoryNames = { ...ratingNames, not_marked: 'Not marked' }

/** How often each pair of ratings met on the same claim. The diagonal is agreement. */
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

/** Alpha for the labels of every two reviewers, shaded by its value; values below chance are not shaded. */
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

import { claimRowsOf, type ClaimRow } from '@/lib/domain/reports/reading/claim-rows'
import { assessedRatings, type ReportView } from '@/lib/domain/reports/schema'
import { ratingNames } from '@/lib/domain/annotations/words'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import { Parts } from '@/components/ui/layout/parts'
import { countInWords, dateInWords } from '@/components/ui/text/wording'
import { WorkbenchLink } from '../report-place'
import { ClaimStrip, TickShapes } from './claim-strip'

/** So many documents are drawn at once; the others are folded. */
const mostDrawn = 24

function DocumentRow({ row }: { row: ClaimRow }) {
  const { line, claims } = row
  return (
    <li className="grid items-start gap-x-6 gap-y-1 py-2 md:grid-cols-[15rem_minmax(0,1fr)] print:grid-cols-[13rem_minmax(0,1fr)] print:py-1">
      <div className="min-w-0">
        <p className="font-serif text-md leading-snug font-medium [overflow-wrap:anywhere]" dir="auto">
          <span className="line-clamp-2 ">
            <WorkbenchLink href={`/documents/${line.id}`}>{line.title}</WorkbenchLink>
          </span>
        </p>
        <p className="text-xs text-ink-3">
          <Parts parts={[dateInWords(line.publishedOn), countInWords(claims.length, 'claim')]} />
        </p>
      </div>
      <ClaimStrip row={row} />
    </li>
  )
}

const list = 'divide-y divide-line border-y border-line'

/** The picture of a report: one tick a claim, document by document; each opens the words and the evidence in place. A table says the same. */
export function ClaimPicture({ report }: { report: ReportView }) {
  const rows = claimRowsOf(report)
  const [drawn, folded] = [rows.slice(0, mostDrawn), rows.slice(mostDrawn)]
  return (
    <figure className="m-0" aria-label="The claims, document by document">
      <TickShapes />
      <ul className={list}>
        {drawn.map((row) => (
          <DocumentRow key={row.line.id} row={row} />
        ))}
      </ul>
      {folded.length > 0 && (
        <details>
          <summary className="w-fit cursor-pointer py-2 text-ink-2">
            {countInWords(folded.length, 'more document')} with{' '}
            {countInWords(
              folded.reduce((sum, { claims }) => sum + claims.length, 0),
              'claim',
            )}
          </summary>
          <ul className={list}>
            {folded.map((row) => (
              <DocumentRow key={row.line.id} row={row} />
            ))}
          </ul>
        </details>
      )}
      <details className="mt-2 print:hidden">
        <summary className="w-fit cursor-pointer text-sm text-ink-3">The same as a table</summary>
        <Table caption="Claims by document" className="mt-2" focusable>
          <thead>
            <tr>
              <HeadCell>Document</HeadCell>
              {assessedRatings.map((rating) => (
                <HeadCell key={rating} numeric>
                  {ratingNames[rating]}
                </HeadCell>
              ))}
              <HeadCell numeric>Claims</HeadCell>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ line, claims }) => (
              <tr key={line.id}>
                <Cell className="[overflow-wrap:anywhere]">
                  <bdi>{line.title}</bdi>
                </Cell>
                {assessedRatings.map((rating) => (
                  <Cell key={rating} numeric>
                    {claims.filter((claim) => claim.rating === rating).length}
                  </Cell>
                ))}
                <Cell numeric>{claims.length}</Cell>
              </tr>
            ))}
          </tbody>
        </Table>
      </details>
    </figure>
  )
}

import Link from 'next/link'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import type { Agreement } from '@/lib/domain/agreement/schema'
import { basisInWords, figureInWords } from './words'

/** The lowest value of the strip; what lies below stands at its start. */
const floor = -0.4
const width = 240

function placeOf(value: number): number {
  return ((Math.max(floor, value) - floor) / (1 - floor)) * width
}

function Strip({ value }: { value: number }) {
  return (
    <svg viewBox={`-6 0 ${String(width + 12)} 16`} className="h-4 w-60 max-w-full" aria-hidden="true">
      <line x1={0} x2={width} y1={8} y2={8} className="stroke-line" />
      {[0, 0.667, 0.8].map((tick) => (
        <line key={tick} x1={placeOf(tick)} x2={placeOf(tick)} y1={3} y2={13} className="stroke-line-strong" />
      ))}
      <circle cx={placeOf(value)} cy={8} r={5} className="fill-accent stroke-surface" />
    </svg>
  )
}

/** Alpha for labels of each document on one scale, the lowest first: where the team disagreed. The lines stand at 0, .667 and .800. */
export function DocumentStrip({
  documents,
  titles,
}: {
  documents: Agreement['perDocument']
  titles: ReadonlyMap<string, string>
}) {
  const lowest = (value: number | null) => value ?? Number.MAX_SAFE_INTEGER
  const rows = [...documents].sort((a, b) => lowest(a.slice.labelAlpha.value) - lowest(b.slice.labelAlpha.value))
  return (
    <Table caption="Alpha for labels of each document">
      <thead>
        <tr>
          <HeadCell>Document</HeadCell>
          <HeadCell className="max-md:hidden">Alpha, with lines at 0, .667 and .800</HeadCell>
          <HeadCell numeric>Alpha</HeadCell>
          <HeadCell className="max-md:hidden">Rests on</HeadCell>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ documentId, slice: { labelAlpha } }) => (
          <tr key={documentId}>
            <Cell className="max-w-96">
              <Link href={`/documents/${documentId}`} dir="auto" className="font-serif font-medium hover:underline">
                {titles.get(documentId) ?? 'A document'}
              </Link>
            </Cell>
            <Cell className="max-md:hidden">
              {labelAlpha.value === null ? (
                <span className="text-sm text-ink-3">{labelAlpha.reason?.says}</span>
              ) : (
                <Strip value={labelAlpha.value} />
              )}
            </Cell>
            <Cell numeric>{labelAlpha.value === null ? 'none' : figureInWords(labelAlpha.value)}</Cell>
            <Cell className="text-sm text-ink-2 max-md:hidden">{basisInWords(labelAlpha)}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

import { cssString } from '@/lib/domain/report-exports/sheet/css-string'

export interface SheetFootProps {
  source: string
  edition: string
  /** The day in words. */
  date: string
  sha256: string
}

/** Gives printed sheets of a report their foot: the source, the edition and its date, the short hash, and page numbers. */
export function SheetFoot({ source, edition, date, sha256 }: SheetFootProps) {
  const about = cssString(source.length > 60 ? `${source.slice(0, 59)}…` : source)
  const which = cssString(`${edition}, ${date} · sha256 ${sha256.slice(0, 12)}`)
  const style = `font: 8pt 'Inter Variable', 'Inter Stand-in', sans-serif; color: #6a6458; vertical-align: top; padding-top: 4mm;`
  return (
    <style data-sheet-foot>{`@media print { @page {
      margin: 16mm 16mm 18mm;
      @bottom-left { content: ${about}; ${style} width: 30%; text-align: start; }
      @bottom-center { content: ${which}; ${style} width: 56%; text-align: center; }
      @bottom-right { content: counter(page) " of " counter(pages); ${style} width: 14%; text-align: end; }
    } }`}</style>
  )
}

'use client'

import { citeReport } from '@/lib/domain/reports/reading/citation'
import { buttonClasses } from '@/components/ui/controls/button'
import { CopyWords } from '@/components/ui/controls/copy-words'
import type { ReportMasthead } from './masthead'

/** How to cite the report, folded: a line to copy or to read where no script runs, and entries for reference managers. */
export function CiteReport({
  masthead: { workspace, edition, at, address },
  source,
  sha256,
}: {
  masthead: ReportMasthead
  source: string
  sha256: string
}) {
  const { line, bibtex, cslJson } = citeReport({
    workspace,
    source,
    edition,
    date: at.slice(0, 10),
    address,
    sha256,
  })
  return (
    <details className="group md:relative" name="report-actions">
      <summary className={`${buttonClasses({ size: 'small' })} list-none [&::-webkit-details-marker]:hidden`}>
        Cite
      </summary>
      <div className="absolute end-0 top-full z-20 mt-1.5 grid gap-3 max-md:start-0 md:w-[26rem] rounded-md border border-line bg-surface p-3.5 shadow-float">
        <p className="font-serif [overflow-wrap:anywhere] select-all" dir="auto">
          {line}
        </p>
        <div className="flex flex-wrap gap-2 [@media(scripting:none)]:hidden">
          <CopyWords words={line} label="Copy" size="small" />
          <CopyWords words={bibtex} label="Copy as BibTeX" size="small" />
          <CopyWords words={cslJson} label="Copy as CSL-JSON" size="small" />
        </div>
      </div>
    </details>
  )
}

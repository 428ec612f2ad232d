'use client'

import type { ReactNode } from 'react'
import { dateInWords } from '@/components/ui/text/wording'
import { Button, buttonClasses } from '@/components/ui/controls/button'
import { citeReport } from '@/lib/domain/reports/reading/citation'
import { CopyWords } from '@/components/ui/controls/copy-words'
import { Menu, type MenuItem } from '@/components/ui/overlays/menu'
import { exportFormatNames, exportFormats } from '@/lib/domain/report-exports/formats'

/** The head of a report, above its figures. */
export interface ReportMasthead {
  /** The name of the workspace that publishes the report. */
  workspace: string
  /** The edition of the report, such as "Version 2" or "Live preview". */
  edition: string
  /** When its figures were computed or frozen (ISO 8601 in UTC). Its day is given in UTC, as in citations and exports. */
  at: string
  /** The public address; null when there is none yet. */
  address: string | null
}

/** Opens the browser's print dialog. Hidden without script; then the browser's own menu prints. */
function PrintButton() {
  return (
    <Button
      size="small"
      className="[@media(scripting:none)]:hidden"
      onClick={() => {
        window.print()
      }}
    >
      Print
    </Button>
  )
}

/** How to cite the report, folded: a line to copy, or to read without script, and entries for reference managers. */
function CiteReport({
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

export interface MastheadProps {
  masthead: ReportMasthead
  source: string
  sha256: string
  /** More actions on the report, beside Print and Cite: sharing, publishing, versions. */
  actions?: ReactNode
}

/** The workspace, source, edition, date and address of a report, and the actions on it. */
export function Masthead({ masthead, source, sha256, actions }: MastheadProps) {
  const { workspace, edition, at, address } = masthead
  return (
    <header className="relative mb-8 border-b-2 border-ink pb-2.5 print:mb-4">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <p className="min-w-0 font-serif text-lg font-semibold [overflow-wrap:anywhere]" dir="auto">
          {workspace}
        </p>
        <div className="flex flex-wrap items-center gap-2 print:hidden">
          <PrintButton />
          <CiteReport masthead={masthead} source={source} sha256={sha256} />
          {actions}
        </div>
      </div>
      <p className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 text-sm text-ink-2">
        <span>Reliability report</span>
        <span data-edition>{edition}</span>
        <time dateTime={at}>{dateInWords(at.slice(0, 10))}</time>
        {address !== null && (
          <span dir="ltr" className="break-all text-ink-3">
            {address.replace(/^https?:\/\//, '')}
          </span>
        )}
      </p>
    </header>
  )
}

interface DownloadMenuProps {
  /** The address of the exports; `?format=` is added to it. */
  exportPath: string
  bundlePath: string
  /** Whether anyone can open the report's address: a ClaimReview export names it. */
  isPublished: boolean
}

function download(path: string): void {
  // A download leaves the page where it is.
  window.location.assign(new URL(path, window.location.origin))
}

/** The file formats of a frozen report. */
export function DownloadMenu({ exportPath, bundlePath, isPublished }: DownloadMenuProps) {
  const formats = exportFormatNames.filter((format) => format !== 'claim-review' || isPublished)
  const items: MenuItem[] = [
    ...formats.map((format) => ({
      kind: 'action' as const,
      label: exportFormats[format].name,
      onSelect: () => {
        download(`${exportPath}?format=${format}`)
      },
    })),
    { kind: 'separator' },
    {
      kind: 'action',
      label: 'Bundle to verify (JSON)',
      onSelect: () => {
        download(bundlePath)
      },
    },
  ]
  return (
    <Menu
      label="Download the report"
      align="end"
      items={items}
      trigger={(props) => (
        <Button {...props} size="small" className="[@media(scripting:none)]:hidden">
          Download
        </Button>
      )}
    />
  )
}

import type { ReactNode } from 'react'
import { dateInWords } from '@/components/ui/text/wording'
import { CiteReport } from './cite-report'
import { PrintButton } from './print-button'

/** What stands at the head of a report beside its figures. */
export interface ReportMasthead {
  /** The name of the workspace that answers for the report. */
  workspace: string
  /** Which report it is, such as "Version 2" or "Live preview". */
  edition: string
  /** When its figures were computed, or frozen (ISO 8601 in UTC). Its day is said in UTC, as citations and sheets say it. */
  at: string
  /** The address under which others find it; null where there is none yet. */
  address: string | null
}

export interface MastheadProps {
  masthead: ReportMasthead
  source: string
  sha256: string
  /** More that can be done with the report, beside Print and Cite: sharing, publishing, versions. */
  actions?: ReactNode
}

/** Who reports, what, which version, when and where, and what can be done with it. */
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

'use client'

import { createContext, use, type ReactNode } from 'react'
import { Link } from '@/components/ui/controls/link'

/** The style of links in a report's running text; paper shows none. */
export const quietLink =
  'underline decoration-line-strong underline-offset-3 hover:decoration-current print:no-underline'

/** Where a report is read. In the workbench it links to documents, references and sessions; in public, to nothing that asks for a sign-in. */
export type ReportPlace = 'workbench' | 'public'

export const ReportPlaceContext = createContext<ReportPlace>('workbench')

/** A link into the workbench; plain words in a public report. */
export function WorkbenchLink({ href, children, label }: { href: string; children: ReactNode; label?: string }) {
  if (use(ReportPlaceContext) === 'public') return children
  return (
    <Link className={quietLink} href={href} aria-label={label}>
      {children}
    </Link>
  )
}

'use client'

import { createContext, use, type ReactNode } from 'react'
import { Link } from '@/components/ui/controls/link'

/** The look of links in running text of a report; paper shows none. */
export const quietLink =
  'underline decoration-line-strong underline-offset-3 hover:decoration-current print:no-underline'

/** Where a report is read: in the workbench its words lead to documents, references and sessions; in the open they lead nowhere that asks for a sign-in. */
export type ReportPlace = 'workbench' | 'public'

export const ReportPlaceContext = createContext<ReportPlace>('workbench')

/** A link into the workbench; its words alone where the report is read in the open. */
export function WorkbenchLink({ href, children, label }: { href: string; children: ReactNode; label?: string }) {
  if (use(ReportPlaceContext) === 'public') return children
  return (
    <Link className={quietLink} href={href} aria-label={label}>
      {children}
    </Link>
  )
}

import { BookMarked, FileText, Inbox, Newspaper, Scale, Search, Settings } from 'lucide-react'
import { Link } from '@/components/ui/controls/link'
import type { ReactNode } from 'react'
import { GlobalKeys } from '../keys/global-keys'
import { NavLink, SearchButton, UserMenu, type UserMenuProps } from './navigation'
import { RecentKeeper } from '../palette/page-visits'
import { ServerNotice, Toaster, SignedOutNotice, OutboxKeeper } from '../notices/shell-notices'
import { Wordmark } from './wordmark'

const places = [
  { href: '/inbox', label: 'Inbox', icon: <Inbox aria-hidden="true" /> },
  { href: '/documents', label: 'Documents', icon: <FileText aria-hidden="true" /> },
  { href: '/review-sessions', label: 'Review sessions', shortLabel: 'Reviews', icon: <Scale aria-hidden="true" /> },
  { href: '/sources', label: 'Sources', icon: <Newspaper aria-hidden="true" /> },
  { href: '/references', label: 'References', icon: <BookMarked aria-hidden="true" /> },
  { href: '/settings', label: 'Settings', icon: <Settings aria-hidden="true" />, wideOnly: true },
]

export interface AppShellProps extends UserMenuProps {
  workspaceName: string
  memberId: string
  /** The number of items that wait in the inbox. */
  waiting: ReactNode
  children: ReactNode
}

/**
 * The frame of the workbench: a column on wide screens, a rail on narrower ones, a top bar on small ones. `--shell-top` and `--shell-start` give the
 * room that it takes.
 */
export function AppShell({ workspaceName, memberId, waiting, children, ...user }: AppShellProps) {
  return (
    <div className="min-h-dvh noscript:min-h-0 md:grid md:grid-cols-[var(--shell-start)_minmax(0,1fr)] print:block">
      <a
        href="#content"
        className="fixed start-3 top-3 z-50 -translate-y-20 rounded-md border border-accent bg-surface px-3 py-2 font-medium text-accent focus:translate-y-0 focus:shadow-float print:hidden"
      >
        Skip to the content
      </a>
      <header className="sticky top-0 noscript:static z-30 flex bg-paper max-md:h-(--shell-top) max-md:items-center max-md:gap-1 max-md:border-b max-md:border-line max-md:px-2 md:h-dvh md:noscript:h-auto md:flex-col md:border-e md:border-line md:py-4 lg:px-3 print:hidden">
        <Link
          href="/documents"
          aria-label={`Sourcemark, ${workspaceName}: documents`}
          className="rounded-sm max-md:px-1.5 max-[24rem]:min-[22rem]:hidden md:mb-4 max-lg:md:mx-auto lg:mx-2"
        >
          <span className="lg:hidden">
            <Wordmark short />
          </span>
          <span className="max-lg:hidden">
            <Wordmark />
          </span>
          <span dir="auto" className="mt-2 block max-w-44 truncate text-xs text-ink-3 max-lg:hidden">
            {workspaceName}
          </span>
        </Link>
        <div className="max-md:order-3 max-md:ms-auto max-lg:md:mx-auto lg:mb-3 lg:grid">
          <SearchButton icon={<Search aria-hidden="true" />} />
        </div>
        <nav
          aria-label="Places"
          className="flex max-[22rem]:[&_.truncate]:sr-only max-md:[&_.tabular]:z-10 max-md:min-w-0 max-md:flex-1 max-md:justify-center md:flex-col max-lg:md:mt-2 max-lg:md:gap-1 max-lg:md:px-0.5 lg:gap-0.5"
        >
          {places.map((place) => (
            <NavLink key={place.href} {...place} {...(place.href === '/inbox' ? { badge: waiting } : {})} />
          ))}
        </nav>
        <div className="max-md:order-4 md:mt-auto max-lg:md:mx-auto lg:grid">
          <UserMenu {...user} />
        </div>
      </header>
      <main id="content" tabIndex={-1} className="min-w-0 outline-none">
        {children}
      </main>
      <OutboxKeeper memberId={memberId} workspaceId={user.workspaceId} />
      <RecentKeeper memberId={memberId} />
      <ServerNotice />
      <SignedOutNotice memberId={memberId} />
      <Toaster />
      <GlobalKeys memberId={memberId} onSignOut={user.onSignOut} />
    </div>
  )
}

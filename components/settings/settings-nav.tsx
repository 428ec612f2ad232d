'use client'

import { Link } from '@/components/ui/controls/link'
import { usePathname } from 'next/navigation'

const places = [
  { href: '/settings', label: 'Account' },
  { href: '/settings/members', label: 'Members' },
  { href: '/settings/tokens', label: 'Tokens' },
  { href: '/settings/workspace', label: 'Workspace' },
]

/** The pages of the settings. */
export function SettingsNav() {
  const path = usePathname()
  return (
    <nav aria-label="Settings" className="mb-6 flex gap-5 overflow-x-auto border-b border-line [scrollbar-width:none]">
      {places.map(({ href, label }) => (
        <Link
          key={href}
          href={href}
          aria-current={path === href ? 'page' : undefined}
          className="-mb-px border-b-2 border-transparent pb-2 whitespace-nowrap text-ink-2 hover:text-ink aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink"
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}

'use client'

import { Link } from '@/components/ui/controls/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { classNames } from '@/components/ui/class-names'
import { KeyHint } from '../keys/key-hint'
import { openPalette } from '../keys/overlay'

/** A place of the workbench; marked while the present page lies in it. */
export function NavLink({
  href,
  label,
  shortLabel,
  icon,
  badge,
  wideOnly = false,
}: {
  href: string
  label: string
  /** What it is called where there is little room. */
  shortLabel?: string | undefined
  icon: ReactNode
  /** Left out of the bar of small screens, where the user's menu leads there. */
  wideOnly?: boolean | undefined
  /** What stands after the label, such as how much waits there. */
  badge?: ReactNode
}) {
  const path = usePathname()
  const isHere = path === href || path.startsWith(`${href}/`)
  return (
    <Link
      href={href}
      aria-current={path === href ? 'page' : isHere ? 'true' : undefined}
      className={classNames(
        wideOnly && 'max-md:hidden',
        'group relative flex items-center gap-2.5 rounded-md text-ink-2 transition-colors hover:bg-hover hover:text-ink aria-[current]:bg-sunken aria-[current]:font-medium aria-[current]:text-ink contrast:aria-[current]:underline',
        'max-lg:flex-col max-lg:gap-0.5 max-lg:px-0.5 max-lg:py-1.5 max-lg:text-2xs lg:px-2.5 lg:py-1.5 max-md:min-w-0 max-md:flex-auto max-md:text-[0.625rem] [&_svg]:size-4.5 [&_svg]:shrink-0 [&_svg]:text-ink-3 aria-[current]:[&_svg]:text-accent lg:[&_svg]:size-4',
      )}
    >
      {icon}
      {shortLabel === undefined ? (
        <span className="max-w-full truncate">{label}</span>
      ) : (
        <>
          <span className="max-lg:hidden">{label}</span>
          <span className="max-w-full truncate lg:hidden">{shortLabel}</span>
        </>
      )}
      {badge}
    </Link>
  )
}

/** Opens the command palette, and shows its keys where there is room. */
export function SearchButton({ icon }: { icon: ReactNode }) {
  return (
    <button
      type="button"
      onClick={openPalette}
      aria-label="Find or do anything"
      className="flex items-center gap-2.5 rounded-md text-ink-3 transition-colors hover:bg-hover hover:text-ink max-lg:size-10 max-lg:justify-center lg:border lg:border-line lg:bg-surface lg:py-1 lg:ps-2.5 lg:pe-1.5 lg:hover:border-line-strong [&_svg]:size-4 [&_svg]:shrink-0 max-lg:[&_svg]:size-4.5"
    >
      {icon}
      <span className="flex-1 text-start max-lg:hidden">Find</span>
      <span className="max-lg:hidden" aria-hidden="true">
        <KeyHint keys="Mod+k" />
      </span>
    </button>
  )
}

'use client'

import { Link } from '@/components/ui/controls/link'
import { usePathname } from 'next/navigation'
import { type ReactNode, startTransition, useState } from 'react'
import { classNames } from '@/components/ui/class-names'
import { KeyHint } from '../keys/key-hint'
import { openPalette, openShortcutSheet } from '../keys/overlay'
import { Menu, type MenuItem } from '@/components/ui/overlays/menu'
import { applyAppearance, currentAppearance, themes, type Appearance, type Theme } from './appearance'
import { initialsOf } from '@/components/ui/text/wording'

/** A link of the navigation, marked while the present page belongs to it. */
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
  /** A short label for narrow screens. */
  shortLabel?: string | undefined
  icon: ReactNode
  /** Left out of the bar of small screens, where the user's menu has the link. */
  wideOnly?: boolean | undefined
  /** Shown after the label, such as the number of waiting items. */
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

/** The button that opens the command palette; shows its keys if there is room. */
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

interface WorkspaceChoice {
  id: string
  name: string
}

export interface UserMenuProps {
  name: string
  role: string
  appearance: Appearance
  /** The workspaces that the user can switch to; shown when there are several. */
  workspaces: readonly WorkspaceChoice[]
  workspaceId: string
  onChooseWorkspace: (id: string) => Promise<void>
  onSignOut: () => Promise<void>
}

const themeNames: Record<Theme, string> = { system: 'As the system', light: 'Light', dark: 'Dark' }

/** The user's menu: name, appearance, other workspaces, and signing out. */
export function UserMenu({
  name,
  role,
  appearance: initial,
  workspaces,
  workspaceId,
  onChooseWorkspace,
  onSignOut,
}: UserMenuProps) {
  const [appearance, setAppearance] = useState(initial)
  const change = (part: Partial<Appearance>) => {
    // The palette may have changed the appearance since this was rendered.
    const next = { ...currentAppearance(), ...part }
    setAppearance(next)
    applyAppearance(next)
  }
  const items: MenuItem[] = [
    ...(workspaces.length > 1
      ? [
          { kind: 'heading' as const, label: 'Workspace' },
          ...workspaces.map((workspace) => ({
            kind: 'choice' as const,
            label: workspace.name,
            checked: workspace.id === workspaceId,
            onSelect: () => {
              if (workspace.id !== workspaceId) startTransition(() => onChooseWorkspace(workspace.id))
            },
          })),
          { kind: 'separator' as const },
        ]
      : []),
    { kind: 'heading', label: 'Appearance' },
    ...themes.map((theme) => ({
      kind: 'choice' as const,
      label: themeNames[theme],
      checked: appearance.theme === theme,
      onSelect: () => {
        change({ theme })
      },
    })),
    {
      kind: 'choice',
      label: 'High contrast',
      multiple: true,
      checked: appearance.highContrast,
      onSelect: () => {
        change({ highContrast: !appearance.highContrast })
      },
    },
    { kind: 'separator' },
    { kind: 'action', label: 'Keyboard shortcuts', hint: '?', onSelect: openShortcutSheet },
    { kind: 'link', label: 'Settings', href: '/settings' },
    {
      kind: 'action',
      label: 'Sign out',
      onSelect: () => {
        startTransition(onSignOut)
      },
    },
  ]
  return (
    <Menu
      label={`${name}, ${role}`}
      side="above"
      items={items}
      header={
        <div className="mb-1 border-b border-line px-2.5 pt-1.5 pb-2">
          <p dir="auto" className="truncate font-medium">
            {name}
          </p>
          <p className="text-sm text-ink-3 capitalize">{role}</p>
        </div>
      }
      trigger={(props) => (
        <button
          type="button"
          {...props}
          aria-label={`${name}, ${role}: menu`}
          className="flex min-w-0 items-center gap-2.5 rounded-md text-start text-ink-2 hover:bg-hover hover:text-ink aria-expanded:bg-hover max-lg:size-10 max-lg:justify-center lg:px-2 lg:py-1.5"
        >
          <span
            aria-hidden="true"
            className="grid size-7 shrink-0 place-items-center rounded-full bg-accent-soft text-2xs font-semibold text-accent"
          >
            {initialsOf(name)}
          </span>
          <span className="grid min-w-0 leading-tight max-lg:hidden">
            <span dir="auto" className="truncate font-medium text-ink">
              {name}
            </span>
            <span className="truncate text-xs text-ink-3 capitalize">{role}</span>
          </span>
        </button>
      )}
    />
  )
}

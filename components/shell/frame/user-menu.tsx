'use client'

import { startTransition, useState } from 'react'
import { Menu, type MenuItem } from '@/components/ui/overlays/menu'
import { applyAppearance, currentAppearance, themes, type Appearance, type Theme } from './appearance'
import { initialsOf } from './initials'
import { openShortcutSheet } from '../keys/overlay'

export interface WorkspaceChoice {
  id: string
  name: string
}

export interface UserMenuProps {
  name: string
  role: string
  appearance: Appearance
  /** The workspaces the person may choose among; shown when there are several. */
  workspaces: readonly WorkspaceChoice[]
  workspaceId: string
  onChooseWorkspace: (id: string) => Promise<void>
  onSignOut: () => Promise<void>
}

const themeNames: Record<Theme, string> = { system: 'As the system', light: 'Light', dark: 'Dark' }

/** Who is signed in, how it looks, where else they work, and the way out. */
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
    // The palette may have changed it since this was rendered.
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

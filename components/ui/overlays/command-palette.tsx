'use client'

import { Command } from 'cmdk'
import { useEffect, useRef, type ReactNode } from 'react'
import { Spinner } from '../layout/spinner'
import { Icon } from '../icon'

export interface PaletteItem {
  id: string
  label: string
  /** A quieter second part, such as the source of a document. */
  detail?: string | undefined
  icon?: ReactNode
  hint?: ReactNode
  run: () => void
}

export interface PaletteGroup {
  title: string
  items: readonly PaletteItem[]
}

export interface CommandPaletteProps {
  open: boolean
  onClose: () => void
  label: string
  placeholder: string
  query: string
  onQueryChange: (query: string) => void
  /** Already filtered by the caller: the palette shows what it is given, in this order. */
  groups: readonly PaletteGroup[]
  busy?: boolean | undefined
  /** The text shown when there are no results. */
  empty: ReactNode
}

/** A search field over results and commands, in a modal layer. */
export function CommandPalette({
  open,
  onClose,
  label,
  placeholder,
  query,
  onQueryChange,
  groups,
  busy = false,
  empty,
}: CommandPaletteProps) {
  const element = useRef<HTMLDialogElement>(null)

  useEffect(() => {
    const dialog = element.current
    if (dialog === null || !open) return
    dialog.showModal()
    dialog.querySelector('input')?.focus()
    return () => {
      dialog.close()
    }
  }, [open])

  return (
    <dialog
      ref={element}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === element.current) onClose()
      }}
      className="mx-auto mt-[12dvh] w-[min(38rem,calc(100vw-1.5rem))] bg-transparent p-0 text-ink open:animate-appear"
    >
      {open && (
        <Command
          label={label}
          shouldFilter={false}
          loop
          className="overflow-hidden rounded-lg border border-line-strong bg-surface shadow-float outline-none"
        >
          <div className="flex items-center gap-2.5 border-b border-line px-4">
            {busy ? <Spinner className="text-ink-3" /> : <Icon name="search" className="size-4 shrink-0 text-ink-3" />}
            <Command.Input
              dir="auto"
              value={query}
              onValueChange={onQueryChange}
              placeholder={placeholder}
              className="h-12 w-full bg-transparent text-md outline-none"
            />
          </div>
          <Command.List className="max-h-[min(26rem,60dvh)] overflow-y-auto overscroll-contain p-1.5">
            {!busy && <Command.Empty className="px-3 py-8 text-center text-ink-3">{empty}</Command.Empty>}
            {groups.map((group) => (
              <Command.Group
                key={group.title}
                heading={group.title}
                className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-semibold [&_[cmdk-group-heading]]:text-ink-3"
              >
                {group.items.map((item) => (
                  <Command.Item
                    key={item.id}
                    value={item.id}
                    onSelect={item.run}
                    className="flex cursor-pointer items-center gap-2.5 rounded-sm px-2.5 py-2 data-[selected=true]:bg-hover forced-colors:data-[selected=true]:bg-[Highlight] [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-3"
                  >
                    {item.icon}
                    <bdi className="min-w-0 truncate">{item.label}</bdi>
                    {item.detail !== undefined && (
                      <bdi className="min-w-0 shrink-[3] truncate text-ink-3">{item.detail}</bdi>
                    )}
                    {item.hint !== undefined && <span className="ms-auto">{item.hint}</span>}
                  </Command.Item>
                ))}
              </Command.Group>
            ))}
          </Command.List>
        </Command>
      )}
    </dialog>
  )
}

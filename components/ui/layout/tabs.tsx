'use client'

import { useId, useState, type ReactNode } from 'react'
import { classNames } from '../class-names'

export interface Tab<K extends string> {
  id: K
  label: ReactNode
  panel: ReactNode
}

export interface TabsProps<K extends string> {
  label: string
  tabs: readonly Tab<K>[]
  /** The open tab; left out, the component keeps it itself. */
  value?: K | undefined
  onChange?: ((id: K) => void) | undefined
  className?: string | undefined
  panelClassName?: string | undefined
}

/** Tabs with their panels. Arrow keys move and open; hidden panels keep their state. */
export function Tabs<K extends string>({ label, tabs, value, onChange, className, panelClassName }: TabsProps<K>) {
  const id = useId()
  const [own, setOwn] = useState<K | undefined>(tabs[0]?.id)
  const current = value ?? own

  const open = (next: K) => {
    setOwn(next)
    onChange?.(next)
  }

  return (
    <div className={className}>
      <div
        role="tablist"
        aria-label={label}
        className="flex gap-5 overflow-x-auto border-b border-line [scrollbar-width:none]"
        onKeyDown={(event) => {
          const at = tabs.findIndex((tab) => tab.id === current)
          const forward = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1
          const to = { ArrowRight: at + forward, ArrowLeft: at - forward, Home: 0, End: tabs.length - 1 }[event.key]
          if (to === undefined) return
          const next = tabs.at(to % tabs.length)
          if (next === undefined) return
          event.preventDefault()
          open(next.id)
          document.getElementById(`${id}-tab-${next.id}`)?.focus()
        }}
      >
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${id}-tab-${tab.id}`}
            aria-controls={`${id}-panel-${tab.id}`}
            aria-selected={tab.id === current}
            tabIndex={tab.id === current ? 0 : -1}
            className={classNames(
              '-mb-px border-b-2 px-0.5 pt-1.5 pb-2 font-medium whitespace-nowrap focus-visible:-outline-offset-2',
              tab.id === current ? 'border-ink text-ink' : 'border-transparent text-ink-2 hover:text-ink',
            )}
            onClick={() => {
              open(tab.id)
            }}
          >
            {tab.label}
          </button>
        ))}
      </div>
      {tabs.map((tab) => (
        <div
          key={tab.id}
          role="tabpanel"
          id={`${id}-panel-${tab.id}`}
          aria-labelledby={`${id}-tab-${tab.id}`}
          hidden={tab.id !== current}
          className={panelClassName}
        >
          {tab.panel}
        </div>
      ))}
    </div>
  )
}

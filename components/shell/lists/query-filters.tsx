'use client'

import { usePathname, useRouter } from 'next/navigation'
import { useEffect, useRef, useTransition } from 'react'
import { Spinner } from '@/components/ui/layout/spinner'
import { TextField, Select, type SelectOption } from '@/components/ui/controls/field'
import { Icon } from '@/components/ui/icon'

/** How long after the last key the list follows, in ms. */
const pause = 220

export interface QueryFiltersProps {
  search: { name: string; label: string; placeholder: string; value: string }
  selects?: readonly { name: string; label: string; options: readonly SelectOption[]; value: string }[]
}

/** The search field and filters above a list. The address holds them, so that a list can be linked to, and the form works without script. */
export function QueryFilters({ search, selects = [] }: QueryFiltersProps) {
  const router = useRouter()
  const path = usePathname()
  const [isPending, startTransition] = useTransition()
  const form = useRef<HTMLFormElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  useEffect(
    () => () => {
      clearTimeout(timer.current)
    },
    [],
  )

  // A link may change the address too. Without this, a filter that it removed would come back with the next change.
  const shown = useRef(selects)
  useEffect(() => {
    for (const { name, value } of selects) {
      const before = shown.current.find((select) => select.name === name)
      const control = form.current?.elements.namedItem(name)
      if (before?.value !== value && control instanceof HTMLSelectElement) control.value = value
    }
    shown.current = selects
  }, [selects])

  const follow = () => {
    if (form.current === null) return
    const entries = [...new FormData(form.current)].flatMap(([name, value]) =>
      typeof value === 'string' && value.trim() !== '' ? [[name, value.trim()]] : [],
    )
    const query = new URLSearchParams(entries).toString()
    startTransition(() => {
      router.replace(query === '' ? path : `${path}?${query}`, { scroll: false })
    })
  }

  return (
    <form
      ref={form}
      method="get"
      role="search"
      aria-label={search.label}
      className="mb-4 flex flex-wrap items-end gap-2.5 print:hidden"
      onSubmit={(event) => {
        event.preventDefault()
        clearTimeout(timer.current)
        follow()
      }}
    >
      <div className="relative max-md:w-full md:max-w-sm md:min-w-48 md:flex-1">
        <TextField
          label={search.label}
          hideLabel
          type="search"
          name={search.name}
          defaultValue={search.value}
          placeholder={search.placeholder}
          autoComplete="off"
          maxLength={200}
          className="ps-8.5"
          onChange={() => {
            clearTimeout(timer.current)
            timer.current = setTimeout(follow, pause)
          }}
        />
        <span className="pointer-events-none absolute start-2.5 top-2.5 text-ink-3">
          {isPending ? <Spinner /> : <Icon name="search" className="size-4" />}
        </span>
      </div>
      {selects.map((select) => (
        <Select
          key={select.name}
          label={select.label}
          hideLabel
          name={select.name}
          options={select.options}
          defaultValue={select.value}
          fieldClassName="min-w-0 max-md:flex-1 max-md:basis-32 md:max-w-56"
          onChange={follow}
        />
      ))}
    </form>
  )
}

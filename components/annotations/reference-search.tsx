'use client'

import { useEffect, useEffectEvent, useId, useRef, useState, type ReactNode } from 'react'
import type { ReferenceSummary } from '@/lib/domain/references/schema'
import { callApi } from '@/lib/client/api/call'
import { classNames } from '@/components/ui/class-names'
import { controlClasses } from '@/components/ui/field'

/** How long after the last key the library is searched, in milliseconds, and how many references are shown. */
const searchPause = 180
const mostShown = 7

type Found = { kind: 'searching' } | { kind: 'found'; items: ReferenceSummary[] } | { kind: 'failed'; message: string }

/** Searches the library; the last choice is always a new reference with the words typed as its title. */
export function ReferenceSearch({
  onPick,
  onCreate,
}: {
  onPick: (reference: ReferenceSummary) => void
  onCreate: (title: string) => void
}) {
  const id = useId()
  const [query, setQuery] = useState('')
  const [found, setFound] = useState<Found>({ kind: 'searching' })
  const [current, setCurrent] = useState(0)
  const items = found.kind === 'found' ? found.items : []
  // Enter pressed before the answer is there means the first thing the answer brings.
  const isHasty = useRef(false)

  const show = useEffectEvent((next: Found) => {
    setCurrent(0)
    setFound(next)
    if (!isHasty.current) return
    isHasty.current = false
    const first = next.kind === 'found' ? next.items[0] : undefined
    if (first !== undefined) onPick(first)
    else if (next.kind === 'found') onCreate(query.trim())
  })

  useEffect(() => {
    let isStale = false
    const timer = setTimeout(
      () => {
        const parameters = new URLSearchParams({
          limit: String(mostShown),
          ...(query.trim() === '' ? {} : { q: query.trim() }),
        })
        void callApi<{ items: ReferenceSummary[] }>({
          method: 'GET',
          path: `/api/v1/references?${parameters.toString()}`,
        }).then((result) => {
          if (!isStale)
            show(result.ok ? { kind: 'found', items: result.value.items } : { kind: 'failed', message: result.message })
        })
      },
      query === '' ? 0 : searchPause,
    )
    return () => {
      isStale = true
      clearTimeout(timer)
    }
  }, [query])

  const choose = (index: number) => {
    const reference = items[index]
    if (reference === undefined) onCreate(query.trim())
    else onPick(reference)
  }
  return (
    <div className="grid gap-2">
      <label htmlFor={`${id}-search`} className="text-sm font-medium">
        Find a reference in the library
      </label>
      <input
        id={`${id}-search`}
        type="search"
        dir="auto"
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={`${id}-${String(current)}`}
        autoComplete="off"
        autoFocus
        maxLength={200}
        placeholder="Title, author, publisher, address or DOI"
        className={controlClasses}
        value={query}
        onChange={(event) => {
          setFound({ kind: 'searching' })
          setQuery(event.currentTarget.value)
        }}
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
          if (step !== undefined) {
            event.preventDefault()
            setCurrent((current + step + items.length + 1) % (items.length + 1))
          } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
            event.preventDefault()
            if (found.kind === 'searching') isHasty.current = true
            else choose(current)
          }
        }}
      />
      <ul id={`${id}-list`} role="listbox" aria-label="References" className="-mx-1 grid gap-px">
        {items.map((item, index) => (
          <Option
            key={item.id}
            id={`${id}-${String(index)}`}
            isCurrent={index === current}
            onPress={() => {
              choose(index)
            }}
          >
            <span dir="auto" className="line-clamp-2 font-medium">
              {item.title}
            </span>
            <span dir="auto" className="block truncate text-xs text-ink-3">
              {[item.author, item.publisher, item.issued].filter((part) => part !== '').join(' · ') || item.url}
              {item.hasSnapshot && ' · text kept'}
            </span>
          </Option>
        ))}
        <Option
          id={`${id}-${String(items.length)}`}
          isCurrent={current === items.length}
          onPress={() => {
            choose(items.length)
          }}
        >
          <span className="font-medium text-accent">
            {query.trim() === '' ? 'New reference' : `New reference “${query.trim()}”`}
          </span>
        </Option>
      </ul>
      {found.kind === 'failed' && (
        <p role="alert" className="text-sm text-danger">
          {found.message}
        </p>
      )}
      {found.kind === 'found' && items.length === 0 && query !== '' && (
        <p className="text-sm text-ink-3">Nothing in the library has these words.</p>
      )}
    </div>
  )
}

function Option({
  id,
  isCurrent,
  onPress,
  children,
}: {
  id: string
  isCurrent: boolean
  onPress: () => void
  children: ReactNode
}) {
  return (
    // The keyboard reaches options through the search box (aria-activedescendant).
    <li
      id={id}
      role="option"
      aria-selected={isCurrent}
      className={classNames('cursor-pointer rounded-md px-2 py-1.5', isCurrent ? 'bg-accent-soft' : 'hover:bg-hover')}
      onPointerDown={(event) => {
        event.preventDefault()
      }}
      onClick={onPress}
    >
      {children}
    </li>
  )
}

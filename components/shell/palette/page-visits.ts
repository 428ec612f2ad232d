'use client'

import { useSyncExternalStore, useEffect } from 'react'
import { usePathname } from 'next/navigation'

/** How long a requested page counts as still coming while the server is reachable, in ms. */
const patience = 40_000

let isAsked = false
let isAway = false
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

function set(value: boolean): void {
  isAsked = value
  for (const listener of listeners) listener()
}

/** Notes that another page was requested, by a link, a shortcut or the palette. */
export function noteAskedPage(): void {
  set(true)
  clearTimeout(timer)
  timer = setTimeout(() => {
    if (!isAway) set(false)
  }, patience)
}

/** Notes whether the server is away. Once it is back, the requested page is on its way. */
export function noteServerAway(away: boolean): void {
  if (isAway && !away) set(false)
  isAway = away
}

/** Whether a page was requested lately, or since the server went away. */
export function useIsPageAsked(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => isAsked,
    () => false,
  )
}

/** How long a page must be open to count as visited, in ms; its title is set by then. */
const leastStay = 1_500

/** Remembers opened pages on this device, for the palette. */
export function RecentKeeper({ memberId }: { memberId: string }) {
  const path = usePathname()
  useEffect(() => {
    const timer = setTimeout(() => {
      const label = document.title.replace(/ · Sourcemark$/, '')
      // Pages without content have no title of their own.
      if (label === 'Sourcemark' || label === 'Not found') return
      // The list is a convenience: if its script does not load, this page is left out.
      import('@/lib/client/recent')
        .then(({ rememberPage }) => {
          rememberPage(memberId, { label, path })
        })
        .catch(() => undefined)
    }, leastStay)
    return () => {
      clearTimeout(timer)
    }
  }, [path, memberId])
  return null
}
